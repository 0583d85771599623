"""The states of a company's stock: its rows, a list on its way in, and one property."""

from tests.browser.deeds import GO_THROUGH, PASTED, TO_PLAN, UPLOADED
from tests.browser.steps import State, Step, missing

STOCK = "/organisationer/stockholmshem/bestand/"
ADD = f"{STOCK}lagg-in/"
FAULTY = "Fastnr\tFastighet\tStadsdel\tLgh\tHyresgäst\n1\tExempelnya\tSkarpnäk\t-1\tKim\n"
RIGHT = "Fastnr\tFastighet\tAdress\tStadsdel\n900\tkv. Exempelnya 3\tExempelnyvägen 3–9\tFarsta\n"
FIRST: Step = ("gå", "#bestand tbody tr:nth-child(3) th a", "")
LISTS: list[tuple[Step, ...]] = [
    (),
    UPLOADED,
    (("fyll", PASTED, FAULTY), *UPLOADED),
    (("fyll", PASTED, FAULTY), *TO_PLAN),
    (("fyll", PASTED, RIGHT), *TO_PLAN),
    (
        ("fyll", PASTED, RIGHT),
        *TO_PLAN,
        ("kryssa", "Listan är hela beståndet", ""),
        ("tryck", "Spara valen", ""),
    ),
    (("fyll", PASTED, RIGHT), *TO_PLAN, ("tryck", "Lägg in beståndet", "")),
    (("gå", "main tbody th a", ""),),
]
ONE: list[tuple[Step, ...]] = [
    (FIRST,),
    (FIRST, ("följ", "Ändra uppgifter", "")),
    (FIRST, ("följ", "Ändra uppgifter", ""), ("fyll", "Lägenheter", "99"), GO_THROUGH),
    (FIRST, ("följ", "Ändra uppgifter", ""), ("fyll", "Adresser", "Box 3"), GO_THROUGH),
    (FIRST, ("följ", "Visa inte för andra", "")),
    (FIRST, ("följ", "Visa inte för andra", ""), GO_THROUGH),
    (FIRST, ("följ", "Avsluta: lämnar", "")),
    (FIRST, ("följ", "Avsluta: lämnar", ""), GO_THROUGH),
    (("gå", "#bestand tbody th a", ""),),
]
STATES = [
    *(State("fatima", STOCK, steps=steps) for steps in [(), *ONE]),
    *(State("fatima", ADD, steps=steps) for steps in LISTS),
    State("fatima", f"{STOCK}?q=backen&ordning=lagenheter"),
    State("fatima", f"{STOCK}?q=finns-inte"),
    State("fatima", f"{STOCK}?datum=2019-01-01"),
    State("rut", "/organisationer/farsta-stadsdelsforvaltning/bestand/"),
    missing("patrik", STOCK, 403),
    missing("patrik", "/fastigheter/987654/", 404),
    State("diana", "/admin/governance/property/"),
    State("diana", "/admin/governance/holding/"),
    State("diana", "/admin/governance/address/"),
]
