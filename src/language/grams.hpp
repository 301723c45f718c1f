// Runs of four letters: how near two spellings of a word are.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace chatika::language {

// The 4-grams of a folded word with its edges marked, sorted, each once, packed into 64 bits. Empty below
// four letters.
std::vector<std::uint64_t> grams(std::string_view folded);

// Dice's measure of two sorted sets: 0..1.
double similarity(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b);

}  // namespace chatika::language
