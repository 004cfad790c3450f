#include "requests/list.h"

#include <random>
#include <set>

#include "requests/assignment.h"
#include "requests/closure.h"
#include "requests/counts.h"
#include "requests/review.h"
#include "test/requests/office_fixture.h"

namespace quittance::requests {
namespace {

class Lists : public OfficeTest {
protected:
    Page page(const Filter& filter) {
        return store().read([&](store::Reader& reader) {
            return list(reader, office(), account, filter, today());
        });
    }
    Page find(std::string_view text, const Filter& filter = {}) {
        return store().read([&](store::Reader& reader) {
            return search(reader, office(), account, text, filter);
        });
    }
    std::vector<RequestId> all_pages(Filter filter) {
        std::vector<RequestId> ids;
        for (;;) {
            const auto found = page(filter);
            EXPECT_LE(found.lines.size(), static_cast<std::size_t>(filter.limit));
            for (const auto& line : found.lines) ids.push_back(line.row.id);
            if (!found.next) return ids;
            filter.after = found.next;
        }
    }
    // What the same filter means, said again without SQL.
    bool belongs(const Row& row, const Filter& filter);
    std::vector<RequestId> full_scan(const Filter& filter);
    void wander(unsigned seed, int steps);
    Counts counted() {
        return store().read([&](store::Reader& reader) { return counts(reader, account, today()); }
        );
    }
    Counts counted_by_hand();

    std::vector<RequestId> known_;
};
INSTANTIATE_TEST_SUITE_P(databases, Lists, test::both(), test::name_of);

bool Lists::belongs(const Row& row, const Filter& filter) {
    if (filter.stage ? row.stage != *filter.stage : row.stage == Stage::closed) return false;
    const bool parked_too = filter.verified == false || filter.proof;
    if (row.parked && !parked_too) return false;
    if (filter.verified && *filter.verified != (row.proof == Proof::given)) return false;
    if (filter.proof && row.proof != *filter.proof) return false;
    if (filter.type && row.type != *filter.type) return false;
    if (filter.assignee && row.assignee != filter.assignee) return false;
    if (filter.unassigned && row.assignee) return false;
    if (!filter.due) return true;
    const auto days = day_number(row.due_on) - day_number(today());
    switch (*filter.due) {
        case DueFilter::overdue:
            return days < 0;
        case DueFilter::today:
            return days == 0;
        case DueFilter::week:
            return days >= 0 && days < 7;
    }
    return false;
}

std::vector<RequestId> Lists::full_scan(const Filter& filter) {
    std::vector<Row> rows;
    for (const auto id : known_) {
        const auto one = row(id);
        if (belongs(one, filter)) rows.push_back(one);
    }
    std::ranges::sort(rows, [&](const Row& a, const Row& b) {
        switch (filter.sort) {
            case Sort::due:
                return std::pair(day_number(a.due_on), a.id) <
                       std::pair(day_number(b.due_on), b.id);
            case Sort::received:
                return std::pair(day_number(a.received_on), a.id) >
                       std::pair(day_number(b.received_on), b.id);
            case Sort::updated:
                break;
        }
        return std::pair(a.updated_at, a.id) > std::pair(b.updated_at, b.id);
    });
    std::vector<RequestId> ids;
    for (const auto& one : rows) ids.push_back(one.id);
    return ids;
}

// Requests of all kinds, each taken some steps; the same for the same seed.
void Lists::wander(unsigned seed, int steps) {
    std::mt19937 random(seed);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    const std::vector<std::string> types{"erase", "rectify", "unsubscribe", "opt_out_sale"};
    const std::vector<Channel> channels{Channel::web, Channel::phone, Channel::api};
    for (int i = 0; i < steps; ++i) {
        if (known_.empty() || below(3) == 0) {
            auto one = intake(types[below(4)], channels[below(3)]);
            one.received_on =
                day_from_number(day_number(today()) - static_cast<std::int64_t>(below(45)));
            known_.push_back(receive(one).row.id);
            continue;
        }
        const auto id = known_[below(known_.size())];
        const std::vector<std::function<void(store::Tx&)>> moves{
            [&](auto& tx) { state_verified(tx, ada, office(), id, Method::document, "Seen"); },
            [&](auto& tx) { requests::approve(tx, ada, office(), id, {}); },
            [&](auto& tx) {
                reject(tx, ada, office(), id, {"suspected_fraud", {}, {}}, {});
            },
            [&](auto& tx) {
                requests::attest(
                    tx, ada, office(), id, {std::string(statement_for(row(id).type)), {}, {}}, {}
                );
            },
            [&](auto& tx) { requests::complete(tx, ada, office(), id, {}); },
            [&](auto& tx) {
                ReplyOrder order;
                order.sent_by = SentBy::phone;
                requests::reply(tx, ada, office(), id, order);
            },
            [&](auto& tx) { requests::close(tx, ada, office(), id, Decision::granted, {}); },
            [&](auto& tx) { requests::close(tx, ada, office(), id, Decision::refused, {}); },
            [&](auto& tx) { withdraw(tx, jane, office(), id); },
            [&](auto& tx) { assign(tx, ada, office(), id, bob.agent, {}); },
            [&](auto& tx) { send_verification_mail(tx, ada, office(), id); },
        };
        // Withdrawing is rarer than the rest, so that some get further.
        auto move = below(moves.size());
        if (move == 8 && below(4) != 0) move = 1;
        refusal(moves[move]);
        if (below(20) == 0) {
            write([](store::Tx& tx) {
                while (fold_counts(tx)) continue;
            });
        }
    }
}

Counts Lists::counted_by_hand() {
    Counts counts;
    for (const auto id : known_) {
        const auto one = row(id);
        if (one.parked) {
            ++counts.unverified;
            continue;
        }
        ++counts.stages[static_cast<std::size_t>(one.stage)];
        if (one.stage == Stage::closed) continue;
        const auto days = day_number(one.due_on) - day_number(today());
        if (days < 0) ++counts.overdue;
        if (days >= 0 && days < 7) ++counts.due_week;
    }
    return counts;
}

TEST_P(Lists, are_empty_for_another_account) {
    known_.push_back(receive());
    const auto stranger = AccountId::make();
    store().read([&](store::Reader& reader) {
        Filter filter;
        filter.proof = Proof::awaited;
        EXPECT_TRUE(list(reader, office(), stranger, filter, today()).lines.empty());
        EXPECT_TRUE(search(reader, office(), stranger, "Jane.Roe@mailbox.test", {}).lines.empty());
        EXPECT_TRUE(search(reader, office(), stranger, row(known_[0]).reference, {}).lines.empty());
        EXPECT_EQ(counts(reader, stranger, today()).unverified, 0);
    });
}

TEST_P(Lists, in_pages_are_what_a_full_scan_finds_for_every_sort_and_filter) {
    wander(1, 250);
    std::vector<Filter> filters(1);
    for (const auto stage : {Stage::review, Stage::process, Stage::reply, Stage::closed}) {
        filters.emplace_back().stage = stage;
    }
    for (const bool verified : {true, false}) filters.emplace_back().verified = verified;
    for (const auto proof : {Proof::missing, Proof::awaited, Proof::given, Proof::not_needed}) {
        filters.emplace_back().proof = proof;
    }
    for (const auto due : {DueFilter::overdue, DueFilter::today, DueFilter::week}) {
        filters.emplace_back().due = due;
    }
    filters.emplace_back().type = "rectify";
    filters.emplace_back().assignee = bob.agent;
    filters.emplace_back().unassigned = true;
    filters.emplace_back().stage = Stage::review;
    filters.back().verified = false;
    filters.back().type = "erase";
    filters.back().unassigned = true;
    std::size_t seen = 0;
    for (auto filter : filters) {
        for (const auto sort : {Sort::due, Sort::received, Sort::updated}) {
            filter.sort = sort;
            const auto expected = full_scan(filter);
            for (const int limit : {1, 7, 200}) {
                filter.limit = limit;
                EXPECT_EQ(all_pages(filter), expected);
            }
            seen += expected.size();
        }
    }
    EXPECT_GT(seen, 300U);
}

TEST_P(Lists, count_what_a_full_scan_counts_after_any_walk) {
    for (unsigned seed = 10; seed < 14; ++seed) {
        wander(seed, 120);
        for (const bool folded : {false, true}) {
            if (folded) {
                write([](store::Tx& tx) {
                    while (fold_counts(tx)) continue;
                });
                EXPECT_EQ(number("SELECT CAST(COUNT(*) AS BIGINT) FROM count_deltas"), 0);
            }
            const auto counted = this->counted();
            const auto by_hand = counted_by_hand();
            EXPECT_EQ(counted.stages, by_hand.stages);
            EXPECT_EQ(counted.unverified, by_hand.unverified);
            EXPECT_EQ(counted.overdue, by_hand.overdue);
            EXPECT_EQ(counted.due_week, by_hand.due_week);
        }
    }
}

TEST_P(Lists, agree_with_the_ledger_after_any_walk) {
    wander(20, 300);
    for (const auto id : known_) {
        const auto all = events(id);
        const auto count = [&](const char* event) { return std::ranges::count(all, event); };
        const auto exits = view(id).exits;
        const auto taken = count("approved") + count("rejected") + count("completed") +
                           count("closed") + count("ended");
        EXPECT_EQ(static_cast<std::size_t>(taken), exits.size());
        EXPECT_EQ(count("received"), 1);
        EXPECT_EQ(all.front(), "received");
        const auto now = row(id);
        EXPECT_EQ(now.stage == Stage::closed, count("closed") + count("ended") == 1);
        EXPECT_EQ(now.proof == Proof::given, count("verified") > 0);
        auto stage = Stage::review;
        for (const auto& exit : exits) {
            EXPECT_EQ(exit.stage, stage);
            stage = std::ranges::find_if(steps, [&](const Step& step) {
                        return step.name == exit.step && step.from == exit.stage;
                    })->to;
        }
        EXPECT_EQ(now.stage, stage);
    }
}

TEST_P(Lists, are_searched_by_the_exact_address_or_reference) {
    const auto first = receive(intake());
    auto other = intake("unsubscribe");
    other.person.email = "joe@mailbox.test";
    const auto second = receive(other);
    const auto third = request_in(Stage::closed);
    for (const auto* text : {"", "jane", "roe@mailbox.test", "Zebedee", "Q-0000-0000", "%"}) {
        EXPECT_TRUE(find(text).lines.empty()) << text;
    }
    const auto found = find(" jane.roe@MAILBOX.test");
    ASSERT_EQ(found.lines.size(), 2U);
    EXPECT_EQ(found.lines[0].row.id, third) << "newest first, in whatever stage";
    EXPECT_EQ(found.lines[1].row.id, first.row.id);
    EXPECT_EQ(find(second.row.reference).lines.at(0).person.email, "joe@mailbox.test");
    Filter closed;
    closed.stage = Stage::closed;
    EXPECT_EQ(find("jane.roe@mailbox.test", closed).lines.size(), 1U);
    Filter paged;
    paged.limit = 1;
    const auto first_page = find("jane.roe@mailbox.test", paged);
    ASSERT_TRUE(first_page.next);
    paged.after = first_page.next;
    EXPECT_EQ(find("jane.roe@mailbox.test", paged).lines.at(0).row.id, first.row.id);
    EXPECT_FALSE(find("jane.roe@mailbox.test", paged).next);
}

TEST_P(Lists, show_trouble_until_another_letter_follows) {
    const auto id = request_in(Stage::review);
    const auto trouble = [&] { return page({}).lines.at(0).trouble; };
    EXPECT_FALSE(trouble());
    write([&](store::Tx& tx) {
        tx.run(
            "UPDATE letters SET state = 'failed', next_at = NULL, settled_at = 1 "
            "WHERE account_id = ? AND owner_id = ? AND purpose = 'acknowledgement'",
            {account, id}
        );
    });
    EXPECT_TRUE(trouble());
    write([&](store::Tx& tx) {
        const auto held = hold(tx, ada, id);
        acknowledge(tx, ada, office(), held, key_of(tx, keys(), held));
    });
    EXPECT_FALSE(trouble());
}

}  // namespace
}  // namespace quittance::requests
