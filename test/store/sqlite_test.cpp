// What only SQLite's writer and readers promise.
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <atomic>
#include <cstring>
#include <filesystem>
#include <latch>
#include <thread>

#include "test/databases.h"

namespace quittance::store {
namespace {

constexpr auto add = "INSERT INTO tries (subject, since, count) VALUES (?, 0, 0)";
constexpr auto total = "SELECT CAST(COUNT(*) AS BIGINT) FROM tries";

class Sqlite : public test::Databases {
protected:
    std::string file() const { return url().substr(std::string_view("sqlite:").size()); }
    std::int64_t rows() {
        return *store().read([&](Reader& reader) {
            return reader.one(total, {}, [](const Row& row) { return row.integer(0); });
        });
    }
    std::string setting(Reader& reader, const std::string& name) {
        return *reader.one(
            "SELECT CAST(" + name + " AS TEXT) FROM pragma_" + name, {},
            [](const Row& row) { return row.string(0); }
        );
    }
    // 503 with this code, or something else.
    template <class F>
    std::string refusal_of(F&& f) {
        try {
            f();
        } catch (const Refusal& refusal) {
            return refusal.no == No::unavailable ? refusal.code : "another refusal";
        }
        return "none";
    }
};
INSTANTIATE_TEST_SUITE_P(databases, Sqlite, testing::Values(Dialect::sqlite), test::name_of);

TEST_P(Sqlite, a_full_disk_is_503_and_writing_goes_on_when_there_is_room) {
    store().write([&](Tx& tx) {
        tx.run(add, {Uuid::make()});
        const auto pages =
            tx.one("SELECT page_count FROM pragma_page_count", {}, [](const Row& row) {
                return row.integer(0);
            });
        tx.any("PRAGMA max_page_count = " + std::to_string(*pages + 2), {});
    });
    const std::string large(50'000, 'x');
    EXPECT_EQ(
        refusal_of([&] { store().write([&](Tx& tx) { tx.run(add, {Blob{large}}); }); }),
        "unavailable"
    );
    EXPECT_TRUE(store().writable());
    store().write([&](Tx& tx) { tx.any("PRAGMA max_page_count = 1000000", {}); });
    store().write([&](Tx& tx) { tx.run(add, {Blob{large}}); });
    EXPECT_EQ(rows(), 2);
}

TEST_P(Sqlite, a_full_disk_takes_the_whole_group_along_and_nothing_of_it_stays) {
    std::latch busy(1);
    std::latch queued(1);
    std::jthread first([&] {
        store().write([&](Tx& tx) {
            tx.any("PRAGMA max_page_count = 1", {});
            busy.count_down();
            queued.wait();
        });
    });
    busy.wait();
    // These queue behind it and become one group.
    std::atomic<int> waiting = 0;
    std::atomic<int> unavailable = 0;
    std::vector<std::jthread> neighbours;
    for (int i = 0; i < 8; ++i) {
        neighbours.emplace_back([&, i] {
            const std::string large(i == 5 ? 500'000 : 16, static_cast<char>('a' + i));
            ++waiting;
            if (refusal_of([&] { store().write([&](Tx& tx) { tx.run(add, {Blob{large}}); }); }) ==
                "unavailable") {
                ++unavailable;
            }
        });
    }
    while (waiting < 8) std::this_thread::yield();
    queued.count_down();
    neighbours.clear();
    // How many had queued in time is up to the machine; each of them heard the truth.
    EXPECT_GE(unavailable, 1);
    EXPECT_EQ(rows(), 8 - unavailable);
    EXPECT_TRUE(store().writable());
}

TEST_P(Sqlite, one_read_sees_one_moment) {
    store().read([&](Reader& reader) {
        const auto count = [&] {
            return *reader.one(total, {}, [](const Row& row) { return row.integer(0); });
        };
        EXPECT_EQ(count(), 0);
        std::jthread([&] { store().write([&](Tx& tx) { tx.run(add, {Uuid::make()}); }); }).join();
        EXPECT_EQ(count(), 0);
    });
    EXPECT_EQ(rows(), 1);
}

TEST_P(Sqlite, a_read_cannot_write) {
    EXPECT_ANY_THROW(store().read([&](Reader& reader) {
        reader.any("INSERT INTO tries (subject, since, count) VALUES (x'00', 0, 0)", {});
    }));
    EXPECT_EQ(rows(), 0);
}

TEST_P(Sqlite, a_write_inside_a_write_is_a_fault_and_not_a_standstill) {
    EXPECT_THROW(store().write([&](Tx&) { store().write([](Tx&) {}); }), std::logic_error);
}

TEST_P(Sqlite, more_readers_than_connections_take_turns) {
    close();
    open({.connections_max = 2});
    std::vector<std::jthread> readers;
    std::atomic<int> done = 0;
    for (int i = 0; i < 16; ++i) {
        readers.emplace_back([&] {
            for (int j = 0; j < 20; ++j) done += static_cast<int>(rows()) + 1;
        });
    }
    readers.clear();
    EXPECT_EQ(done, 16 * 20);
}

TEST_P(Sqlite, is_set_up_to_keep_and_to_forget) {
    const auto check = [&](Reader& reader) {
        EXPECT_EQ(setting(reader, "journal_mode"), "wal");
        EXPECT_EQ(setting(reader, "synchronous"), "2");
        EXPECT_EQ(setting(reader, "foreign_keys"), "1");
        EXPECT_EQ(setting(reader, "secure_delete"), "1");
    };
    store().write(check);
    store().read(check);
    struct stat about {};
    ASSERT_EQ(::stat(file().c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777, 0600u);
}

TEST_P(Sqlite, a_checkpoint_empties_the_log_and_erased_bytes_are_gone) {
    const std::string secret = "the words of a person who asked to be forgotten";
    const auto found_in = [&](const std::string& name) {
        std::FILE* stream = std::fopen(name.c_str(), "rb");
        if (!stream) return false;
        std::string bytes(std::filesystem::file_size(name), '\0');
        const auto read = std::fread(bytes.data(), 1, bytes.size(), stream);
        std::fclose(stream);
        return bytes.substr(0, read).find(secret) != bytes.npos;
    };
    store().write([&](Tx& tx) { tx.run(add, {Blob{secret}}); });
    EXPECT_TRUE(found_in(file() + "-wal"));
    store().write([&](Tx& tx) { tx.run("DELETE FROM tries", {}); });
    store().checkpoint();
    EXPECT_EQ(std::filesystem::file_size(file() + "-wal"), 0u);
    EXPECT_FALSE(found_in(file()));
}

TEST_P(Sqlite, what_was_written_is_there_when_it_is_opened_again) {
    store().write([&](Tx& tx) { tx.run(add, {Uuid::make()}); });
    close();
    EXPECT_FALSE(std::filesystem::exists(file() + "-wal"));
    open();
    EXPECT_EQ(rows(), 1);
}

// SQLite's own file system with an fsync that can be made to fail.
struct FailingDisk {
    static inline std::atomic<bool> broken = false;
    static inline sqlite3_vfs* real = nullptr;
    static inline sqlite3_vfs vfs{};
    static inline sqlite3_io_methods methods{};
    static inline int (*real_sync)(sqlite3_file*, int) = nullptr;

    FailingDisk() {
        broken = false;
        real = sqlite3_vfs_find(nullptr);
        vfs = *real;
        vfs.zName = "failing";
        vfs.xOpen = [](sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
            const int code = real->xOpen(real, name, file, flags, out);
            if (code != SQLITE_OK || !(flags & SQLITE_OPEN_WAL)) return code;
            methods = *file->pMethods;
            real_sync = methods.xSync;
            methods.xSync = [](sqlite3_file* synced, int how) {
                return broken ? SQLITE_IOERR_FSYNC : real_sync(synced, how);
            };
            file->pMethods = &methods;
            return code;
        };
        sqlite3_vfs_register(&vfs, 1);
    }
    ~FailingDisk() {
        sqlite3_vfs_register(real, 1);
        sqlite3_vfs_unregister(&vfs);
    }
};

TEST_P(Sqlite, an_io_error_on_fsync_stops_all_writing_for_good) {
    close();
    const FailingDisk disk;
    open();
    store().write([&](Tx& tx) { tx.run(add, {Uuid::make()}); });
    const auto write = [&] { store().write([&](Tx& tx) { tx.run(add, {Uuid::make()}); }); };
    FailingDisk::broken = true;
    EXPECT_EQ(refusal_of(write), "unavailable");
    EXPECT_FALSE(store().writable());
    FailingDisk::broken = false;
    EXPECT_EQ(refusal_of(write), "unavailable");
    EXPECT_EQ(refusal_of([&] { store().checkpoint(); }), "unavailable");
    EXPECT_FALSE(store().writable());
    EXPECT_EQ(rows(), 1);
    close();
}

}  // namespace
}  // namespace quittance::store
