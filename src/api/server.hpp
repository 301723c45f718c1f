// The API as net sees it: every request and every upgrade comes in here and finds its row of the route table,
// a page or a socket.
#pragma once

#include <expected>
#include <memory>

#include "api/app.hpp"
#include "api/route.hpp"
#include "api/watch.hpp"
#include "base/allowance.hpp"
#include "http/http.hpp"
#include "http/socket.hpp"

namespace chatika::api {

using Accept = std::move_only_function<void(std::expected<http::MakeHandler, http::Response>)>;

class Api {
 public:
  explicit Api(App& app);
  ~Api();
  Api(const Api&) = delete;
  void request(http::Request request, Respond respond);
  void upgrade(http::Request request, Accept accept);
  [[nodiscard]] const std::vector<Route>& table() const { return table_; }

 private:
  void dispatch(Call call, Respond respond);
  void ready(Call call, Respond respond);

  App& app_;
  std::vector<Route> table_;
  http::Router router_;
  Watch watch_;
};

// OpenAPI 3.1 of the table, with the sockets' frames among the components.
std::string openapi(const std::vector<Route>& table);

// Static files, the panel's page, the demo. nullopt: no such page.
std::optional<http::Response> page(const App& app, const http::Request& request);

// What one socket may ask of the server beside the messages of a conversation: an honest client sends a few frames a second.
// More would fill the business's queue, and a flood of big ones the network thread: such a socket is closed with 1008.
inline constexpr std::uint16_t kTooMuch = 1008;
inline constexpr double kFrameBurst = 100;
inline constexpr double kFramesPerSecond = 10;
inline double frame_cost(std::size_t bytes) { return 1.0 + static_cast<double>(bytes) / 4096; }

// Sockets (widget_socket.cpp, panel_socket.cpp): decide the upgrade before 101.
void upgrade_widget(App& app, Watch& watch, const http::Request& request, Accept accept);
void upgrade_panel(App& app, Watch& watch, http::Request request, Accept accept);

}  // namespace chatika::api
