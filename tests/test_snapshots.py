"""What is frozen when a follow-up is sent: the same afterwards, whatever is changed."""

import copy
import json

import pytest

from governance.models import (
    AreaPart,
    Coverage,
    FollowUp,
    IndicatorValue,
    Mandate,
    Measure,
    Person,
    PersonName,
    Seat,
    SteeringGroup,
)
from governance.queries.snapshots import shown, snapshot_of
from governance.services import traces
from tests.days import day
from tests.following import (
    make_followup,
    make_goal,
    make_indicator,
    make_measure,
    make_priority,
    make_value,
)
from tests.test_followup_states import MEETING, NOW, TODAY, followups, fresh, ready
from tests.worlds import appoint, make_person, make_seat

pytestmark = pytest.mark.django_db
CUTOFF = day("2021-12-31")


@pytest.fixture
def people(world) -> dict[str, Person]:
    """A chair who left on the cutoff, a secretary who came the day after, a member and a deputy."""
    found = {
        name: make_person(world.city, name, "Provson", title="direktör")
        for name in ("Cecilia", "Dag", "Mona", "Ejnar")
    }
    appoint(world.chair, found["Cecilia"], last=CUTOFF)
    appoint(world.secretary, found["Dag"], day("2022-01-01"))
    appoint(world.member, found["Mona"])
    appoint(world.member, found["Ejnar"], kind="deputy")
    return found


@pytest.fixture
def figures(world) -> tuple[IndicatorValue, Measure]:
    """A goal with its value of the year, and a measure that goes on."""
    priority = make_priority(world.group, world.challenge)
    indicator = make_indicator()
    make_goal(priority, indicator, world.district)
    value = make_value(indicator, world.district, 2021, 11)
    return value, make_measure(priority, world.city, status="ongoing")


@pytest.fixture
def draft(world, people, figures) -> FollowUp:
    return ready(make_followup(world.group))


@pytest.fixture
def done(draft) -> FollowUp:
    followups.send(user=None, followup=draft, now=NOW)
    followups.adopt(user=None, followup=fresh(draft), today=TODAY, **MEETING)
    return fresh(draft)


def names_in(value) -> list[str | None]:
    if isinstance(value, dict):
        own = [value["name"]] if "person" in value else []
        return own + [name for each in value.values() for name in names_in(each)]
    if isinstance(value, list):
        return [name for each in value for name in names_in(each)]
    return []


def test_it_is_as_on_the_last_day_that_counts_and_holds_no_name(world, draft, people):
    taken = snapshot_of(draft)
    held = {row["seat"]: row["holder"] for row in taken["roster"]}
    assert held[world.chair.pk] == {"person": people["Cecilia"].pk, "title": "direktör"}
    assert held[world.secretary.pk] is None
    [member] = [row for row in taken["roster"] if row["seat"] == world.member.pk]
    assert member["deputies"] == [{"person": people["Ejnar"].pk, "title": "direktör"}]
    assert [each["name"] for each in taken["coverage"]] == ["Provstads district"]
    assert taken["cutoff"] == "2021-12-31"
    stored = json.dumps(taken, ensure_ascii=False)
    assert not any(word in stored for word in ["Provson", *people])


def test_a_group_that_ended_is_shown_as_on_its_last_day(world, people):
    last = day("2021-06-30")
    world.group.valid_through = last
    world.group.save()
    taken = snapshot_of(make_followup(world.group, cutoff=last))
    assert taken["cutoff"] == "2021-06-30"
    assert taken["group"]["state"].startswith("Aktiv")
    assert [row["holder"] is not None for row in taken["roster"]].count(True) == 2


def test_a_successor_names_those_before_it(world, draft):
    old = SteeringGroup.objects.create(
        agreement=world.agreement, name="Gamla gruppen", slug="gamla", kind="local",
        basis="stadsdelsomrade", valid_from=day("2020-01-01"), valid_through=day("2021-06-30"),
    )  # fmt: skip
    old.successors.set([world.group])
    [before] = snapshot_of(draft)["facts"]["predecessors"]
    assert before["name"] == "Gamla gruppen"


def change_everything(world, people):
    """Rosters, areas, titles and names of groups, as they are changed afterwards."""
    Mandate.objects.filter(seat=world.chair).update(person=people["Dag"])
    Mandate.objects.filter(seat=world.member).update(title_then="chef")
    Seat.objects.filter(pk=world.secretary.pk).update(mailbox="ny@example.org")
    Person.objects.update(title="utredare")
    AreaPart.objects.all().delete()
    Coverage.objects.filter(group=world.group).update(area=world.north)
    world.district.name = "Nya distriktet"
    world.district.save()
    world.chair.function.title = "ny benämning"
    world.chair.function.save()
    world.company.name = "Nya bolaget"
    world.company.save()
    world.group.name = "Nya namnet"
    world.group.save()
    world.version.title = "Ny titel"
    world.version.save()
    world.challenge.title = "otrygga torg"
    world.challenge.save()
    make_seat(world.group, world.police, "ny-plats")


def test_what_is_changed_afterwards_changes_nothing_in_it(world, people, figures, done, anna):
    before = shown(anna, done)
    assert before.differences == []
    change_everything(world, people)
    value, measure = figures
    IndicatorValue.objects.filter(pk=value.pk).update(value=9)
    Measure.objects.filter(pk=measure.pk).update(status="done", title="Nya vandringar")
    after = shown(anna, fresh(done))
    assert after.data == before.data
    assert names_in(after.data) == ["Cecilia Provson", "Mona Provson", "Ejnar Provson"]
    told = {each.about: (each.then, each.now) for each in after.differences}
    assert told["Gruppens namn"] == ("Lokala gruppen i Provstad", "Nya namnet")
    assert told["Täckning"] == ("Provstads district", "Norra Provstad")
    chair = told["Plats i gruppen: Provstad-direktor, Provstads stad"]
    assert "Cecilia Provson (direktör)" in chair[0]
    assert "Dag Provson (utredare)" in chair[1]
    goal = told["Mål: Provindikator PROV1, Provstads district"]
    assert "2021: 11\u00a0%" in goal[0]
    assert "2021: 9\u00a0%" in goal[1]
    measure_told = told["Åtgärd: Trygghetsvandringar"]
    assert measure_told[0].startswith("Trygghetsvandringar, Provstads stad, Pågår")
    assert measure_told[1].startswith("Nya vandringar, Provstads stad, Genomförd")
    assert told["Prioritering: trygga torg"] == ("trygga torg", "otrygga torg")
    assert told["Plats i gruppen: Ny-plats, Provstads polis"][0] == "finns inte"


def test_what_happens_after_the_day_is_no_difference(world, people, done, anna):
    appoint(world.chair, people["Dag"], day("2022-01-01"))
    Coverage.objects.filter(group=world.group).update(valid_through=CUTOFF)
    assert shown(anna, fresh(done)).differences == []


def test_a_person_protected_afterwards_is_the_one_thing_that_disappears(people, done, anna):
    before = shown(anna, done).data
    Person.objects.filter(pk=people["Mona"].pk).update(protected=True)
    after = shown(anna, fresh(done))
    assert names_in(after.data) == ["Cecilia Provson", None, "Ejnar Provson"]
    assert after.differences == []
    expected = copy.deepcopy(before)
    [holder] = [
        row["holder"]
        for row in expected["roster"]
        if row["holder"] and row["holder"]["person"] == people["Mona"].pk
    ]
    holder["name"] = None
    assert after.data == expected
    assert "Mona" not in json.dumps(after.data)


def test_a_name_that_somebody_wrote_is_taken_out_and_the_rest_stays_frozen(
    people, draft, world, anna
):
    draft.sections.filter(kind="analysis").update(text="Mona Provson höll i vandringarna.")
    Mandate.objects.filter(seat=world.member).update(title_then="efter Mona Provson")
    followups.send(user=None, followup=draft, now=NOW)
    before = fresh(draft).snapshot
    traces.remove(traces.Traces("Mona", "Provson"))
    row = fresh(draft)
    assert row.state == "sent"
    text = json.dumps(row.snapshot, ensure_ascii=False)
    assert "[namn borttaget] höll i vandringarna." in text
    assert "Mona" not in text
    assert text.replace("[namn borttaget]", "Mona Provson") == json.dumps(
        before, ensure_ascii=False
    )
    assert shown(anna, row).differences == []


def test_a_person_whose_name_is_taken_away_has_none_in_it_either(people, done, anna):
    before = shown(anna, done).data
    PersonName.objects.filter(person=people["Mona"]).update(given_name="", family_name="")
    after = shown(anna, fresh(done)).data
    assert names_in(after) == ["Cecilia Provson", "", "Ejnar Provson"]
    assert json.dumps(after).replace('""', '"Mona Provson"') != json.dumps(after)
    assert [row["holder"] and row["holder"]["title"] for row in after["roster"]] == [
        row["holder"] and row["holder"]["title"] for row in before["roster"]
    ]


@pytest.mark.parametrize("state", ["draft", "with_members", "returned"])
def test_one_that_is_still_written_shows_nothing_frozen(world, people, anna, state):
    assert shown(anna, make_followup(world.group, state=state)) is None
