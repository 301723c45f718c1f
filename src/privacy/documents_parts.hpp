// What the makers of documents share: blocks in both languages, lists of the register in words. Only
// documents_*.cpp and consent.cpp include it.
#pragma once

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "document/document.hpp"
#include "privacy/documents.hpp"

namespace chatika::privacy::parts {

// A document being written: every call adds a block, in the document's language.
class Draft {
 public:
  Draft(std::string_view language, Words title);

  [[nodiscard]] bool english() const { return out_.language == "en"; }
  [[nodiscard]] std::string_view language() const { return out_.language; }
  [[nodiscard]] std::string in(const Words& words) const { return std::string(words.in(out_.language)); }

  Draft& heading(Words text);  // numbered: "1. Кто отвечает за данные"
  Draft& subheading(const std::string& text);
  Draft& text(Words text);  // in the document's language
  Draft& say(const std::string& text, document::Style style = document::Style::body);
  Draft& note(Words text);
  Draft& list(std::initializer_list<Words> items);
  Draft& lines(std::vector<std::string> items, bool ordered = false);
  Draft& table(std::initializer_list<Words> columns, std::vector<std::vector<std::string>> rows);
  // Pairs whose value is empty are drawn as a blank to fill in.
  Draft& pairs(std::vector<document::Pair> pairs);
  Draft& sign(Words role, const std::string& name = {});
  Draft& add(document::Block block);

  document::Document done() { return std::move(out_); }

 private:
  document::Document out_;
  int number_ = 0;
};

inline constexpr std::string_view kBlank = "____________________";

// "ООО «Пример», ИНН 0000000000, адрес: …": what is known of it.
std::string full_name(const Party& party, std::string_view language);
std::vector<document::Pair> party_pairs(const Party& party, Words role, std::string_view language);

// With a capital first letter, for headings.
std::string capital(std::string_view text);
std::string joined(const std::vector<std::string>& parts, std::string_view separator = "; ");
// The same without what is empty.
std::string filled(const std::vector<std::string>& parts, std::string_view separator = ", ");
// Keys of register items in words; what is no key stays as it is.
std::vector<std::string> item_names(const std::vector<std::string>& keys, const Register& reg,
                                    std::string_view language);
std::vector<std::string> purpose_names(Purposes purposes, std::string_view language);
// "согласие (п. 1 ч. 1 ст. 6 152-ФЗ)".
std::string basis_name(Basis basis, Law law, std::string_view language);
// Every basis of the item with its purposes, one line a basis.
std::string bases_of(const Item& item, Law law, std::string_view language);
// "ООО «Обработка» — обработчик".
std::vector<std::string> recipient_names(std::uint8_t recipients, const Details& details,
                                         std::string_view language);
std::string period_of(const Item& item, const Register& reg, std::string_view language);
std::vector<const Item*> items_of(const Register& reg, Category category);
std::uint8_t all_recipients(const Register& reg);
bool has(const Register& reg, Category category);

// The actions of 152-FZ art. 3(3) that the program performs, and how.
Words actions();
Words methods();
// Level of protection (Government Decree 1119): 2 for clinics, 3 otherwise.
int protection_level(const Details& details);
// What is done to fulfil art. 18.1 and 19: one line a measure, nothing the program does not do.
std::vector<std::string> measures(const Details& details, std::string_view language);
// Where to complain: Roskomnadzor or court; under the GDPR the supervisory authority and court.
std::string appeal(Law law, std::string_view language);
// How a person turns to the business, with its addresses.
std::string how_to_write(const Details& details, std::string_view language);

// "24 ноября 2026 г.", "24 November 2026"; with the time and its offset.
std::string date(Time at, const Details& details, std::string_view language);
std::string date_time(Time at, const Details& details, std::string_view language);

// The kinds, each in its own file.
document::Document policy(const Details& details, const Register& reg, std::string_view language);
document::Document consent(const Details& details, const Register& reg, std::string_view language);
document::Document health_consent(const Details& details, const Register& reg, std::string_view language);
document::Document processing_record(const Details& details, const Register& reg, std::string_view language);
document::Document processing_agreement(const Details& details, const Register& reg,
                                        std::string_view language);
document::Document notification_of_start(const Details& details, const Register& reg,
                                         std::string_view language);
document::Document officer_appointment(const Details& details, const Register& reg,
                                       std::string_view language);
document::Document processing_rules(const Details& details, const Register& reg, std::string_view language);
document::Document access_list(const Details& details, const Register& reg, std::string_view language);
document::Document protection_measures(const Details& details, const Register& reg,
                                       std::string_view language);

}  // namespace chatika::privacy::parts
