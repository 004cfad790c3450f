// Fills a portal that has been set up with requests, through the domain itself: sealed, counted and
// with their entries. For benchmarks that need a million of them.
//
//   fill DATA COUNT      DATA is the data folder of a portal that is not running
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "data_folder.h"
#include "house.h"
#include "people/accounts.h"
#include "requests/counts.h"
#include "requests/intake.h"

namespace {

using namespace quittance;

constexpr int requests_per_commit = 1000;

requests::Intake intake_of(int number, Day today) {
    requests::Intake intake;
    intake.type = "erase";
    intake.channel = requests::Channel::phone;
    intake.country = "DE";
    intake.received_on = day_from_number(day_number(today) - number % 60);
    intake.person.name = "Anneliese " + std::to_string(number);
    intake.person.email = "fill." + std::to_string(number) + "@postfach.example";
    return intake;
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 3) {
        std::fprintf(stderr, "fill DATA COUNT\n");
        return 2;
    }
    const std::string data = arguments[1];
    const DataFolder folder(data);
    const auto opened = open_house("sqlite:" + data + "/quittance.db", data + "/keys", 4);
    House house(*opened.store, opened.keys, {});
    const Act act{.account = house.store().read(people::accounts).at(0), .door = Door::command};
    const auto today = day_at(house.store().clock(), "UTC");
    const int all = std::atoi(arguments[2]);
    for (int first = 0; first < all; first += requests_per_commit) {
        std::vector<requests::Prepared> prepared;
        for (int i = first; i < std::min(all, first + requests_per_commit); ++i) {
            prepared.push_back(requests::prepare(house.office(), act, intake_of(i, today)));
        }
        house.store().write([&](store::Tx& tx) {
            for (const auto& one : prepared) requests::receive(tx, act, house.office(), one);
        });
    }
    while (house.store().write([](store::Tx& tx) { return requests::fold_counts(tx); })) {
    }
    return 0;
}
