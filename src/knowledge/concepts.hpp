// Words that visitors and articles use for one thing ("почём" and "стоимость"), and words that carry no
// subject in a question.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace chatika::knowledge {

// How much of a question's subject a word carries.
enum class Role { none, hint, subject };

struct Term {
  std::string stem;  // of the concept when it has one
  std::string word;  // folded, as written
  Role role = Role::subject;
  bool verb = false;  // looks like a verb: says less about the subject than a noun does
};

// Words of a text as the index sees them; function words are left out.
std::vector<std::string> index_terms(std::string_view utf8);

// The concept of a price, as it stands among the terms.
std::string price_stem();

// Words of a question, each concept once, at most kQueryTerms.
std::vector<Term> question_terms(std::string_view utf8);

}  // namespace chatika::knowledge
