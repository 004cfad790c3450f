#include "demo_cast.h"

#include <array>

namespace quittance::demo {
namespace {

constexpr std::array all_colleagues{
    Colleague{"Marit Solheim", "marit@haldenroe.example", "owner"},
    Colleague{"Tomasz Wieczorek", "tomasz@haldenroe.example", "agent"},
    Colleague{"Noor Haddad", "noor@haldenroe.example", "agent"},
    Colleague{"Jonas Brandt", "jonas@haldenroe.example", "technician"},
    Colleague{"Ines Carvalho", "ines@haldenroe.example", "auditor"},
};

constexpr std::array all_stories{
    Story{
        "Chukwuemeka Okonjo-Adeyemi", "c.okonjo-adeyemi@lagoonpost.example", "erase", "IE", "",
        "web", "I moved to another shop. Delete my account and everything in it.", 34,
        Reached::process, 1},
    Story{
        "Дарья Мельникова", "d.melnikova@severpochta.example", "rectify", "EE", "", "web",
        "My street is spelled wrong in your letters: it is Väike-Ameerika 19, not 91.", 32,
        Reached::review, 2},
    Story{
        "Anneliese Brückner-Öztürk", "anneliese.brueckner@postfach-nord.example", "erase", "DE", "",
        "web",
        "Bitte löschen Sie mein Kundenkonto und alle Bestellungen. Meine Kundennummer war "
        "40-118-277, früher hieß ich Brückner.",
        29, Reached::review, 0},
    Story{
        "יעל ברקוביץ׳", "yael.berkovitz@gvanim.example", "erase", "IL", "", "web",
        "נא למחוק את כל הפרטים שלי.", 28, Reached::reply, 0},
    Story{
        "María del Carmen Fernández-Villaverde y Ruiz de la Prada",
        "mcarmen.fernandezvillaverde.ruizdelaprada@correolargo.example", "erase", "ES", "", "web",
        "Quiero que borren mis datos, también los del sorteo de mayo.", 27, Reached::process, 2},
    Story{
        "李思源", "li.siyuan@yunmail.example", "rectify", "FR", "", "web",
        "My given name and family name are the wrong way round on my invoices.", 26,
        Reached::review, -1},
    Story{
        "Tom Achterberg", "tom@achterberg.example", "unsubscribe", "NL", "", "web",
        "Three newsletters this week. None would be the right number.", 1, Reached::review, 2},
    Story{
        "Σοφία Παπαδοπούλου", "sofia.papadopoulou@aigaio.example", "erase", "GR", "", "web",
        "Delete my loyalty card and what you know from it.", 24, Reached::attested, 0},
    Story{
        "محمد الفارسي", "m.alfarsi@barid.example", "erase", "SE", "", "web",
        "I never ordered anything; my neighbour used my address.", 17, Reached::review, 1},
    Story{
        "Siobhán Ní Fhloinn", "siobhan@nifhloinn.example", "erase", "IE", "", "web", "", 16,
        Reached::review, 0},
    Story{
        "Łukasz Żółtowski", "l.zoltowski@skrytka.example", "erase", "PL", "", "web",
        "Proszę usunąć moje dane z bazy sklepu.", 15, Reached::review, -1},
    Story{
        "ნინო გელაშვილი", "nino.gelashvili@tserili.example", "erase", "AT", "", "web",
        "Please close the account that I opened at the Vienna shop.", 14, Reached::replied, 2},
    Story{
        "João Pedro d'Ávila Teixeira", "jp.davila@correiobelo.example", "erase", "PT", "", "web",
        "Apaguem por favor a minha conta. Guardem apenas o que a lei exige.", 13, Reached::process,
        2},
    Story{
        "Éloïse de Rochambeau", "eloise@derochambeau.example", "rectify", "FR", "", "web",
        "I was born in 1987, not in 1978.", 10, Reached::process, 0},
    Story{
        "O. Nguyễn Thị Minh Khai", "minhkhai.nguyen@thudientu.example", "erase", "DE", "", "web",
        "", 9, Reached::review, 1},
    Story{
        "Harriet Blackwood", "h.blackwood@tidepost.example", "erase", "GB", "", "web",
        "You still write to my late husband. Please stop and delete.", 8, Reached::review, -1},
    Story{
        "Dolores Quintana", "dolores.q@sunmail.example", "opt_out_sale", "US", "US-CA", "web",
        "Do not sell or share my data.", 6, Reached::review, 1},
    Story{
        "Marcus Whitfield", "marcus@whitfield.example", "opt_out_sale", "US", "US-CO", "web", "", 5,
        Reached::process, 1},
    Story{
        "Ingrid Sørensen", "ingrid@sorensen.example", "unsubscribe", "DK", "", "web",
        "No more catalogues, thank you.", 0, Reached::review, -1},
    Story{
        "Petr Novotný", "petr.novotny@posta.example", "erase", "CZ", "", "web", "", 3,
        Reached::awaiting_proof, -1},
    Story{
        "Giulia Bianchi", "giulia.bianchi@lettera.example", "erase", "IT", "", "web",
        "Cancellate il mio profilo, grazie.", 1, Reached::awaiting_proof, -1},
    Story{
        "Someone who gave no name", "hello@halfwritten.example", "rectify", "BE", "", "web",
        "The telephone number is old.", 0, Reached::awaiting_proof, -1},
    Story{
        "Werner Vogelsang", "", "erase", "DE", "", "phone",
        "Called the shop in Kiel. Has no e-mail and wants a letter back: Deichstraße 4, Kiel.", 4,
        Reached::unproven, 2},
    Story{
        "Agnes Lindqvist", "agnes.lindqvist@brevlada.example", "erase", "SE", "", "letter",
        "Wrote by hand, signed. The letter is in folder 12.", 7, Reached::unproven, 0},
    Story{
        "Beatriz Cardoso", "beatriz@cardoso.example", "erase", "PT", "", "web", "", 20,
        Reached::rejected, 2},
    Story{
        "Olivier Dumont", "olivier.dumont@courrier.example", "erase", "FR", "", "web",
        "Delete the invoices of my company too.", 40, Reached::closed_partly, 0},
    Story{
        "Katarzyna Zielińska", "k.zielinska@skrytka.example", "erase", "PL", "", "web", "", 45,
        Reached::closed_granted, 1},
    Story{
        "Hamish MacLeod", "hamish@macleod.example", "erase", "GB", "", "web",
        "Account and newsletter, both.", 50, Reached::closed_granted, 2},
    Story{
        "Åsa Bergström", "asa.bergstrom@brevlada.example", "unsubscribe", "SE", "", "web", "", 21,
        Reached::closed_granted, 2},
    Story{
        "Rosa Delgado", "rosa.delgado@sunmail.example", "opt_out_sale", "US", "US-TX", "web", "",
        25, Reached::closed_granted, 1},
    Story{
        "Emil Horváth", "emil.horvath@level.example", "erase", "HU", "", "web",
        "I think you have my number from a friend.", 38, Reached::closed_nothing_found, 1},
    Story{
        "Yusuf Demir", "yusuf.demir@mektup.example", "rectify", "DE", "", "web",
        "It is Demir, without the r in the middle.", 33, Reached::closed_granted, 0},
    Story{
        "Clara Vandenberghe", "clara@vandenberghe.example", "erase", "BE", "", "web",
        "All of it, for the fifth time this month.", 36, Reached::closed_refused, 0},
    Story{
        "Leonardo Ferri", "leo.ferri@lettera.example", "erase", "IT", "", "web",
        "Changed my mind: I want to keep the loyalty points.", 19, Reached::withdrawn, 1},
    Story{
        "Best Prices Today", "offers@bulkbulk.example", "erase", "US", "US-NV", "web",
        "Increase your traffic with our certified backlinks.", 12, Reached::spam, 2},
    Story{
        "Mairéad Ó Súilleabháin-Fitzgerald-Montgomery of Ballinspittle",
        "mairead.osuilleabhain.fitzgerald.montgomery@ballinspittlepost.example", "erase", "IE", "",
        "web", "The long name is real. Please delete every part of it.", 2, Reached::review, -1},
};

}  // namespace

std::span<const Colleague> colleagues() { return all_colleagues; }
std::span<const Story> stories() { return all_stories; }

}  // namespace quittance::demo
