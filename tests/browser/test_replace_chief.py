"""A coordinator replaces the police chief of a group: four pages, and the keyboard alone."""

import datetime

import pytest
from playwright.sync_api import Browser, Page

from governance.models import Mandate, Organization, Person, PersonName, Seat
from governance.temporal import day_before, today
from tests.browser.conftest import signed_in
from tests.browser.keyboard import follow, tab_to

pytestmark = pytest.mark.browser


@pytest.fixture
def chief_seat(site: str) -> Seat:
    """The seat of the police chief in the first group where somebody sits without an end."""
    seat = (
        Seat.objects.as_of(today())
        .filter(
            organization__kind=Organization.Kind.POLICE_DISTRICT,
            function__code="lpo-chef",
            group__kind="local",
            mandates__in=Mandate.objects.as_of(today()).filter(
                kind="ordinary", valid_through=None, person__protected=False
            ),
        )
        .exclude(mandates__in=Mandate.objects.upcoming(today()))
        .order_by("group__sort_key")
        .first()
    )
    assert seat is not None
    return seat


@pytest.fixture
def follower(chief_seat: Seat) -> Person:
    person = Person.objects.create(organization=chief_seat.organization, title="lpo-chef")
    PersonName.objects.create(person=person, given_name="Aaro", family_name="Efterträdare")
    return person


def who_sits(page: Page, seat: Seat, day: datetime.date) -> str:
    """What stands in the seat's row on the group's page, on the day."""
    page.goto(f"/styrgrupper/{seat.group.slug}/?datum={day.isoformat()}")
    row = page.locator("#ledamoter-tabell tbody tr").filter(
        has=page.locator(f"a[href*='/platser/{seat.pk}/']")
    )
    return row.inner_text()


def test_a_coordinator_replaces_the_police_chief_with_the_keyboard_alone_in_four_pages(
    site: str, browser: Browser, chief_seat: Seat, follower: Person
) -> None:
    before = Mandate.objects.as_of(today()).get(seat=chief_seat, kind="ordinary")
    former = PersonName.objects.get(person=before.person).full
    address = f"/styrgrupper/{chief_seat.group.slug}/"
    window = signed_in(browser, site, "karin", 1280)
    page = window.new_page()
    opened: list[str] = []
    page.on("framenavigated", lambda frame: opened.append(frame.url))

    page.goto("/")
    follow(page, f".links a[href='{address}']")
    follow(page, f"a[href='{address}platser/{chief_seat.pk}/byt/']")
    tab_to(page, "#id_person")
    page.keyboard.type("Aaro")
    follow(page, ".form button[type=submit]")
    assert "Aaro Efterträdare" in page.locator("main").inner_text()
    follow(page, "button[value=spara]")

    assert len(opened) - 1 == 4, opened  # the last is the group again, with the change made
    assert "Klart:" in page.locator(".messages").inner_text()
    assert page.url == f"{site}{address}"
    now = today()
    for day, name in [
        (day_before(now), former),
        (now, "Aaro Efterträdare"),
        (now + datetime.timedelta(days=31), "Aaro Efterträdare"),
    ]:
        shown = who_sits(page, chief_seat, day)
        assert name in shown
        assert ({former, "Aaro Efterträdare"} - {name}).pop() not in shown
    before.refresh_from_db()
    assert before.valid_through == day_before(now)
    window.close()
