#include "api/request_documents.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "json/write.hpp"

namespace chatika::api {
namespace {

using privacy::Field;

// A file in which `field` has a row, where subject_file() puts it. False: no part of a visitor's file. Every
// field is named: a new one has to say where it stands before this compiles.
bool put(privacy::SubjectFile& file, Field field, const std::string& value) {
  switch (field) {
    case Field::visitor_name:
    case Field::visitor_phone:
    case Field::visitor_email:
    case Field::visitor_ip:
    case Field::conversation_dialogue:
    case Field::outbox_address:
      file.fields.push_back({.key = privacy::field_key(field), .row = {}, .value = value, .retention = {}});
      return true;
    case Field::message_body:
      file.messages.push_back({.id = {}, .conversation = {}, .at = {}, .from = "visitor", .text = value});
      return true;
    case Field::lead_note:
      file.leads.push_back({.id = {}, .kind = {}, .status = {}, .note = value, .created_at = {}});
      return true;
    case Field::restriction_reason:
      file.restrictions.push_back({.act = "blocked", .reason = value, .actor = {}, .at = {}});
      return true;
    case Field::correction_old:
      file.corrections.push_back({.id = {},
                                  .field = "visitor.name",
                                  .before = value,
                                  .after = {},
                                  .reason = {},
                                  .actor = {},
                                  .at = {}});
      return true;
    case Field::correction_new:
      file.corrections.push_back({.id = {},
                                  .field = "visitor.name",
                                  .before = {},
                                  .after = value,
                                  .reason = {},
                                  .actor = {},
                                  .at = {}});
      return true;
    case Field::correction_reason:
      file.corrections.push_back({.id = {},
                                  .field = "visitor.name",
                                  .before = {},
                                  .after = {},
                                  .reason = value,
                                  .actor = {},
                                  .at = {}});
      return true;
    case Field::hold_reason:
      file.holds.push_back({.id = {},
                            .subject = {},
                            .field = "visitor.name",
                            .article = {},
                            .reason = value,
                            .placed_by = {},
                            .placed_at = {},
                            .released_by = {},
                            .released_at = {}});
      return true;
    case Field::hold_release:    // why an officer let go of what was held: of the officer's act
    case Field::outbox_secrets:  // codes and private links on their way to the person
    case Field::employee_name:
    case Field::employee_email:
    case Field::access_request_reason:
    case Field::breach_details:
    case Field::request_name:
    case Field::request_contact:
    case Field::request_phone:
    case Field::request_description:
    case Field::request_essence:
    case Field::request_answer:
    case Field::request_document:
    case Field::request_note:
      return false;
  }
  return false;
}

TEST(AccessAnswer, P45_holds_every_field_of_the_register_that_has_a_row) {
  for (std::size_t i = 0; i < privacy::kFields; ++i) {
    const auto field = static_cast<Field>(i);
    privacy::SubjectFile file;
    if (!put(file, field, "канарейка")) continue;
    privacy::AccessFacts facts;
    add_file(facts, file, "ru");
    EXPECT_TRUE(std::ranges::any_of(facts.data, [](const privacy::Datum& d) {
      return d.value.contains("канарейка");
    })) << privacy::field_key(field);
  }
}

TEST(AccessAnswer, P45_names_who_was_told_and_says_when_messages_are_left_out) {
  privacy::SubjectFile file;
  file.more_messages = true;
  file.notices.push_back({.id = {},
                          .recipient = {},
                          .recipient_name = "ООО «Учёт»",
                          .subject = {},
                          .fields = {},
                          .created_at = {},
                          .told_at = Time{}});
  privacy::AccessFacts facts;
  add_file(facts, file, "ru");
  ASSERT_EQ(facts.disclosures.size(), 1U);
  EXPECT_EQ(facts.disclosures[0].recipient, "ООО «Учёт»");
  ASSERT_EQ(facts.data.size(), 1U);
  EXPECT_TRUE(facts.data[0].value.contains("20000"));
}

TEST(AccessAnswer, what_was_handed_out_as_json_is_the_data) {
  document::Document document;
  document.title = "Ответ";
  const auto kept = handed(document, R"([{"subject":{}}])");
  const auto json = given_answer(kept, false, "ЗПД-1", Time{});
  ASSERT_TRUE(json);
  EXPECT_EQ(json->bytes, R"([{"subject":{}}])");
  const auto pdf = given_answer(kept, true, "ЗПД-1", Time{});
  ASSERT_TRUE(pdf);
  ASSERT_TRUE(pdf->drawing) << "drawn after the commit";
  EXPECT_EQ(pdf->drawing->document.title, "Ответ");
  EXPECT_EQ(pdf->drawing->options.footer, "ЗПД-1");
}

}  // namespace
}  // namespace chatika::api
