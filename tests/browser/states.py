"""The pages and states that are opened: who, where, and what is done there first."""

from tests.browser import indicators, stock
from tests.browser.boundaries import BOUNDARIES
from tests.browser.deeds import (
    AWAY,
    EVERYWHERE,
    GO_THROUGH,
    HELD,
    INQUIRIES,
    KEYS,
    LISTS,
    MEETINGS,
    ONE_NEW,
    ONE_PERSON,
    ONE_SEAT,
    OWN_SEAT,
    SIGN_IN,
    VERBS,
    WISHES,
)
from tests.browser.followups import FOLLOWUPS
from tests.browser.lookups import LOOKUPS
from tests.browser.measures import MEASURES
from tests.browser.paths import COORDINATE, HELP, LOOK_UP, NOUNS, OPEN, READ, STAFFING
from tests.browser.pictures import PICTURES
from tests.browser.priorities import PRIORITIES
from tests.browser.reports import REPORTS
from tests.browser.steps import State, Step, missing

ROW: Step = ("gå", "#result_list tbody th a", "")
ADMIN = [
    State("diana", "/admin/"),
    State("diana", "/admin/password_change/"),
    *(State("diana", f"/admin/governance/{noun}/") for noun in NOUNS),
    *(State("diana", f"/admin/governance/{noun}/", steps=(ROW,)) for noun in NOUNS),
    State("diana", "/admin/governance/organization/?q=årsta"),
    State("diana", "/admin/governance/organization/add/"),
    State(
        "diana",
        "/admin/governance/organization/add/",
        steps=(("gå", "input[name=_save]", ""),),
    ),
    State(
        "diana",
        "/admin/governance/steeringgroup/",
        steps=(ROW, ("gå", ".historylink", "")),
    ),
    State("diana", "/admin/governance/finnsinte/", 404, errors=(404,)),
    State("karin", "/admin/", 403, errors=(403,)),
]
CHANGE_ROUTE: Step = ("gå", "a[href$='/andra/']", "")
END_ROUTE: Step = ("gå", "a[href$='/avsluta/']", "")
SEND = "/uppfoljning/2023/farsta/skicka/"
SETTLING = [
    State("sven", "/uppfoljning/2022/farsta/"),
    State("fatima", "/uppfoljning/2022/farsta/"),
    State("karin", "/uppfoljning/2022/norrmalm/skicka/"),
    State("sven", "/uppfoljning/2023/farsta/kommentarer/"),
    State(
        "sven",
        "/uppfoljning/2023/farsta/kommentarer/",
        steps=(("tryck", "Skicka kommentaren", ""),),
    ),
    State("sven", SEND),
    State("sven", SEND, steps=(GO_THROUGH,)),
    missing("sven", "/uppfoljning/2023/farsta/faststall/", 409),
    State("sven", SEND, steps=(GO_THROUGH, ("tryck", "Skicka för fastställande", ""))),
    # It is sent from here on.
    State("sven", "/uppfoljning/2023/farsta/", steps=(("följ", "Lämna", ""), GO_THROUGH)),
    State("sven", "/uppfoljning/2023/farsta/", steps=(("följ", "Registrera", ""), GO_THROUGH)),
    State("sven", "/uppfoljning/2022/farsta/ratta/"),
    State("sven", "/uppfoljning/2022/farsta/ratta/", steps=(GO_THROUGH,)),
    missing("fatima", "/uppfoljning/2022/farsta/ratta/", 403),
]
STATES: dict[str, list[State]] = {
    "läsa": [State("karin", path) for path in READ],
    "slå upp": [State(who, path) for path in LOOK_UP for who in ("karin", "fatima")],
    "bemanning": [
        *(State("karin", path) for path in STAFFING),
        State("karin", "/styrgrupper/farsta/", steps=AWAY),
    ],
    "samordna": [
        *(State("karin", path) for path in COORDINATE),
        *(State("karin", path, steps=steps) for path, steps in VERBS),
    ],
    "platser": [State("karin", "/styrgrupper/farsta/", steps=steps) for steps in ONE_SEAT],
    "önskat": [State("karin", "/styrgrupper/farsta/funktioner/", steps=steps) for steps in WISHES],
    "prioriteringar": PRIORITIES,
    "många": [
        State("karin", "/styrgrupper/farsta/bemanna/"),
        State("karin", "/styrgrupper/farsta/bemanna/", steps=(GO_THROUGH,)),
        State("karin", "/styrgrupper/farsta/bemanna/", steps=(*ONE_NEW, GO_THROUGH)),
        State("karin", "/sok/?q=patrik", steps=EVERYWHERE),
        State("karin", "/sok/?q=patrik", steps=(*EVERYWHERE, GO_THROUGH)),
        State("karin", "/organisationer/lpo-farsta/eftertrads/"),
        State("karin", "/organisationer/lpo-farsta/eftertrads/", steps=(GO_THROUGH,)),
        State("karin", "/organisationer/lpo-norrmalm/eftertrads/"),
    ],
    "bekräfta": INQUIRIES,
    "möten": [
        *(State("karin", "/styrgrupper/farsta/moten/", steps=steps) for steps in MEETINGS),
        *(State("karin", "/styrgrupper/farsta/moten/", steps=steps) for steps in HELD),
        State("fatima", "/styrgrupper/farsta/moten/"),
        State("karin", "/styrgrupper/norrmalm/moten/?datum=2021-01-01"),
    ],
    "lägesbilder": PICTURES,
    "åtgärder": MEASURES,
    "fastställa": SETTLING,
    "uppföljning": FOLLOWUPS,
    "rapporter": REPORTS,
    "personer": [State("karin", "/sok/?q=patrik", steps=steps) for steps in ONE_PERSON],
    "listor": [State("karin", "/import/?grupp=farsta", steps=steps) for steps in LISTS],
    "bestånd": stock.STATES,
    "indikatorer": indicators.STATES,
    "uppslagning": LOOKUPS,
    "gränser": BOUNDARIES,
    "roller": [
        *(State(who, "/") for who in ["rut", "sven", "olle", "fatima", "patrik", "siri", "diana"]),
        State("", "/konto/logga-in/", steps=(("fyll", "E-postadress", "x@example.org"), SIGN_IN)),
        State("", "/konto/inbjudan/NDI/fel/"),
        *(State("utan", path) for path in ["/", "/styrgrupper/", "/tackning/", "/andringar/"]),
        *(State("utan", p) for p in ["/fastigheter/", "/fastigheter/lista/", "/kontaktvagar/"]),
        missing("", "/finns/inte/", 404),
        missing("karin", "/styrgrupper/finns-inte/", 404),
        missing("fatima", "/styrgrupper/farsta/upplos/", 403),
        missing("fatima", "/styrgrupper/farsta/bemanna/", 403),
        State("fatima", "/styrgrupper/farsta/"),
        State("karin", "/paminnelser/", steps=(("öppna", "nya saker", ""),)),
        State("fatima", "/paminnelser/"),
        State("patrik", "/paminnelser/"),
        State("fatima", "/organisationer/stockholmshem/"),
        State("fatima", "/organisationer/stockholmshem/", steps=(OWN_SEAT,)),
        State("fatima", "/organisationer/stockholmshem/", steps=(OWN_SEAT, GO_THROUGH)),
        missing("karin", "/konto/logga-ut/", 405),
    ],
    "öppet": [State("", path) for path in [*OPEN, *HELP]],
    "ändra kontaktvägar": [
        State("karin", "/kontaktvagar/ny/"),
        State("karin", "/kontaktvagar/ny/", steps=(GO_THROUGH,)),
        State("karin", "/kontaktvagar/", steps=(CHANGE_ROUTE,)),
        State("karin", "/kontaktvagar/", steps=(CHANGE_ROUTE, GO_THROUGH)),
        State("karin", "/kontaktvagar/", steps=(END_ROUTE,)),
        State("karin", "/kontaktvagar/", steps=(END_ROUTE, GO_THROUGH)),
    ],
    "begäran": [
        State("fatima", "/organisationer/stockholmshem/narvaro/"),
        State("fatima", "/organisationer/stockholmshem/narvaro/?visa=personer"),
        State("karin", "/organisationer/stockholmshem/narvaro/?datum=2024-03-01"),
        State("fatima", "/begaran/"),
        State("patrik", "/begaran/"),
        State("fatima", "/styrgrupper/farsta/be-om-plats/"),
        State("fatima", "/styrgrupper/farsta/be-om-plats/", steps=(GO_THROUGH,)),
        State("karin", "/begaran/", steps=(("följ", "Avböj", ""), GO_THROUGH)),
        State("karin", "/begaran/", steps=(("följ", "Bevilja", ""), GO_THROUGH)),
        State("karin", "/styrgrupper/farsta/bolag/?datum=2021-03-01"),
        missing("karin", "/styrgrupper/farsta/be-om-plats/", 403),
    ],
    "nycklar": [State("fatima", "/konto/nycklar/", steps=steps) for steps in KEYS],
    "förvaltning": ADMIN,
}
