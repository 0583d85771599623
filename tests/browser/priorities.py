"""Priorities and goals: read, chosen, ordered, changed, ended, with errors and previews."""

from tests.browser.deeds import GO_THROUGH
from tests.browser.steps import State, Step, missing

FARSTA = "/styrgrupper/farsta/prioriteringar/"
CHOOSE: tuple[Step, ...] = (("följ", "Välj utmaningar", ""),)
OWN: tuple[Step, ...] = (("följ", "Lägg till egen", ""),)
ORDER: tuple[Step, ...] = (("följ", "Ändra ordning", ""),)
GOAL: tuple[Step, ...] = (("följ", "Sätt mål för Trafik kring skolorna", ""),)
ABOUT: tuple[Step, ...] = (
    *GOAL,
    ("välj", "Indikator", "Oro för att utsättas för brott (Trygghetsmätningen)"),
    ("välj", "Område", "Farsta (stadsdelsområde)"),
    ("tryck", "Fortsätt", ""),
)
CHANGE: tuple[Step, ...] = (("följ", "Ändra Trafik kring skolorna", ""),)
END: tuple[Step, ...] = (("följ", "Avsluta Trafik kring skolorna", ""),)
CHANGE_GOAL: tuple[Step, ...] = (("följ", "Ändra målet för", ""),)
REMOVE_GOAL: tuple[Step, ...] = (("följ", "Ta bort målet för", ""),)
STEPS: list[tuple[Step, ...]] = [
    (),
    CHOOSE,
    (*CHOOSE, GO_THROUGH),
    (*CHOOSE, ("kryssa", "Systemhotande brottslighet", ""), GO_THROUGH),
    OWN,
    (*OWN, GO_THROUGH),
    (*OWN, ("fyll", "Titel", "Torget"), GO_THROUGH),
    ORDER,
    (*ORDER, GO_THROUGH),
    (*ORDER, ("fyll", "Nummer för Trafik kring skolorna", "1"), GO_THROUGH),
    CHANGE,
    (*CHANGE, GO_THROUGH),
    (*CHANGE, ("fyll", "Titel", "Trafiken"), GO_THROUGH),
    END,
    (*END, GO_THROUGH),
    GOAL,
    (*GOAL, ("tryck", "Fortsätt", "")),
    ABOUT,
    (*ABOUT, GO_THROUGH),
    (*ABOUT, ("fyll", "Målvärde", "9,5"), ("fyll", "Senast", "2027-12-31"), GO_THROUGH),
    CHANGE_GOAL,
    (*CHANGE_GOAL, ("fyll", "Målvärde", "40"), GO_THROUGH),
    REMOVE_GOAL,
    (*REMOVE_GOAL, GO_THROUGH),
]
PRIORITIES = [
    State("karin", "/prioriteringar/"),
    State("karin", "/prioriteringar/?utmaning=egna"),
    State("karin", "/prioriteringar/?grupp=finns-inte"),
    State("fatima", "/prioriteringar/"),
    State("fatima", "/prioriteringar/?datum=2018-01-01"),
    State("utan", "/prioriteringar/"),
    State("fatima", FARSTA),
    State("fatima", f"{FARSTA}?datum=2021-01-01"),
    State("fatima", "/styrgrupper/central-styrgrupp/prioriteringar/"),
    missing("fatima", f"{FARSTA}valj/", 403),
    *(State("sven", FARSTA, steps=steps) for steps in STEPS),
]
