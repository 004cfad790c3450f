// What every kind of source can be asked, whether a database, an HTTP API, a colleague or a
// processor: is it well, what does it hold of a person, erase exactly this, is it still there.
//
// None of these take a Tx: the caller has none open while it talks to the outside. None of them
// throw for what happens outside, that is an outcome; what they throw is a fault. All of them end
// within `Limits`. An object is used by one thread at a time and may be kept for the next call.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "sources/frozen.h"
#include "sources/subject.h"

namespace quittance::sources {

// GUARANTEES G3: what a second try may do.
enum class EffectClass {
    ticket,      // A: the other side takes an idempotency key, the same ticket on every try
    stable_id,   // B: erases by stable id; a repetition finds nothing
    side_effect  // C: a mail, a ticket, a selector: after `unknown` only a probe decides
};

struct Limits {
    std::chrono::milliseconds connect{5'000};
    std::chrono::milliseconds statement{30'000};  // one statement or call
    std::chrono::milliseconds whole{120'000};     // one find, erase or probe
    std::size_t records_max = 10'000;             // found for one person; more looks wrong
};

// Everything a person would want to know of a source's health.
struct Health {
    bool well = false;
    std::string words;                    // what is wrong and what to do; empty when well
    std::vector<std::string> warnings{};  // it works, but somebody should look
};

struct NothingFound {};
// None of the kinds by which it could search is among the subject's identifiers.
struct MissingIdentifier {
    std::vector<std::string> kinds;
};
struct Failed {
    std::string words;  // what went wrong and what to do
    // Whether the same call may well succeed later without anybody doing anything.
    bool later = false;
};
using Finding = std::variant<Frozen, NothingFound, MissingIdentifier, Failed>;

// What is to be erased, the same on every try. The ticket is unique per deletion, unguessable, and
// goes to the other side as idempotency key where it takes one.
struct Order {
    Subject subject;
    Frozen records;
    std::string ticket;
};

// How many records each action was done to and proven for.
struct Counts {
    std::size_t removed = 0;
    std::size_t anonymised = 0;
    std::size_t pseudonymised = 0;
    std::size_t kept = 0;
};

// The outcomes of GUARANTEES 1. `deleted` only from the other side's word for this very operation
// together with, where the source can be read, a look that finds nothing more (G4).
struct Outcome {
    enum class Kind {
        deleted,        // everything that was to be erased is; `counts` says what
        nothing_found,  // there was nothing (any more); nothing was touched
        kept,           // done, but nothing of it erases: kept or pseudonymised only
        accepted,       // the other side works on it: ask poll() about `operation`
        refused,        // it will not, or cannot; nothing was touched. `words` says why
        changed,        // the source holds something else than was frozen; nothing was touched
        retry_at,       // not now; nothing was touched. Not before `retry_after`
        unknown,        // nobody knows whether it happened: probe() before anything else
    };
    Kind kind = Kind::unknown;
    std::string words{};
    Counts counts{};
    std::string operation{};
    std::chrono::seconds retry_after{0};
};

// Whether what was to be erased is still there. Reads only.
struct Presence {
    enum class Kind { gone, still_there, cannot_tell };
    Kind kind = Kind::cannot_tell;
    std::string words{};
};

class Connector {
public:
    virtual ~Connector() = default;

    virtual EffectClass effect_class() const = 0;
    // The kinds of identifiers by which it can find somebody.
    virtual std::vector<std::string> kinds() const = 0;

    // Connects, changes nothing.
    virtual Health check() = 0;
    virtual Finding find(const Subject& subject) = 0;
    // Touches exactly the frozen records, whole or not at all where the source can do that.
    virtual Outcome erase(const Order& order) = 0;
    virtual Presence probe(const Order& order) = 0;
    // What became of an `accepted` operation. Those that never accept answer `unknown`.
    virtual Outcome poll(const Order& order, const std::string& operation);
    // What erase() would do, in the source's own language, without anybody's data in it.
    virtual std::string dry_run(const Frozen& records) = 0;
};

}  // namespace quittance::sources
