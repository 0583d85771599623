"""A meeting as a file for the calendar program (iCalendar): when and where, and no names."""

import datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from governance.models import Meeting

ZONE = ZoneInfo("Europe/Stockholm")


def calendar_of(meeting: Meeting, address: str) -> bytes:
    """The file. The same meeting keeps its UID, and SEQUENCE rises each time it is changed.

    One without an hour takes the whole day; one with no end lasts an hour. A calendar that
    has the meeting takes it away when it is cancelled.
    """
    cancelled = meeting.state == Meeting.State.CANCELLED
    versions = meeting.history.order_by("history_id")
    latest = versions.last()
    event = Event()
    event.add("uid", f"mote-{meeting.pk}@{meeting.group.slug}.samverkan")
    event.add("sequence", versions.count() - 1)
    event.add("dtstamp", latest.history_date)
    event.add("summary", f"Möte i {meeting.group.name}")
    for name, moment in zip(("dtstart", "dtend"), _time(meeting), strict=True):
        event.add(name, moment)
    if meeting.place:
        event.add("location", meeting.place)
    event.add("url", address)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//Samverkan//Kallelse//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _time(meeting: Meeting) -> tuple[datetime.date, datetime.date]:
    if meeting.starts_at is None:
        return meeting.day, meeting.day + datetime.timedelta(days=1)
    begins = datetime.datetime.combine(meeting.day, meeting.starts_at, ZONE)
    if meeting.ends_at is None:
        return begins, begins + datetime.timedelta(hours=1)
    return begins, datetime.datetime.combine(meeting.day, meeting.ends_at, ZONE)
