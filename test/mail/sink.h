// The town's mail server (test/town/smtp-sink.mjs) as a process of its own.
#pragma once

#include <boost/json.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/smtp.h"

namespace quittance::mail {

class Sink {
public:
    // Whether Node and the town's packages are there (bin/test installs them).
    static bool available();

    // Options of smtp-sink.mjs as JSON. Throws when it does not come up within ten seconds.
    explicit Sink(std::string_view options = "{}");
    ~Sink();
    Sink(const Sink&) = delete;
    Sink& operator=(const Sink&) = delete;

    int port() const { return port_; }
    // Its own certificate, to be trusted; "" without TLS.
    const std::string& authority() const { return authority_; }
    // Every receiver is refused with that code from now on; 0: none is.
    void refuse(int code);
    // Everything caught until now, at least `least` mails (waits at most ten seconds for them).
    std::vector<boost::json::object> mails(std::size_t least = 0);

    SmtpServer server(Security security = Security::none) const {
        return {"127.0.0.1", static_cast<std::uint16_t>(port_), security, {}, {}};
    }
    Dialling dialling() const {
        Dialling dialling;
        dialling.networks = {"127.0.0.0/8"};
        dialling.authorities = authority_;
        return dialling;
    }

private:
    boost::json::object next_line(int timeout_ms);
    bool read_more(int timeout_ms);

    int pid_ = -1;
    int in_ = -1;
    int out_ = -1;
    int port_ = 0;
    std::string authority_;
    std::string unread_;
    std::vector<boost::json::object> mails_;
};

#define REQUIRE_THE_TOWN()                                                            \
    if (!::quittance::mail::Sink::available()) {                                      \
        GTEST_SKIP() << "test/town/node_modules is missing: run npm ci in test/town"; \
    }

}  // namespace quittance::mail
