"""The yearly round and one follow-up: empty, opened, written, refused and reminded of."""

from tests.browser.steps import State, Step, missing

GO_THROUGH: Step = ("tryck", "Gå igenom innan du sparar", "")
ASKED: tuple[Step, ...] = (
    ("fyll", "År", "2021"),
    ("fyll", "Klar senast", "2022-02-15"),
    GO_THROUGH,
)
# Opened by the first state that does it; afterwards it is refused, and the year is there.
OPENED: tuple[Step, ...] = (*ASKED, ("tryck", "Öppna uppföljningarna", ""))
FARSTA = "/uppfoljning/2020/farsta/"
ONE: Step = ("gå", "section.followup-section form button", "")
FOLLOWUPS = [
    State("fatima", "/uppfoljning/"),
    State("sven", "/uppfoljning/?visa=att-skriva"),
    State("olle", "/uppfoljning/?visa=att-faststalla"),
    State("karin", "/uppfoljning/2021/"),
    State("fatima", "/uppfoljning/2021/"),
    State("karin", "/uppfoljning/oppna/", steps=(("fyll", "År", "20"), GO_THROUGH)),
    State("karin", "/uppfoljning/oppna/", steps=ASKED),
    State("karin", "/uppfoljning/oppna/", steps=OPENED),
    State("karin", "/uppfoljning/oppna/", steps=ASKED),
    State("karin", "/uppfoljning/"),
    State("karin", "/uppfoljning/?grupp=farsta"),
    State("karin", "/uppfoljning/2020/"),
    State("karin", "/uppfoljning/2020/?datum=2021-03-01"),
    State("fatima", "/uppfoljning/2020/"),
    State("sven", FARSTA),
    State("sven", FARSTA, steps=(ONE,)),
    State("sven", FARSTA, steps=(("öppna", "Kopiera texten", ""),)),
    State("olle", FARSTA),
    State("sven", f"{FARSTA}?datum=2021-03-01"),
    missing("fatima", FARSTA, 404),
    State("karin", "/uppfoljning/klar-senast/2020/", steps=(GO_THROUGH,)),
    State("karin", "/uppfoljning/paminn/2020/"),
    State("karin", "/uppfoljning/paminn/2020/", steps=(GO_THROUGH,)),
    missing("sven", "/uppfoljning/oppna/", 403),
]
