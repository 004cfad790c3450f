// What the functions of this room need besides a Tx and an Act: the store for those that hash a
// password between two Tx, the keys, our own address on the web, and the back room. Made once by
// main; what waits in the back room refers to it.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string>

#include "keys/keys.h"
#include "store/store.h"

namespace quittance::people {

// Work that must not show in the time of an answer: mailing a reset to an address that we know,
// noting a failed sign-in of a person who exists. It waits in memory and a round does it, so the
// answer takes the same way whether or not there is anything to do. At most 1,000 pieces wait, more
// are dropped with a warning; what a crash swallows is asked for again.
class BackRoom {
public:
    // `wake` is called after each piece put in (main: nudge the round "back room"). Never blocks.
    explicit BackRoom(std::function<void()> wake = [] {}) : wake_(std::move(wake)) {}

    void leave(std::function<void()> piece);
    // The round: does the oldest piece; false when there was none. A piece that throws is gone.
    bool work_one();

private:
    std::function<void()> wake_;
    std::mutex mutex_;
    std::deque<std::function<void()>> pieces_;
};

struct Reception {
    store::Store& store;
    keys::KeyRing& keys;
    BackRoom& back_room;
    std::string public_url;  // "https://privacy.example.com", without a slash at the end
    // Called after the commit: a letter is waiting to go out.
    std::function<void()> letter_waits = [] {};
};

}  // namespace quittance::people
