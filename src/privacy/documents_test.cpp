// P44, P55: the documents and the register say the same. What a document must say is worked out here from the
// register's own rules, not by the makers of the documents.
#include "privacy/documents.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>

#include "base/text.hpp"
#include "document/diff.hpp"
#include "document/pdf.hpp"
#include "json/write.hpp"
#include "privacy/consent.hpp"
#include "privacy/documents_fixture_test.hpp"

namespace chatika::privacy {
namespace {

using document::Document;
using Rows = std::vector<std::vector<std::string>>;

constexpr std::array kLanguages{"ru", "en"};

Document made(DocumentKind kind, const Details& details, const Register& reg, std::string_view language) {
  auto out = make_document(kind, details, reg, language);
  EXPECT_TRUE(out) << json::name_of(kind);
  return out ? *out : Document{};
}

// The rows of all tables with a column of this name.
Rows rows_with(const Document& d, std::string_view column) {
  Rows out;
  for (const auto& block : d.blocks)
    if (const auto* table = std::get_if<document::Table>(&block))
      if (std::ranges::find(table->columns, column) != table->columns.end())
        out.insert(out.end(), table->rows.begin(), table->rows.end());
  return out;
}

// What a field must say, from the register's rule.
struct Said {
  std::string name;
  std::map<Basis, std::set<std::string>> purposes;
  std::string period;
  std::set<std::string> recipients;
};
Said expected(const Item& item, const Register& reg, const Details& details, const char* language) {
  Said out;
  out.name = item.name.in(language);
  for (const auto basis : kAllBases)
    for (std::size_t i = 0; i < kPurposes; ++i)
      if (item.on(basis) & 1U << i)
        out.purposes[basis].emplace(words(static_cast<Purpose>(1U << i)).in(language));
  out.period = period(item.retention, reg.days[static_cast<std::size_t>(item.retention)], language);
  if (item.recipients & static_cast<std::uint8_t>(Recipient::processor))
    out.recipients.insert(details.processor.name + " — " +
                          std::string(words(Recipient::processor).in(language)));
  if (item.recipients & static_cast<std::uint8_t>(Recipient::mail))
    out.recipients.emplace(words(Recipient::mail).in(language));
  return out;
}

std::set<std::string> split(std::string text, const std::string& by) {
  std::set<std::string> out;
  for (std::size_t at; (at = text.find(by)) != std::string::npos; text.erase(0, at + by.size()))
    out.insert(text.substr(0, at));
  if (!text.empty()) out.insert(text);
  return out;
}

// "согласие (статья): цель; цель" lines as a map.
std::map<Basis, std::set<std::string>> bases_said(const std::string& cell, Law law, const char* language) {
  std::map<Basis, std::set<std::string>> out;
  for (const auto& line : split(cell, "\n")) {
    bool known = false;
    for (const auto basis : kAllBases) {
      const auto head = std::string(words(basis).in(language)) + " (" +
                        std::string(article(basis, law).in(language)) + "): ";
      if (!line.starts_with(head)) continue;
      out[basis] = split(line.substr(head.size()), "; ");
      known = true;
    }
    EXPECT_TRUE(known) << line;
  }
  return out;
}

TEST(P55, the_register_in_words_has_every_field_once_and_every_table) {
  const auto reg = register_in_force(true);
  EXPECT_EQ(unnamed_tables(), std::vector<std::string_view>{}) << "say in register_texts.cpp what they hold";
  std::set<std::string_view> keys;
  for (std::size_t f = 0; f < kFields; ++f) {
    const auto& r = rule(static_cast<Field>(f));
    const auto& item = reg.items.at(f);
    EXPECT_EQ(item.key, item_key(r.field));
    EXPECT_EQ(item.category, r.category);
    EXPECT_EQ(item.consent, r.consent);
    EXPECT_EQ(item.contract, r.contract);
    EXPECT_EQ(item.legal_duty, r.legal_duty);
    EXPECT_EQ(item.legitimate_interest, r.legitimate_interest);
    EXPECT_EQ(item.retention, r.retention);
    EXPECT_EQ(item.recipients, r.recipients);
    EXPECT_TRUE(item.sealed);
  }
  for (const auto* language : kLanguages) {
    std::set<std::string_view> names;
    for (const auto& item : reg.items) {
      EXPECT_FALSE(item.name.in(language).empty()) << item.key;
      EXPECT_TRUE(names.insert(item.name.in(language)).second) << item.key;
      if (language == kLanguages[0]) EXPECT_TRUE(keys.insert(item.key).second) << item.key;
      EXPECT_NE(item.consent | item.contract | item.legal_duty | item.legitimate_interest, 0) << item.key;
    }
    std::set<std::string_view> purposes;
    for (std::size_t i = 0; i < kPurposes; ++i)
      EXPECT_TRUE(purposes.insert(words(static_cast<Purpose>(1U << i)).in(language)).second);
    EXPECT_FALSE(purposes.contains(""));
  }
}

TEST(P55, the_public_policy_says_each_row_of_the_register_and_nothing_else) {
  for (const bool clinic : {true, false})
    for (const auto* language : kLanguages) {
      const auto details = sample_details(clinic);
      const auto reg = register_in_force(clinic);
      const auto d = made(DocumentKind::policy, details, reg, language);
      const auto rows = rows_with(d, language == kLanguages[0] ? "Срок хранения" : "Period of storage");
      // What is treated alike stands in one row, each item in exactly one.
      std::size_t said = 0;
      for (const auto& row : rows) said += split(row[0], "; ").size();
      ASSERT_EQ(said, reg.items.size());
      for (const auto& item : reg.items) {
        const auto want = expected(item, reg, details, language);
        const auto row =
            std::ranges::find_if(rows, [&](const auto& r) { return split(r[0], "; ").contains(want.name); });
        ASSERT_NE(row, rows.end()) << want.name;
        EXPECT_EQ(bases_said((*row)[1], details.law, language), want.purposes) << want.name;
        EXPECT_EQ((*row)[2], want.period);
        EXPECT_EQ(split((*row)[3], "; "), want.recipients);
      }
    }
}

TEST(P55, the_record_of_processing_says_each_row_and_basis_and_nothing_else) {
  for (const auto* language : kLanguages) {
    const auto details = sample_details(true);
    const auto reg = register_in_force(true);
    const auto rows = rows_with(made(DocumentKind::processing_record, details, reg, language),
                                language == kLanguages[0] ? "Шифрование" : "Encrypted");
    std::size_t count = 0;
    for (const auto& item : reg.items) {
      const auto want = expected(item, reg, details, language);
      for (const auto& [basis, purposes] : want.purposes) {
        ++count;
        const auto said = std::string(words(basis).in(language)) + " (" +
                          std::string(article(basis, details.law).in(language)) + ")";
        const auto row =
            std::ranges::find_if(rows, [&](const auto& r) { return r[0] == want.name && r[2] == said; });
        ASSERT_NE(row, rows.end()) << want.name << " " << said;
        EXPECT_EQ(split((*row)[1], "; "), purposes);
        EXPECT_EQ((*row)[3], want.period);
        EXPECT_EQ(split((*row)[4], "; "), want.recipients);
      }
    }
    EXPECT_EQ(rows.size(), count);
  }
}

TEST(P55, the_consent_asks_for_what_rests_on_consent_and_nothing_else) {
  for (const bool clinic : {true, false})
    for (const auto* language : kLanguages) {
      const bool ru = language == kLanguages[0];
      const auto details = sample_details(clinic);
      const auto reg = register_in_force(clinic);
      const auto text = consent_text(details, reg, language);
      const auto after = [&](std::size_t paragraph, const std::string& head, const std::string& end) {
        const auto& p = text.paragraphs.at(paragraph);
        EXPECT_TRUE(p.starts_with(head)) << p;
        return split(p.substr(head.size(), p.find(end) - head.size()), "; ");
      };
      std::set<std::string> data;
      std::set<std::string> purposes;
      std::set<std::string> recipients;
      for (const auto& item : reg.items) {
        if (item.category != Category::visitor) continue;
        const auto want = expected(item, reg, details, language);
        if (item.consent == 0) {  // said beside, when it is a choice of the business; what a duty requires, in the policy
          const bool chosen = item.contract == 0 && item.legitimate_interest != 0;
          EXPECT_EQ(text.paragraphs.at(5).find(want.name) != std::string::npos, chosen) << want.name;
          if (chosen) EXPECT_NE(text.paragraphs.at(5).find(want.period), std::string::npos) << want.name;
          continue;
        }
        data.insert(want.name);
        purposes.insert(want.purposes.at(Basis::consent).begin(), want.purposes.at(Basis::consent).end());
        recipients.insert(want.recipients.begin(), want.recipients.end());
        EXPECT_NE(text.paragraphs.at(4).find(want.name), std::string::npos);
        EXPECT_NE(text.paragraphs.at(4).find(want.period), std::string::npos);
        EXPECT_EQ(text.paragraphs.at(5).find(want.name), std::string::npos);
      }
      EXPECT_EQ(after(1, ru ? "Какие данные: " : "Which data: ", ". "), data);
      EXPECT_EQ(after(2, ru ? "Зачем: " : "What for: ", "."), purposes);
      for (const auto& who : recipients) EXPECT_NE(text.paragraphs.at(3).find(who), std::string::npos) << who;
      EXPECT_NE(text.paragraphs.at(0).find(details.controller.name), std::string::npos);
      EXPECT_NE(text.paragraphs.at(0).find(details.controller.address), std::string::npos);
      EXPECT_NE(text.paragraphs.at(4).find(details.controller.email), std::string::npos);
      EXPECT_EQ(text.health.has_value(), clinic);
      // The document is the text of the widget, word for word.
      const auto plain = to_text(made(DocumentKind::consent, details, reg, language));
      for (const auto& p : text.paragraphs) EXPECT_NE(plain.find(p), std::string::npos);
    }
}

TEST(P44, the_notification_lists_every_purpose_with_its_data_and_bases) {
  const auto details = sample_details(true);
  const auto reg = register_in_force(true);
  const auto d = made(DocumentKind::notification_start, details, reg, "ru");
  std::map<std::string, std::pair<std::set<std::string>, std::set<std::string>>> said;
  std::string purpose;
  for (const auto& block : d.blocks) {
    if (const auto* heading = std::get_if<document::Heading>(&block))
      purpose = heading->level == 3 ? text::fold(heading->text) : "";
    if (const auto* pairs = std::get_if<document::KeyValues>(&block); pairs != nullptr && !purpose.empty())
      for (const auto& pair : pairs->items) {
        if (pair.key == "Категории персональных данных") said[purpose].first = split(pair.value, "; ");
        if (pair.key == "Правовое основание") said[purpose].second = split(pair.value, "; ");
      }
  }
  std::map<std::string, std::pair<std::set<std::string>, std::set<std::string>>> want;
  for (const auto& item : reg.items) {
    if (item.category == Category::employee) continue;
    for (const auto basis : kAllBases)
      for (std::size_t i = 0; i < kPurposes; ++i)
        if (item.on(basis) & 1U << i) {
          auto& one = want[text::fold(words(static_cast<Purpose>(1U << i)).ru)];
          one.first.emplace(item.name.ru);
          one.second.insert(std::string(words(basis).ru) + " (" +
                            std::string(article(basis, Law::russia).ru) + ")");
        }
  }
  for (auto& [name, one] : said)
    std::erase_if(one.first, [](const auto& text) { return text.starts_with("специальная категория"); });
  EXPECT_EQ(said, want);
  const auto plain = to_text(d);
  // Order 180, form 1: what it asks besides the purposes.
  for (const auto* field :
       {"Наименование оператора", "Адрес оператора", "ИНН", "Категории субъектов", "Перечень действий",
        "Способы обработки", "Шифровальные", "Ответственный за организацию обработки",
        "Телефон, почтовый адрес, электронная почта", "Дата начала обработки",
        "Условие прекращения обработки", "Трансграничная передача", "Страна нахождения базы данных",
        "Адрес центра обработки данных", "Обеспечение безопасности", "2-й уровень защищённости",
        "сведения о состоянии здоровья"})
    EXPECT_NE(plain.find(field), std::string::npos) << field;
  EXPECT_EQ(
      to_text(made(DocumentKind::notification_start, sample_details(false), reg, "ru")).find("здоровья"),
      std::string::npos);
}

// A change of the register shows as a diff of every document that speaks of it.
TEST(P55, any_change_of_the_register_changes_the_documents) {
  const auto details = sample_details(true);
  const auto reg = register_in_force(true);
  const auto changed_kinds = [&](const Register& other) {
    std::set<DocumentKind> out;
    for (const auto kind : document_kinds(details))
      if (!diff(made(kind, details, reg, "ru"), made(kind, details, other, "ru")).empty()) out.insert(kind);
    return out;
  };
  EXPECT_TRUE(changed_kinds(reg).empty());
  using enum DocumentKind;
  for (std::size_t i = 0; i < reg.items.size(); ++i) {
    const auto check = [&](auto change, std::initializer_list<DocumentKind> kinds) {
      auto other = reg;
      change(other.items[i]);
      const auto found = changed_kinds(other);
      for (const auto kind : kinds)
        EXPECT_TRUE(found.contains(kind)) << reg.items[i].key << " " << json::name_of(kind);
    };
    const bool ours = reg.items[i].category != Category::employee;
    check([](Item& item) { item.name = {"иное", "other"}; }, {policy, processing_record, processing_rules});
    check([](Item& item) { item.consent ^= bits(Purpose::authentication); }, {policy, processing_record});
    check([](Item& item) { item.legitimate_interest ^= bits(Purpose::lead); }, {policy, processing_record});
    check([](Item& item) { item.recipients ^= static_cast<std::uint8_t>(Recipient::mail); },
          {policy, processing_record});
    check([](Item& item) { item.retention = Retention::billing; },
          {policy, processing_record, processing_rules});
    if (ours) {
      check([](Item& item) { item.name = {"иное", "other"}; },
            {processing_agreement, notification_start, notification_change});
      check([](Item& item) { item.retention = Retention::billing; },
            {processing_agreement, notification_start, notification_change});
      check([](Item& item) { item.consent ^= bits(Purpose::authentication); },
            {processing_agreement, notification_start});
    }
    if (reg.items[i].category == Category::visitor) {
      check([](Item& item) { item.consent ^= bits(Purpose::authentication); }, {consent});
      // What a duty alone requires is the policy's to say.
      if (reg.items[i].consent != 0 || reg.items[i].legitimate_interest != 0) {
        check([](Item& item) { item.name = {"иное", "other"}; }, {consent});
        check([](Item& item) { item.retention = Retention::billing; }, {consent});
      }
    }
    auto fewer = reg;
    fewer.items.erase(fewer.items.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_TRUE(changed_kinds(fewer).contains(policy));
    EXPECT_TRUE(changed_kinds(fewer).contains(processing_record));
  }
  for (const auto& item : reg.items) {
    auto other = reg;
    ++other.days[static_cast<std::size_t>(item.retention)];
    EXPECT_TRUE(changed_kinds(other).contains(policy)) << item.key;
    EXPECT_TRUE(changed_kinds(other).contains(processing_record)) << item.key;
  }
}

TEST(Documents, are_not_published_without_a_contact_address) {
  const auto reg = register_in_force(false);
  for (const auto* blank : {"", "  \n"}) {
    auto details = sample_details(false);
    details.controller.email = blank;
    const auto d = make_document(DocumentKind::policy, details, reg, "ru");
    ASSERT_FALSE(d);
    EXPECT_EQ(d.error().code, Errc::invalid);
    EXPECT_EQ(d.error().fields, (std::vector<FieldError>{{"/legal/email", "no_privacy_contact"}}));
  }
  EXPECT_EQ(missing_details({}).size(), 4U);
  EXPECT_TRUE(missing_details(sample_details(true)).empty());
}

TEST(Documents, english_is_english_and_nothing_is_left_open) {
  for (const bool clinic : {true, false})
    for (const auto& details : {sample_details(clinic, "en")})
      for (const auto kind : document_kinds(details)) {
        const auto text = to_text(made(kind, details, register_in_force(clinic), "en"));
        EXPECT_EQ(std::ranges::count_if(text, [](char c) { return c == '\xd0' || c == '\xd1'; }), 0)
            << json::name_of(kind) << "\n"
            << text;
        for (const auto* language : kLanguages) {
          const auto plain = to_text(made(kind, sample_details(clinic), register_in_force(clinic), language));
          EXPECT_EQ(plain.find("{}"), std::string::npos);
          EXPECT_EQ(plain.find(".."), std::string::npos) << json::name_of(kind) << "\n" << plain;
          if (kind != DocumentKind::access_list)  // has cells to fill in by hand
            EXPECT_EQ(plain.find("  "), std::string::npos) << json::name_of(kind);
        }
      }
}

TEST(Documents, clinics_are_of_protection_level_2_and_have_a_health_consent) {
  const auto clinic = sample_details(true);
  const auto salon = sample_details(false);
  EXPECT_EQ(document_kinds(clinic).size(), kDocumentKinds);
  EXPECT_EQ(document_kinds(salon).size(), kDocumentKinds - 1);
  EXPECT_FALSE(make_document(DocumentKind::health_consent, salon, register_in_force(false), "ru"));
  EXPECT_NE(to_text(made(DocumentKind::protection_measures, clinic, register_in_force(true), "ru"))
                .find("2-й (постановление"),
            std::string::npos);
  EXPECT_NE(to_text(made(DocumentKind::policy, clinic, register_in_force(true), "ru"))
                .find("2-му уровню защищённости"),
            std::string::npos);
}

TEST(Documents, speak_of_the_law_of_their_profile) {
  auto details = sample_details(false, "en");
  details.law = Law::gdpr;
  const auto text = to_text(made(DocumentKind::policy, details, register_in_force(false), "en"));
  EXPECT_NE(text.find("GDPR art. 6(1)(a)"), std::string::npos);
  EXPECT_NE(text.find("GDPR art. 77"), std::string::npos);
  EXPECT_EQ(text.find("Roskomnadzor"), std::string::npos);
}

// With CHATIKA_SAMPLES=DIR every document is written there as PDF and HTML, to be looked at.
TEST(Documents, all_become_pdf) {
  const auto* folder = std::getenv("CHATIKA_SAMPLES");
  for (const auto* language : kLanguages) {
    const auto details = sample_details(true, language);
    const auto reg = register_in_force(true);
    std::vector<std::pair<std::string, Document>> all = sample_cases(details, reg, language);
    for (const auto kind : document_kinds(details))
      all.emplace_back(json::name_of(kind), made(kind, details, reg, language));
    for (const auto& [name, d] : all) {
      const auto pdf = to_pdf(d, {.at = kSampleTime, .author = details.controller.name, .footer = name});
      ASSERT_TRUE(pdf) << name << " " << pdf.error().cause;
      if (folder == nullptr) continue;
      const auto base = std::string(folder) + "/" + language + "-" + name;
      std::ofstream(base + ".pdf", std::ios::binary) << *pdf;
      std::ofstream(base + ".txt") << to_text(d);
    }
  }
}

}  // namespace
}  // namespace chatika::privacy
