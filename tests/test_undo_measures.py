"""Ångra what was done with a measure: back to exactly what was, places and all."""

import datetime

import pytest

from governance.models import Act, LocalPriority, Measure
from governance.services import measures
from governance.services.measures import Content
from governance.services.undo import VERBS, can_undo, undo
from governance.temporal import today
from tests import test_undo
from tests.days import day
from tests.following import make_measure, make_plan, make_priority
from tests.test_undo import take_back
from tests.verbs import refused
from tests.worlds import appoint, grant, make_person, make_user

pytestmark = pytest.mark.django_db
DUE = day("2026-12-31")


@pytest.fixture
def priority(world):
    return make_priority(world.group, own_title="Trygga torg")


@pytest.fixture
def measure(world, priority):
    row = make_measure(
        priority,
        world.company,
        seat=world.member,
        plan=make_plan(world.group),
        due=DUE,
        target=8,
        unit="vandringar",
    )
    row.places.set([world.north, world.district])
    return row


@pytest.fixture
def content(world, priority):
    return Content(
        priority=priority,
        organization=world.city,
        title="Ny belysning",
        due=DUE,
        places=(world.south,),
    )


def everything():
    """Every row of every table; what joins two has a key that nobody asks for."""
    found = test_undo.everything()
    places = found["governance_measure_places"]
    for row in places:
        del row["id"]
    places.sort(key=str)
    return found


def add(world, measure, content) -> Act:
    return measures.add_measure(user=None, group=world.group, content=content, today=today())


def change(world, measure, content) -> Act:
    return measures.change_measure(user=None, measure=measure, content=content, today=today())


def move(world, measure, content) -> Act:
    """Only its places are others."""
    same = {name: getattr(measure, name) for name in measures._COLUMNS}
    return change(world, measure, Content(**same, places=(world.south,)))


def report(world, measure, content) -> Act:
    return measures.report_measure(
        user=None, measure=measure, status="not_done", progress=2, why="Ingen tid."
    )


def withdraw(world, measure, content) -> Act:
    return measures.withdraw_measure(user=None, measure=measure)


@pytest.mark.parametrize("verb", [add, change, move, report, withdraw])
def test_all_is_as_it_was(world, measure, content, verb):
    before = everything()
    act = verb(world, measure, content)
    assert everything() != before
    done = take_back(act)
    assert everything() == before
    assert done.summary.startswith("Ångrat: ")
    assert (done.undoes, list(done.groups.all())) == (act, [world.group])
    assert "redan ångrad" in str(refused(undo, user=None, act=act, now=act.at))


@pytest.mark.parametrize("second", [change, report, withdraw])
def test_the_latest_is_undone_first(world, measure, content, second):
    first = move(world, measure, content)
    then = everything()
    later = second(world, Measure.objects.get(pk=measure.pk), content)
    said = str(refused(undo, user=None, act=first, now=first.at))
    assert "Åtgärd har ändrats efter det som du vill ångra" in said
    take_back(later)
    assert everything() == then
    take_back(first)
    assert set(measure.places.all()) == {world.north, world.district}


def test_places_that_were_given_back_are_kept_by_the_next_undo(world, measure, content):
    take_back(withdraw(world, measure, content))
    before = everything()
    take_back(report(world, Measure.objects.get(pk=measure.pk), content))
    take_back(withdraw(world, Measure.objects.get(pk=measure.pk), content))
    assert everything() == before


def test_what_it_hung_on_must_be_there(world, measure, content):
    act = withdraw(world, measure, content)
    LocalPriority.objects.filter(pk=measure.priority_id).delete()
    said = str(refused(undo, user=None, act=act, now=act.at))
    assert "Lokal prioritering som åtgärden hörde till finns inte längre." in said


@pytest.mark.parametrize(("minutes", "may"), [(15, True), (16, False)])
def test_for_fifteen_minutes_by_who_did_it_as_long_as_she_may(
    world, measure, content, minutes, may
):
    user, other = make_user("skriver@example.org"), make_user("annan@example.org")
    mandate = appoint(world.secretary, make_person(world.city, user=user))
    grant(other, "edit_priorities", world.group)
    act = measures.report_measure(user=user, measure=measure, status="ongoing")
    then = act.at + datetime.timedelta(minutes=minutes)
    assert can_undo(user, act, then) is may
    assert not can_undo(other, act, act.at)
    mandate.delete()
    assert not can_undo(type(user).objects.get(pk=user.pk), act, act.at)


def test_the_page_after_a_report_offers_it(client, world, measure):
    user = make_user("skriver@example.org")
    appoint(world.secretary, make_person(world.city, user=user))
    client.force_login(user)
    url = f"/atgarder/{measure.pk}/rapportera/"
    data = {"status": "done", "progress": "8", "why": ""}
    preview = client.post(url, data).content.decode()
    seen = preview.partition('name="seen" value="')[2].partition('"')[0]
    client.post(url, {**data, "steg": "spara", "seen": seen})
    act = Act.objects.get(verb="measure")
    page = client.get(f"/atgarder/{measure.pk}/").content.decode()
    assert f"/andringar/{act.pk}/angra/" in page or f"/{act.pk}/" in page.partition("note-ok")[2]
    assert Measure.objects.get().status == "done"


def test_acts_of_record_on_a_follow_up_are_never_undone():
    record = {"open_round", "follow", "comment", "show", "send", "hand_back", "adopt", "revise"}
    assert record <= set(Act.Verb.values)
    assert not record & set(VERBS)
