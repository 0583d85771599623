"""The states of indicators: all of them, one, one value entered, and a list on its way in."""

from tests.browser.deeds import GO_THROUGH, PASTED, TO_PLAN, UPLOADED
from tests.browser.steps import State, Step, missing

ONE = "/indikatorer/oro-for-att-utsattas-for-brott/"
NEW = f"{ONE}nytt-varde/"
LISTS = "/indikatorer/las-in/"
FAULTY = "Brottstyp\tOmråde\tÅrtal\tAndel %\tPersonnummer\nTM02\tFarsta\t23\ttolv\tx\n"
RIGHT = "Indikator\tSlag\tOmråde\tÅr\tVärde\nTM02\tstadsdelsområde\tFarsta\t2023\t11,5\n"
FILLED: tuple[Step, ...] = (
    ("välj", "Område", "Farsta (stadsdelsområde)"),
    ("fyll", "År", "2023"),
    ("fyll", "Värde", "11,5"),
)
DRAWN: Step = ("välj", "Område i diagrammet", "Farsta (stadsdelsområde)")
PLOTTED: Step = ("tryck", "Visa diagrammet", "")
AS_TABLE: Step = ("öppna", "Visa som tabell", "")
CORRECT: Step = ("gå", "#varden a[href$='/ratta/']", "")
WITHDRAW: Step = ("gå", "#varden a[href$='/ta-bort/']", "")
STEPS: list[tuple[str, tuple[Step, ...]]] = [
    (NEW, (GO_THROUGH,)),
    (NEW, (*FILLED, GO_THROUGH)),
    (ONE, (CORRECT,)),
    (ONE, (CORRECT, ("fyll", "Värde", "tolv"), GO_THROUGH)),
    (ONE, (CORRECT, ("fyll", "Värde", "11,5"), GO_THROUGH)),
    (ONE, (WITHDRAW,)),
    (ONE, (WITHDRAW, GO_THROUGH)),
    (LISTS, UPLOADED),
    (LISTS, (("fyll", PASTED, FAULTY), *UPLOADED)),
    (LISTS, (("fyll", PASTED, FAULTY), *TO_PLAN)),
    (LISTS, (("fyll", PASTED, RIGHT), *TO_PLAN)),
    (LISTS, (("fyll", PASTED, RIGHT), *TO_PLAN, ("tryck", "Läs in värdena", ""))),
]
STATES = [
    *(State("karin", path) for path in ("/indikatorer/", ONE, NEW, LISTS)),
    *(State("karin", path, steps=steps) for path, steps in STEPS),
    State("fatima", "/indikatorer/?datum=2018-01-01"),
    State("fatima", f"{ONE}?datum=2021-06-01"),
    State("fatima", f"{ONE}?ar=2017&slag=kommun"),
    State("karin", ONE, steps=(DRAWN, PLOTTED, AS_TABLE)),
    State("fatima", ONE, steps=(("öppna", "varje stadsdelsområde", ""),)),
    State("fatima", "/indikatorer/fortroende-for-polisen/"),
    State("utan", "/indikatorer/"),
    missing("fatima", NEW, 403),
    missing("karin", "/utfall/987654/ratta/", 404),
]
