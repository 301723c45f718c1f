// A server on SQLite holds its data directory alone. What the command line wants of that installation
// meanwhile goes through the server: DATA/console.sock, a local socket of mode 0600, one request a
// connection, JSON both ways.
//
// Refuses: peers of another user, requests over kConsoleBytes, commands it was not given.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "base/result.hpp"
#include "json/types.hpp"

namespace chatika::app {

inline constexpr std::size_t kConsoleBytes = 1 << 20;  // of a request
inline constexpr std::size_t kAnswerBytes = 16 << 20;

// What a command comes to: exit status and what it prints.
struct Answer {
  json::Int<0, 255> status = 0;
  json::Exact<kAnswerBytes, 0> out;
  json::Exact<kAnswerBytes, 0> err;
};
CHATIKA_JSON(Answer, status, out, err)

// By name; called on the console's thread, one at a time, with the request's arguments (JSON).
using Commands = std::map<std::string, std::function<Answer(const std::string& arguments)>, std::less<>>;

class Console {
 public:
  static Result<std::unique_ptr<Console>> listen(const std::string& data_dir, Commands commands);
  // Takes no more requests and waits for the one under way.
  ~Console();
  Console(const Console&) = delete;

 private:
  Console(std::string path, int listener, int stop_read, int stop_write, Commands commands);
  void run();
  void serve(int peer);

  std::string path_;
  int listener_;
  int stop_read_;
  int stop_write_;
  Commands commands_;
  std::thread thread_;
};

// nullopt: no server listens there.
Result<std::optional<Answer>> ask_console(const std::string& data_dir, std::string_view command,
                                          std::string_view arguments);

}  // namespace chatika::app
