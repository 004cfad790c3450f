// SMTP (RFC 5321) by libcurl: one server, one connection that is used for letter after letter.
//
// TLS from the first byte (RFC 8314) or by STARTTLS, which is then demanded and never just hoped
// for; certificates are always checked. Without TLS only to the loopback. The address is checked
// at the moment of dialling, so a name cannot change its mind in between.
#pragma once

#include <boost/describe.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace quittance::mail {

// What came of trying to hand a letter to a server.
struct Outcome {
    enum class Kind { sent, later, never };
    Kind kind = Kind::sent;
    // "mailbox_refused: The mail server refuses this letter for good (550 5.1.1)." A code, words
    // for people, the server's numbers; never the server's own text, which may name people. Empty
    // when sent.
    std::string words;
    // The trouble lies with the server or the settings, so the next letter would fare no better.
    bool server_wide = false;
};

enum class Security { tls, starttls, none };
BOOST_DESCRIBE_ENUM(Security, tls, starttls, none)

struct SmtpServer {
    std::string host;
    std::uint16_t port = 587;
    Security security = Security::starttls;
    std::string sign_in;  // empty: no sign-in
    std::string password;
};

struct Dialling {
    // Networks (CIDR) in which the operator lets mail servers stand, besides public addresses.
    std::vector<std::string> networks;
    // A PEM file with certificate authorities to trust instead of the machine's; empty: the
    // machine's.
    std::string authorities;
    std::chrono::milliseconds connect{10'000};
    std::chrono::seconds answer{30};
    std::chrono::milliseconds letter{90'000};  // all of one letter, dialling included
};

// 127.0.0.0/8 and ::1, or "localhost" by name.
bool is_loopback(std::string_view host);

class SmtpConnection {
public:
    // Dials with the first letter. Once `stop` is true a letter under way is given up.
    SmtpConnection(SmtpServer server, Dialling dialling, const std::atomic<bool>& stop);
    ~SmtpConnection();
    SmtpConnection(const SmtpConnection&) = delete;
    SmtpConnection& operator=(const SmtpConnection&) = delete;

    // `from` and `to` are bare addresses, `message` is RFC 5322 with CRLF. Nothing is sent twice
    // unless the server closed a used connection before it had been given the letter.
    Outcome send(std::string_view from, std::string_view to, std::string_view message);

private:
    struct Talk;
    std::unique_ptr<Talk> talk_;
};

}  // namespace quittance::mail
