// Callers that wait for a writer thread, in the order in which they came. The thread takes as many
// as have queued while it was busy, and tells them all once it knows how it went.
#pragma once

#include <condition_variable>
#include <deque>
#include <limits>
#include <mutex>

#include "store/store.h"

namespace quittance::store {

// Lives with its caller; the thread may touch it until it has told him.
struct Unit {
    std::function<void(Tx&)> work;
    std::exception_ptr bad_news{};
    bool done = false;
    std::condition_variable told{};
};
using Group = std::vector<Unit*>;

class Units {
public:
    // The caller's side: returns when the unit is done, throws its bad news. From inside a unit
    // that would never be: std::logic_error.
    void wait_for(std::function<void(Tx&)> work);

    // The thread's side. Waits for the first; empty when all is done and end() was called.
    Group take(std::size_t most = std::numeric_limits<std::size_t>::max());
    void tell(const Group& group);
    // The same bad news for all of them.
    static void refuse(const Group& group, const Refusal& refusal);

    void end();

private:
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<Unit*> queue_;
    bool ending_ = false;
};

}  // namespace quittance::store
