"""An adopted follow-up on page, in every file and in every plot, when all that it was made of is
changed afterwards: compared as parsed data. A name that is hidden or taken away is the one
difference.
"""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from governance.documents.blocks import Document
from governance.models import (
    AreaPart,
    Coverage,
    FollowUp,
    Goal,
    Indicator,
    IndicatorValue,
    Mandate,
    Measure,
    Person,
    PersonName,
    SteeringGroup,
)
from governance.services.meetings import hold_meeting, plan_meeting
from tests.days import day
from tests.following import (
    make_goal,
    make_indicator,
    make_measure,
    make_picture,
    make_priority,
    make_value,
)
from tests.reports import adopted, figured
from tests.test_followup_frozen import frozen_text
from tests.test_report_downloads import addresses, sheets, squeezed, text_in
from tests.test_report_plots import pictures
from tests.worlds import World, appoint, make_person, make_seat

pytestmark = pytest.mark.django_db
LATER = datetime.date(2022, 6, 1)
KINDS = ["page", "pdf", "docx"]


def held(world: World, when: str, *present) -> None:
    plan_meeting(user=None, group=world.group, day=day(when))
    meeting = world.group.meetings.get(day=day(when))
    hold_meeting(user=None, meeting=meeting, today=LATER, present=present)


@pytest.fixture
def mona(world) -> Person:
    """Sits in the chair; Ejnar is her deputy."""
    mona = make_person(world.city, "Mona", "Provson", title="direktör")
    appoint(world.chair, mona)
    appoint(world.chair, make_person(world.city, "Ejnar", "Provlund"), kind="deputy")
    return mona


@pytest.fixture
def done(world, mona) -> FollowUp:
    figured(world)
    held(world, "2021-05-04", world.chair, world.member)
    return adopted(world.group)


def taken(client: Client, followup: FollowUp) -> dict[str, object]:
    """All that the reader can read and take away of it, by what it is."""
    found: dict[str, object] = {"follow-up": frozen_text(client, _page(followup))}
    for kind in KINDS:
        one, year = (client.get(url) for url in addresses(followup, kind))
        found[kind] = text_in(one.content, kind)
        found[f"{kind} of the year"] = text_in(year.content, kind)
        if kind == "page":
            documents: list[Document] = [one.context["document"], year.context["document"]]
            found["blocks"] = [each.blocks for each in documents]
    compared = reverse("governance:compare_years", args=[followup.group.slug])
    found["comparison"] = client.get(compared).context["blocks"]
    found["workbook"] = sheets(client)
    for url in addresses(followup, "page"):
        found |= {each: client.get(each).content for each in pictures(client, url)}
    return found


def _page(followup: FollowUp) -> str:
    return reverse("governance:followup", args=[followup.year, followup.group.slug])


# -- what is changed ------------------------------------------------------------------------------


def change_roster(world: World) -> None:
    """Her mandate turns out to have ended, somebody else sits there, and a seat is added."""
    Mandate.objects.filter(seat=world.chair).update(valid_through=day("2021-06-30"))
    appoint(world.chair, make_person(world.city, "Olle", "Provberg"), day("2021-07-01"))
    appoint(world.secretary, make_person(world.city, "Sara", "Provdal"))
    Person.objects.update(title="utredare")
    appoint(make_seat(world.group, world.police, "ny-plats"), make_person(world.city))
    world.secretary.valid_through = day("2021-03-31")
    world.secretary.save()


def change_areas(world: World) -> None:
    """The area has another name, ended in the year, and was followed by another."""
    world.district.name, world.district.valid_through = "Nya distriktet", day("2021-03-31")
    world.district.save()
    world.district.successors.add(world.north)
    AreaPart.objects.all().delete()
    Coverage.objects.filter(group=world.group).update(valid_through=day("2021-03-31"))
    Coverage.objects.create(group=world.group, area=world.south, valid_from=day("2021-04-01"))


def change_titles(world: World) -> None:
    for row, field in (
        (world.chair.function, "title"),
        (world.city, "name"),
        (world.agreement, "name"),
        (world.version, "title"),
        (world.challenge, "title"),
        (world.challenge, "short_title"),
        (world.group, "name"),
    ):
        setattr(row, field, f"Nytt namn på {field}")
        row.save()
    Indicator.objects.update(name="Ny indikator", unit="antal", direction="higher_better")


def change_values(world: World) -> None:
    """One is put right, one was entered late, and what the goal aims at is changed."""
    IndicatorValue.objects.update(value=77)
    make_value(Indicator.objects.get(slug="prov1"), world.district, 2019, 40)
    make_value(Indicator.objects.get(slug="prov1"), world.district, 2022, 41)
    Goal.objects.update(target=1, baseline=90, baseline_year=2017, aim="Något annat")
    other = make_priority(world.group, own_title="Ny prioritering")
    make_goal(other, make_indicator("PROV2"), world.district)


def change_work(world: World) -> None:
    """Measures go on, one more is entered, and so are a meeting and a lägesbild of the year."""
    Measure.objects.update(status="not_done", title="Annat", why="Pengar saknades", cost=1)
    make_measure(Measure.objects.first().priority, world.police, title="Ny åtgärd")
    held(world, "2021-10-05")
    world.group.meetings.filter(day=day("2021-05-04")).delete()
    make_picture(world.group, day("2021-11-01"))


def change_group(world: World) -> None:
    """It ended in the year, and another came after it."""
    SteeringGroup.objects.filter(pk=world.group.pk).update(valid_through=day("2021-09-30"))


CHANGES = [change_roster, change_areas, change_titles, change_values, change_work, change_group]


# -- and what is read -----------------------------------------------------------------------------


def test_whatever_is_changed_pages_files_and_plots_give_the_same(world, done, as_anna):
    before = taken(as_anna, done)
    assert len([key for key in before if ".svg" in key]) == 3
    assert "Mona Provson" in str(before["follow-up"])
    for change in CHANGES:
        change(world)
        after = taken(as_anna, done)
        different = [key for key in before if after.get(key) != before[key]]
        assert (change.__name__, different, set(after)) == (change.__name__, [], set(before))
    told = as_anna.get(_page(done)).content.decode()
    for each in ("Provberg", "Södra Provstad", "77", "Ej genomförd", "Nytt namn på title"):
        assert each in told, "today's data differ, and the page says so"


# Where the names of persons stand, and how they are written there.
NAMING = {"follow-up", "page", "pdf", "docx", "blocks"}
NAMING |= {f"{kind} of the year" for kind in KINDS}


def all_but_names(found: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in found.items() if key not in NAMING}


@pytest.mark.parametrize(
    ("taking", "report", "page"),
    [
        (lambda pk: Person.objects.filter(pk=pk).update(protected=True), "Namnet visas inte", "."),
        (
            lambda pk: PersonName.objects.filter(person=pk).update(given_name="", family_name=""),
            "Namn saknas",
            "",
        ),
        (lambda pk: PersonName.objects.filter(person=pk).delete(), "Namn saknas", ""),
    ],
    ids=["protected", "anonymised", "without a name"],
)
def test_a_name_that_is_hidden_or_taken_away_is_the_one_difference(
    mona, done, as_anna, taking, report, page
):
    before = taken(as_anna, done)
    taking(mona.pk)
    after = taken(as_anna, done)
    assert all_but_names(after) == all_but_names(before)
    for key in NAMING - {"follow-up", "blocks"}:
        said = str(before[key])
        assert "MonaProvson" in said
        assert after[key] == said.replace("MonaProvson", squeezed(report)), key
    assert repr(after["blocks"]) == repr(before["blocks"]).replace("Mona Provson", report)
    said = str(before["follow-up"]).replace("Mona Provson", report + page)
    assert after["follow-up"] == said
    assert "Mona" not in repr(after)
