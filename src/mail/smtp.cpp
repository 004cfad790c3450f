#include "mail/smtp.h"

#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <mutex>
#include <optional>
#include <stdexcept>

#include "http/dial.h"
#include "http/reach.h"

namespace quittance::mail {
namespace {

// Some servers end a connection after so many letters; we are earlier.
constexpr int letters_per_connection = 50;

bool ascii(std::string_view text) {
    return std::ranges::all_of(text, [](unsigned char c) { return c < 0x80; });
}

// What the server has said about itself on this connection.
struct Greeting {
    bool offers_sign_in = false;
    bool takes_utf8 = false;
};

// The numbers of an answer: "550", and "5.1.1" when the server gives it (RFC 2034).
struct Numbers {
    int code = 0;
    std::string enhanced;

    std::string text() const {
        if (code == 0) return {};
        return " (" + std::to_string(code) + (enhanced.empty() ? "" : " " + enhanced) + ")";
    }
};

Numbers numbers_of(std::string_view line) {
    if (line.size() < 3) return {};
    Numbers numbers;
    for (const char c : line.substr(0, 3)) {
        if (c < '0' || c > '9') return {};
        numbers.code = numbers.code * 10 + (c - '0');
    }
    if (line.size() < 5) return numbers;
    const auto rest = line.substr(4);
    const auto end = std::min(rest.find_first_not_of("0123456789."), rest.size());
    const auto word = rest.substr(0, end);
    if (word.size() <= 9 && std::ranges::count(word, '.') == 2) numbers.enhanced = word;
    return numbers;
}

Outcome later(std::string_view code_and_words, const Numbers& numbers, bool server_wide) {
    return {Outcome::Kind::later, std::string(code_and_words) + numbers.text() + ".", server_wide};
}

}  // namespace

bool is_loopback(std::string_view host) {
    return host == "localhost" || host == "::1" || host == "[::1]" ||
           http::reach_of(host) == http::Reach::loopback;
}

struct SmtpConnection::Talk {
    SmtpServer server;
    Dialling dialling;
    const std::atomic<bool>& stop;
    CURL* curl = nullptr;

    // Of the connection.
    Greeting greeting;
    int letters = 0;
    // Of the letter under way.
    std::string_view unsent;
    bool needs_utf8 = false;
    bool address_refused = false;
    bool dialled = false;
    std::string verb;      // the last command we gave
    Numbers numbers;       // of the last answer
    bool leaving = false;  // we said QUIT; what comes now says nothing about the letter
    std::optional<Outcome> given_up;

    Talk(SmtpServer to, Dialling how, const std::atomic<bool>& flag)
        : server(std::move(to)), dialling(std::move(how)), stop(flag) {}

    template <class T>
    void set(CURLoption option, T value) {
        if (curl_easy_setopt(curl, option, value) != CURLE_OK) {
            throw std::runtime_error("libcurl refuses an option for SMTP");
        }
    }
    void set_up();
    void set_server();
    void guard_dialling();
    void listen();
    CURLcode perform(std::string_view from, std::string_view to, std::string_view message);
    Outcome outcome_of(CURLcode code) const;
    Outcome refused() const;
    bool given_data() const { return verb == "DATA"; }
    void say(std::string_view line);
    void hear(std::string_view line);
    std::size_t give(char* out, std::size_t room);
};

void SmtpConnection::Talk::hear(std::string_view line) {
    if (leaving) return;
    while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.remove_suffix(1);
    numbers = numbers_of(line);
    // After STARTTLS the server introduces itself anew; what it said in the clear is forgotten.
    if (verb == "STARTTLS") greeting = {};
    if (verb != "EHLO" || numbers.code != 250 || line.size() < 5) return;
    const auto word = line.substr(4, line.find_first_of(" =", 4) - 4);
    if (word == "AUTH") greeting.offers_sign_in = true;
    if (word == "SMTPUTF8") greeting.takes_utf8 = true;
}

std::size_t SmtpConnection::Talk::give(char* out, std::size_t room) {
    // libcurl goes on without signing in when the server does not offer it, and writes an address
    // that the server cannot read. Neither is what was asked for: stop before the first byte.
    if (!server.sign_in.empty() && !greeting.offers_sign_in) {
        given_up = later("sign_in_not_offered: The mail server offers no way to sign in", {}, true);
        return CURL_READFUNC_ABORT;
    }
    if (needs_utf8 && !greeting.takes_utf8) {
        given_up = Outcome{
            Outcome::Kind::never,
            "address_not_supported: The mail server cannot write to addresses with such letters.",
            false};
        return CURL_READFUNC_ABORT;
    }
    const auto size = std::min(room, unsent.size());
    std::memcpy(out, unsent.data(), size);
    unsent.remove_prefix(size);
    return size;
}

void SmtpConnection::Talk::set_up() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    curl = curl_easy_init();
    if (!curl) throw std::runtime_error("libcurl could not be started");
    set_server();
    guard_dialling();
    listen();
}

void SmtpConnection::Talk::set_server() {
    const bool v6 = server.host.find(':') != std::string::npos;
    const auto host = v6 ? "[" + server.host + "]" : server.host;
    const std::string scheme = server.security == Security::tls ? "smtps://" : "smtp://";
    set(CURLOPT_URL, (scheme + host + ":" + std::to_string(server.port)).c_str());
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NOSIGNAL, 1L);
    const bool clear = server.security == Security::none;
    set(CURLOPT_USE_SSL, clear ? long(CURLUSESSL_NONE) : long(CURLUSESSL_ALL));
    set(CURLOPT_SSLVERSION, long(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    if (!dialling.authorities.empty()) {
        set(CURLOPT_CAINFO, dialling.authorities.c_str());
        set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    }
    if (!server.sign_in.empty()) {
        set(CURLOPT_USERNAME, server.sign_in.c_str());
        set(CURLOPT_PASSWORD, server.password.c_str());
        set(CURLOPT_SASL_IR, 1L);
    }
    set(CURLOPT_CONNECTTIMEOUT_MS, long(dialling.connect.count()));
    set(CURLOPT_SERVER_RESPONSE_TIMEOUT, long(dialling.answer.count()));
    set(CURLOPT_TIMEOUT_MS, long(dialling.letter.count()));
    set(CURLOPT_UPLOAD, 1L);
}

// Whether the operator has allowed a network that holds the address.
bool stands_in(const std::vector<std::string>& networks, const sockaddr& address) {
    const auto dialled = http::address_of(address);
    return dialled && std::ranges::any_of(networks, [&](const std::string& named) {
               const auto network = http::Network::parse(named);
               return network && network->holds(*dialled);
           });
}

// Asked with the very address that will be dialled, after the name has been looked up.
void SmtpConnection::Talk::guard_dialling() {
    set(CURLOPT_OPENSOCKETDATA, static_cast<void*>(this));
    set(
        CURLOPT_OPENSOCKETFUNCTION,
        +[](void* self, curlsocktype, curl_sockaddr* address) -> curl_socket_t {
            auto& talk = *static_cast<Talk*>(self);
            using http::Reach;
            const auto reach = http::reach_of(address->addr);
            const bool allowed =
                reach == Reach::everywhere || stands_in(talk.dialling.networks, address->addr);
            const bool clear = talk.server.security == Security::none;
            if (!allowed || reach == Reach::nowhere || (clear && reach != Reach::loopback)) {
                talk.address_refused = true;
                return CURL_SOCKET_BAD;
            }
            talk.dialled = true;
            talk.letters = 0;
            talk.greeting = {};
            return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
        }
    );
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFODATA, static_cast<void*>(this));
    set(
        CURLOPT_XFERINFOFUNCTION,
        +[](void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) -> int {
            return static_cast<Talk*>(self)->stop.load() ? 1 : 0;
        }
    );
}

void SmtpConnection::Talk::listen() {
    set(CURLOPT_HEADERDATA, static_cast<void*>(this));
    set(
        CURLOPT_HEADERFUNCTION,
        +[](char* line, std::size_t size, std::size_t count, void* self) -> std::size_t {
            static_cast<Talk*>(self)->hear({line, size * count});
            return size * count;
        }
    );
    set(CURLOPT_READDATA, static_cast<void*>(this));
    set(
        CURLOPT_READFUNCTION,
        +[](char* out, std::size_t size, std::size_t count, void* self) -> std::size_t {
            return static_cast<Talk*>(self)->give(out, size * count);
        }
    );
    // Only to learn which command the last answer belongs to; nothing is written anywhere.
    set(CURLOPT_VERBOSE, 1L);
    set(CURLOPT_DEBUGDATA, static_cast<void*>(this));
    set(
        CURLOPT_DEBUGFUNCTION,
        +[](CURL*, curl_infotype type, char* bytes, std::size_t size, void* self) -> int {
            if (type == CURLINFO_HEADER_OUT) static_cast<Talk*>(self)->say({bytes, size});
            return 0;
        }
    );
}

void SmtpConnection::Talk::say(std::string_view line) {
    if (line.starts_with("QUIT")) leaving = true;
    static constexpr std::array<std::string_view, 7> verbs{"EHLO", "HELO", "STARTTLS", "AUTH",
                                                           "MAIL", "RCPT", "DATA"};
    for (const auto known : verbs) {
        if (line.starts_with(known)) verb = known;
    }
}

CURLcode SmtpConnection::Talk::perform(
    std::string_view from, std::string_view to, std::string_view message
) {
    unsent = message;
    needs_utf8 = !ascii(to.substr(0, to.rfind('@'))) || !ascii(from.substr(0, from.rfind('@')));
    address_refused = dialled = leaving = false;
    verb.clear();
    numbers = {};
    given_up.reset();
    const auto sender = "<" + std::string(from) + ">";
    const auto receiver = "<" + std::string(to) + ">";
    curl_slist* receivers = curl_slist_append(nullptr, receiver.c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, sender.c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, receivers);
    curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, curl_off_t(message.size()));
    curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, letters >= letters_per_connection ? 1L : 0L);
    const auto code = curl_easy_perform(curl);
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, nullptr);
    curl_slist_free_all(receivers);
    ++letters;
    return code;
}

// The server said no, or said something else than it should.
Outcome SmtpConnection::Talk::refused() const {
    const auto code = numbers.code;
    if (verb == "AUTH" || code == 530 || code == 534 || code == 535 || code == 538) {
        return later("sign_in_refused: The mail server refuses the sign-in", numbers, true);
    }
    if (verb == "MAIL" && code >= 500) {
        return later("sender_refused: The mail server refuses our own address", numbers, true);
    }
    const bool about_the_letter = verb == "RCPT" || verb == "DATA";
    if (about_the_letter && code >= 500) {
        return {
            Outcome::Kind::never,
            "mailbox_refused: The mail server refuses this letter for good" + numbers.text() + ".",
            false};
    }
    if (code >= 400) {
        const bool server_wide = !about_the_letter || code == 421;
        return later(
            "refused_for_now: The mail server wants us to try later", numbers, server_wide
        );
    }
    return later(
        "connection_lost: The connection to the mail server broke", numbers, !about_the_letter
    );
}

Outcome SmtpConnection::Talk::outcome_of(CURLcode code) const {
    if (code == CURLE_OK) return {};
    if (given_up) return *given_up;
    if (address_refused && !dialled) {
        return later(
            "address_not_allowed: The operator does not allow mail servers at that address", {},
            true
        );
    }
    switch (code) {
        case CURLE_ABORTED_BY_CALLBACK:
            return later("interrupted: Quittance was stopped while it was sending", {}, true);
        case CURLE_LOGIN_DENIED:
            return later("sign_in_refused: The mail server refuses the sign-in", numbers, true);
        case CURLE_USE_SSL_FAILED:
            return later("no_encryption: The mail server offers no encryption", numbers, true);
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_ISSUER_ERROR:
            return later(
                "certificate_refused: The mail server's certificate is not valid for its name", {},
                true
            );
        case CURLE_SSL_CONNECT_ERROR:
            return later("encryption_failed: No encrypted connection came about", {}, true);
        case CURLE_COULDNT_RESOLVE_HOST:
            return later("host_unknown: There is no mail server by that name", {}, true);
        case CURLE_COULDNT_CONNECT:
            return later("server_unreachable: The mail server cannot be reached", {}, true);
        case CURLE_OPERATION_TIMEDOUT:
            return later("timed_out: The mail server did not answer in time", {}, true);
        default:
            return refused();
    }
}

SmtpConnection::SmtpConnection(SmtpServer server, Dialling dialling, const std::atomic<bool>& stop)
    : talk_(std::make_unique<Talk>(std::move(server), std::move(dialling), stop)) {
    talk_->set_up();
}

SmtpConnection::~SmtpConnection() {
    if (talk_ && talk_->curl) curl_easy_cleanup(talk_->curl);
}

Outcome SmtpConnection::send(std::string_view from, std::string_view to, std::string_view message) {
    auto code = talk_->perform(from, to, message);
    // A used connection may have been closed while it was idle. As long as the server had not been
    // given the letter, dialling anew cannot send it twice.
    const bool closed = code == CURLE_SEND_ERROR || code == CURLE_RECV_ERROR ||
                        code == CURLE_GOT_NOTHING || talk_->numbers.code == 421;
    if (code != CURLE_OK && closed && !talk_->dialled && !talk_->given_data()) {
        talk_->letters = letters_per_connection;
        code = talk_->perform(from, to, message);
    }
    return talk_->outcome_of(code);
}

}  // namespace quittance::mail
