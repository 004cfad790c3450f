// The invented company of the demo, and the people who write to it. Nobody here exists; every
// address ends in .example (RFC 2606), so nothing can reach a stranger.
#pragma once

#include <span>
#include <string_view>

namespace quittance::demo {

struct Colleague {
    std::string_view name;
    std::string_view email;
    std::string_view role;
};
// The first is the owner.
std::span<const Colleague> colleagues();

// How far a request has come by the time the demo starts.
enum class Reached {
    awaiting_proof,  // the verification mail was sent, nobody has pressed the button
    unproven,        // a telephone request whose caller has not shown who they are
    review,
    process,
    attested,
    reply,
    replied,
    closed_granted,
    closed_partly,
    closed_nothing_found,
    rejected,  // in Reply, to be refused
    closed_refused,
    withdrawn,
    spam,
};

struct Story {
    std::string_view name;
    std::string_view email;  // empty for a caller who gave none
    std::string_view type;
    std::string_view country;
    std::string_view region;  // "" where it does not matter
    std::string_view channel;
    std::string_view message;
    int days_ago;
    Reached reached;
    int colleague;  // index of who takes care of it; -1 for nobody yet
};
std::span<const Story> stories();

inline constexpr std::string_view company_name = "Halden & Roe";
inline constexpr std::string_view password = "five quiet teapots";

}  // namespace quittance::demo
