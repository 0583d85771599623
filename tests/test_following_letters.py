"""Weekly letters about follow-ups that wait and measures that are late."""

import datetime

import pytest
from django.utils import timezone

from governance.services.reminders import remind
from tests.days import day
from tests.following import make_followup, make_measure, make_priority
from tests.reminders import news, quiet_world, sums
from tests.worlds import World, appoint, grant, make_person, make_user

pytestmark = pytest.mark.django_db
MONDAY, NEXT, THIRD = day("2026-11-23"), day("2026-11-30"), day("2026-12-07")
WRITER, CHAIR, MEMBER = "skriver@example.org", "leder@example.org", "sitter@example.org"


@pytest.fixture
def world(empty_database) -> World:
    """The three seats of the group are held by people with accounts."""
    made = quiet_world()
    for seat, email in ((made.secretary, WRITER), (made.chair, CHAIR), (made.member, MEMBER)):
        person = make_person(seat.organization, "Sara", "Hemligsson", user=make_user(email))
        appoint(seat, person)
    return made


def told(letters, email: str) -> list[str]:
    """What the letters to the address have told of as new, one after the other."""
    return [line for letter in letters if letter.to == [email] for line in news(letter.body)]


def test_a_draft_is_told_to_its_secretary_and_to_no_one_else(world, letters):
    make_followup(world.group, 2025, due=day("2026-12-01"))
    remind(day=MONDAY)
    words = "Uppföljning 2025 för Lokala gruppen i Provstad är ett utkast."
    assert told(letters, WRITER) == [f"{words} Klar senast den 1 december 2026."]
    assert told(letters, CHAIR) == told(letters, MEMBER) == []
    [letter] = [each for each in letters if each.to == [WRITER]]
    assert "/uppfoljning/2025/lokala-gruppen-i-provstad/" in letter.body
    assert sums(letter.body)[-1] == (
        1,
        "/uppfoljning/?visa=att-skriva&overenskommelse=provstad",
    )
    assert "Hemligsson" not in letter.body + letter.subject
    assert "Sara" not in letter.body


def test_each_week_only_what_is_new_is_told(world, letters):
    followup = make_followup(world.group, 2025, due=NEXT)
    remind(day=MONDAY)
    remind(day=MONDAY)
    remind(day=NEXT)
    assert len(told(letters, WRITER)) == 1
    remind(day=THIRD)
    remind(day=THIRD)
    assert told(letters, WRITER)[1:] == [
        "Uppföljning 2025 för Lokala gruppen i Provstad är ett utkast. "
        "Den skulle ha varit klar den 30 november 2026."
    ]
    followup.state, followup.due = "returned", None
    followup.return_note = "Hemligsson undrar."
    followup.sent_at = timezone.now()
    followup.save()
    remind(day=THIRD)
    assert told(letters, WRITER)[-1].endswith("är återlämnad och ska ändras.")
    followup.sent_at += datetime.timedelta(days=1)
    followup.save()
    remind(day=THIRD)
    assert [line.endswith("och ska ändras.") for line in told(letters, WRITER)[-2:]] == [True] * 2
    assert not [letter for letter in letters if "Hemligsson" in letter.body]


def test_a_sent_one_is_told_to_those_who_may_adopt_it(world, letters):
    make_followup(world.group, 2025, "sent")
    remind(day=MONDAY)
    words = ["Uppföljning 2025 för Lokala gruppen i Provstad väntar på att fastställas."]
    assert told(letters, CHAIR) == told(letters, WRITER) == words
    assert told(letters, MEMBER) == []


def test_one_with_the_members_is_told_to_each_of_them(world, letters):
    make_followup(world.group, 2025, "with_members")
    remind(day=MONDAY)
    words = [
        "Uppföljning 2025 för Lokala gruppen i Provstad är hos styrgruppen att läsa och kommentera."
    ]
    assert [told(letters, each) for each in (CHAIR, WRITER, MEMBER)] == [words] * 3


def test_an_adopted_one_is_told_to_nobody(world, letters):
    make_followup(world.group, 2025, "adopted")
    remind(day=MONDAY)
    assert not [told(letters, each) for each in (CHAIR, WRITER, MEMBER) if told(letters, each)]


@pytest.mark.parametrize(("due", "late"), [(MONDAY, False), (day("2026-11-22"), True)])
def test_a_measure_is_late_from_the_day_after(world, letters, due, late):
    appoints = make_user("utser@example.org")
    grant(appoints, "appoint_own", world.company)
    own = make_priority(world.group, own_title="Trygga torg")
    make_measure(own, world.company, due=due)
    make_measure(own, world.company, due=due, status="done")
    remind(day=MONDAY)
    words = [
        "Åtgärden ”Trygghetsvandringar” i Lokala gruppen i Provstad skulle ha varit klar "
        "den 22 november 2026."
    ]
    for email in (WRITER, CHAIR, "utser@example.org"):
        assert [line for line in told(letters, email) if "Åtgärden" in line] == words * late
    assert told(letters, MEMBER) == []
    remind(day=MONDAY)
    assert len([line for line in told(letters, WRITER) if "Åtgärden" in line]) == late
    if late:
        [letter] = [each for each in letters if each.to == ["utser@example.org"]]
        listed = "/atgarder/?lage=forsenad&organisation=provstad-bostader&overenskommelse=provstad"
        assert (1, listed) in sums(letter.body)


def test_without_an_account_it_goes_to_the_groups_mailbox(world, letters):
    world.secretary.mandates.all().delete()
    make_followup(world.group, 2025)
    make_followup(world.group, 2024, "sent")
    remind(day=MONDAY)
    remind(day=MONDAY)
    lines = [line for line in told(letters, "samordnare@provstad.example.org") if "Uppf" in line]
    assert lines == ["Uppföljning 2025 för Lokala gruppen i Provstad är ett utkast."]
