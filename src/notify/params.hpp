// Parameters as the outbox keeps them: a JSON object of texts.
#pragma once

#include "notify/notify.hpp"

namespace chatika::notify {

std::string write_params(const Params& params);
Result<Params> read_params(std::string_view json);

}  // namespace chatika::notify
