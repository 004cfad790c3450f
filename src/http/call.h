// What a handler sees of the web: a call comes in, an answer goes out. No library types here.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/act.h"
#include "base/refusal.h"

namespace quittance::http {

enum class Method { get, head, post, put, patch, delete_ };

// Names are kept in lower case; the first of several with one name wins in find(). A name that is
// no token or a value with a control character (CR, LF, NUL, …) is a fault: std::invalid_argument.
class Headers {
public:
    void add(std::string name, std::string value);
    // Replaces every field of that name.
    void set(std::string name, std::string value);
    std::optional<std::string_view> find(std::string_view lower_case_name) const;
    auto begin() const { return fields_.begin(); }
    auto end() const { return fields_.end(); }

private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

// Who calls, as the guard found out. Empty for the public doors.
struct Caller {
    Act act;
    std::string role;                 // owner, agent, technician, auditor; "" for an API key
    std::vector<std::string> scopes;  // of an API key
    std::string session;              // digest of the session token; "" for an API key
};

struct Call {
    Method method = Method::get;
    std::string path;                                         // decoded once, without the query
    std::map<std::string, std::string, std::less<>> query;    // decoded; a duplicate is refused
    std::map<std::string, std::string, std::less<>> in_path;  // {id} → value, set by the router
    Headers headers;
    std::string body;
    std::string remote;   // the client's address, trusted proxies resolved
    bool secure = false;  // the public URL is https
    std::string route;    // "GET /api/v1/requests/{id}", set by the router
    std::optional<Caller> caller;

    // The value of a path parameter as an id; throws Refusal 404 when it is none.
    template <class I>
    I id(std::string_view name = "id") const {
        const auto found = in_path.find(name);
        const auto id = found == in_path.end() ? std::nullopt : I::parse(found->second);
        if (!id) throw Refusal(No::unknown, "not_found");
        return *id;
    }
    const Act& act() const { return caller.value().act; }
    // Cookie by name, or nullopt.
    std::optional<std::string> cookie(std::string_view name) const;
    // Fields of an application/x-www-form-urlencoded body, decoded, in order. Throws Refusal 415
    // `unsupported_media_type` for another type or charset, 400 `malformed_form` for a bad encoding
    // or more than 1,000 fields.
    std::vector<std::pair<std::string, std::string>> form() const;
};

// Bytes pushed to a client that listens (server-sent events). send() may be called from any thread
// and never blocks; it answers false once the client is gone or has fallen 64 messages behind.
class Channel {
public:
    virtual ~Channel() = default;
    virtual bool send(std::string text) = 0;
};

struct Answer {
    int status = 200;
    Headers headers;
    std::string body;
    // Set for an event stream: called once the head has been sent. `body` is then ignored.
    std::function<void(std::shared_ptr<Channel>)> stream;

    static Answer json(int status, std::string body);
    static Answer html(int status, std::string body);
    static Answer text(int status, std::string body);
    static Answer empty(int status = 204);
    // 303: the browser fetches `location` with GET.
    static Answer see_other(std::string location);
};

using Handler = std::function<Answer(const Call&)>;

// One line of the map of the house. `access` says who may come in; the guard enforces it before
// the body is looked at.
struct Route {
    Method method;
    std::string pattern;  // "/api/v1/requests/{id}"; "{rest...}" as the last part takes the rest
    // "public", or what the guard understands ("read", "write", …: api/guard.h).
    std::string access;
    Handler handler;
    std::size_t body_bytes_max = 1'048'576;
};

}  // namespace quittance::http
