"""Meetings of a group: planned, changed, held, cancelled; and what was known on a day."""

import datetime

import pytest
from icalendar import Calendar

from governance.documents.calendars import calendar_of
from governance.models import Act, Meeting, SteeringGroup
from governance.queries.meetings import meetings, with_meetings
from governance.services import meetings as services
from governance.services.acts import Stale, last_seen
from tests.days import day
from tests.verbs import caused, refused

pytestmark = pytest.mark.django_db
NOW = day("2025-03-01")


def plan(world, on: str, **more) -> Meeting:
    services.plan_meeting(user=None, group=world.group, day=day(on), **more)
    return Meeting.objects.get(group=world.group, day=day(on), state="planned")


def hold(meeting: Meeting, *seats, **more) -> Act:
    return services.hold_meeting(user=None, meeting=meeting, today=NOW, present=seats, **more)


def entered(when: str) -> None:
    """As if everything had been entered on that day."""
    at = datetime.datetime.combine(day(when), datetime.time(12), datetime.UTC)
    Meeting.history.update(history_date=at)


# -- verbs --------------------------------------------------------------------------------


def test_a_meeting_is_planned_with_an_act_of_the_group(world):
    act = services.plan_meeting(
        user=None, group=world.group, day=day("2025-04-01"), starts_at=datetime.time(13, 30)
    )
    assert (act.verb, list(act.groups.all())) == ("meet", [world.group])
    assert act.summary.endswith("möte planeras till den 1 april 2025 klockan 13.30.")
    assert caused(act) == [("meeting", "+")]


def test_a_group_meets_once_a_day_and_only_while_it_exists(world):
    plan(world, "2025-04-01")
    SteeringGroup.objects.filter(pk=world.group.pk).update(valid_through=day("2025-12-31"))
    arguments = {"user": None, "group": world.group}
    twice = refused(services.plan_meeting, day=day("2025-04-01"), **arguments)
    assert twice["__all__"] == ["Gruppen har redan ett möte den dagen. Välj en annan dag."]
    for outside in ("2019-12-31", "2026-01-01"):
        assert (
            "Välj en annan dag."
            in refused(services.plan_meeting, day=day(outside), **arguments)["day"][0]
        )
    for inside in ("2020-01-01", "2025-12-31"):
        plan(world, inside)


def test_a_meeting_ends_after_it_begins(world):
    late, early = datetime.time(15), datetime.time(13)
    said = refused(
        services.plan_meeting,
        user=None,
        group=world.group,
        day=day("2025-04-01"),
        starts_at=late,
        ends_at=early,
    )
    assert said["__all__"] == ["Mötet måste sluta efter att det har börjat."]


def test_a_meeting_is_held_with_functions_and_the_next_day(world):
    meeting = plan(world, "2025-03-01")
    act = hold(
        meeting, world.chair, world.member, registry_number="P 1/25", next_day=day("2025-06-01")
    )
    meeting.refresh_from_db()
    assert (meeting.state, meeting.registry_number) == ("held", "P 1/25")
    assert set(meeting.present.all()) == {world.chair, world.member}
    assert "2 funktioner närvarande, anteckningar P 1/25." in act.summary
    assert "Nästa möte planeras till den 1 juni 2025." in act.summary
    hold(meeting, world.chair)
    assert list(meeting.present.all()) == [world.chair]


def test_nobody_ticked_is_not_that_nobody_came(world):
    act = hold(plan(world, "2025-03-01"))
    assert "har hållits, utan uppgift om närvaro." in act.summary


def test_what_has_not_been_cannot_be_held(world):
    meeting = plan(world, "2025-03-02")
    said = refused(services.hold_meeting, user=None, meeting=meeting, today=NOW, present=[])
    assert said[""] == ["Mötet är den 2 mars 2025. Det registreras som hållet först då."]


def test_only_seats_of_that_day_can_have_been_there(world):
    meeting = plan(world, "2024-03-01")
    world.member.valid_from = day("2024-03-02")
    world.member.save()
    said = refused(
        services.hold_meeting, user=None, meeting=meeting, today=NOW, present=[world.member]
    )
    assert "hade ingen plats i gruppen den 1 mars 2024" in said[""][0]
    hold(meeting, world.chair)
    world.chair.valid_from = day("2024-02-01")
    world.chair.save()
    said = refused(services.change_meeting, user=None, meeting=meeting, day=day("2024-01-31"))
    assert "hade ingen plats i gruppen den 31 januari 2024" in said[""][0]


def test_a_cancelled_meeting_stays_and_leaves_its_day_free(world):
    meeting = plan(world, "2025-04-01")
    services.cancel_meeting(user=None, meeting=meeting)
    plan(world, "2025-04-01")
    assert Meeting.objects.filter(day=day("2025-04-01")).count() == 2
    assert (
        "inställt"
        in refused(services.hold_meeting, user=None, meeting=meeting, today=NOW, present=[])[""][0]
    )
    again = refused(services.cancel_meeting, user=None, meeting=meeting)
    assert again[""] == ["Bara ett planerat möte kan ställas in. Inget har ändrats."]


def test_who_comes_too_late_changes_nothing(world):
    meeting = plan(world, "2025-04-01")
    seen = last_seen([world.group])
    services.change_meeting(user=None, meeting=meeting, place="Rådhuset", seen=seen)
    with pytest.raises(Stale):
        services.change_meeting(user=None, meeting=meeting, place="Torget", seen=seen)
    meeting.refresh_from_db()
    assert meeting.place == "Rådhuset"
    same = refused(services.change_meeting, user=None, meeting=meeting, place="Rådhuset")
    assert same[""] == ["Uppgifterna är redan sådana. Inget har ändrats."]


# -- what was known on a day ---------------------------------------------------------------


def around(world, on: str) -> tuple:
    group = with_meetings(SteeringGroup.objects.all(), day(on)).get(pk=world.group.pk)
    return group.last_meeting, group.next_meeting


def test_the_last_and_the_next_meeting_are_those_of_the_day(world):
    first, second = plan(world, "2025-01-15"), plan(world, "2025-02-15")
    plan(world, "2025-03-15")
    for meeting in (first, second):
        hold(meeting, world.chair)
    entered("2024-12-01")
    assert around(world, "2025-01-14") == (None, day("2025-01-15"))
    assert around(world, "2025-01-15") == (day("2025-01-15"), day("2025-02-15"))
    assert around(world, "2025-02-14") == (day("2025-01-15"), day("2025-02-15"))
    assert around(world, "2025-02-16") == (day("2025-02-15"), day("2025-03-15"))
    assert around(world, "2025-03-15") == (day("2025-02-15"), day("2025-03-15"))
    assert around(world, "2025-03-16") == (day("2025-02-15"), None)


def test_what_was_entered_later_was_not_known_then(world):
    plan(world, "2025-03-15")
    entered("2025-02-01")
    assert around(world, "2025-01-31") == (None, None)
    assert around(world, "2025-02-01") == (None, day("2025-03-15"))
    assert meetings(world.group, day("2025-01-31")).coming == []
    assert len(meetings(world.group, day("2025-02-01")).coming) == 1


def test_a_cancelled_meeting_is_neither_last_nor_next_but_is_listed(world):
    services.cancel_meeting(user=None, meeting=plan(world, "2025-03-15"))
    entered("2024-12-01")
    assert around(world, "2025-03-01") == (None, None)
    assert [row.state for row in meetings(world.group, day("2025-03-15")).coming] == ["cancelled"]
    assert [row.state for row in meetings(world.group, day("2025-03-16")).been] == ["cancelled"]


# -- the file for calendars ----------------------------------------------------------------


def event_of(meeting: Meeting):
    text = calendar_of(Meeting.objects.get(pk=meeting.pk), "https://x.example.org/moten/")
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    assert text.count(b"\n") == text.count(b"\r\n")
    calendar = Calendar.from_ical(text)
    return calendar, calendar.walk("VEVENT")[0]


def test_the_file_has_the_hour_of_stockholm_and_no_names(world):
    meeting = plan(
        world,
        "2025-07-01",
        starts_at=datetime.time(13, 30),
        ends_at=datetime.time(15),
        place="Rådhuset, sal 2",
    )
    calendar, event = event_of(meeting)
    assert calendar["method"] == "PUBLISH"
    assert event["summary"] == "Möte i Lokala gruppen i Provstad"
    assert event["location"] == "Rådhuset, sal 2"
    assert event.decoded("dtstart").isoformat() == "2025-07-01T13:30:00+02:00"
    assert event.decoded("dtend").isoformat() == "2025-07-01T15:00:00+02:00"
    assert not [key for key in event if key in {"ATTENDEE", "ORGANIZER"}]


def test_a_meeting_without_an_hour_takes_the_day(world):
    _, event = event_of(plan(world, "2025-07-01"))
    assert event.decoded("dtstart") == day("2025-07-01")
    assert event.decoded("dtend") == day("2025-07-02")


def test_a_changed_meeting_is_the_same_one_later_in_the_row_and_a_cancelled_is_taken_away(world):
    meeting = plan(world, "2025-07-01")
    _, first = event_of(meeting)
    services.change_meeting(user=None, meeting=meeting, place="Torget")
    _, second = event_of(meeting)
    services.cancel_meeting(user=None, meeting=meeting)
    calendar, third = event_of(meeting)
    assert first["uid"] == second["uid"] == third["uid"]
    assert first["sequence"] < second["sequence"] < third["sequence"]
    assert (calendar["method"], third["status"]) == ("CANCEL", "CANCELLED")
