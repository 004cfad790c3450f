#include "people/reception.h"

#include "base/log.h"

namespace quittance::people {
namespace {
constexpr std::size_t pieces_most = 1'000;
}

void BackRoom::leave(std::function<void()> piece) {
    {
        const std::lock_guard lock(mutex_);
        if (pieces_.size() < pieces_most) {
            pieces_.push_back(std::move(piece));
        } else {
            log::warning("the back room is full, a piece of work is dropped");
        }
    }
    wake_();
}

bool BackRoom::work_one() {
    std::function<void()> piece;
    {
        const std::lock_guard lock(mutex_);
        if (pieces_.empty()) return false;
        piece = std::move(pieces_.front());
        pieces_.pop_front();
    }
    piece();
    return true;
}

}  // namespace quittance::people
