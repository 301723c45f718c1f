#include "document/document.hpp"

namespace chatika::document {
namespace {

struct Size {
  std::size_t rows = 0;
  std::size_t bytes = 0;
  bool ragged = false;

  void add(const std::string& text) { bytes += text.size(); }
  void row(const std::string& text) {
    ++rows;
    add(text);
  }

  void operator()(const Heading& b) { add(b.text); }
  void operator()(const Paragraph& b) { add(b.text); }
  void operator()(const List& b) {
    for (const auto& item : b.items) row(item);
  }
  void operator()(const Table& b) {
    ragged = ragged || b.columns.empty() || b.columns.size() > kMaxColumns;
    for (const auto& column : b.columns) add(column);
    for (const auto& cells : b.rows) {
      ++rows;
      ragged = ragged || cells.size() != b.columns.size();
      for (const auto& cell : cells) add(cell);
    }
  }
  void operator()(const KeyValues& b) {
    for (const auto& pair : b.items) row(pair.key), add(pair.value);
  }
  void operator()(const Signature& b) { add(b.role), add(b.name); }
  void operator()(const PageBreak&) {}
};

}  // namespace

Result<void> check(const Document& document) {
  Size size;
  size.add(document.title);
  if (document.blocks.size() > kMaxBlocks) return fail(Errc::too_large, "document: too many blocks");
  for (const auto& block : document.blocks) std::visit(size, block);
  if (size.ragged) return fail(Errc::internal, "document: a table whose rows do not fit its head");
  if (size.rows > kMaxRows) return fail(Errc::too_large, "document: too many rows");
  if (size.bytes > kMaxBytes) return fail(Errc::too_large, "document: too long");
  return {};
}

}  // namespace chatika::document
