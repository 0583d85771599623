"""Every count on the start page is the number of rows of the list that it opens.

In the demo, for each who can sign in, on days that have been, are and will be; and
numbers written by hand for three of them.
"""

import datetime
import html
import re
from collections.abc import Iterator

import pytest
from django.core.management import call_command

from governance.models import Confirmation, Mandate, Seat, SteeringGroup, User
from governance.months import months_before
from governance.queries.mandate_lists import STATUSES, Choice, MandateList
from governance.queries.seat_tables import SeatTable
from governance.queries.statuses import with_status
from governance.services.demo_people import SIGN_INS
from tests.days import day

pytestmark = pytest.mark.django_db
TODAY = "2026-11-23"
READERS = ["karin", "rut", "sven", "olle", "fatima", "patrik", "siri", "utan"]
DAYS = ["2020-06-01", "2024-03-01", TODAY, "2027-02-01"]
VACANT, LAPSED, ENDING = "saknar ledamot", "har gått ut utan nytt beslut", "uppdrag går ut snart"
CHAIR, SECRETARY, DECISION = "saknar ordförande", "saknar sekreterare", "saknar registrerat beslut"
UNNAMED, UNCONFIRMED = "har inte utsett någon", "på sex månader"
REQUESTED = "begäran om plats"
UNVERIFIED, ROUTES = "på tolv månader", "någon kontaktväg"
WRITE, COMMENT = "att skriva klart", "att läsa och kommentera"
LATE, OWN_LATE = "i dina grupper", "ansvarar för"


@pytest.fixture
def demo(empty_database, monkeypatch) -> None:
    """The demo as it was put there on TODAY, which it still is."""
    for place in ("governance.rights", "governance.views.reading"):
        monkeypatch.setattr(f"{place}.today", lambda: day(TODAY))
    monkeypatch.setattr("governance.management.commands.demo.today", lambda: day(TODAY))
    call_command("demo")


def sign_in(client, first_name: str) -> None:
    client.force_login(User.objects.get(email__startswith=f"{first_name}."))


def tasks(client, on: str) -> dict[str, tuple[int, str]]:
    """The counts on the start page of the day, each with the address that it opens."""
    body = client.get("/" if on == TODAY else f"/?datum={on}").content.decode()
    found = re.findall(r'<a href="([^"]+)"><b class="count">(\d+)</b> <span>(.*?)</span>', body)
    return {html.unescape(text): (int(number), html.unescape(at)) for at, number, text in found}


def rows(client, url: str) -> int:
    if url.startswith("/kontaktvagar/"):
        return routes(client, url)
    response = client.get(url)
    assert response.status_code == 200, url
    body = response.content.decode()
    if url.startswith("/atgarder/"):  # the sums beneath are rows of another table
        body = body.partition('id="atgarder"')[2].partition("</table>")[0]
    return body.count('<th scope="row">')


def routes(client, url: str) -> int:
    """The cards of contact routes on all pages of the list, or the groups that lack some."""
    number, page, shown = 0, 1, True
    while shown:
        body = client.get(f"{url}&sida={page}").content.decode()
        main = body.partition("<main")[2].partition("</main>")[0]
        cards, groups = main.count('id="vag-') // 2, main.count('href="/styrgrupper/')
        number += cards or groups
        page += 1
        shown = f"sida={page}" in main
    return number


def test_every_count_is_the_length_of_its_list_for_everybody_on_several_days(client, demo):
    assert {each.email.split(".")[0] for each in SIGN_INS} - {"diana"} == set(READERS)
    wrong, looked = [], 0
    for reader in READERS:
        sign_in(client, reader)
        for on in DAYS:
            for text, (number, url) in tasks(client, on).items():
                looked += 1
                if rows(client, url) != number:
                    wrong.append(f"{reader} {on}: {number} {text}, {url}")
    assert wrong == []
    assert looked > 60


# Farsta has six seats. On TODAY two of those who sit there are confirmed and nobody has
# confirmed the secretary and the police chief, who leaves in a month; the seat of Svenska
# Bostäder ran out a month ago, and Familjebostäder never named anybody. In 2020 all five
# had begun on 4 November, which is more than six months before 1 June. In February 2027
# the police chief is gone too, and only the secretary is unconfirmed.
FARSTA = {
    "2020-06-01": {VACANT: 1, UNNAMED: 1, UNCONFIRMED: 5},
    TODAY: {VACANT: 1, LAPSED: 1, ENDING: 1, UNNAMED: 2, UNCONFIRMED: 2},
    "2027-02-01": {VACANT: 1, LAPSED: 2, UNNAMED: 3, UNCONFIRMED: 1},
}
# A request for a seat waits for those who may add seats, and is counted on the day it is today;
# so are the group's route to its city district, verified 410 days ago, and the group itself,
# for nobody has said how the police are reached about routine matters.
LATE_ONES = {LATE: 2, OWN_LATE: 1}
ASKED = {REQUESTED: 1, UNVERIFIED: 1, ROUTES: 1}
KEPT_FARSTA = {**FARSTA, TODAY: {**FARSTA[TODAY], **ASKED, **LATE_ONES}}
# Its follow-up of 2020 is a draft, that of 2022 adopted, and that of 2023 with its members;
# two of its measures are late, one of them that of the stadsdelsförvaltning. They are counted
# on the day it is today.
WRITTEN_FARSTA = {**FARSTA, TODAY: {**FARSTA[TODAY], WRITE: 1, COMMENT: 1, **LATE_ONES}}
# All groups, counted with plain SQL over the tables and not with the app's own questions.
EVERYWHERE = {
    "2020-06-01": {
        VACANT: 13,
        ENDING: 9,
        CHAIR: 4,
        SECRETARY: 1,
        UNNAMED: 5,
        UNCONFIRMED: 83,
        DECISION: 15,
    },
    TODAY: {
        VACANT: 17,
        LAPSED: 7,
        ENDING: 7,
        CHAIR: 6,
        SECRETARY: 4,
        UNNAMED: 10,
        UNCONFIRMED: 10,
        DECISION: 12,
        REQUESTED: 1,
        UNVERIFIED: 22,
        ROUTES: 11,
        WRITE: 37,
        LATE: 5,
    },
    "2027-02-01": {
        VACANT: 17,
        LAPSED: 14,
        CHAIR: 5,
        SECRETARY: 4,
        UNNAMED: 14,
        UNCONFIRMED: 6,
        DECISION: 12,
    },
}


@pytest.mark.parametrize(
    ("reader", "by_hand"), [("karin", EVERYWHERE), ("rut", KEPT_FARSTA), ("sven", WRITTEN_FARSTA)]
)
def test_the_counts_are_those_that_were_counted_by_hand(client, demo, reader, by_hand):
    sign_in(client, reader)
    for on, expected in by_hand.items():
        found = {text: number for text, (number, _) in tasks(client, on).items()}
        for words, number in expected.items():
            assert [n for text, n in found.items() if words in text] == [number], (on, words)
        assert len(found) == len(expected), on


def test_row_and_query_say_the_same_of_every_seat(demo):
    karin = User.objects.get(email__startswith="karin.")
    for on in map(day, [*DAYS, "2019-11-04", "2023-07-01", "2026-12-23", "2026-12-24"]):
        table = SeatTable(SteeringGroup.objects.all(), on)
        seats = Seat.objects.as_of(on).filter(group__in=SteeringGroup.objects.as_of(on))
        for word, (code, _) in STATUSES.items():
            found = MandateList(karin, table, Choice(lage=word)).rows
            asked = with_status(seats, on).filter(status_code=code)
            assert sorted(line.seat.pk for line in found) == sorted(each.pk for each in asked)
        stale = MandateList(karin, table, Choice(obekraftade="1")).rows
        assert {line.seat.pk for line in stale} == set(unconfirmed(on))


def unconfirmed(on: datetime.date) -> Iterator[int]:
    """The seats of which the database says that nobody has confirmed who sits there."""
    since = months_before(on, 6)
    lately = Confirmation.objects.through(on).since(since).values("mandate")
    entered = Mandate.history.filter(history_date__date__range=(since, on)).values("id")
    sitting = Mandate.objects.as_of(on).exclude(pk__in=lately).exclude(pk__in=entered)
    rows = sitting.filter(seat__group__in=SteeringGroup.objects.at_work(on))
    yield from rows.exclude(kind="deputy").values_list("seat_id", flat=True)
