// A POST that makes something, at most once per Idempotency-Key. The key is claimed, the work done
// and the outcome remembered in one Tx; asked again, the answer is made again from what was made.
//
//   return once(house, call, 201,
//       [&](store::Tx& tx) { return requests::add_template(tx, call.act(), house.office, text); },
//       [&](Uuid id) { return template_answer(house, call, 201, id); });
#pragma once

#include <optional>
#include <utility>

#include "api/api.h"
#include "people/idempotency.h"

namespace quittance::api {

// What the call says about itself; nullopt without an Idempotency-Key.
std::optional<people::Once> once_of(const http::Call& call);

// `work` says which thing it made; `show` makes the answer for it.
template <class Work, class Show>
http::Answer once(
    House& house, const http::Call& call, int status, Work&& work, Show&& show,
    store::Store::Lane lane = store::Store::Lane::pool
) {
    const auto once = once_of(call);
    // Claiming reads, which a grouped lane cannot wait for.
    if (once) lane = store::Store::Lane::pool;
    const Uuid made = house.store().write(
        [&](store::Tx& tx) -> Uuid {
            if (once) {
                if (const auto done = people::claim(tx, call.act(), *once)) {
                    return done->resource.value();
                }
            }
            const Uuid id = work(tx);
            if (once) people::settle(tx, call.act(), *once, status, id);
            return id;
        },
        lane
    );
    return show(made);
}

}  // namespace quittance::api
