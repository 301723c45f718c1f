// The XML form. Only what that format needs of XML: elements, attributes, comments, the declaration. Document
// types, entities of one's own and CDATA are refused, so nothing is ever fetched or expanded.
#include <fmt/format.h>

#include <algorithm>

#include "privacy/calendar_format.hpp"

namespace chatika::privacy::detail {
namespace {

struct Attribute {
  std::string_view name;
  std::string_view value;
};

struct Element {
  std::string_view name;  // "/days" for an end
  std::vector<Attribute> attributes;
  bool closed = false;  // <day/>
  int line = 1;

  [[nodiscard]] std::optional<std::string_view> get(std::string_view attribute) const {
    for (const auto& a : attributes)
      if (a.name == attribute) return a.value;
    return std::nullopt;
  }
};

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == ':' || c == '.';
}

std::unexpected<Error> wrong(int line, std::string_view what) {
  return fail(Errc::invalid, fmt::format("line {}: {}", line, what));
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  // The next element; nullopt at the end of the file.
  Result<std::optional<Element>> next() {
    for (;;) {
      skip_space();
      if (at_ == text_.size()) return std::nullopt;
      if (text_[at_] != '<') return wrong(line_, "text where an element is expected");
      if (rest().starts_with("<!--")) {
        CHECK(skip_past("-->"));
      } else if (rest().starts_with("<?xml")) {
        CHECK(skip_past("?>"));
      } else if (rest().starts_with("<!") || rest().starts_with("<?")) {
        return wrong(line_, "document types, CDATA and instructions are not allowed");
      } else {
        return read_element();
      }
    }
  }

 private:
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  void step() {
    if (text_[at_++] == '\n') ++line_;
  }
  void skip_space() {
    while (at_ < text_.size() && is_space(text_[at_])) step();
  }
  Result<void> skip_past(std::string_view end) {
    const auto found = text_.find(end, at_);
    if (found == std::string_view::npos) return wrong(line_, "the file ends inside");
    while (at_ < found + end.size()) step();
    return {};
  }
  std::string_view name() {
    const auto from = at_;
    while (at_ < text_.size() && is_name(text_[at_])) ++at_;
    return text_.substr(from, at_ - from);
  }

  Result<std::optional<Element>> read_element() {
    Element out{.line = line_};
    const auto from = ++at_;
    if (at_ < text_.size() && text_[at_] == '/') ++at_;
    if (name().empty()) return wrong(line_, "an element without a name");
    out.name = text_.substr(from, at_ - from);
    for (;;) {
      skip_space();
      if (at_ == text_.size()) return wrong(line_, "the file ends inside an element");
      if (text_[at_] == '>') return ++at_, out;
      if (rest().starts_with("/>")) return at_ += 2, out.closed = true, out;
      out.attributes.push_back(TRY(read_attribute(out)));
    }
  }

  Result<Attribute> read_attribute(const Element& of) {
    Attribute out{.name = name()};
    if (out.name.empty()) return wrong(line_, "an attribute is expected");
    if (of.get(out.name)) return wrong(line_, "an attribute stands twice");
    skip_space();
    if (at_ == text_.size() || text_[at_] != '=') return wrong(line_, "an attribute without a value");
    ++at_;
    skip_space();
    if (at_ == text_.size() || (text_[at_] != '"' && text_[at_] != '\''))
      return wrong(line_, "a value without quotes");
    const char quote = text_[at_++];
    const auto from = at_;
    while (at_ < text_.size() && text_[at_] != quote && text_[at_] != '<') step();
    if (at_ == text_.size() || text_[at_] == '<') return wrong(line_, "a value without its end");
    out.value = text_.substr(from, at_++ - from);
    return out;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
};

std::optional<int> number(std::string_view text) {
  if (text.empty() || text.size() > 4) return std::nullopt;
  int out = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    out = out * 10 + (c - '0');
  }
  return out;
}

Result<void> read_day(const Element& element, YearBuilder& year) {
  const auto place = fmt::format("line {}", element.line);
  const auto date = month_day(element.get("d").value_or(""));
  if (!date) return wrong(element.line, "d has to be a date like \"05.14\" (month, day)");
  const auto type = element.get("t").value_or("");
  const auto from = element.get("f");
  auto kind = DayKind::day_off;
  if (type == "2")
    kind = DayKind::shortened;
  else if (type == "3")
    kind = DayKind::working_weekend;
  else if (type != "1")
    return wrong(element.line, "t has to be 1 (off), 2 (shortened) or 3 (worked weekend)");
  if (from && kind == DayKind::day_off) {
    const auto source = month_day(*from);
    if (!source) return wrong(element.line, "f has to be a date like \"05.14\" (month, day)");
    kind = DayKind::moved_day_off;
    CHECK(year.moved(*source, *date, place));
  }
  return year.set(date->first, date->second, kind, place);
}

}  // namespace

Result<YearCalendar> read_calendar_xml(std::string_view text, const ReadCalendar& options) {
  Reader reader(text);
  const auto root = TRY(reader.next());
  if (!root || root->name != "calendar" || root->closed)
    return wrong(root ? root->line : 1, "the file has to be one <calendar> element");
  const auto year = number(root->get("year").value_or(""));
  if (!year) return wrong(root->line, "year has to be a number");
  auto builder =
      TRY(YearBuilder::start(*year, YearBuilder::Unnamed::weekends_off, fmt::format("line {}", root->line)));
  std::vector<std::string> open{"calendar"};
  bool days = false;
  while (const auto element = TRY(reader.next())) {
    if (open.empty()) return wrong(element->line, "something follows the end of <calendar>");
    if (element->name.starts_with('/')) {
      if (element->name.substr(1) != open.back()) return wrong(element->line, "an end that nothing began");
      open.pop_back();
      continue;
    }
    if (open.back() == "calendar" && element->name == "days") {
      if (std::exchange(days, true)) return wrong(element->line, "<days> stands twice");
    } else if (open.back() == "days" && element->name == "day") {
      CHECK(read_day(*element, builder));
    } else if (!(open.back() == "calendar" && element->name == "holidays") &&
               !(open.back() == "holidays" && element->name == "holiday")) {
      return wrong(element->line, "an element that the format does not have");
    }
    if (!element->closed) open.emplace_back(element->name);
  }
  if (!open.empty()) return fail(Errc::invalid, fmt::format("the file ends inside <{}>", open.back()));
  if (!days) return fail(Errc::invalid, "the file has no <days>");
  return builder.finish(options, "");
}

}  // namespace chatika::privacy::detail
