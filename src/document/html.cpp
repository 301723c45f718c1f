#include <algorithm>

#include "document/document.hpp"

namespace chatika::document {
namespace {

// Escaped, a line feed as <br>.
std::string flowing(std::string_view text) {
  std::string out;
  for (std::size_t at = 0;;) {
    const auto end = text.find('\n', at);
    out += escape_html(text.substr(at, end - at));
    if (end == std::string_view::npos) return out;
    out += "<br>";
    at = end + 1;
  }
}

std::string element(std::string_view name, std::string_view text) {
  std::string out;
  out.append("<").append(name).append(">").append(flowing(text)).append("</").append(name).append(">");
  return out;
}

std::string_view class_of(Style style) {
  switch (style) {
    case Style::note:
      return " class=\"note\"";
    case Style::centre:
      return " class=\"centre\"";
    case Style::right:
      return " class=\"right\"";
    case Style::body:
      break;
  }
  return "";
}

struct ToHtml {
  std::string& out;
  bool english;

  void operator()(const Heading& b) const {
    const char level[] = {'h', static_cast<char>('0' + std::clamp(b.level, 2, 4)), 0};
    out += element(level, b.text) + '\n';
  }
  void operator()(const Paragraph& b) const {
    out.append("<p").append(class_of(b.style)).append(">").append(flowing(b.text)).append("</p>\n");
  }
  void operator()(const List& b) const {
    out += b.ordered ? "<ol>\n" : "<ul>\n";
    for (const auto& item : b.items) out += element("li", item) + '\n';
    out += b.ordered ? "</ol>\n" : "</ul>\n";
  }
  // A wide table scrolls by itself, by keyboard too; the page never does.
  void operator()(const Table& b) const {
    out.append("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"")
        .append(english ? "Table" : "Таблица")
        .append("\">\n<table>\n<thead><tr>");
    for (const auto& column : b.columns)
      out.append("<th scope=\"col\">").append(flowing(column)).append("</th>");
    out += "</tr></thead>\n<tbody>\n";
    for (const auto& row : b.rows) {
      out += "<tr>";
      for (std::size_t i = 0; i < row.size(); ++i) {
        // On a phone the head is out of sight and each cell says what it is.
        out.append("<td data-label=\"").append(i < b.columns.size() ? escape_html(b.columns[i]) : "");
        out.append("\">").append(flowing(row[i])).append("</td>");
      }
      out += "</tr>\n";
    }
    out += "</tbody>\n</table>\n</div>\n";
  }
  void operator()(const KeyValues& b) const {
    out += "<dl>\n";
    for (const auto& pair : b.items)
      out += "<div>" + element("dt", pair.key) + element("dd", pair.value) + "</div>\n";
    out += "</dl>\n";
  }
  void operator()(const Signature& b) const {
    out.append("<p class=\"signature\"><span>")
        .append(flowing(b.role))
        .append("</span><span class=\"line\"></span><span>")
        .append(flowing(b.name))
        .append("</span></p>\n");
  }
  void operator()(const PageBreak&) const { out += "<hr>\n"; }
};

}  // namespace

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string to_html(const Document& document) {
  const bool english = document.language == "en";
  std::string out = std::string("<article lang=\"") + (english ? "en" : "ru") + "\">\n";
  out += element("h1", document.title) + '\n';
  for (const auto& block : document.blocks) std::visit(ToHtml{out, english}, block);
  return out + "</article>\n";
}

}  // namespace chatika::document
