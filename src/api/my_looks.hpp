// "Who looked at my data", for the person: the audit of one person in plain words. Says the role and the
// purpose, never an employee's name: the employee is a data subject too, and who it was the privacy officer
// tells on request.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "json/types.hpp"
#include "privacy/audit_view.hpp"

namespace chatika::api {

inline constexpr std::size_t kLooksRead = 200;  // rows of the audit, newest first
inline constexpr std::size_t kLooksShown = 30;

struct MyLook {
  Time at;
  std::string who;         // "Сотрудник"
  std::string what;        // "имя, сообщения"
  std::string why;         // "приём заявок и общение по ним"
  std::int64_t times = 1;  // how often in a row, `at` being the last
};
CHATIKA_JSON(MyLook, at, who, what, why, times)
struct MyLooks {
  std::vector<MyLook> items;
};
CHATIKA_JSON(MyLooks, items)

// Rows in which nothing of the person was read or written are left out; the same one after another are one.
MyLooks my_looks(const std::vector<privacy::AuditView>& views, std::string_view language);

}  // namespace chatika::api
