"""A coordinator's own sheet becomes the roster of a group, in one import, by the keyboard alone."""

import pytest
from playwright.sync_api import Browser

from governance.models import Act, Mandate, Person, SteeringGroup
from governance.temporal import today
from tests.browser.conftest import signed_in
from tests.browser.keyboard import follow, tab_to

pytestmark = pytest.mark.browser
TITLE = "Lokal styrgrupp Farsta, våra ledamöter\t\t\t\t\t\t\t"
HEADINGS = "Namn Titel E-post Mobil Förvaltning/bolag Funktion Började Hyresgäst".split()
DISTRICT, POLICE, HOME = "Farsta stadsdelsförvaltning", "LPO Farsta", "Stockholmshem"
MISSPELLED, MEANT = "trygghetssamordnar", "trygghetssamordnare"
# One stands on two rows, and one function is misspelled.
ROWS = [
    ("Anna Provberg", "stadsdelsdirektör", DISTRICT),
    ("Bo Exempelgren", MEANT, DISTRICT),
    ("Exempel, Cia", "bovärd", HOME),
    ("Dan von Prov", "områdeschef", "Svenska Bostäder"),
    ("Eva Låtsas", "säkerhetschef", "Familjebostäder"),
    ("Folke Fantasi", "områdespolis", POLICE),
    ("Gun Modell", "biträdande lokalpolisområdeschef", POLICE),
    ("Hans Skenberg", "kommunpolis", POLICE),
    ("Bo Exempelgren", "nämndsekreterare", DISTRICT),
    ("Ida Påhitt", MISSPELLED, HOME),
    ("Jan Provlund", "fastighetsförvaltare", HOME),
    ("Kim Exempelson", "fastighetsförvaltare", "Svenska Bostäder"),
    ("Lo Testgren", "fastighetsförvaltare", "Familjebostäder"),
    ("Mia Provman", "fältassistent", DISTRICT),
    ("Tor Skengren", "enhetschef", DISTRICT),
]


def phone_of(name: str) -> str:
    return f"+46 70 000 00 {[row[0] for row in ROWS].index(name):02}"


def own_sheet() -> str:
    """As it is copied from a spreadsheet: a title, the headings, and fifteen rows."""
    lines = [TITLE, "\t".join(HEADINGS)]
    for name, function, organization in ROWS:
        email = f"{name.split()[0].strip(',').lower()}.lista@example.org"
        cells = [name, function, email, phone_of(name), organization, function, str(today()), "Kim"]
        lines.append("\t".join(cells))
    return "\n".join(lines)


def in_order(name: str) -> str:
    family, comma, given = name.partition(", ")
    return f"{given} {family}" if comma else name


def test_a_coordinators_own_sheet_becomes_a_right_roster_with_the_keyboard_alone(
    site: str, browser: Browser
) -> None:
    farsta = SteeringGroup.objects.get(slug="farsta")
    before = Act.objects.count()
    window = signed_in(browser, site, "rut", 1280)
    page = window.new_page()

    page.goto("/styrgrupper/farsta/")
    follow(page, "a[href='/import/?grupp=farsta']")
    tab_to(page, "#id_pasted")
    page.keyboard.insert_text(own_sheet())
    follow(page, ".form button[type=submit]")
    chosen = [each.input_value() for each in page.locator("main select").all()]
    assert chosen == ["name", "title", "email", "phone", "organization", "function", "valid_from"]
    assert 'Kolumnen "Hyresgäst" ser ut att innehålla personuppgifter' in page.inner_text("main")
    follow(page, "button[value=kolumner]")

    assert "fel hittades. Inget har ändrats." in page.inner_text("main")
    assert f"Funktionen {MISSPELLED} finns inte i appen. Menade du {MEANT}" in page.inner_text(
        "main"
    )
    assert page.locator("button[value=spara]").count() == 0
    tab_to(page, "select[name^=ord-function]")
    page.keyboard.type(MEANT)
    for box in ("#id_add_seats", "#id_show_police"):
        tab_to(page, box)
        page.keyboard.press("Space")
    follow(page, "button[value=val]")
    assert "Inget är ändrat än." in page.inner_text("main")
    assert Act.objects.count() == before
    follow(page, "button[value=spara]")

    assert "Klart: En lista lästes in: 15 nya uppdrag" in page.inner_text("main")
    assert Act.objects.count() == before + 1
    page.goto("/styrgrupper/farsta/")
    for name, function, organization in ROWS:
        right = MEANT if function == MISSPELLED else function
        seat = farsta.seats.filter(function__title=right)
        held = Mandate.objects.as_of(today()).filter(seat__in=seat, kind="ordinary")
        sitting = [
            each
            for each in held.select_related("person__name", "seat__organization")
            if organization in (each.seat.organization.name, str(each.seat.organization))
        ]
        assert [each.person.name.full for each in sitting] == [in_order(name)]
        [mandate] = sitting
        phones = mandate.person.contact_details.filter(kind="mobile")
        assert [each.value for each in phones] == [phone_of(name)]
        assert mandate.valid_from == today()
        row = page.locator("#ledamoter-tabell tbody tr").filter(
            has=page.locator(f"a[href='/styrgrupper/farsta/platser/{mandate.seat_id}/']")
        )
        assert in_order(name) in row.first.inner_text()
    assert (
        Person.objects.filter(name__family_name="Exempelgren", name__given_name="Bo").count() == 1
    )
    window.close()
