"""What is done on pages before they are looked at, as a person would do it."""

from tests.browser.steps import State, Step, missing

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
    (A_PERSON, PROTECT, ("fyll", "Andra namn och stavningar", "Ensam"), GO_THROUGH),
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
CREATE_KEY: Step = ("tryck", "Skapa nyckeln", "")
KEY_MADE: tuple[Step, ...] = (("fyll", "Används till", "Fastighetssystemet"), CREATE_KEY)
KEYS: list[tuple[Step, ...]] = [
    (),
    (CREATE_KEY,),
    KEY_MADE,
    (*KEY_MADE, ("öppna", "Återkalla", "")),
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
