// Every bound of the program that more than one room must know, by name.
#pragma once

#include <cstddef>

namespace chatika::limits {

inline constexpr std::size_t kMessageChars = 4000;  // code points of one chat message
inline constexpr std::size_t kFrameBytes =
    256 * 1024;  // one WebSocket frame; room for a refused message with its reason
inline constexpr std::size_t kBodyBytes = 256 * 1024;   // one HTTP request body
inline constexpr std::size_t kHeaderBytes = 16 * 1024;  // request line and headers
inline constexpr std::size_t kArticleChars = 40'000;
inline constexpr std::size_t kTitleChars = 200;
inline constexpr std::size_t kNameChars = 120;
inline constexpr std::size_t kEmailChars = 254;  // RFC 5321 4.5.3.1
inline constexpr std::size_t kPasswordChars = 256;
inline constexpr std::size_t kPageItems = 100;
inline constexpr std::size_t kTenantQueue = 4096;  // operations waiting for one tenant's writer
inline constexpr std::size_t kGroupOperations =
    32;  // operations that may share one commit; more would only make the network wait for the writer
inline constexpr std::size_t kOpenTenants = 256;           // SQLite files held open at once
inline constexpr std::size_t kSocketQueueFrames = 512;     // frames waiting for one slow socket
inline constexpr std::size_t kSocketQueueBytes = 1 << 20;  // and their bytes
inline constexpr std::size_t kSocketsPerConversation = 16;  // tabs and devices of one visitor
inline constexpr std::size_t kFeedReplay = 500;  // changes replayed to a panel before it must reload

}  // namespace chatika::limits
