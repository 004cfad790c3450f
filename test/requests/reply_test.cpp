#include "requests/reply.h"

#include "requests/attestation.h"
#include "requests/closure.h"
#include "requests/review.h"
#include "requests/templates.h"
#include "requests/verification.h"
#include "test/requests/office_fixture.h"

namespace quittance::requests {
namespace {

class Replies : public OfficeTest {
protected:
    std::string refused(RequestId id, const ReplyOrder& order) {
        return refusal([&](store::Tx& tx) { requests::reply(tx, ada, office(), id, order); });
    }
    std::string refused_closing(RequestId id, Decision decision) {
        return refusal([&](store::Tx& tx) {
            requests::close(tx, ada, office(), id, decision, std::nullopt);
        });
    }
    Uuid template_of(const std::string& type, const std::string& occasion) {
        const auto all =
            store().read([&](store::Reader& reader) { return templates(reader, account, type); });
        const auto found = std::ranges::find_if(all, [&](const Template& one) {
            return one.text.occasion == occasion;
        });
        if (found == all.end()) throw std::logic_error("no template for " + occasion);
        return found->id;
    }
    static ReplyOrder with_template(Uuid id) {
        ReplyOrder order;
        order.template_ = id;
        return order;
    }
    static ReplyOrder by(SentBy how) {
        ReplyOrder order;
        order.sent_by = how;
        return order;
    }
    // As the mail round would: the newest letter could not be delivered, or was.
    void settle_letter(RequestId id, bool sent) {
        const auto letter = *view(id).replies.back().letter;
        write([&](store::Tx& tx) {
            tx.run(
                "UPDATE letters SET state = ?, next_at = NULL, settled_at = ? "
                "WHERE account_id = ? AND id = ?",
                {sent ? "sent" : "failed", tx.now(), account, letter}
            );
            letter_settled(
                tx, {.account = account, .agent = {}, .key = {}, .door = Door::round}, office(), id,
                letter, "reply", sent, sent ? "" : "550: no such mailbox"
            );
        });
    }
    RequestId rejected() {
        const auto id = receive("erase");
        write([&](store::Tx& tx) {
            reject(tx, ada, office(), id, {"cannot_identify", {}, {}}, {});
        });
        return id;
    }
    RequestId with_exception() {
        const auto id = request_in(Stage::process);
        write([&](store::Tx& tx) {
            requests::attest(
                tx, ada, office(), id,
                {"all data was deleted", std::vector<std::string>{"Shop", "Newsletter"},
                 std::vector<Exception>{{"Accounting", "tax_and_accounting", "31 December 2034"}}},
                std::nullopt
            );
        });
        complete(id);
        return id;
    }
};
INSTANTIATE_TEST_SUITE_P(databases, Replies, test::both(), test::name_of);

TEST_P(Replies, that_are_not_one_of_the_three_kinds_are_refused) {
    const auto id = request_in(Stage::reply);
    const auto before = everything_about(id);
    ReplyOrder order;
    EXPECT_EQ(refused(id, order), "invalid_fields /subject required");
    order.subject = "Your request";
    EXPECT_EQ(refused(id, order), "invalid_fields /body required");
    order.body = std::string(100'001, 'x');
    EXPECT_EQ(refused(id, order), "invalid_fields /body too_long");
    order.body = "Done.";
    order.subject = "Your\nrequest";
    EXPECT_EQ(refused(id, order), "invalid_fields /subject one_line");
    order.template_ = template_of("erase", "granted");
    EXPECT_EQ(refused(id, order), "invalid_fields /subject not_with_template");
    order = by(SentBy::letter);
    order.template_ = template_of("erase", "granted");
    EXPECT_EQ(refused(id, order), "invalid_fields /template not_with_sent_by");
    EXPECT_EQ(everything_about(id), before);
}

TEST_P(Replies, come_from_a_living_template_of_the_type_and_a_possible_outcome) {
    const auto id = request_in(Stage::reply);
    const auto before = everything_about(id);
    EXPECT_EQ(refused(id, with_template(Uuid::make())), "not_found");
    EXPECT_EQ(
        refused(id, with_template(template_of("rectify", "granted"))),
        "invalid_fields /template template_not_for_type"
    );
    for (const auto* occasion : {"refused", "acknowledgement", "verification"}) {
        EXPECT_EQ(
            refused(id, with_template(template_of("erase", occasion))),
            "invalid_fields /template template_not_for_outcome"
        ) << occasion;
    }
    EXPECT_EQ(everything_about(id), before);
    EXPECT_EQ(
        refused(with_exception(), with_template(template_of("erase", "granted"))),
        "invalid_fields /template template_not_for_outcome"
    );
    EXPECT_EQ(
        refused(rejected(), with_template(template_of("erase", "granted"))),
        "invalid_fields /template template_not_for_outcome"
    );
}

TEST_P(Replies, are_written_once) {
    const auto id = request_in(Stage::reply);
    reply(id);
    const auto before = everything_about(id);
    EXPECT_EQ(refused(id, by(SentBy::letter)), "already_replied");
    EXPECT_EQ(
        refusal([&](store::Tx& tx) {
            save_draft(tx, ada, office(), id, {{}, "A", "B"});
        }),
        "already_replied"
    );
    EXPECT_EQ(everything_about(id), before);
}

TEST_P(Replies, by_mail_need_an_address) {
    auto one = intake("erase", Channel::phone);
    one.person.email.reset();
    const auto id = receive(one).row.id;
    verify(id);
    approve(id);
    attest(id);
    complete(id);
    ReplyOrder order;
    order.subject = "Your request";
    order.body = "Done.";
    EXPECT_EQ(refused(id, order), "invalid_fields /sent_by no_email");
    order = by(SentBy::phone);
    order.note = "Told her on Monday";
    EXPECT_EQ(refused(id, order), "");
    EXPECT_EQ(view(id).replies[0].state, "by_other_means");
    EXPECT_EQ(view(id).replies[0].note, "Told her on Monday");
    close(id, Decision::granted);
}

TEST_P(Replies, with_a_template_say_where_it_was_deleted_and_whom_to_complain_to) {
    const auto id = request_in(Stage::reply);
    EXPECT_EQ(refused(id, with_template(template_of("erase", "granted"))), "");
    const auto letter = letters(id).back();
    EXPECT_EQ(letter.to, "Jane.Roe@mailbox.test");
    EXPECT_EQ(letter.subject, "Your data has been deleted (" + row(id).reference + ")");
    EXPECT_TRUE(letter.text.starts_with("Hello Jane Zebedee Roe,\n\n")) << letter.text;
    EXPECT_NE(letter.text.find("\n- Shop\n"), std::string::npos) << letter.text;
    EXPECT_NE(letter.text.find("you can complain to CNIL"), std::string::npos) << letter.text;
    EXPECT_TRUE(letter.text.ends_with("\nAcme Ltd\n")) << letter.text;
    EXPECT_EQ(letter.text.find("\n\n\n"), std::string::npos) << letter.text;
    EXPECT_EQ(view(id).replies[0].body, letter.text);
}

TEST_P(Replies, say_what_is_kept_and_why) {
    const auto id = with_exception();
    EXPECT_EQ(refused(id, with_template(template_of("erase", "partly"))), "");
    const auto text = letters(id).back().text;
    EXPECT_NE(
        text.find("Not deleted, and why:\n- Accounting: We must keep these records for tax and "
                  "bookkeeping until 31 December 2034. They are used for nothing else.\n"),
        std::string::npos
    ) << text;
    EXPECT_EQ(
        refused_closing(id, Decision::granted), "invalid_fields /decision decision_not_possible"
    );
    close(id, Decision::partly);
}

TEST_P(Replies, of_a_refusal_name_the_ground_and_nobody_while_the_address_is_unproven) {
    const auto id = rejected();
    EXPECT_EQ(refused(id, with_template(template_of("erase", "refused"))), "");
    const auto letter = letters(id).back();
    EXPECT_TRUE(letter.text.starts_with("Hello,\n")) << letter.text;
    EXPECT_TRUE(letter.to_name.empty());
    EXPECT_NE(letter.text.find("We could not be sure that the data is yours"), std::string::npos);
    EXPECT_EQ(letter.text.find("Zebedee"), std::string::npos);
    for (const auto decision : {Decision::granted, Decision::partly, Decision::nothing_found}) {
        EXPECT_EQ(refused_closing(id, decision), "invalid_fields /decision decision_not_possible");
    }
    close(id, Decision::refused);
    EXPECT_EQ(row(id).decision, Decision::refused);
}

TEST_P(Replies, come_before_the_closure_but_not_their_delivery) {
    const auto id = request_in(Stage::reply);
    EXPECT_EQ(refused_closing(id, Decision::granted), "no_reply");
    reply(id);
    EXPECT_EQ(
        refused_closing(id, Decision::refused), "invalid_fields /decision decision_not_possible"
    );
    EXPECT_EQ(
        refused_closing(id, Decision::withdrawn), "invalid_fields /decision decision_not_possible"
    );
    close(id, Decision::nothing_found);
    EXPECT_EQ(view(id).replies[0].state, "queued");
}

TEST_P(Replies, that_failed_may_be_written_anew) {
    const auto id = request_in(Stage::reply);
    reply(id);
    settle_letter(id, false);
    EXPECT_EQ(events(id).back(), "letter_failed");
    EXPECT_EQ(view(id).replies[0].state, "failed");
    EXPECT_EQ(refused_closing(id, Decision::granted), "no_reply");
    EXPECT_EQ(refused(id, by(SentBy::letter)), "");
    close(id, Decision::granted);
    EXPECT_EQ(view(id).replies.size(), 2U);
}

TEST_P(Replies, that_failed_go_again_unchanged_only_to_an_address_somebody_vouches_for) {
    const auto id = request_in(Stage::reply);
    reply(id);
    const auto reply = view(id).replies[0].id;
    const auto again = [&](const std::optional<std::string>& to) {
        return refusal([&](store::Tx& tx) { send_again(tx, ada, office(), id, reply, to); });
    };
    EXPECT_EQ(again({}), "not_failed");
    close(id, Decision::granted);
    settle_letter(id, false);
    EXPECT_EQ(again("jane@elsewhere.test"), "invalid_fields /to address_not_proven");
    EXPECT_EQ(again("not an address"), "invalid_fields /to address_not_proven");
    EXPECT_EQ(
        refusal([&](store::Tx& tx) {
            send_again(tx, ada, office(), id, Uuid::make(), std::nullopt);
        }),
        "not_found"
    );
    EXPECT_EQ(again({}), "");
    EXPECT_EQ(view(id).replies[0].state, "queued");
    EXPECT_EQ(letters(id).back().text, "Dear Jane, it is done.");
    settle_letter(id, true);
    EXPECT_EQ(view(id).replies[0].state, "sent");
    EXPECT_EQ(again({}), "not_failed");
    const auto all = events(id);
    EXPECT_EQ(std::ranges::count(all, "reply_resent"), 1);
    EXPECT_EQ(all.back(), "letter_sent");
}

TEST_P(Replies, go_to_a_corrected_address_that_an_agent_attested) {
    const auto id = request_in(Stage::reply);
    write([&](store::Tx& tx) {
        attest_identifier(
            tx, ada, office(), id, "email", "jane@corrected.test", Method::known_to_agent,
            "By phone"
        );
    });
    reply(id);
    settle_letter(id, false);
    const auto reply = view(id).replies[0].id;
    write([&](store::Tx& tx) { send_again(tx, ada, office(), id, reply, "Jane@Corrected.TEST"); });
    EXPECT_EQ(letters(id).back().to, "Jane@Corrected.TEST");
}

TEST_P(Replies, are_drafted_as_often_as_one_likes) {
    const auto id = request_in(Stage::reply);
    const auto draft = [&](const Act& act, const char* body) {
        write([&](store::Tx& tx) { save_draft(tx, act, office(), id, {{}, "", body}); });
    };
    draft(ada, "");
    draft(bob, "Dear Jane");
    EXPECT_EQ(view(id).draft->draft.body, "Dear Jane");
    EXPECT_EQ(view(id).draft->agent, bob.agent);
    EXPECT_EQ(view(id).draft->version, 2);
    EXPECT_EQ(
        refusal([&](store::Tx& tx) {
            save_draft(tx, ada, office(), id, {{}, "", "Old"}, 1);
        }),
        "stale"
    );
    EXPECT_EQ(view(id).draft->draft.body, "Dear Jane");
    reply(id);
    EXPECT_FALSE(view(id).draft);
}

}  // namespace
}  // namespace quittance::requests
