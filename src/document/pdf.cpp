#include "document/pdf.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "document/pdf_pages.hpp"

namespace chatika::document {
namespace pdf {
namespace {

constexpr double kBlockGap = 7;
constexpr double kPad = 5;              // inside a cell, left and right
constexpr double kCellGap = 4;          // inside a cell, above and below
constexpr std::size_t kMeasured = 300;  // rows whose widths decide the columns'
constexpr std::size_t kMeasuredLetters = 300;  // of a cell: more than a page's width holds
constexpr Font kBody{};
constexpr Font kCell{.size = 9, .leading = 1.1};
constexpr Font kHead{.size = 9, .bold = true, .grey = 0.2, .leading = 1.1};
constexpr Font kKey{.size = 9.5, .grey = 0.38, .leading = 1.1};
constexpr Font kValue{.size = 9.5, .leading = 1.1};
constexpr Font kCaption{.size = 7.5, .grey = 0.42};

Font heading_font(int level) {
  return {.size = level <= 2 ? 13.5 : level == 3 ? 11.5 : 10.5, .bold = true, .leading = 1.12};
}

// A paragraph over as many pages as it takes. Never leaves one line of several alone on a page.
void flow(Pages& pages, const TextPtr& text, double x, const char* tag) {
  const auto count = text->lines().size();
  for (std::size_t from = 0; from < count && !pages.over();) {
    auto fits = text->fitting(from, pages.room());
    const auto left = count - from;
    if (fits < left && fits == left - 1 && left > 2) --fits;
    if (fits < left && fits < 2 && !pages.at_top()) fits = 0;
    if (fits == 0) {
      if (!pages.at_top()) {
        pages.new_page();
        continue;
      }
      fits = 1;  // higher than a page: cannot happen with our fonts, must not loop
    }
    pages.put(text, from, from + fits, x, pages.y(), tag);
    pages.skip(text->height(from, from + fits));
    from += fits;
    if (from < count) pages.new_page();
  }
}

// Cells side by side; a row that is higher than what is left of the page goes on the next page, one that is
// higher than a good part of a page is broken there.
class Grid {
 public:
  Grid(Pages& pages, std::vector<double> widths) : pages_(pages), widths_(std::move(widths)) {}

  void head(const std::vector<std::string>& cells) {
    head_ = laid_out(cells, [](std::size_t) { return kHead; });
    const auto height = height_of(head_);
    if (pages_.room() < height + 60 && !pages_.at_top()) pages_.new_page();
    draw_head();
  }

  void row(const std::vector<std::string>& cells, auto font_of) {
    const auto texts = laid_out(cells, font_of);
    const auto height = height_of(texts) + 2 * kCellGap;
    if (height > pages_.room() && height < kInnerHeight / 3) next_page();
    std::vector<std::size_t> from(texts.size(), 0);
    while (!piece(texts, from) && !pages_.over()) next_page();
  }

 private:
  std::vector<TextPtr> laid_out(const std::vector<std::string>& cells, auto font_of) const {
    std::vector<TextPtr> out;
    for (std::size_t i = 0; i < cells.size(); ++i)
      out.push_back(pages_.text(cells[i], font_of(i), widths_[i] - 2 * kPad));
    return out;
  }
  static double height_of(const std::vector<TextPtr>& texts) {
    double height = 0;
    for (const auto& text : texts) height = std::max(height, text->height());
    return height;
  }

  void draw_head() {
    if (head_.empty()) return;
    const auto height = height_of(head_) + 2 * kCellGap;
    pages_.fill(kLeft, pages_.y(), kInner, height, 0.945);
    double x = kLeft;
    for (std::size_t i = 0; i < head_.size(); x += widths_[i++])
      pages_.put(head_[i], 0, head_[i]->lines().size(), x + kPad, pages_.y() + kCellGap, "P");
    pages_.skip(height);
  }
  void next_page() {
    if (!head_.empty() || !pages_.at_top()) pages_.new_page();
    draw_head();
  }

  // As much of the row as fits here; true when that was all of it.
  bool piece(const std::vector<TextPtr>& texts, std::vector<std::size_t>& from) {
    const auto room = pages_.room() - 2 * kCellGap;
    double height = 0;
    bool done = true;
    bool moved = false;
    double x = kLeft;
    for (std::size_t i = 0; i < texts.size(); x += widths_[i++]) {
      auto fits = texts[i]->fitting(from[i], room);
      const auto all = texts[i]->lines().size();
      if (fits == 0 && from[i] < all && room > kInnerHeight / 2) fits = 1;
      pages_.put(texts[i], from[i], from[i] + fits, x + kPad, pages_.y() + kCellGap, "P");
      height = std::max(height, texts[i]->height(from[i], from[i] + fits));
      moved = moved || fits != 0;
      from[i] += fits;
      done = done && from[i] == all;
    }
    if (moved) {
      pages_.skip(height + 2 * kCellGap);
      pages_.rule(kLeft, kLeft + kInner, pages_.y(), done ? 0.78 : 0.9);
    }
    return done;
  }

  Pages& pages_;
  std::vector<double> widths_;
  std::vector<TextPtr> head_;
};

// Every column gets its longest word; the rest is shared by how much text it holds, so that rows come out
// low. No column gets more than its longest line needs while others can use it.
std::vector<double> column_widths(const Pages& pages, const Table& table) {
  const auto columns = table.columns.size();
  const auto rows = std::min(table.rows.size(), kMeasured);
  std::vector<double> out(columns);
  std::vector<double> most(columns);
  std::vector<double> weight(columns, 1);
  double used = 0;
  for (std::size_t c = 0; c < columns; ++c) {
    const auto take = [&](const std::string& text, const Font& font) {
      const auto head = text::prefix(text, kMeasuredLetters);
      out[c] = std::max(out[c], pages.longest_word(head, font));
      most[c] = std::max(most[c], pages.natural(head, font));
      weight[c] += static_cast<double>(text.size());
    };
    take(table.columns[c], kHead);
    for (std::size_t r = 0; r < rows && !pages.over(); ++r) take(table.rows[r][c], kCell);
    out[c] = std::min(out[c] + 2 * kPad + 1, kInner * 0.4);
    most[c] += 2 * kPad + 1;
    used += out[c];
  }
  if (used > kInner)
    for (auto& width : out) width *= kInner / used;
  // Each round fills the columns that are satisfied; what they leave goes to the others, at last to all.
  for (std::size_t round = 0; round <= columns && kInner - used > 0.5; ++round) {
    double sum = 0;
    for (std::size_t c = 0; c < columns; ++c)
      if (round == columns || out[c] < most[c] - 0.1) sum += weight[c];
    if (sum == 0) continue;
    const auto rest = kInner - used;
    for (std::size_t c = 0; c < columns; ++c) {
      if (round != columns && out[c] >= most[c] - 0.1) continue;
      const auto more = rest * weight[c] / sum;
      const auto gain = round == columns ? more : std::min(more, most[c] - out[c]);
      out[c] += gain;
      used += gain;
    }
  }
  return out;
}

class Writer {
 public:
  Writer(Pages& pages, bool english) : pages_(pages), english_(english) {}

  void title(const std::string& text) {
    pages_.outline(1, text);
    const auto laid = pages_.text(text, {.size = 19, .bold = true, .leading = 1.06}, kInner);
    flow(pages_, laid, kLeft, "H1");
    pages_.skip(9);
  }

  void operator()(const Heading& b) {
    const auto level = std::clamp(b.level, 2, 4);
    const auto text = pages_.text(b.text, heading_font(level), kInner);
    pages_.space(level == 2 ? 12 : 8);
    // A heading stays with what it heads.
    if (pages_.room() < text->height() + 52 && !pages_.at_top()) pages_.new_page();
    pages_.outline(level, b.text);
    flow(pages_, text, kLeft, level == 2 ? "H2" : level == 3 ? "H3" : "H4");
    pages_.skip(4);
  }

  void operator()(const Paragraph& b) {
    auto font = kBody;
    if (b.style == Style::note) font = {.size = 8.8, .grey = 0.35, .leading = 1.12};
    if (b.style == Style::centre) font.align = PANGO_ALIGN_CENTER;
    // What is addressed or approved stands in the right half, as in Russian office documents.
    const auto indent = b.style == Style::right ? kInner * 0.52 : 0;
    flow(pages_, pages_.text(b.text, font, kInner - indent), kLeft + indent, "P");
    pages_.space(kBlockGap);
  }

  void operator()(const List& b) {
    constexpr double kIndent = 17;
    for (std::size_t i = 0; i < b.items.size() && !pages_.over(); ++i) {
      const auto text = pages_.text(b.items[i], kBody, kInner - kIndent);
      if (text->fitting(0, pages_.room()) < std::min<std::size_t>(2, text->lines().size()) &&
          !pages_.at_top())
        pages_.new_page();
      const auto mark = b.ordered ? std::to_string(i + 1) + "." : "–";
      pages_.put(pages_.text(mark, kBody, -1), 0, 1, kLeft, pages_.y(), "P");
      flow(pages_, text, kLeft + kIndent, "P");
      pages_.space(2.5);
    }
    pages_.space(kBlockGap - 2.5);
  }

  void operator()(const Table& b) {
    pages_.space(2);
    Grid grid(pages_, column_widths(pages_, b));
    grid.head(b.columns);
    for (const auto& row : b.rows) {
      if (pages_.over()) return;
      grid.row(row, [](std::size_t) { return kCell; });
    }
    pages_.space(kBlockGap + 4);
  }

  void operator()(const KeyValues& b) {
    pages_.space(1);
    Grid grid(pages_, {kInner * 0.33, kInner * 0.67});
    for (const auto& pair : b.items) {
      if (pages_.over()) return;
      grid.row({pair.key, pair.value}, [](std::size_t column) { return column == 0 ? kKey : kValue; });
    }
    pages_.space(kBlockGap + 4);
  }

  void operator()(const Signature& b) {
    constexpr double kLine = 130;
    constexpr double kName = 150;
    const auto role = pages_.text(b.role, kBody, kInner - kLine - kName - 20);
    const auto name = pages_.text(b.name, kBody, kName);
    const auto height = std::max({role->height(), name->height(), 14.0});
    pages_.space(16);
    if (pages_.room() < height + 20 && !pages_.at_top()) pages_.new_page();
    const auto line_x = kLeft + kInner - kLine - kName - 10;
    const auto name_x = kLeft + kInner - kName;
    const auto base = pages_.y() + height + 1;
    pages_.put(role, 0, role->lines().size(), kLeft, base - 1 - role->height(), "P");
    pages_.put(name, 0, name->lines().size(), name_x, base - 1 - name->height(), "P");
    pages_.rule(line_x, line_x + kLine, base, 0.3);
    pages_.rule(name_x, name_x + kName, base, 0.3);
    caption(english_ ? "signature, date" : "подпись, дата", line_x, base + 1);
    caption(english_ ? "name" : "фамилия, инициалы", name_x, base + 1);
    pages_.skip(height + 20);
  }

  void operator()(const PageBreak&) {
    if (!pages_.at_top()) pages_.new_page();
  }

 private:
  void caption(std::string_view words, double x, double y) {
    pages_.put(pages_.text(words, kCaption, -1), 0, 1, x, y, "P");
  }

  Pages& pages_;
  bool english_;
};

// Counts as kMaxEffort says.
class Effort {
 public:
  void add(std::string_view text) {
    std::size_t word = 0;
    for (std::size_t at = 0; at < text.size();) {
      const auto c = text::next(text, at);
      word = c == ' ' || c == '\n' ? 0 : word + 1;
      // Latin and Cyrillic with their accents made whole, and the punctuation around them.
      const bool simple = c != '\n' && (c < 0x300 || (c >= 0x400 && c < 0x530) || (c >= 0x2010 && c < 0x2150));
      total_ += !simple ? kHeavy : word > kLongWord ? kUnbroken : 1;
    }
  }
  void operator()(const Heading& b) { add(b.text); }
  void operator()(const Paragraph& b) { add(b.text); }
  void operator()(const List& b) {
    for (const auto& item : b.items) add(item);
  }
  void operator()(const Table& b) {
    for (const auto& column : b.columns) add(column);
    for (const auto& row : b.rows)
      for (const auto& cell : row) add(cell);
  }
  void operator()(const KeyValues& b) {
    for (const auto& pair : b.items) add(pair.key), add(pair.value);
  }
  void operator()(const Signature& b) { add(b.role), add(b.name); }
  void operator()(const PageBreak&) {}
  [[nodiscard]] std::size_t total() const { return total_; }

 private:
  std::size_t total_ = 0;
};

}  // namespace
}  // namespace pdf

Result<void> drawable(const Document& document) {
  const auto too_long = [](std::string cause) {
    return fail(Error{.code = Errc::too_large, .cause = std::move(cause), .fields = {{"", "pdf_too_long"}}});
  };
  if (auto fits = check(document); !fits)
    return fits.error().code == Errc::too_large ? too_long(std::move(fits.error().cause)) : fits;
  pdf::Effort effort;
  effort.add(document.title);
  for (const auto& block : document.blocks) {
    std::visit(effort, block);
    if (effort.total() > kMaxEffort) return too_long("document: too much to draw");
  }
  return {};
}

Result<std::string> to_pdf(const Document& document, const PdfOptions& options, const std::stop_token& abandoned) {
  CHECK(drawable(document));
  pdf::Pages pages(document, options, abandoned);
  pdf::Writer writer(pages, document.language == "en");
  writer.title(document.title);
  for (const auto& block : document.blocks) {
    if (pages.over()) break;
    std::visit(writer, block);
  }
  return pages.finish();
}

}  // namespace chatika::document
