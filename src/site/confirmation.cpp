#include "requests/address.h"
#include "site/page.h"
#include "site/pages.h"
#include "site/visitor.h"

namespace quittance::site {
namespace {

using requests::Redeemed;

std::string action_of(const Visitor& visitor) {
    return "/confirm/" + visitor.token + visitor.query;
}

// The same page for a link that is too old and for one that has been used.
http::Answer link_is_over(const Visitor& visitor, int status) {
    return render({visitor.language, "link_over", status, values_of(visitor)});
}

http::Answer enter(const Site& site, const Visitor& visitor, const requests::Entrance& entrance) {
    auto answer = http::Answer::see_other("/r/" + entrance.own_page + visitor.query);
    give_session(site, answer, entrance.session);
    return answer;
}

http::Answer press(const Site& site, const Visitor& visitor) {
    const auto entrance = site.office.store.write([&](store::Tx& tx) {
        return requests::press_button(tx, visitor.act, site.office, visitor.address);
    });
    if (entrance.outcome != Redeemed::opened) return link_is_over(visitor, 410);
    return enter(site, visitor, entrance);
}

http::Answer redeem(const Site& site, const Visitor& visitor, const std::string& code) {
    const auto entrance = site.office.store.write([&](store::Tx& tx) {
        auto opened = requests::type_code(tx, visitor.act, site.office, visitor.address, code);
        if (opened.outcome == Redeemed::opened) {
            const auto own_page = requests::own_page_address();
            requests::store_address(tx, visitor.act, visitor.address.request, own_page);
            opened.own_page = own_page.token;
        }
        return opened;
    });
    if (entrance.outcome == Redeemed::opened) return enter(site, visitor, entrance);
    return mailed_page(visitor, action_of(visitor), "code");
}

}  // namespace

http::Answer confirmation(const Site& site, const http::Call& call) {
    const auto who = visitor(site, call, requests::Purpose::confirm);
    const auto state = site.office.store.read([&](store::Reader& reader) {
        return requests::link_state(reader, who.address);
    });
    if (state != requests::LinkState::live) return link_is_over(who, 200);
    return render({who.language, "confirm", 200, values_of(who)});
}

http::Answer confirm(const Site& site, const http::Call& call) {
    const auto who = visitor(site, call, requests::Purpose::confirm);
    require_button(site, call);
    if (!field(call, "again").empty()) {
        // Whether a mail went out or three have gone already: the page is the same.
        site.office.store.write([&](store::Tx& tx) {
            requests::mail_fresh_code(tx, who.act, site.office, who.address);
        });
        return mailed_page(who, action_of(who));
    }
    if (!field(call, "press").empty()) return press(site, who);
    return redeem(site, who, field(call, "code"));
}

}  // namespace quittance::site
