#include "http/assets.h"

#include <gtest/gtest.h>

namespace quittance::http {
namespace {

constexpr EmbeddedFile style{
    "assets/pages/style.css", "text/css; charset=utf-8", "plain", "zipped", "brotlied", false};
constexpr EmbeddedFile hashed{
    "assets/index-C5nRvQ2s.js", "text/javascript; charset=utf-8", "code", "", "", true};

Call asking(std::string encodings, std::string etag = "") {
    Call call;
    if (!encodings.empty()) call.headers.add("accept-encoding", encodings);
    if (!etag.empty()) call.headers.add("if-none-match", etag);
    return call;
}

TEST(Assets, that_are_not_there_are_404) {
    EXPECT_THROW(asset(Call(), "/assets/nothing.js"), Refusal);
    EXPECT_THROW(asset(Call(), "index.html"), Refusal);
    EXPECT_THROW(asset(Call(), ""), Refusal);
}

TEST(Assets, come_in_the_best_encoding_that_the_client_takes) {
    const auto encoding = [](std::string accepted) {
        const auto answer = asset(asking(accepted), style);
        EXPECT_EQ(answer.headers.find("vary"), "accept-encoding");
        const std::string name(answer.headers.find("content-encoding").value_or("none"));
        EXPECT_EQ(answer.body, name == "br" ? "brotlied" : name == "gzip" ? "zipped" : "plain");
        return name;
    };
    EXPECT_EQ(encoding(""), "none");
    EXPECT_EQ(encoding("identity"), "none");
    EXPECT_EQ(encoding("gzip, deflate, br"), "br");
    EXPECT_EQ(encoding("gzip;q=1.0, br;q=0"), "gzip");
    EXPECT_EQ(encoding("gzip;q=0, br;q=0.000"), "none");
    EXPECT_EQ(encoding("br;q=0.001"), "br");
    EXPECT_EQ(encoding("*"), "br");
    EXPECT_EQ(encoding("*;q=0, gzip"), "gzip");
    EXPECT_EQ(encoding("brotli, xgzip"), "none");
}

TEST(Assets, without_a_compressed_form_come_plain) {
    const auto answer = asset(asking("br, gzip"), hashed);
    EXPECT_EQ(answer.body, "code");
    EXPECT_FALSE(answer.headers.find("content-encoding"));
    EXPECT_EQ(answer.headers.find("content-type"), "text/javascript; charset=utf-8");
}

TEST(Assets, are_kept_for_ever_by_hashed_names_and_asked_about_by_others) {
    EXPECT_EQ(
        asset(Call(), hashed).headers.find("cache-control"), "public, max-age=31536000, immutable"
    );
    EXPECT_EQ(asset(Call(), style).headers.find("cache-control"), "no-cache");
}

TEST(Assets, that_a_client_has_already_are_304) {
    const std::string plain(asset(Call(), style).headers.find("etag").value());
    const std::string brotli(asset(asking("br"), style).headers.find("etag").value());
    EXPECT_NE(plain, brotli);
    EXPECT_TRUE(plain.starts_with('"') && plain.ends_with('"'));
    for (const auto& etags : {plain, "W/" + plain, "\"other\", " + plain, std::string("*")}) {
        const auto answer = asset(asking("", etags), style);
        EXPECT_EQ(answer.status, 304) << etags;
        EXPECT_EQ(answer.body, "");
        EXPECT_EQ(answer.headers.find("etag"), plain);
    }
    EXPECT_EQ(asset(asking("", brotli), style).status, 200);
    EXPECT_EQ(asset(asking("", "\"other\""), style).status, 200);
}

TEST(Assets, of_this_build_are_all_served) {
    for (const auto& file : embedded_files()) {
        if (file.path == "index.html") continue;
        EXPECT_EQ(asset(Call(), file.path).body, file.bytes) << file.path;
        EXPECT_FALSE(file.bytes.empty()) << file.path;
    }
}

TEST(AgentsPage, has_a_fresh_nonce_in_page_and_policy) {
    const auto first = page_with_nonce("<script nonce={{nonce}}></script><i nonce={{nonce}}>");
    const auto second = page_with_nonce("<script nonce={{nonce}}></script>");
    const std::string policy(first.headers.find("content-security-policy").value());
    const auto begin = policy.find("'nonce-") + 7;
    const auto nonce = policy.substr(begin, policy.find('\'', begin) - begin);
    EXPECT_GE(nonce.size(), 22U);
    EXPECT_EQ(first.body, "<script nonce=" + nonce + "></script><i nonce=" + nonce + ">");
    EXPECT_NE(policy.find("style-src 'self' 'nonce-" + nonce + "'"), std::string::npos);
    EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos);
    EXPECT_EQ(policy.find("unsafe"), std::string::npos);
    EXPECT_EQ(second.body.find(nonce), std::string::npos);
}

TEST(AgentsPage, is_there_or_says_how_to_build_it) {
    const auto answer = index();
    EXPECT_EQ(answer.headers.find("content-type"), "text/html; charset=utf-8");
    if (answer.status == 503) {
        EXPECT_NE(answer.body.find("npm run build"), std::string::npos);
    } else {
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.body.find("{{nonce}}"), std::string::npos);
    }
}

}  // namespace
}  // namespace quittance::http
