#include "base/clock.hpp"

#include <fmt/format.h>

namespace chatika {
namespace {

// Reads exactly `n` digits at `text[at]`, moving `at` past them.
std::optional<int> digits(std::string_view text, std::size_t& at, std::size_t n) {
  if (at + n > text.size()) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < n; ++i, ++at) {
    if (text[at] < '0' || text[at] > '9') return std::nullopt;
    value = value * 10 + (text[at] - '0');
  }
  return value;
}

bool expect(std::string_view text, std::size_t& at, char c) {
  if (at >= text.size() || text[at] != c) return false;
  ++at;
  return true;
}

}  // namespace

std::string to_rfc3339(Time t) {
  using namespace std::chrono;
  const auto day = floor<days>(t);
  const year_month_day ymd{day};
  const hh_mm_ss hms{t - day};
  auto out = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(ymd.year()),
                         static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()),
                         hms.hours().count(), hms.minutes().count(), hms.seconds().count());
  if (hms.subseconds().count() != 0) out += fmt::format(".{:06}", hms.subseconds().count());
  return out + "Z";
}

std::optional<Time> parse_rfc3339(std::string_view text) {
  using namespace std::chrono;
  std::size_t at = 0;
  const auto y = digits(text, at, 4);
  if (!y || *y < 1970 || !expect(text, at, '-')) return std::nullopt;
  const auto mo = digits(text, at, 2);
  if (!mo || !expect(text, at, '-')) return std::nullopt;
  const auto d = digits(text, at, 2);
  if (!d || at >= text.size() || (text[at] != 'T' && text[at] != 't')) return std::nullopt;
  ++at;
  const auto h = digits(text, at, 2);
  if (!h || *h > 23 || !expect(text, at, ':')) return std::nullopt;
  const auto mi = digits(text, at, 2);
  if (!mi || *mi > 59 || !expect(text, at, ':')) return std::nullopt;
  const auto s = digits(text, at, 2);
  if (!s || *s > 59) return std::nullopt;
  std::int64_t fraction = 0;
  if (expect(text, at, '.')) {
    const auto start = at;
    for (std::int64_t unit = 100000; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, unit /= 10)
      fraction += unit * (text[at] - '0');
    if (at == start || at - start > 9) return std::nullopt;
  }
  int offset_min = 0;
  if (at < text.size() && (text[at] == 'Z' || text[at] == 'z')) {
    ++at;
  } else {
    if (at >= text.size() || (text[at] != '+' && text[at] != '-')) return std::nullopt;
    const int sign = text[at++] == '-' ? -1 : 1;
    const auto oh = digits(text, at, 2);
    if (!oh || *oh > 23 || !expect(text, at, ':')) return std::nullopt;
    const auto om = digits(text, at, 2);
    if (!om || *om > 59) return std::nullopt;
    offset_min = sign * (*oh * 60 + *om);
  }
  const year_month_day ymd{year{*y}, month{static_cast<unsigned>(*mo)}, day{static_cast<unsigned>(*d)}};
  if (at != text.size() || !ymd.ok()) return std::nullopt;
  const auto t = Time(sys_days{ymd}) + hours{*h} + minutes{*mi - offset_min} + seconds{*s} + Micros{fraction};
  // An offset may lead out of the years that to_rfc3339 can write.
  if (t < Time{} || t >= Time(sys_days{year{10000} / January / 1})) return std::nullopt;
  return t;
}

}  // namespace chatika
