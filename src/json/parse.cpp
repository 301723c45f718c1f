#include "json/parse.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <string>
#include <vector>

#include "json/pointer.hpp"

namespace chatika::json {
namespace {

namespace bj = boost::json;

// Builds the value and watches for what the library would let through. The library's names: it calls these.
class StrictHandler {
 public:
  static constexpr std::size_t max_object_size = kMaxMembers;
  static constexpr std::size_t max_array_size = std::size_t(-1);
  static constexpr std::size_t max_key_size = 256;
  static constexpr std::size_t max_string_size = bj::string::max_size();

  StrictHandler() { stack_.reset(); }

  std::string duplicate;  // pointer to the first repeated member
  bj::value release() { return stack_.release(); }

  bool on_document_begin(bj::error_code&) { return true; }
  bool on_document_end(bj::error_code&) { return true; }
  bool on_object_begin(bj::error_code&) {
    frames_.push_back({.keys = {}, .index = 0, .is_object = true});
    return true;
  }
  bool on_object_end(std::size_t n, bj::error_code&) {
    frames_.pop_back();
    stack_.push_object(n);
    return after_value();
  }
  bool on_array_begin(bj::error_code&) {
    frames_.push_back({.keys = {}, .index = 0, .is_object = false});
    return true;
  }
  bool on_array_end(std::size_t n, bj::error_code&) {
    frames_.pop_back();
    stack_.push_array(n);
    return after_value();
  }
  bool on_key_part(bj::string_view s, std::size_t, bj::error_code&) {
    key_.append(s.data(), s.size());
    return true;
  }
  bool on_key(bj::string_view s, std::size_t, bj::error_code& ec) {
    key_.append(s.data(), s.size());
    stack_.push_key(bj::string_view(key_));
    auto& keys = frames_.back().keys;
    const auto at = std::lower_bound(keys.begin(), keys.end(), key_);
    if (at != keys.end() && *at == key_) {
      frames_.back().current = key_;
      duplicate = pointer();
      ec = bj::error::syntax;
      return false;
    }
    frames_.back().current = key_;
    keys.insert(at, std::move(key_));
    key_.clear();
    return true;
  }
  bool on_string_part(bj::string_view s, std::size_t, bj::error_code&) {
    stack_.push_chars(s);
    return true;
  }
  bool on_string(bj::string_view s, std::size_t, bj::error_code&) {
    stack_.push_string(s);
    return after_value();
  }
  bool on_number_part(bj::string_view, bj::error_code&) { return true; }
  bool on_int64(std::int64_t i, bj::string_view, bj::error_code&) {
    stack_.push_int64(i);
    return after_value();
  }
  bool on_uint64(std::uint64_t u, bj::string_view, bj::error_code&) {
    stack_.push_uint64(u);
    return after_value();
  }
  bool on_double(double d, bj::string_view, bj::error_code&) {
    stack_.push_double(d);
    return after_value();
  }
  bool on_bool(bool b, bj::error_code&) {
    stack_.push_bool(b);
    return after_value();
  }
  bool on_null(bj::error_code&) {
    stack_.push_null();
    return after_value();
  }
  bool on_comment_part(bj::string_view, bj::error_code&) { return true; }
  bool on_comment(bj::string_view, bj::error_code&) { return true; }

 private:
  struct Frame {
    std::vector<std::string> keys;  // sorted; at most kMaxMembers
    std::size_t index;
    bool is_object;
    std::string current{};
  };

  bool after_value() {
    if (!frames_.empty()) ++frames_.back().index;
    return true;
  }
  [[nodiscard]] std::string pointer() const {
    std::string out;
    for (const auto& frame : frames_)
      append_pointer(out, frame.is_object ? std::string_view(frame.current) : std::to_string(frame.index));
    return out;
  }

  bj::value_stack stack_;
  std::vector<Frame> frames_;
  std::string key_;
};

}  // namespace

void append_pointer(std::string& pointer, std::string_view token) {
  pointer += '/';
  for (const char c : token) {
    if (c == '~')
      pointer += "~0";
    else if (c == '/')
      pointer += "~1";
    else
      pointer += c;
  }
}

Result<Value> parse(std::string_view text) {
  bj::parse_options options;
  options.max_depth = kMaxDepth;
  bj::basic_parser<StrictHandler> parser(options);
  bj::error_code ec;
  const auto used = parser.write_some(false, text.data(), text.size(), ec);
  if (ec == bj::error::too_deep) return fail_field("", "too_deep");
  if (ec == bj::error::object_too_large) return fail_field("", "too_many");
  if (!parser.handler().duplicate.empty()) return fail_field(parser.handler().duplicate, "duplicate");
  if (ec || used != text.size()) return fail_field("", "malformed");
  return parser.handler().release();
}

}  // namespace chatika::json
