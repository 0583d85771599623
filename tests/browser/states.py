"""The pages and states that are opened: who, where, and what is done there first."""

from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page

# A step is ("fyll", label, text), ("välj", label, option), ("kryssa", label, ""),
# ("tryck", button, ""), ("öppna", what is folded, ""), ("följ", link, "") or
# ("gå", selector, ""), which follows or presses the first that it finds.
Step = tuple[str, str, str]


@dataclass(frozen=True)
class State:
    """A page as `who` (the first name of a demo person, or nobody) meets it."""

    who: str
    path: str
    status: int = 200
    steps: tuple[Step, ...] = ()
    errors: tuple[int, ...] = field(default=())

    def __str__(self) -> str:
        done = "".join(f" {what} {on}" for what, on, _ in self.steps)
        return f"{self.who or 'ingen'} {self.path}{done}"

    def reach(self, page: Page) -> None:
        """Do the steps, as a person would: by labels and by the words on buttons."""
        for what, on, text in self.steps:
            if what == "fyll":
                page.get_by_label(on).first.fill(text)
            elif what == "välj":
                page.get_by_label(on).first.select_option(label=text)
            elif what == "kryssa":
                page.get_by_label(on).first.check()
            elif what == "öppna":
                page.locator("summary", has_text=on).first.click()
            elif what == "följ":
                page.get_by_role("link", name=on).first.click()
                page.wait_for_load_state()
            elif what == "gå":
                page.locator(on).first.click()
                page.wait_for_load_state()
            else:
                page.get_by_role("button", name=on).first.click()
                page.wait_for_load_state()


def missing(who: str, path: str, status: int) -> State:
    return State(who, path, status, errors=(status,))


READ = [
    "/",
    "/sok/",
    "/sok/?q=årsta",
    "/sok/?q=finnsinte",
    "/overenskommelser/",
    "/overenskommelser/overgripande/",
    "/overenskommelser/overgripande/?datum=2019-08-27",
    "/overenskommelser/bromma-vallingby/",
    "/struktur/",
    "/struktur/?datum=2019-12-01",
    "/utmaningar/",
    "/utmaningar/?datum=2021-01-01",
    "/utmaningar/?datum=2019-08-27",
    "/styrgrupper/",
    "/styrgrupper/?datum=2016-01-01",
    "/styrgrupper/farsta/",
    "/styrgrupper/farsta/?datum=2020-03-01",
    "/styrgrupper/farsta/?datum=2025-02-30",
    "/styrgrupper/norrmalm/",
    "/styrgrupper/central-styrgrupp/",
    "/styrgrupper/farsta/historik/",
    "/styrgrupper/farsta/?visa=tidigare",
    "/styrgrupper/farsta/?visa=kommande",
    "/styrgrupper/norrmalm/?visa=kommande",
    "/uppdrag/",
    "/uppdrag/?visa=vakanta",
    "/uppdrag/?visa=gar-ut",
    "/uppdrag/?visa=utan-ordforande",
    "/uppdrag/?visa=utan-sekreterare&datum=2024-01-01",
    "/uppdrag/?visa=ej-utsett",
    "/uppdrag/?visa=obekraftade",
    "/uppdrag/?datum=2016-01-01",
    "/uppdrag/?q=finnsinte",
    "/organisationer/stockholmshem/",
    "/organisationer/lpo-farsta/",
    "/tackning/",
    "/tackning/?datum=2018-01-01",
    "/tackning/?datum=2019-06-01",
    "/tackning/?visa=luckor",
    "/funktioner/",
    "/funktioner/?slag=bostadsbolag&lage=brister",
    "/funktioner/?slag=bostadsbolag&lage=saknas",
    "/funktioner/?datum=2018-01-01",
    "/styrgrupper/farsta/funktioner/",
    "/styrgrupper/central-styrgrupp/funktioner/",
    "/andringar/",
    "/andringar/?sedan=2015-01-01",
    "/konto/",
    "/konto/losenord/",
]
STAFFING = [
    "/styrgrupper/farsta/tidslinje/",
    "/styrgrupper/farsta/tidslinje/?fran=2019&till=2030&datum=2024-03-01",
    "/styrgrupper/farsta/tidslinje/?fran=2030&till=2019",
    "/styrgrupper/norrmalm/tidslinje/?fran=1990&till=2029",
    "/styrgrupper/norrmalm/tidslinje/",
    "/styrgrupper/farsta/lista/",
    "/styrgrupper/farsta/lista/?datum=2021-03-01",
    "/styrgrupper/norrmalm/lista/",
]
OPEN = [
    "/konto/logga-in/",
    "/konto/glomt-losenord/",
    "/konto/glomt-losenord/skickat/",
    "/lokala-styrgrupper/",
    "/lokala-styrgrupper/?datum=2016-01-01",
    "/tillganglighet/",
    "/personuppgifter/",
    "/hjalp/",
]
COORDINATE = [
    "/styrgrupper/ny/",
    "/styrgrupper/sla-ihop/",
    "/styrgrupper/farsta/tackning/",
    "/styrgrupper/farsta/vila/",
    "/styrgrupper/farsta/upplos/",
    "/styrgrupper/farsta/uppgifter/",
    "/konto/alla/",
    "/konto/bjud-in/",
    "/konto/behorigheter/",
    "/konto/behorigheter/ny/",
]
FIRST_DAY = "Gäller från och med"
GO_THROUGH: Step = ("tryck", "Gå igenom innan du sparar", "")
WRONG_DAY: Step = ("fyll", FIRST_DAY, "1850-01-01")
FARSTA = "/styrgrupper/farsta/"
VERBS = [
    # nothing filled in, a day that is no day, and the preview
    ("/styrgrupper/ny/", (GO_THROUGH,)),
    (
        "/styrgrupper/ny/",
        (
            ("fyll", "Gruppens namn", "Lokal styrgrupp Prov"),
            ("välj", "Grund", "plats"),
            GO_THROUGH,
        ),
    ),
    ("/styrgrupper/sla-ihop/", (GO_THROUGH,)),
    (
        "/styrgrupper/sla-ihop/?grupp=farsta",
        (("välj", "De går upp i", "Lokal styrgrupp Skarpnäck"), GO_THROUGH),
    ),
    (f"{FARSTA}tackning/", (GO_THROUGH,)),
    (f"{FARSTA}vila/", (WRONG_DAY, GO_THROUGH)),
    (f"{FARSTA}vila/", (GO_THROUGH,)),
    (f"{FARSTA}ateruppta/", (GO_THROUGH,)),
    (f"{FARSTA}aktivera/", (GO_THROUGH,)),
    (f"{FARSTA}upplos/", (("fyll", "Sista dag", "2019-01-01"), GO_THROUGH)),
    (f"{FARSTA}upplos/", (GO_THROUGH,)),
    (f"{FARSTA}uppgifter/", (GO_THROUGH,)),
    (FARSTA, (("gå", "a[href*='/beslut/']", ""),)),
    (FARSTA, (("gå", "a[href*='/beslut/']", ""), GO_THROUGH)),
    ("/konto/bjud-in/", (("gå", "main button[type=submit]", ""),)),
    ("/konto/behorigheter/ny/", (("gå", "main button[type=submit]", ""),)),
    ("/konto/losenord/", (("gå", "main button[type=submit]", ""),)),
    ("/konto/alla/", (("gå", "main table a", ""),)),
    ("/konto/behorigheter/", (("gå", "main a[href$='/ta-bort/']", ""),)),
    (FARSTA, (("gå", "main a[href^='/personer/']", ""),)),
]
NOUNS = [
    "act",
    "agreement",
    "agreementversion",
    "area",
    "areapart",
    "challenge",
    "coverage",
    "function",
    "groupdecision",
    "mandate",
    "organization",
    "person",
    "seat",
    "steeringgroup",
    "user",
    "wantedfunction",
    "agreementusergrant",
]
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
ONE_NEW: tuple[Step, ...] = (
    ("öppna", "Skriv en ny person", ""),
    ("fyll", "Förnamn", "Prova"),
)
EVERYWHERE: tuple[Step, ...] = (
    ("följ", "Patrik Fantasiberg", ""),
    ("följ", "Utse i flera grupper", ""),
)
PLANNED: tuple[Step, ...] = (
    ("följ", "Planera möte", ""),
    ("fyll", "Dag", "2031-05-05"),
    ("fyll", "Börjar klockan", "13:30"),
    GO_THROUGH,
    ("tryck", "Planera mötet", ""),
)
MEETINGS: list[tuple[Step, ...]] = [
    (),
    (("följ", "Planera möte", ""),),
    (("följ", "Planera möte", ""), ("fyll", "Dag", ""), GO_THROUGH),
    (("följ", "Planera möte", ""), ("fyll", "Dag", "2030-01-01"), GO_THROUGH),
    PLANNED,
    (("följ", "Kalla till mötet", ""),),
    (("följ", "Ändra mötet", ""),),
    (("följ", "Ställ in mötet", ""), GO_THROUGH),
]
# A meeting that has been: planned in hindsight, then held.
HELD: list[tuple[Step, ...]] = [
    (
        ("följ", "Planera möte", ""),
        ("fyll", "Dag", "2021-05-05"),
        GO_THROUGH,
        ("tryck", "Planera mötet", ""),
    ),
    (("följ", "Registrera som hållet", ""),),
    (
        ("följ", "Registrera som hållet", ""),
        ("gå", "main input[type=checkbox]", ""),
        GO_THROUGH,
        ("tryck", "Registrera mötet", ""),
    ),
]
A_PERSON: Step = ("följ", "Patrik Fantasiberg", "")
PROTECT: Step = ("följ", "Skydda personuppgifter", "")
ONE_PERSON: list[tuple[Step, ...]] = [
    (A_PERSON, ("följ", "Rätta namn och titel", "")),
    (A_PERSON, ("följ", "Rätta namn och titel", ""), ("fyll", "Titel", "chef"), GO_THROUGH),
    (A_PERSON, ("följ", "Ny titel eller arbetsplats", "")),
    (A_PERSON, ("följ", "Ny titel", ""), ("fyll", "Ny titel", "lokalpolischef"), GO_THROUGH),
    (A_PERSON, ("följ", "Ändra kontaktuppgifter", "")),
    (A_PERSON, ("följ", "Ändra kontaktuppgifter", ""), ("fyll", "Mobil", "12"), GO_THROUGH),
    (
        A_PERSON,
        ("följ", "Ändra kontaktuppgifter", ""),
        ("fyll", "E-post", "patrik@example.org"),
        ("fyll", "Mobil", "070-123 45 67"),
        GO_THROUGH,
        ("tryck", "Spara kontaktuppgifterna", ""),
    ),
    (A_PERSON, PROTECT),
    (A_PERSON, PROTECT, GO_THROUGH),
]
# From the group's page, by the first link of that name.
SEAT: Step = ("följ", "Mer om och för platsen", "")
ENDED: tuple[Step, ...] = (
    SEAT,
    ("följ", "Avsluta platsen", ""),
    GO_THROUGH,
    ("tryck", "Avsluta platsen", ""),
)
ONE_SEAT: list[tuple[Step, ...]] = [
    (SEAT,),
    (("följ", "Byt ledamot", ""),),
    (("följ", "Byt ledamot", ""), GO_THROUGH),
    (SEAT, ("följ", "Planera efterträdare", "")),
    (SEAT, ("följ", "Utse ersättare", "")),
    (SEAT, ("följ", "Ändra platsen", "")),
    (SEAT, ("följ", "Avsluta uppdraget", "")),
    (SEAT, ("följ", "Avsluta uppdraget", ""), GO_THROUGH),
    (SEAT, ("följ", "Tjänstledig från", "")),
    (SEAT, ("följ", "Tjänstledig från", ""), GO_THROUGH),
    (SEAT, ("följ", "Rätta fel uppgift", "")),
    (("följ", "Lägg till plats", ""),),
    (("följ", "Lägg till plats", ""), GO_THROUGH),
    ENDED,
    (SEAT,),
    (("följ", "Historik", ""), ("följ", "Ångra det som", "")),
]

# Somebody is given leave, and the timeline shows it.
AWAY: tuple[Step, ...] = (
    SEAT,
    ("följ", "Tjänstledig från", ""),
    GO_THROUGH,
    ("tryck", "Spara tjänstledigheten", ""),
    ("följ", "Tidslinje", ""),
)
WANT: tuple[Step, ...] = (
    ("välj", "Funktion", "bovärd"),
    ("välj", "Från slag av organisation", "bostadsbolag"),
    GO_THROUGH,
)
WISHES: list[tuple[Step, ...]] = [
    (("följ", "Lägg till önskad funktion", ""),),
    (("följ", "Lägg till önskad funktion", ""), GO_THROUGH),
    (("följ", "Lägg till önskad funktion", ""), *WANT),
    (("följ", "Lägg till plats för", ""),),
    (("följ", "Välj platser för", ""),),
    (("följ", "Ändra avdelningschef", ""), ("fyll", "Antal", "2"), GO_THROUGH),
    (("följ", "Ändra avdelningschef", ""), ("fyll", "Antal", "0"), GO_THROUGH),
    (("följ", "Avsluta avdelningschef", ""), GO_THROUGH),
]

# The first of the organisation's seats that has a verb.
OWN_SEAT: Step = ("gå", "main table a:is([href$='/byt/'], [href$='/utse/'])", "")
PASTED = "Eller klistra in rader"
UPLOADED: tuple[Step, ...] = (("tryck", "Ladda upp och gå igenom", ""),)
TO_PLAN: tuple[Step, ...] = (*UPLOADED, ("tryck", "Fortsätt till genomgången", ""))
READ_IN: tuple[Step, ...] = (*TO_PLAN, ("tryck", "Läs in listan", ""))
LIST_UNKNOWN = "Namn\tTitel\tMejl\tHyresgäst\nAnna Prov\tdistriktschäf\tanna(at)x\tKim\n"
LIST_ASKING = (
    "Namn\tTitel\tBolag\nKim Provgren\tdistriktschef\tStockholmshem\n"
    "Kim Provgren\tbovärd\tStockholmshem\n"
)
LIST_RIGHT = "Namn\tTitel\tMejl\nProva Nyberg\tsäkerhetschef\tprova.nyberg@example.org\n"
LISTS: list[tuple[Step, ...]] = [
    (),
    UPLOADED,
    (("fyll", PASTED, LIST_UNKNOWN), *UPLOADED),
    (("fyll", PASTED, LIST_UNKNOWN), *TO_PLAN),
    (("fyll", PASTED, LIST_ASKING), *TO_PLAN),
    (("fyll", PASTED, LIST_RIGHT), *TO_PLAN),
    (("fyll", PASTED, LIST_RIGHT), *READ_IN),
    (("gå", "main tbody th a", ""),),
    (("gå", "main tbody th a", ""), ("tryck", "Ångra hela listan", "")),
]
SIGN_IN: Step = ("gå", "main button[type=submit]", "")
HELP = [
    f"/hjalp/{path.stem}/"
    for path in sorted(Path(settings.BASE_DIR, "templates/help").glob("*.html"))
    if path.stem not in {"index", "task"}
]
ASKING = "/bekrafta/fraga/overgripande/"
ASKED: tuple[Step, ...] = (("öppna", "Länk att kopiera", ""), ("följ", "Visa sidan som de ser", ""))
NEW_ONE: tuple[Step, ...] = (("gå", "main input[value=change]", ""), ("fyll", "Förnamn", "Prova"))
SEND: Step = ("tryck", "Skicka svaret", "")
# In this order: what one leaves behind is what the next one looks at.
INQUIRIES = [
    State("karin", "/bekrafta/"),
    State("karin", ASKING),
    State("karin", ASKING, steps=(("fyll", "Sista dag att svara", "2020-01-01"), GO_THROUGH)),
    State("karin", ASKING, steps=(GO_THROUGH,)),
    State("karin", ASKING, steps=(GO_THROUGH, ("tryck", "Skicka frågan", ""))),
    State("karin", "/bekrafta/", steps=ASKED),
    State("karin", "/bekrafta/", steps=(*ASKED, SEND)),
    State("karin", "/bekrafta/", steps=(*ASKED, NEW_ONE[0], SEND)),
    State("karin", "/bekrafta/", steps=(*ASKED, *NEW_ONE, ("kryssa", "Alla stämmer", ""), SEND)),
    State("karin", "/bekrafta/"),
    State("karin", "/bekrafta/", steps=(("följ", "Ta ställning", ""),)),
    State("karin", "/bekrafta/", steps=(("följ", "Ta ställning", ""), GO_THROUGH)),
    State("karin", "/bekrafta/", steps=(("följ", "Registrera ett svar", ""),)),
    State("karin", "/bekrafta/", steps=(("följ", "Registrera ett svar", ""), GO_THROUGH)),
    State("karin", "/bekrafta/", steps=(("gå", "a[href$='/stang/']", ""), GO_THROUGH)),
    State("karin", "/styrgrupper/farsta/bekrafta/"),
    State("karin", "/styrgrupper/farsta/bekrafta/", steps=(GO_THROUGH,)),
    State("karin", "/bekrafta/?datum=2020-01-01"),
    missing("", "/bekrafta/fel/", 410),
    missing("fatima", "/bekrafta/", 403),
]
STATES: dict[str, list[State]] = {
    "läsa": [State("karin", path) for path in READ],
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
    "personer": [State("karin", "/sok/?q=patrik", steps=steps) for steps in ONE_PERSON],
    "listor": [State("karin", "/import/?grupp=farsta", steps=steps) for steps in LISTS],
    "roller": [
        *(State(who, "/") for who in ["rut", "sven", "olle", "fatima", "patrik", "siri", "diana"]),
        State("", "/konto/logga-in/", steps=(("fyll", "E-postadress", "x@example.org"), SIGN_IN)),
        State("", "/konto/inbjudan/NDI/fel/"),
        *(State("utan", path) for path in ["/", "/styrgrupper/", "/tackning/", "/andringar/"]),
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
    "förvaltning": ADMIN,
}
