#include "document/pdf_pages.hpp"

#include <cairo-pdf.h>
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace chatika::document::pdf {
namespace {

constexpr const char* kFamily = "PT Sans";  // has Cyrillic and every European Latin; Debian's fonts-paratype

double units(int pango) {
  return static_cast<double>(pango) / PANGO_SCALE;
}

// Control characters would be drawn as boxes with their number.
std::string printable(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto c = text::next(text, at);
    if (c == '\n' || c == '\t' || (c >= 0x20 && !(c >= 0x7F && c < 0xA0))) text::append(out, c);
  }
  return out;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Keeps together what Russian typography does not part: "ст. 6", "№ 179", "152-ФЗ". Only so many in one text: each
// costs a look at all others.
void glue(std::string_view text, PangoAttrList* attributes) {
  int left = 100;
  const auto keep = [&](std::size_t from, std::size_t to) {
    if (left-- <= 0) return;
    auto* attribute = pango_attr_allow_breaks_new(FALSE);
    attribute->start_index = static_cast<guint>(from);
    attribute->end_index = static_cast<guint>(to);
    pango_attr_list_insert(attributes, attribute);
  };
  for (const std::string_view abbreviation : {"ст. ", "ч. ", "п. ", "№ ", "art. ", "No. "})
    for (auto at = text.find(abbreviation); at != std::string_view::npos;
         at = text.find(abbreviation, at + 1)) {
      const auto end = at + abbreviation.size();
      if (end < text.size() && is_digit(text[end])) keep(at, end + 1);
    }
  for (const std::string_view law : {"-ФЗ", "-FZ"})
    for (auto at = text.find(law); at != std::string_view::npos; at = text.find(law, at + 1))
      if (at > 0 && is_digit(text[at - 1])) keep(at - 1, at + law.size());
}

cairo_status_t append_bytes(void* out, const unsigned char* bytes, unsigned int size) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), size);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

Text::Text(PangoContext* context, std::string_view text, const Font& font, double width)
    : layout_(pango_layout_new(context)), grey_(font.grey) {
  auto* description = pango_font_description_new();
  pango_font_description_set_family_static(description, kFamily);
  pango_font_description_set_absolute_size(description, font.size * PANGO_SCALE);
  pango_font_description_set_weight(description, font.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  auto* layout = layout_.get();
  pango_layout_set_font_description(layout, description);
  pango_font_description_free(description);
  pango_layout_set_line_spacing(layout, static_cast<float>(font.leading));
  pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment(layout, font.align);
  if (width >= 0) pango_layout_set_width(layout, static_cast<int>(width * PANGO_SCALE));
  const auto shown = printable(text);
  pango_layout_set_text(layout, shown.data(), static_cast<int>(shown.size()));
  auto* attributes = pango_attr_list_new();
  glue(shown, attributes);
  pango_layout_set_attributes(layout, attributes);
  pango_attr_list_unref(attributes);

  auto* iter = pango_layout_get_iter(layout);
  do {
    int top = 0;
    int bottom = 0;
    PangoRectangle logical;
    pango_layout_iter_get_line_yrange(iter, &top, &bottom);
    pango_layout_iter_get_line_extents(iter, nullptr, &logical);
    lines_.push_back({pango_layout_iter_get_line_readonly(iter), units(logical.x), units(top), units(bottom),
                      units(pango_layout_iter_get_baseline(iter))});
  } while (pango_layout_iter_next_line(iter) != 0);
  pango_layout_iter_free(iter);
}

double Text::width() const {
  PangoRectangle logical;
  pango_layout_get_extents(layout_.get(), nullptr, &logical);
  return units(logical.width);
}

double Text::height(std::size_t from, std::size_t to) const {
  return from >= to ? 0 : lines_[to - 1].bottom - lines_[from].top;
}

std::size_t Text::fitting(std::size_t from, double room) const {
  auto to = from;
  while (to < lines_.size() && lines_[to].bottom - lines_[from].top <= room) ++to;
  return to - from;
}

Pages::Pages(const Document& document, const PdfOptions& options, const std::stop_token& abandoned)
    : document_(document), options_(options), abandoned_(abandoned), pages_(1) {
  // The default font map is this thread's own.
  context_ = pango_font_map_create_context(pango_cairo_font_map_get_default());
  pango_cairo_context_set_resolution(context_, 72);
  pango_context_set_round_glyph_positions(context_, FALSE);
  auto* fonts = cairo_font_options_create();
  cairo_font_options_set_hint_style(fonts, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(fonts, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context_, fonts);
  cairo_font_options_destroy(fonts);
  pango_context_set_language(context_, pango_language_from_string(document.language == "en" ? "en" : "ru"));
}

Pages::~Pages() {
  pages_.clear();
  g_object_unref(context_);
}

TextPtr Pages::text(std::string_view text, const Font& font, double width) const {
  return std::make_shared<const Text>(context_, text, font, width);
}

double Pages::natural(std::string_view text, const Font& font) const {
  return Text(context_, text, font, -1).width();
}

double Pages::longest_word(std::string_view text, const Font& font) const {
  std::string_view longest;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(" \n\t"), text.size());
    if (text::length(text.substr(0, end)) > text::length(longest)) longest = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return natural(longest, font);
}

void Pages::new_page() {
  if (pages_.size() <= static_cast<std::size_t>(kMaxPages)) pages_.emplace_back();
  y_ = kTop;
}

void Pages::put(const TextPtr& text, std::size_t from, std::size_t to, double x, double y, const char* tag) {
  if (from < to) pages_.back().pieces.push_back({text, from, to, x, y, tag});
}

void Pages::rule(double x1, double x2, double y, double grey) {
  fill(x1, y - 0.25, x2 - x1, 0.5, grey);
}

void Pages::fill(double x, double y, double width, double height, double grey) {
  pages_.back().boxes.push_back({x, y, width, height, grey});
}

void Pages::outline(int level, std::string_view title) {
  entries_.push_back({level, printable(title), pages_.size(), y_});
}

void Pages::draw(cairo_t* cr, const Piece& piece) const {
  cairo_set_source_rgb(cr, piece.text->grey(), piece.text->grey(), piece.text->grey());
  cairo_tag_begin(cr, piece.tag, nullptr);
  const auto& lines = piece.text->lines();
  for (auto i = piece.from; i < piece.to; ++i) {
    cairo_move_to(cr, piece.x + lines[i].x, piece.y + lines[i].baseline - lines[piece.from].top);
    pango_cairo_show_layout_line(cr, lines[i].line);
  }
  cairo_tag_end(cr, piece.tag);
}

// The title at the head of the second page and on, footer and number at the foot of each.
void Pages::draw_margins(cairo_t* cr, std::size_t number) const {
  const Font small{.size = 8, .grey = 0.42};
  const auto one_line = [&](const std::string& words, double width) {
    auto cut = text(words, small, -1);
    for (auto n = text::length(words); cut->width() > width && n > 8; n -= 4)
      cut = text(std::string(text::prefix(words, n)) + "…", small, -1);
    return cut;
  };
  const auto place = [&](const TextPtr& line, double x, double y) { draw(cr, Piece{line, 0, 1, x, y, "P"}); };
  if (number > 1) place(one_line(document_.title, kInner), kLeft, kTop - 28);
  const auto words = document_.language == "en" ? fmt::format("Page {} of {}", number, pages_.size())
                                                : fmt::format("Страница {} из {}", number, pages_.size());
  const auto page = text(words, small, -1);
  place(page, kWidth - kRight - page->width(), kHeight - kBottom + 26);
  if (!options_.footer.empty())
    place(one_line(options_.footer, kInner - page->width() - 16), kLeft, kHeight - kBottom + 26);
}

void Pages::draw(cairo_t* cr, std::size_t number) const {
  const auto& page = pages_[number - 1];
  for (const auto& box : page.boxes) {
    cairo_set_source_rgb(cr, box.grey, box.grey, box.grey);
    cairo_rectangle(cr, box.x, box.y, box.width, box.height);
    cairo_fill(cr);
  }
  for (const auto& piece : page.pieces) draw(cr, piece);
  draw_margins(cr, number);
}

void Pages::describe(cairo_surface_t* surface) const {
  const auto at = to_rfc3339(std::chrono::floor<std::chrono::seconds>(options_.at));
  const auto set = [&](cairo_pdf_metadata_t key, const std::string& value) {
    if (!value.empty()) cairo_pdf_surface_set_metadata(surface, key, value.c_str());
  };
  set(CAIRO_PDF_METADATA_TITLE, printable(document_.title));
  set(CAIRO_PDF_METADATA_AUTHOR, printable(options_.author));
  set(CAIRO_PDF_METADATA_CREATOR, "Chatika");
  set(CAIRO_PDF_METADATA_CREATE_DATE, at);
  set(CAIRO_PDF_METADATA_MOD_DATE, at);
  int parents[5] = {};
  for (const auto& entry : entries_) {
    const auto place = fmt::format("page={} pos=[{:.1f} {:.1f}]", entry.page, kLeft, entry.y);
    parents[entry.level] = cairo_pdf_surface_add_outline(
        surface, parents[entry.level - 1], entry.title.c_str(), place.c_str(), CAIRO_PDF_OUTLINE_FLAG_OPEN);
    for (int below = entry.level + 1; below < 5; ++below) parents[below] = parents[entry.level];
  }
}

Result<std::string> Pages::finish() {
  if (abandoned_.stop_requested()) return fail(Errc::unavailable, "document: abandoned");
  if (over())
    return fail(Error{.code = Errc::too_large, .cause = "document: too many pages", .fields = {{"", "pdf_too_long"}}});
  std::string out;
  auto* surface = cairo_pdf_surface_create_for_stream(append_bytes, &out, kWidth, kHeight);
  describe(surface);
  auto* cr = cairo_create(surface);
  for (std::size_t number = 1; number <= pages_.size() && !abandoned_.stop_requested(); ++number) {
    draw(cr, number);
    cairo_show_page(cr);
  }
  const auto drawn = cairo_status(cr);
  cairo_destroy(cr);
  cairo_surface_finish(surface);
  const auto status = drawn != CAIRO_STATUS_SUCCESS ? drawn : cairo_surface_status(surface);
  cairo_surface_destroy(surface);
  if (abandoned_.stop_requested()) return fail(Errc::unavailable, "document: abandoned");
  if (status != CAIRO_STATUS_SUCCESS)
    return fail(Errc::internal, std::string("pdf: ") + cairo_status_to_string(status));
  return out;
}

}  // namespace chatika::document::pdf
