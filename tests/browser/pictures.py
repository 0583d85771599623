"""Lägesbilder: across groups, of a group and of the municipality, written and withdrawn."""

from tests.browser.steps import State, Step, missing

HERE = "/styrgrupper/farsta/lagesbilder/"
OWN = "/overenskommelser/overgripande/lagesbilder/"
READ: Step = ("gå", "main tbody th a", "")
SAVE: Step = ("tryck", "Spara lägesbilden", "")
GO_THROUGH: Step = ("tryck", "Gå igenom innan du sparar", "")
PARTS: tuple[Step, ...] = (
    ("fyll", "Kartläggning", "Prov: lugnare vid torget.\n\nMest på vardagar."),
    ("fyll", "Annan information", "Prov: fler butiker har öppet."),
    ("fyll", "Analys", "Prov: belysningen har hjälpt."),
)
PICTURES = [
    State("karin", "/lagesbilder/"),
    State("karin", "/lagesbilder/?datum=2020-06-01"),
    State("karin", "/lagesbilder/?visa=arets"),
    State("karin", "/lagesbilder/?datum=2015-02-01"),
    State("utan", "/lagesbilder/"),
    State("sven", HERE),
    State("sven", HERE, steps=(READ,)),
    State("fatima", HERE, steps=(READ,)),
    State("fatima", "/styrgrupper/norrmalm/lagesbilder/?datum=2021-01-01"),
    State("fatima", "/styrgrupper/skarpnack/lagesbilder/"),
    State("sven", f"{HERE}ny/"),
    State("sven", f"{HERE}ny/", steps=(("följ", "Börja med texten", ""),)),
    State("sven", f"{HERE}ny/", steps=(SAVE,)),
    State("sven", f"{HERE}ny/", steps=(*PARTS, SAVE)),
    State("sven", HERE, steps=(READ, ("följ", "Ändra", ""))),
    State("sven", HERE, steps=(READ, ("följ", "Ändra", ""), ("fyll", "Analys", ""), SAVE)),
    State("sven", HERE, steps=(READ, ("följ", "Återkalla", ""))),
    State("sven", HERE, steps=(READ, ("följ", "Återkalla", ""), GO_THROUGH)),
    State("karin", OWN),
    State("fatima", OWN),
    State("karin", "/overenskommelser/bromma-vallingby/lagesbilder/"),
    State("karin", f"{OWN}ny/"),
    State("karin", f"{OWN}ny/", steps=(SAVE,)),
    missing("fatima", f"{HERE}ny/", 403),
    missing("sven", f"{OWN}ny/", 403),
]
