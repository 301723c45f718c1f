// Templates, addresses, messages, and what a reply means: no database.
#include <gtest/gtest.h>

#include <boost/describe.hpp>

#include "notify/address.hpp"
#include "notify/delivery_rules.hpp"
#include "notify/message.hpp"
#include "notify/params.hpp"
#include "notify/templates.hpp"

namespace chatika::notify {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

std::vector<Template> all_templates() {
  std::vector<Template> out;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Template>>(
      [&](auto d) { out.push_back(d.value); });
  return out;
}

Params filled(Template what) {
  Params out;
  const auto n = needs(what);
  for (const auto* names : {&n.required, &n.optional})
    for (const auto& name : *names)
      out[name] = name == "link" ? "https://clinic.example/r/1" : "<" + name + ">";
  return out;
}

const Business kBusiness{"Клиника «Пример»", "+7 000 000-00-00"};

TEST(Templates, say_the_same_parameters_in_both_languages) {
  for (const auto what : all_templates()) {
    const auto of = [&](std::string_view language) {
      std::set<std::string> names;
      const auto w = wording(what, language);
      auto texts = w.paragraphs;
      texts.push_back(w.subject);
      for (auto t : texts) {
        const bool optional = t.starts_with('?');
        for (std::size_t at = t.find('{'); at != std::string_view::npos; at = t.find('{', at + 1))
          names.insert((optional ? "?" : "") + std::string(t.substr(at + 1, t.find('}', at) - at - 1)));
      }
      return names;
    };
    EXPECT_EQ(of("ru"), of("en")) << static_cast<int>(what);
    EXPECT_NE(wording(what, "ru").subject, wording(what, "en").subject);
  }
}

TEST(Templates, leave_no_gap_and_no_brace_when_filled) {
  for (const auto what : all_templates())
    for (const auto* language : {"ru", "en"}) {
      const auto full = render(what, language, filled(what), kBusiness);
      auto least = filled(what);
      for (const auto& name : needs(what).optional) least.erase(name);
      const auto bare = render(what, language, least, kBusiness);
      for (const auto* r : {&full, &bare}) {
        EXPECT_EQ((r->subject + r->text).find('{'), std::string::npos);
        EXPECT_EQ(r->text.find('?'), std::string::npos);
        EXPECT_NE(r->text.find("Клиника «Пример»"), std::string::npos);
      }
      EXPECT_LE(bare.text.size(), full.text.size());
    }
}

TEST(Templates, every_refusal_names_the_way_to_appeal) {
  const auto ru = render(Template::request_refused, "ru", filled(Template::request_refused), kBusiness);
  EXPECT_NE(ru.text.find("обжаловать в Роскомнадзор"), std::string::npos);
  EXPECT_NE(ru.text.find("в суд"), std::string::npos);
  const auto en = render(Template::request_refused, "en", filled(Template::request_refused), kBusiness);
  EXPECT_NE(en.text.find("appeal"), std::string::npos);
}

TEST(Templates, what_is_absent_goes_with_the_words_that_lead_to_it) {
  const Params p{{"number", "7"}, {"due", "14 мая 2026 г."}};
  const auto r = render(Template::request_received, "ru", p, kBusiness);
  EXPECT_EQ(r.text.find("ссылке"), std::string::npos);
  EXPECT_NE(r.text.find("14 мая 2026 г."), std::string::npos);
  EXPECT_EQ(r.text.find("г.."), std::string::npos) << r.text;
}

TEST(Templates, parameters_are_text_in_html_and_only_web_addresses_become_links) {
  Params p{{"number", "<b>&\"7"},
           {"article", "ст. 14"},
           {"reason", "a<script>"},
           {"link", "https://x.example/?a=1&b=2"}};
  const auto r = render(Template::request_refused, "ru", p, kBusiness);
  EXPECT_NE(r.html.find("&lt;b&gt;&amp;&quot;7"), std::string::npos);
  EXPECT_EQ(r.html.find("<script>"), std::string::npos);
  EXPECT_NE(r.html.find("<a href=\"https://x.example/?a=1&amp;b=2\">"), std::string::npos);
  p["link"] = "javascript:alert(1)";
  EXPECT_EQ(render(Template::request_refused, "ru", p, kBusiness).html.find("<a "), std::string::npos);
}

TEST(Templates, duties_towards_a_person_do_not_rest_on_their_consent) {
  using enum Template;
  for (const auto what : {request_code, request_received, request_answered, request_refused, request_extended,
                          withdrawal_done, erasure_done})
    EXPECT_EQ(purpose_of(what), privacy::Purpose::subject_request);
  for (const auto what :
       {message_waiting, deadline_reminder, deadline_alarm, breach_reminder, task_reminder, mail_check})
    EXPECT_EQ(purpose_of(what), privacy::Purpose::notification);
}

TEST(Address, one_plain_mailbox_and_nothing_that_could_end_a_line) {
  for (const auto* good : {"anna@clinic.example", "a.b+c@x-y.example", "o'neil@localhost", "1@a.b"})
    EXPECT_TRUE(is_address(good)) << good;
  for (const auto* bad : {"",
                          "@",
                          "a@",
                          "@b.example",
                          "a b@c.example",
                          "a@b.example\r\nBcc: x@y.example",
                          "a\n@b.example",
                          "<a@b.example>",
                          "a@b.example,c@d.example",
                          "a@b@c.example",
                          "\"a\"@b.example",
                          "a..b@c.example",
                          ".a@c.example",
                          "a.@c.example",
                          "a@-c.example",
                          "a@c.example.",
                          "почта@c.example",
                          "a@почта.example",
                          "a@b.example\t",
                          "a@[127.0.0.1]"})
    EXPECT_FALSE(is_address(bad)) << bad;
  EXPECT_FALSE(is_address(std::string("a@b.example\0c", 13)));
  EXPECT_FALSE(is_address(std::string(65, 'a') + "@b.example"));
  EXPECT_FALSE(is_address("a@" + std::string(260, 'b')));
  EXPECT_EQ(domain_of("a@clinic.example"), "clinic.example");
}

std::string header(const std::string& message, const std::string& name) {
  const auto head = message.substr(0, message.find("\r\n\r\n") + 2);
  const auto at = ("\r\n" + head).find("\r\n" + name + ": ");
  if (at == std::string::npos) return "";
  auto end = head.find("\r\n", at);
  while (end != std::string::npos && end + 2 < head.size() && (head[end + 2] == ' ' || head[end + 2] == '\t'))
    end = head.find("\r\n", end + 2);
  return head.substr(at + name.size() + 2, end - at - name.size() - 2);
}

Message sample() {
  return {.from_name = "Клиника «Пример»",
          .from = "noreply@clinic.example",
          .to = "anna@example.org",
          .id = "0190-1@clinic.example",
          .date = parse_rfc3339("2026-11-24T09:00:00Z").value(),
          .content = {.subject = "Ответ на обращение 12",
                      .text = "Здравствуйте!\n\n.\nFrom x\n",
                      .html = "<p>Здравствуйте!</p>"},
          .attachments = {}};
}

TEST(Message, carries_text_and_html_in_utf8_with_crlf) {
  const auto m = compose(sample());
  EXPECT_EQ(header(m, "Message-Id").empty() ? header(m, "Message-ID") : header(m, "Message-Id"),
            "<0190-1@clinic.example>");
  EXPECT_EQ(header(m, "To"), "anna@example.org");
  EXPECT_NE(header(m, "From").find("<noreply@clinic.example>"), std::string::npos);
  EXPECT_NE(header(m, "Subject").find("=?UTF-8?"), std::string::npos);
  EXPECT_NE(header(m, "From").find("=?UTF-8?"), std::string::npos);
  EXPECT_EQ(header(m, "Auto-Submitted"), "auto-generated");
  EXPECT_NE(header(m, "Date").find("Tue, 24 Nov 2026 09:00:00"), std::string::npos);
  EXPECT_NE(m.find("multipart/alternative"), std::string::npos);
  EXPECT_LT(m.find("text/plain"), m.find("text/html"));
  for (std::size_t at = m.find('\n'); at != std::string::npos; at = m.find('\n', at + 1))
    ASSERT_EQ(m[at - 1], '\r');
  EXPECT_EQ(compose(sample()), m);
}

TEST(Message, nothing_in_it_starts_a_header_of_its_own) {
  auto s = sample();
  s.content.subject = "Тема\r\nBcc: victim@example.org\r\n\r\nтело";
  s.from_name = "Клиника\nX-Evil: 1";
  const auto m = compose(s);
  EXPECT_EQ(header(m, "Bcc"), "");
  EXPECT_EQ(header(m, "X-Evil"), "");
  s.content.subject = "Plain\r\nBcc: victim@example.org";
  s.from_name = "Plain\r\nX-Evil: 1";
  const auto n = compose(s);
  EXPECT_EQ(header(n, "Bcc"), "");
  EXPECT_EQ(header(n, "X-Evil"), "");
  EXPECT_NE(header(n, "Subject").find("Plain Bcc"), std::string::npos);
}

TEST(Message, takes_attachments) {
  auto s = sample();
  s.attachments.push_back({"Ответ.pdf", "application/pdf", std::string("%PDF\0\r\n", 7)});
  const auto m = compose(s);
  EXPECT_NE(m.find("multipart/mixed"), std::string::npos);
  EXPECT_NE(m.find("application/pdf"), std::string::npos);
  EXPECT_NE(m.find("JVBERgANCg=="), std::string::npos);
}

TEST(Params, come_back_as_they_were) {
  const Params p{{"a", "Ответ \"7\"\n\\"}, {"b", ""}};
  EXPECT_EQ(read_params(write_params(p)).value(), p);
  EXPECT_EQ(read_params("{}").value(), Params());
  EXPECT_FALSE(read_params(R"({"a":1})"));
  EXPECT_FALSE(read_params("[]"));
}

TEST(Delivery, a_temporary_no_is_tried_again_for_three_days_and_a_permanent_one_is_not) {
  using Kind = Reply::Kind;
  EXPECT_EQ(judge({Kind::accepted, 250}, 1, hours(0)).state, MailState::sent);
  EXPECT_EQ(judge({Kind::refused, 550}, 1, hours(0)).state, MailState::dead);
  for (const auto kind :
       {Kind::deferred, Kind::unreachable, Kind::untrusted, Kind::timed_out, Kind::stopped}) {
    const auto v = judge({kind, 0}, 1, hours(0));
    EXPECT_EQ(v.state, MailState::waiting);
    ASSERT_TRUE(v.wait);
    EXPECT_FALSE(v.error.empty());
    EXPECT_EQ(judge({kind, 0}, 30, days(3) + hours(1)).state, MailState::dead);
  }
}

TEST(Delivery, pauses_grow_from_a_minute_to_half_a_day) {
  EXPECT_EQ(pause_after(1), Micros(minutes(1)));
  for (int n = 2; n < 20; ++n) EXPECT_GE(pause_after(n), pause_after(n - 1));
  EXPECT_EQ(pause_after(50), Micros(hours(12)));
  // Three days are some dozen attempts, not hundreds.
  Micros age{};
  int attempts = 1;
  while (judge({Reply::Kind::deferred, 450}, attempts, age).state == MailState::waiting)
    age += pause_after(attempts++);
  EXPECT_GT(attempts, 8);
  EXPECT_LT(attempts, 20);
}

}  // namespace
}  // namespace chatika::notify
