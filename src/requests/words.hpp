// What requests are called and say, in Russian and English.
#pragma once

#include <string>
#include <string_view>

#include "requests/model.hpp"

namespace chatika::requests {

std::string_view words(EventKind kind, std::string_view language);
std::string_view words(TaskKind kind, std::string_view language);
std::string_view words(RequestType type, std::string_view language);
// What the term of a request of this type is for.
std::string_view act_words(RequestType type, std::string_view language);

// "8 декабря 2026 г." of "2026-12-08".
std::string day_words(std::string_view day, std::string_view language);

// Of an erasure that a legal ground has left incomplete.
std::string_view kept_words(std::string_view language);

// How to appeal against a refusal: 152-FZ art. 17.
std::string_view appeal_words(std::string_view language);

// What a request from the chat window says where its author typed nothing.
std::string_view nameless(std::string_view language);
std::string_view chat_data(std::string_view language);

// A letter to begin with.
std::string letter(const Case& c, std::string_view name, std::string_view business);

}  // namespace chatika::requests
