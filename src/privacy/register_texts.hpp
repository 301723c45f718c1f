// The register in words: what people read about each field, purpose, basis, period and recipient, in Russian
// and English, and the list of everything held that all documents are made from. A field without words and a
// table that no item names fail the test of P55.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "privacy/register.hpp"

namespace chatika::privacy {

struct Words {
  std::string_view ru;
  std::string_view en;
  [[nodiscard]] std::string_view in(std::string_view language) const { return language == "en" ? en : ru; }
};

// Which law a document speaks of. The Russian profile is the first; under the second, articles and
// authorities are those of the GDPR.
enum class Law { russia, gdpr };

Words words(Category category);    // "посетители сайта"
Words words(Purpose purpose);      // "обратный звонок и подтверждение записи"
Words words(Basis basis);          // "согласие"
Words words(Recipient recipient);  // as a kind; documents put the name beside it
// "п. 1 ч. 1 ст. 6 152-ФЗ"; "GDPR art. 6(1)(a)".
Words article(Basis basis, Law law);
// "365 дней после последнего обращения".
std::string period(Retention retention, int days, std::string_view language);
// "1 день", "30 дней", "3 года".
std::string days_in_words(int days, std::string_view language);

// One line of what is held: a sealed field, or columns kept in the clear that say one thing together.
struct Item {
  std::string_view key;  // "visitor.phone"; stable, never shown
  Category category = Category::visitor;
  Words name;
  Purposes consent = 0;
  Purposes contract = 0;
  Purposes legal_duty = 0;
  Purposes legitimate_interest = 0;
  Retention retention = Retention::contacts;
  std::uint8_t recipients = 0;
  bool sealed = false;  // encrypted with the person's own key

  [[nodiscard]] Purposes on(Basis basis) const;
};

// What documents are made from. A tenant may keep for other periods than the default, hence a value.
struct Register {
  std::vector<Item> items;  // sealed fields in the register's order, then the groups
  std::array<int, kRetentions> days{};

  [[nodiscard]] int period_days(Retention retention) const {
    return days[static_cast<std::size_t>(retention)];
  }
};
// As the program is, with the default periods of the profile.
Register register_in_force(bool clinic);

// The item that a sealed field is. Its key is what subject files and answers name.
std::string_view item_key(Field field);
// The item that a column kept in the clear belongs to; nothing for columns that say nothing about a person
// (numbers of rows, hashes of chains).
std::optional<std::string_view> item_key(const LinkedColumn& column);
// Tables whose linked columns no item names. Empty, or a test fails.
std::vector<std::string_view> unnamed_tables();

// The purposes of a set, the bases in use, the recipients of a set: in the register's order.
std::vector<Purpose> each(Purposes purposes);
std::vector<Recipient> each_recipient(std::uint8_t recipients);
inline constexpr std::array kAllBases{Basis::consent, Basis::contract, Basis::legal_duty,
                                      Basis::legitimate_interest};

}  // namespace chatika::privacy
