// A document as the program makes it: a title and blocks. Drawn as HTML, plain text and PDF from this one
// model, so that what is shown, what is hashed and what is printed cannot differ.
//
// Holds no policy and knows no law: what a document says is its author's business (privacy). Nothing here is
// trusted: every text is escaped where it is drawn.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "json/types.hpp"

namespace chatika::document {

inline constexpr std::size_t kMaxBlocks = 5000;
inline constexpr std::size_t kMaxRows = 20'000;            // of all lists, tables and pairs of one document
inline constexpr std::size_t kMaxColumns = 12;             // of one table
inline constexpr std::size_t kMaxBytes = 8 * 1024 * 1024;  // of all texts together

struct Heading {
  static constexpr std::string_view kType = "heading";
  int level = 2;  // 2 to 4; the title is the only one of level 1
  std::string text;
};
CHATIKA_JSON(Heading, level, text)

enum class Style {
  body,
  note,    // small and grey: what to know beside the text
  centre,  // a line in the middle, as under the title of an act
  right,   // who approves, to whom it is addressed
};
CHATIKA_JSON_ENUM(Style, body, note, centre, right)

struct Paragraph {
  static constexpr std::string_view kType = "paragraph";
  std::string text;  // a line feed begins a new line
  Style style = Style::body;
};
CHATIKA_JSON(Paragraph, text, style)

struct List {
  static constexpr std::string_view kType = "list";
  std::vector<std::string> items;
  bool ordered = false;
};
CHATIKA_JSON(List, items, ordered)

struct Table {
  static constexpr std::string_view kType = "table";
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;  // each as wide as `columns`
};
CHATIKA_JSON(Table, columns, rows)

struct Pair {
  std::string key;
  std::string value;
};
CHATIKA_JSON(Pair, key, value)
struct KeyValues {
  static constexpr std::string_view kType = "key_values";
  std::vector<Pair> items;
};
CHATIKA_JSON(KeyValues, items)

// A line to sign by hand: who signs, the name when it is known, the date.
struct Signature {
  static constexpr std::string_view kType = "signature";
  std::string role;
  std::string name;
};
CHATIKA_JSON(Signature, role, name)

struct PageBreak {
  static constexpr std::string_view kType = "page_break";
};
CHATIKA_JSON(PageBreak)

using Block = std::variant<Heading, Paragraph, List, Table, KeyValues, Signature, PageBreak>;

struct Document {
  std::string title;
  std::string language = "ru";  // "ru" or "en"
  std::vector<Block> blocks;
};
CHATIKA_JSON(Document, title, language, blocks)

// Errc::too_large past a bound above; Errc::internal for a table whose rows are not as wide as its head.
Result<void> check(const Document& document);

// Plain text, one line an item or a row. Canonical: the same document gives the same bytes in every version
// of the program, because hashes and diffs are made over it.
std::string to_text(const Document& document);

// An <article> of semantic elements without class names of any page, inline style or script; everything
// escaped.
std::string to_html(const Document& document);

// `text` for an element's content or a quoted attribute.
std::string escape_html(std::string_view text);

}  // namespace chatika::document
