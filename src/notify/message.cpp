#include "notify/message.hpp"

#include <gmime/gmime.h>

#include <memory>
#include <mutex>

#include "base/text.hpp"

namespace chatika::notify {
namespace {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Ref = std::unique_ptr<T, Unref>;

void start_gmime() {
  static std::once_flag once;
  std::call_once(once, [] { g_mime_init(); });
}

// Several line ends and other control characters: one space, so that no text starts a header of its own.
std::string one_line(std::string_view text) {
  return text::clean_line(text);
}

Ref<GMimeTextPart> text_part(const char* subtype, const std::string& text) {
  Ref<GMimeTextPart> part(g_mime_text_part_new_with_subtype(subtype));
  g_mime_text_part_set_charset(part.get(), "utf-8");
  g_mime_text_part_set_text(part.get(), text.c_str());
  // Cyrillic is shorter so, and no line can grow past what SMTP carries.
  g_mime_part_set_content_encoding(GMIME_PART(part.get()), GMIME_CONTENT_ENCODING_BASE64);
  return part;
}

Ref<GMimePart> attachment_part(const Attachment& attachment) {
  const auto slash = attachment.content_type.find('/');
  Ref<GMimePart> part(g_mime_part_new_with_type(attachment.content_type.substr(0, slash).c_str(),
                                                attachment.content_type.substr(slash + 1).c_str()));
  const Ref<GMimeStream> stream(
      g_mime_stream_mem_new_with_buffer(attachment.bytes.data(), attachment.bytes.size()));
  const Ref<GMimeDataWrapper> content(
      g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT));
  g_mime_part_set_content(part.get(), content.get());
  g_mime_part_set_content_encoding(part.get(), GMIME_CONTENT_ENCODING_BASE64);
  g_mime_part_set_filename(part.get(), one_line(attachment.file_name).c_str());
  return part;
}

}  // namespace

std::string compose(const Message& message) {
  start_gmime();
  const Ref<GMimeMultipart> alternative(g_mime_multipart_new_with_subtype("alternative"));
  // Of the id: the same message has the same bytes at every attempt. Base64 has no "=-" within.
  const auto boundary = "=-" + message.id.substr(0, message.id.find('@'));
  g_mime_multipart_set_boundary(alternative.get(), boundary.c_str());
  g_mime_multipart_add(alternative.get(), GMIME_OBJECT(text_part("plain", message.content.text).get()));
  g_mime_multipart_add(alternative.get(), GMIME_OBJECT(text_part("html", message.content.html).get()));

  const Ref<GMimeMessage> out(g_mime_message_new(TRUE));
  const Ref<InternetAddress> from(
      internet_address_mailbox_new(one_line(message.from_name).c_str(), message.from.c_str()));
  internet_address_set_charset(from.get(), "utf-8");
  internet_address_list_add(g_mime_message_get_from(out.get()), from.get());
  g_mime_message_add_mailbox(out.get(), GMIME_ADDRESS_TYPE_TO, nullptr, message.to.c_str());
  g_mime_message_set_subject(out.get(), one_line(message.content.subject).c_str(), "utf-8");
  g_mime_message_set_message_id(out.get(), message.id.c_str());
  GDateTime* date = g_date_time_new_from_unix_utc(
      std::chrono::duration_cast<std::chrono::seconds>(message.date.time_since_epoch()).count());
  g_mime_message_set_date(out.get(), date);
  g_date_time_unref(date);
  // RFC 3834: nobody's absence notice shall answer.
  g_mime_object_set_header(GMIME_OBJECT(out.get()), "Auto-Submitted", "auto-generated", nullptr);

  if (message.attachments.empty()) {
    g_mime_message_set_mime_part(out.get(), GMIME_OBJECT(alternative.get()));
  } else {
    const Ref<GMimeMultipart> mixed(g_mime_multipart_new_with_subtype("mixed"));
    g_mime_multipart_set_boundary(mixed.get(), (boundary + "-mixed").c_str());
    g_mime_multipart_add(mixed.get(), GMIME_OBJECT(alternative.get()));
    for (const auto& attachment : message.attachments)
      g_mime_multipart_add(mixed.get(), GMIME_OBJECT(attachment_part(attachment).get()));
    g_mime_message_set_mime_part(out.get(), GMIME_OBJECT(mixed.get()));
  }

  GMimeFormatOptions* format = g_mime_format_options_new();
  g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
  char* text = g_mime_object_to_string(GMIME_OBJECT(out.get()), format);
  g_mime_format_options_free(format);
  std::string result(text);
  g_free(text);
  return result;
}

}  // namespace chatika::notify
