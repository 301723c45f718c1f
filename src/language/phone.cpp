#include "language/phone.hpp"

#include <phonenumbers/phonenumbermatch.h>
#include <phonenumbers/phonenumbermatcher.h>
#include <phonenumbers/phonenumberutil.h>

#include <algorithm>
#include <optional>

#include "base/text.hpp"

namespace chatika::language {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberMatch;
using i18n::phonenumbers::PhoneNumberMatcher;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr std::size_t kLeastDigits = 7;
constexpr std::size_t kMostDigits = 15;  // E.164
constexpr std::size_t kMatcherDigits = 160;  // the matcher's time grows with the square of a text's digits
constexpr int kMostTries = 64;           // candidates the matcher may test in one text

std::size_t digits_in(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

const PhoneNumberUtil& util() {
  return *PhoneNumberUtil::GetInstance();
}

std::optional<std::string> e164(const std::string& written, const std::string& region) {
  PhoneNumber number;
  if (util().Parse(written, region, &number) != PhoneNumberUtil::NO_PARSING_ERROR ||
      !util().IsValidNumber(number))
    return std::nullopt;
  std::string out;
  util().Format(number, PhoneNumberUtil::E164, &out);
  return out;
}

// People write a number in ways the matcher's grouping rules refuse ("8 9 1 2 345 67 89", "8-912-34-56-789"):
// a run of 10 to 12 digits with only spaces, dashes, dots and brackets between them is read as one number.
struct Run {
  Span span;
  std::string digits;
};

std::vector<Run> digit_runs(std::string_view text) {
  std::vector<Run> out;
  Run run;
  std::size_t gap = 0;  // bytes since the last digit
  const auto flush = [&] {
    if (!run.digits.empty()) out.push_back(run);
    run = {};
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool digit = c >= '0' && c <= '9';
    if (digit || (c == '+' && run.digits.empty())) {
      if (run.digits.empty()) run.span.begin = at;
      run.digits += c;
      run.span.end = at + 1;
      gap = 0;
    } else if (run.digits.empty() || std::string_view(" -().\t").find(c) == std::string_view::npos ||
               ++gap > 3) {
      flush();
    }
  }
  flush();
  return out;
}

}  // namespace

std::vector<Phone> find_phones(std::string_view utf8, std::string_view region) {
  std::vector<Phone> out;
  if (digits_in(utf8) < kLeastDigits) return out;  // the matcher costs more than everything else of a turn
  const std::string home(region);
  for (const Run& run : digit_runs(utf8)) {
    const std::size_t n = digits_in(run.digits);
    if (n < 10 || n > 12 || out.size() >= kPhones) continue;
    auto number = e164(run.digits, home);
    if (!number && home == "RU" && n == 11 && run.digits.front() == '7')
      number = e164("+" + run.digits, home);
    if (number) out.push_back({std::move(*number), run.span});
  }
  if (!out.empty() || digits_in(utf8) > kMatcherDigits) return out;
  const std::string text(utf8);
  PhoneNumberMatcher matcher(util(), text, home, PhoneNumberMatcher::VALID, kMostTries);
  while (matcher.HasNext() && out.size() < kPhones) {
    PhoneNumberMatch match;
    matcher.Next(&match);
    std::string number;
    util().Format(match.number(), PhoneNumberUtil::E164, &number);
    // The matcher counts code points.
    const std::size_t begin = text::prefix(utf8, static_cast<std::size_t>(match.start())).size();
    out.push_back({std::move(number), {begin, begin + match.raw_string().size()}});
  }
  return out;
}

bool looks_like_phone(std::string_view utf8) {
  const std::size_t digits = digits_in(utf8);
  if (digits < kLeastDigits || digits > kMostDigits) return false;
  std::size_t letters = 0;
  for (const Token& t : tokenize(utf8)) letters += t.kind == TokenKind::word ? text::length(t.folded) : 0;
  return letters <= digits;
}

std::string format_phone(std::string_view e164) {
  if (e164.size() < 8 || e164.front() != '+' || digits_in(e164) != e164.size() - 1) return std::string(e164);
  if (e164.starts_with("+7") && e164.size() == 12) {
    const auto part = [&](std::size_t from, std::size_t n) { return std::string(e164.substr(from, n)); };
    return "+7 " + part(2, 3) + " " + part(5, 3) + "-" + part(8, 2) + "-" + part(10, 2);
  }
  PhoneNumber number;
  if (util().Parse(std::string(e164), "ZZ", &number) != PhoneNumberUtil::NO_PARSING_ERROR)
    return std::string(e164);
  std::string out;
  util().Format(number, PhoneNumberUtil::INTERNATIONAL, &out);
  return out;
}

}  // namespace chatika::language
