#include "store/units.h"

namespace quittance::store {

namespace {

thread_local const Units* served_here = nullptr;

}  // namespace

void Units::wait_for(std::function<void(Tx&)> work) {
    if (served_here == this) throw std::logic_error("a write inside a write waits for itself");
    auto unit = std::make_shared<Unit>();
    unit->work = std::move(work);
    auto done = unit->done.get_future();
    {
        const std::lock_guard lock(mutex_);
        queue_.push_back(std::move(unit));
    }
    arrived_.notify_one();
    done.get();
}

Group Units::take(std::size_t most) {
    served_here = this;
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [&] { return ending_ || !queue_.empty(); });
    Group group;
    while (!queue_.empty() && group.size() < most) {
        group.push_back(std::move(queue_.front()));
        queue_.pop_front();
    }
    return group;
}

void Units::tell(const Group& group) {
    for (const auto& unit : group) {
        if (unit->bad_news) {
            unit->done.set_exception(std::exchange(unit->bad_news, nullptr));
        } else {
            unit->done.set_value();
        }
    }
}

void Units::refuse(const Group& group, const Refusal& refusal) {
    // A copy each: several threads are going to hold them.
    for (const auto& unit : group) unit->bad_news = std::make_exception_ptr(refusal);
}

void Units::end() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    arrived_.notify_all();
}

}  // namespace quittance::store
