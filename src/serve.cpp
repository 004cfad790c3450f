#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <thread>

#include "base/log.h"
#include "commands.h"
#include "data_folder.h"
#include "demo.h"
#include "demo_cast.h"
#include "house.h"
#include "http/server.h"
#include "mail/caught.h"
#include "people/accounts.h"

namespace quittance {
namespace {

using namespace std::chrono_literals;

// SIGINT and SIGTERM, turned from an interruption into something to wait for. Blocked in the whole
// process, so this comes before the first thread.
class StopSignal {
public:
    StopSignal() {
        sigemptyset(&signals_);
        sigaddset(&signals_, SIGINT);
        sigaddset(&signals_, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
        std::signal(SIGPIPE, SIG_IGN);
    }
    // Whether one came within the time.
    bool came_within(std::chrono::seconds time) const {
        const timespec patience{.tv_sec = time.count(), .tv_nsec = 0};
        return sigtimedwait(&signals_, nullptr, &patience) > 0;
    }

private:
    sigset_t signals_{};
};

http::ServerOptions server_options(const Configuration& configuration) {
    http::ServerOptions options;
    options.listen = configuration.listen;
    options.workers = configuration.workers;
    options.trusted_proxies = configuration.trusted_proxies;
    options.secure = configuration.public_url.starts_with("https://");
    return options;
}

void say_where(House& house, const std::string& address) {
    std::printf("listening on http://%s\n", address.c_str());
    std::fflush(stdout);
    const bool empty = house.store().read(people::set_up_needed);
    if (!empty) return;
    const auto code = people::set_up_code(house.keys());
    std::fprintf(
        stderr, "There is no company yet. Open %s/app to set it up.\n",
        house.office().public_url.c_str()
    );
    std::fprintf(
        stderr, "From another machine, or through a proxy, it asks for this code: %s\n",
        code.c_str()
    );
}

// Watches until somebody asks us to stop, or until nothing can be written any more.
int watch(House& house, http::Server& server, const StopSignal& signal) {
    int code = 0;
    while (!signal.came_within(1s)) {
        if (house.store().writable()) continue;
        log::error("the database cannot be written any more: stopping");
        code = 1;
        break;
    }
    house.rounds().stop();
    server.stop();
    return code;
}

// `furnish` runs when our own address is known and before anybody is let in.
int open_the_door(
    House& house, const Configuration& configuration, const StopSignal& signal,
    const std::function<void()>& furnish = [] {}
) {
    auto server = http::Server::open(server_options(configuration), house.router());
    const auto address = server->address();
    house.set_public_url(
        configuration.public_url.empty() ? "http://" + address : configuration.public_url
    );
    furnish();
    std::thread serving([&] { server->run(); });
    house.rounds().start();
    say_where(house, address);
    const auto code = watch(house, *server, signal);
    serving.join();
    return code;
}

HouseOptions house_options(const Configuration& configuration) {
    HouseOptions options;
    options.post.dialling.networks = configuration.mail_networks;
    return options;
}

void empty_database(const Configuration& configuration) {
    if (!configuration.database.starts_with("sqlite:")) {
        throw std::runtime_error("The demo empties its database at every start: SQLite only.");
    }
    const auto file = configuration.database.substr(std::string_view("sqlite:").size());
    const auto demo_mark = configuration.data + "/this-is-a-demo";
    if (std::filesystem::exists(file) && !std::filesystem::exists(demo_mark)) {
        throw std::runtime_error(
            "The folder " + configuration.data +
            " holds a database that is no demo's. Choose another folder with --data."
        );
    }
    if (auto* mark = std::fopen(demo_mark.c_str(), "w")) std::fclose(mark);
    for (const auto* end : {"", "-wal", "-shm"}) std::filesystem::remove(file + end);
}

}  // namespace

int serve(const Configuration& configuration) {
    const StopSignal signal;
    const DataFolder folder(configuration.data);
    auto opened =
        open_house(configuration.database, configuration.keys, configuration.database_connections);
    if (opened.store->dialect() == store::Dialect::sqlite) {
        opened.store->write([](store::Tx& tx) { mail::Post::release_leases(tx); });
    }
    House house(*opened.store, opened.keys, house_options(configuration));
    return open_the_door(house, configuration, signal);
}

int serve_demo(const Configuration& configuration) {
    const StopSignal signal;
    const DataFolder folder(configuration.data);
    empty_database(configuration);
    auto opened =
        open_house(configuration.database, configuration.keys, configuration.database_connections);
    mail::CaughtMail caught;
    HouseOptions options;
    options.post.instead = caught.transport([&store = *opened.store] { return store.clock(); });
    options.more_routes = demo::routes(caught);
    House house(*opened.store, opened.keys, std::move(options));
    return open_the_door(house, configuration, signal, [&] {
        demo::furnish(house);
        std::fprintf(
            stderr, "Sign in as %s with the password \"%s\". All mail is caught at /demo/mail.\n",
            std::string(demo::colleagues().front().email).c_str(),
            std::string(demo::password).c_str()
        );
    });
}

}  // namespace quittance
