// The [mail] section: checked, and made into a transport.
#pragma once

#include <memory>

#include "app/config.hpp"
#include "notify/smtp.hpp"

namespace chatika::app {

// Nothing when no mail server is configured: mails wait. Errc::invalid with the setting's name.
Result<std::shared_ptr<notify::Transport>> mail_transport(const Config& config);

}  // namespace chatika::app
