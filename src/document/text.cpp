#include "document/document.hpp"

namespace chatika::document {
namespace {

// On one line: a row stays a row of the diff whatever a person typed into a cell.
std::string line(std::string_view text) {
  std::string out(text);
  for (auto& c : out)
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  return out;
}

std::string joined(const std::vector<std::string>& cells) {
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i != 0) out += " | ";
    out += line(cells[i]);
  }
  return out;
}

struct ToText {
  std::string& out;

  void operator()(const Heading& b) const {
    out += '\n';
    out.append(static_cast<std::size_t>(b.level), '#');
    out += ' ' + line(b.text) + '\n';
  }
  void operator()(const Paragraph& b) const { out += '\n' + b.text + '\n'; }
  void operator()(const List& b) const {
    out += '\n';
    for (std::size_t i = 0; i < b.items.size(); ++i)
      out += (b.ordered ? std::to_string(i + 1) + ". " : "- ") + line(b.items[i]) + '\n';
  }
  void operator()(const Table& b) const {
    out += '\n' + joined(b.columns) + '\n';
    for (const auto& row : b.rows) out += joined(row) + '\n';
  }
  void operator()(const KeyValues& b) const {
    out += '\n';
    for (const auto& pair : b.items) out += line(pair.key) + ": " + line(pair.value) + '\n';
  }
  void operator()(const Signature& b) const {
    out += '\n' + line(b.role) + " ____________________ " + line(b.name) + '\n';
  }
  void operator()(const PageBreak&) const {}
};

}  // namespace

std::string to_text(const Document& document) {
  std::string out = "# " + line(document.title) + '\n';
  for (const auto& block : document.blocks) std::visit(ToText{out}, block);
  return out;
}

}  // namespace chatika::document
