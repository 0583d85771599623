"""The pages of measures and action plans, in their states."""

from tests.browser.deeds import GO_THROUGH
from tests.browser.steps import State, Step, missing

FARSTA, PLAN = "/styrgrupper/farsta/atgarder/", "/styrgrupper/farsta/atgardsplan/"
REPORT: Step = ("följ", "Rapportera", "")
CHANGE: Step = ("följ", "Ändra åtgärden", "")
NEW: tuple[Step, ...] = (
    ("välj", "Lokal prioritering", "Trafik kring skolorna"),
    ("fyll", "Vad som ska göras", "Prov: cykelbana"),
    ("välj", "Ansvarig organisation", "Farsta stadsdelsförvaltning"),
    ("fyll", "Klar senast", "2031-12-31"),
)
MEASURES = [
    *(
        State("karin", f"/atgarder/{query}")
        for query in (
            "",
            "?lage=forsenad&per=utmaning",
            "?per=organisation&ordning=titel",
            "?q=finnsinte",
            "?datum=2021-01-01",
        )
    ),
    State("fatima", "/atgarder/"),
    State("utan", "/atgarder/"),
    State("karin", FARSTA),
    State("fatima", FARSTA),
    State("fatima", FARSTA, steps=(("öppna", "Visa som tabell", ""),)),
    State("karin", "/styrgrupper/norrmalm/atgarder/"),
    State("fatima", "/styrgrupper/norrmalm/atgarder/"),
    State("karin", FARSTA, steps=(("gå", "#atgarder tbody th a", ""),)),
    State("karin", f"{FARSTA}ny/"),
    State("karin", f"{FARSTA}ny/", steps=(GO_THROUGH,)),
    State("karin", f"{FARSTA}ny/", steps=(*NEW, GO_THROUGH)),
    State("karin", FARSTA, steps=(REPORT,)),
    State("karin", FARSTA, steps=(REPORT, ("kryssa", "ej genomförd", ""), GO_THROUGH)),
    State("karin", FARSTA, steps=(REPORT, ("fyll", "Gjort hittills", "6,5"), GO_THROUGH)),
    State("karin", FARSTA, steps=(CHANGE,)),
    State("karin", FARSTA, steps=(CHANGE, ("fyll", "Hur många", "många"), GO_THROUGH)),
    State("karin", FARSTA, steps=(("gå", "#atgarder tbody th a", ""), ("följ", "Ta bort", ""))),
    State("karin", PLAN),
    State("fatima", PLAN),
    State("karin", f"{PLAN}?datum=2020-01-01"),
    State("karin", "/styrgrupper/norrmalm/atgardsplan/"),
    State("karin", f"{PLAN}ny/", steps=(GO_THROUGH,)),
    State("karin", PLAN, steps=(("följ", "Ändra planen", ""), GO_THROUGH)),
    State(
        "karin",
        PLAN,
        steps=(
            ("följ", "Ändra planen", ""),
            ("öppna", "Beslut", ""),
            ("fyll", "Beslutad den", "2024-02-01"),
            GO_THROUGH,
        ),
    ),
    State("karin", PLAN, steps=(("följ", "Ta bort", ""), GO_THROUGH)),
    missing("fatima", f"{FARSTA}ny/", 403),
    missing("fatima", f"{PLAN}ny/", 403),
]
