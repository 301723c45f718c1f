// Pages being laid out: texts already broken into lines, rules and fills, each at its place; drawn at the
// end, when the number of pages is known. Only the pdf files of this room include it. One thread, one
// document.
#pragma once

#include <pango/pangocairo.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "document/pdf.hpp"

namespace chatika::document::pdf {

// In points of 1/72 inch; y grows downwards.
inline constexpr double kWidth = 595.28;
inline constexpr double kHeight = 841.89;
inline constexpr double kLeft = 62;
inline constexpr double kRight = 54;
inline constexpr double kTop = 64;
inline constexpr double kBottom = 66;
inline constexpr double kInner = kWidth - kLeft - kRight;
inline constexpr double kInnerHeight = kHeight - kTop - kBottom;

struct Font {
  double size = 10.5;
  bool bold = false;
  double grey = 0.1;  // 0 is black
  PangoAlignment align = PANGO_ALIGN_LEFT;
  double leading = 1.15;
};

// A text broken into lines of a width. A negative width: not broken.
class Text {
 public:
  Text(PangoContext* context, std::string_view text, const Font& font, double width);

  struct Line {
    PangoLayoutLine* line;
    double x, top, bottom, baseline;  // from the text's own corner
  };
  [[nodiscard]] const std::vector<Line>& lines() const { return lines_; }
  [[nodiscard]] double height() const { return lines_.empty() ? 0 : lines_.back().bottom; }
  [[nodiscard]] double width() const;
  [[nodiscard]] double grey() const { return grey_; }
  // How many lines from `from` on fit into `room`.
  [[nodiscard]] std::size_t fitting(std::size_t from, double room) const;
  // The height of lines [from, to).
  [[nodiscard]] double height(std::size_t from, std::size_t to) const;

 private:
  struct Unref {
    void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  };
  std::unique_ptr<PangoLayout, Unref> layout_;
  std::vector<Line> lines_;
  double grey_;
};
using TextPtr = std::shared_ptr<const Text>;

class Pages {
 public:
  Pages(const Document& document, const PdfOptions& options, const std::stop_token& abandoned);
  ~Pages();
  Pages(const Pages&) = delete;

  TextPtr text(std::string_view text, const Font& font, double width) const;
  // The width of one line of `text`, and of its longest word.
  [[nodiscard]] double natural(std::string_view text, const Font& font) const;
  [[nodiscard]] double longest_word(std::string_view text, const Font& font) const;

  [[nodiscard]] double y() const { return y_; }
  [[nodiscard]] double room() const { return kHeight - kBottom - y_; }
  [[nodiscard]] bool at_top() const { return y_ <= kTop; }
  // Nothing more is worth laying out: the document is too long, or nobody waits for it.
  [[nodiscard]] bool over() const {
    return pages_.size() > static_cast<std::size_t>(kMaxPages) || abandoned_.stop_requested();
  }
  void skip(double height) { y_ += height; }
  void space(double height) {  // between blocks; nothing at the top of a page
    if (!at_top()) y_ += height;
  }
  void new_page();

  // Lines [from, to) of `text`, at x and y; `tag` is the PDF structure element.
  void put(const TextPtr& text, std::size_t from, std::size_t to, double x, double y, const char* tag);
  void rule(double x1, double x2, double y, double grey = 0.75);
  void fill(double x, double y, double width, double height, double grey);
  void outline(int level, std::string_view title);

  Result<std::string> finish();

 private:
  struct Piece {
    TextPtr text;
    std::size_t from, to;
    double x, y;
    const char* tag;
  };
  struct Box {
    double x, y, width, height, grey;
  };
  struct Page {
    std::vector<Box> boxes;  // under the texts
    std::vector<Piece> pieces;
  };
  struct Entry {
    int level;
    std::string title;
    std::size_t page;
    double y;
  };

  void draw(cairo_t* cr, std::size_t number) const;
  void draw(cairo_t* cr, const Piece& piece) const;
  void draw_margins(cairo_t* cr, std::size_t number) const;
  void describe(cairo_surface_t* surface) const;

  const Document& document_;
  const PdfOptions& options_;
  const std::stop_token& abandoned_;
  PangoContext* context_;
  std::vector<Page> pages_;
  std::vector<Entry> entries_;
  double y_ = kTop;
};

}  // namespace chatika::document::pdf
