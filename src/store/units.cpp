#include "store/units.h"

#include <utility>

namespace quittance::store {

namespace {

thread_local const Units* served_here = nullptr;

}  // namespace

void Units::wait_for(std::function<void(Tx&)> work) {
    if (served_here == this) throw std::logic_error("a write inside a write waits for itself");
    Unit unit{.work = std::move(work)};
    std::unique_lock lock(mutex_);
    queue_.push_back(&unit);
    arrived_.notify_one();
    unit.told.wait(lock, [&] { return unit.done; });
    lock.unlock();
    if (unit.bad_news) std::rethrow_exception(std::exchange(unit.bad_news, nullptr));
}

Group Units::take(std::size_t most) {
    served_here = this;
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [&] { return ending_ || !queue_.empty(); });
    Group group;
    while (!queue_.empty() && group.size() < most) {
        group.push_back(queue_.front());
        queue_.pop_front();
    }
    return group;
}

void Units::tell(const Group& group) {
    // Under the lock: once it is open the unit may be gone.
    const std::lock_guard lock(mutex_);
    for (auto* unit : group) {
        unit->done = true;
        unit->told.notify_one();
    }
}

void Units::refuse(const Group& group, const Refusal& refusal) {
    // A copy each: several threads are going to hold them.
    for (auto* unit : group) unit->bad_news = std::make_exception_ptr(refusal);
}

void Units::end() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    arrived_.notify_all();
}

}  // namespace quittance::store
