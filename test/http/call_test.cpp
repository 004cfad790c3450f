#include "http/call.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace quittance::http {
namespace {

Call form_call(std::string type, std::string body) {
    Call call;
    if (!type.empty()) call.headers.add("Content-Type", std::move(type));
    call.body = std::move(body);
    return call;
}

std::string refusal_of(const Call& call) {
    try {
        call.form();
    } catch (const Refusal& refusal) {
        return refusal.code;
    }
    return "";
}

TEST(Headers, never_hold_a_line_break_or_another_control_character) {
    Headers headers;
    EXPECT_THROW(headers.add("location", "/a\r\nset-cookie: x=1"), std::invalid_argument);
    EXPECT_THROW(headers.set("location", "/a\nb"), std::invalid_argument);
    EXPECT_THROW(headers.add("x", std::string("a\0b", 3)), std::invalid_argument);
    EXPECT_THROW(headers.add("x y", "a"), std::invalid_argument);
    EXPECT_THROW(headers.add("", "a"), std::invalid_argument);
    EXPECT_THROW(Answer::see_other("/a\r\n\r\n<script>"), std::invalid_argument);
    EXPECT_EQ(headers.begin(), headers.end());
}

TEST(Headers, find_the_first_of_a_name_and_set_replaces_all) {
    Headers headers;
    headers.add("X-One", "1");
    headers.add("x-one", "2");
    EXPECT_EQ(headers.find("x-one"), "1");
    headers.set("X-ONE", "3");
    EXPECT_EQ(headers.find("x-one"), "3");
    EXPECT_EQ(headers.end() - headers.begin(), 1);
    EXPECT_EQ(headers.find("x-two"), std::nullopt);
}

TEST(Cookies, are_found_by_their_whole_name_in_every_cookie_field) {
    Call call;
    call.headers.add("cookie", "xsession=no; session=a=b;other=; broken");
    call.headers.add("cookie", "second=2");
    EXPECT_EQ(call.cookie("session"), "a=b");
    EXPECT_EQ(call.cookie("other"), "");
    EXPECT_EQ(call.cookie("second"), "2");
    EXPECT_EQ(call.cookie("broken"), std::nullopt);
    EXPECT_EQ(call.cookie("sess"), std::nullopt);
}

TEST(Forms, of_another_type_or_charset_are_refused) {
    EXPECT_EQ(refusal_of(form_call("", "a=1")), "unsupported_media_type");
    EXPECT_EQ(refusal_of(form_call("application/json", "{}")), "unsupported_media_type");
    EXPECT_EQ(
        refusal_of(form_call("application/x-www-form-urlencoded; charset=latin1", "a=1")),
        "unsupported_media_type"
    );
}

TEST(Forms, with_a_bad_encoding_or_too_many_fields_are_refused) {
    const std::string type = "application/x-www-form-urlencoded";
    EXPECT_EQ(refusal_of(form_call(type, "a=%zz")), "malformed_form");
    EXPECT_EQ(refusal_of(form_call(type, "a=%4")), "malformed_form");
    EXPECT_EQ(refusal_of(form_call(type, "a=%00")), "malformed_form");
    EXPECT_EQ(refusal_of(form_call(type, "a=%ff")), "malformed_form");
    std::string many;
    for (int i = 0; i < 1001; ++i) many += "a&";
    EXPECT_EQ(refusal_of(form_call(type, many)), "malformed_form");
}

TEST(Forms, are_decoded_once_and_in_order) {
    const auto call = form_call(
        "Application/X-WWW-Form-Urlencoded; Charset=UTF-8", "name=Jos%C3%A9+M.&plus=%2B&p=%2541&e="
    );
    const std::vector<std::pair<std::string, std::string>> expected{
        {"name", "José M."}, {"plus", "+"}, {"p", "%41"}, {"e", ""}};
    EXPECT_EQ(call.form(), expected);
}

TEST(PathParameters, that_are_no_id_are_unknown) {
    Call call;
    call.in_path["id"] = "17";
    EXPECT_THROW(call.id<RequestId>(), Refusal);
    EXPECT_THROW(call.id<RequestId>("other"), Refusal);
    const auto id = RequestId::make();
    call.in_path["id"] = id.text();
    EXPECT_EQ(call.id<RequestId>(), id);
}

}  // namespace
}  // namespace quittance::http
