#include "app/console.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/file.hpp"
#include "base/log.hpp"
#include "json/read.hpp"
#include "json/write.hpp"

namespace chatika::app {

struct ConsoleRequest {
  json::Exact<60> command;
  json::Exact<kConsoleBytes, 0> arguments;
};
CHATIKA_JSON(ConsoleRequest, command, arguments)

namespace {

constexpr auto kPatience = timeval{.tv_sec = 10, .tv_usec = 0};       // for a peer that does not speak
constexpr auto kLongCommand = timeval{.tv_sec = 3600, .tv_usec = 0};  // for a server that works

std::unexpected<Error> failed(std::string_view what) {
  return fail(Errc::unavailable, fmt::format("{}: {}", what, std::strerror(errno)));
}

// An address has room for 107 bytes: the directory is named through its descriptor, however deep it lies.
struct Address {
  Fd directory;
  sockaddr_un name{};
};
Result<Address> address(const std::string& data_dir) {
  Address out{.directory = Fd(::open(data_dir.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC))};
  if (out.directory.get() < 0) return failed("cannot open " + data_dir);
  out.name.sun_family = AF_UNIX;
  const auto path = fmt::format("/proc/self/fd/{}/console.sock", out.directory.get());
  std::memcpy(out.name.sun_path, path.c_str(), path.size() + 1);
  return out;
}

// Until the peer has said all; nothing when it says too much or too slowly.
std::optional<std::string> read_all(int fd, std::size_t limit) {
  std::string out;
  char block[16 * 1024];
  for (;;) {
    const auto n = ::read(fd, block, sizeof block);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return std::nullopt;
    if (n == 0) return out;
    out.append(block, static_cast<std::size_t>(n));
    if (out.size() > limit) return std::nullopt;
  }
}

bool write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const auto n = ::send(fd, text.data(), text.size(), MSG_NOSIGNAL);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

void be_patient(int fd, const timeval& how_long) {
  ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &how_long, sizeof how_long);
  ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof kPatience);
}

bool same_user(int peer) {
  ucred who{};
  socklen_t size = sizeof who;
  return ::getsockopt(peer, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0 &&
         (who.uid == ::geteuid() || who.uid == 0);
}

}  // namespace

Result<std::unique_ptr<Console>> Console::listen(const std::string& data_dir, Commands commands) {
  const auto where = TRY(address(data_dir));
  const auto path = data_dir + "/console.sock";
  ::unlink(path.c_str());  // left by a process that was killed: the directory's lock says that it is gone
  Fd listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (listener.get() < 0) return failed("console");
  ::fchmod(listener.get(), 0600);  // before bind: the file is made with it
  if (::bind(listener.get(), reinterpret_cast<const sockaddr*>(&where.name), sizeof where.name) != 0 ||
      ::chmod(path.c_str(), 0600) != 0 || ::listen(listener.get(), 4) != 0)
    return failed("console " + path);
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return failed("console");
  return std::unique_ptr<Console>(
      new Console(path, listener.release(), ends[0], ends[1], std::move(commands)));
}

Console::Console(std::string path, int listener, int stop_read, int stop_write, Commands commands)
    : path_(std::move(path)),
      listener_(listener),
      stop_read_(stop_read),
      stop_write_(stop_write),
      commands_(std::move(commands)),
      thread_([this] { run(); }) {}

Console::~Console() {
  ::close(stop_write_);  // wakes the poll
  thread_.join();
  ::close(stop_read_);
  ::close(listener_);
  ::unlink(path_.c_str());
}

void Console::run() {
  for (;;) {
    pollfd ready[] = {{.fd = listener_, .events = POLLIN, .revents = 0},
                      {.fd = stop_read_, .events = POLLIN, .revents = 0}};
    if (::poll(ready, 2, -1) < 0 && errno != EINTR) return;
    if (ready[1].revents != 0) return;
    if (ready[0].revents == 0) continue;
    const Fd peer(::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC));
    if (peer.get() >= 0) serve(peer.get());
  }
}

void Console::serve(int peer) {
  if (!same_user(peer)) return;
  be_patient(peer, kPatience);
  const auto text = read_all(peer, kConsoleBytes * 2);
  if (!text) return;
  Answer answer{.status = 1};
  if (const auto request = json::read<ConsoleRequest>(*text)) {
    const auto command = commands_.find(std::string_view(request->command));
    try {
      if (command == commands_.end())
        answer.err = std::string("chatika: the running server does not know this command\n");
      else
        answer = command->second(request->arguments);
    } catch (const std::exception& e) {
      log::error("console command failed", {{"command", request->command}, {"cause", typeid(e).name()}});
      answer.err = std::string("chatika: the running server failed; its log says where\n");
    }
  } else {
    answer.err = std::string("chatika: not a request\n");
  }
  write_all(peer, json::write(answer));
}

Result<std::optional<Answer>> ask_console(const std::string& data_dir, std::string_view command,
                                          std::string_view arguments) {
  const auto where = address(data_dir);
  if (!where) return std::nullopt;
  const Fd peer(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (peer.get() < 0) return failed("console");
  if (::connect(peer.get(), reinterpret_cast<const sockaddr*>(&where->name), sizeof where->name) != 0)
    return std::nullopt;
  be_patient(peer.get(), kLongCommand);
  const auto request = json::write(ConsoleRequest{std::string(command), std::string(arguments)});
  if (!write_all(peer.get(), request)) return fail(Errc::unavailable, "the running server does not listen");
  ::shutdown(peer.get(), SHUT_WR);
  const auto text = read_all(peer.get(), kAnswerBytes * 2);
  if (!text || text->empty()) return fail(Errc::unavailable, "the running server did not answer");
  return TRY(json::read<Answer>(*text));
}

}  // namespace chatika::app
