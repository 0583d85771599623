"""/styrgrupper/<slug>/moten/: the list, the verbs and the call to a meeting."""

import datetime
import html

import pytest

from governance.models import ContactDetail, Meeting
from governance.temporal import day_after, today
from tests.days import day
from tests.reading import read
from tests.seat_pages import cost
from tests.verb_pages import hidden, text, url
from tests.worlds import appoint, grant, make_person, make_seat, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(world) -> str:
    return url("meetings", world.group.slug)


@pytest.fixture
def coming(world) -> Meeting:
    return Meeting.objects.create(group=world.group, day=today() + datetime.timedelta(days=30))


def confirm(client, address: str, sent: dict) -> str:
    preview = client.post(address, sent)
    assert preview.status_code == 200, text(preview)
    saved = client.post(address, {**hidden(preview), "steg": "spara"})
    assert saved.status_code == 302, text(saved)
    return saved.url


def test_a_meeting_is_planned_held_and_read_back_on_the_group(as_anna, world, here):
    assert "Inget möte är planerat." in read(as_anna, here)
    assert "Det betyder inte att gruppen inte har träffats." in read(as_anna, here)
    held_on = today().isoformat()
    plan = url("plan_meeting", world.group.slug)
    assert confirm(as_anna, plan, {"day": held_on, "starts_at": "13.30"}) == here
    meeting = Meeting.objects.get()
    assert meeting.starts_at == datetime.time(13, 30)
    sent = {"present": [world.chair.pk], "registry_number": "P 1/25"}
    sent["next_day"] = day_after(today()).isoformat()
    confirm(as_anna, url("hold_meeting", world.group.slug, meeting.pk), sent)
    page = read(as_anna, here)
    assert "Hållet" in page
    assert "P 1/25" in page
    assert "Provstad-direktor, Provstads stad" in page
    facts = read(as_anna, url("group", world.group.slug))
    assert "Senaste möte" in facts
    assert "Inget registrerat" not in facts
    assert "Inget planerat" not in facts


def test_faults_are_told_beside_the_field(as_anna, world):
    plan = url("plan_meeting", world.group.slug)
    form = as_anna.post(plan, {"day": "2025-02-30", "starts_at": "halv två"}).context["form"]
    assert form.errors["day"] == ["2025-02-30 är inget datum. Skriv till exempel 2025-03-01."]
    assert form.errors["starts_at"] == ["Skriv klockslaget som 13.30 eller 13:30."]
    outside = as_anna.post(plan, {"day": "2019-12-31"}).context["form"]
    assert "finns inte den 31 december 2019" in outside.errors["day"][0]


def test_a_reader_sees_the_list_and_the_file_but_no_verb(client, world, bo, here, coming):
    client.force_login(bo)
    page = client.get(here).content.decode()
    assert url("calendar", world.group.slug, coming.pk) in page
    for name in ("hold_meeting", "change_meeting", "cancel_meeting", "call"):
        address = url(name, world.group.slug, coming.pk)
        assert address not in page
        answer = client.get(address)
        assert answer.status_code == 403
        assert "ändra prioriteringar, åtgärder, önskade funktioner och möten" in text(answer)


def test_the_secretary_of_today_may(client, world):
    user = make_user("s@example.org")
    appoint(world.secretary, make_person(world.city, user=user))
    client.force_login(user)
    assert client.get(url("plan_meeting", world.group.slug)).status_code == 200


def test_a_day_that_has_been_has_no_verbs(as_anna, world, here, coming):
    assert url("plan_meeting", world.group.slug) in as_anna.get(here).content.decode()
    past = as_anna.get(here, {"datum": "2021-01-01"}).content.decode()
    assert url("plan_meeting", world.group.slug) not in past
    assert url("cancel_meeting", world.group.slug, coming.pk) not in past


def test_a_meeting_of_another_group_is_a_404(as_anna, world, coming):
    assert as_anna.get(url("change_meeting", world.central.slug, coming.pk)).status_code == 404


# -- the call -----------------------------------------------------------------------------


def reached(person, value: str) -> None:
    ContactDetail.objects.create(person=person, kind="email", value=value, main=True)


def test_the_call_goes_to_those_who_sit_there_that_day(as_anna, world, coming):
    open_one, hidden_one, later = (make_person(world.city) for _ in range(3))
    for person, value in [(open_one, "a@x.se"), (hidden_one, "dold@x.se"), (later, "l@x.se")]:
        reached(person, value)
    hidden_one.protected = True
    hidden_one.save()
    appoint(world.chair, open_one, last=coming.day)
    appoint(world.chair, later, day_after(coming.day))
    appoint(world.secretary, hidden_one)
    world.secretary.mailbox = "sekreterare@x.se"
    world.secretary.save()
    page = as_anna.get(url("call", world.group.slug, coming.pk))
    assert page.context["copied"] == "a@x.se; sekreterare@x.se"
    assert page.context["without"] == ["Provstad-chef, Provstads bostäder"]
    assert "mailto:a@x.se,sekreterare@x.se?subject=Kallelse" in html.unescape(text(page))
    assert "dold@x.se" not in text(page)


def test_the_file_is_a_calendar(as_anna, world, coming):
    answer = as_anna.get(url("calendar", world.group.slug, coming.pk))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert ".ics" in answer["Content-Disposition"]
    assert answer.content.startswith(b"BEGIN:VCALENDAR\r\n")


def test_a_cancelled_meeting_is_told_of_as_such(as_anna, world, coming):
    confirm(as_anna, url("cancel_meeting", world.group.slug, coming.pk), {})
    page = text(as_anna.get(url("call", world.group.slug, coming.pk)))
    assert "är inställt" in page
    assert "Inställt: Lokala gruppen i Provstad" in page


# -- what it costs ------------------------------------------------------------------------


def test_the_cost_does_not_grow(as_anna, anna, world, here, coming):
    grant(anna, "edit_roster", world.group)

    def fill(first: int, last: int) -> None:
        for number in range(first, last + 1):
            seat = make_seat(world.group, world.company, "manga", number=number)
            person = make_person(world.company)
            reached(person, f"p{number}@x.se")
            appoint(seat, person)
            when = day("2021-01-01") + datetime.timedelta(days=number)
            held = Meeting.objects.create(group=world.group, day=when, state="held")
            held.present.set(world.group.seats.all())

    pages = [here, url("call", world.group.slug, coming.pk)]
    pages.append(url("calendar", world.group.slug, coming.pk))
    fill(1, 3)
    few = [cost(as_anna, page) for page in pages]
    fill(4, 20)
    assert [cost(as_anna, page) for page in pages] == few
    assert max(few) <= 12
