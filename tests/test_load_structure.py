"""`load_structure`: every row of the files, once, and never again what the app has ended."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Count, F

from governance.models import (
    Act,
    Agreement,
    AgreementVersion,
    Area,
    AreaPart,
    Challenge,
    Coverage,
    Function,
    GroupDecision,
    Indicator,
    IndicatorValue,
    Organization,
    Seat,
    SteeringGroup,
    WantedFunction,
)
from governance.services.endings import dissolve
from governance.services.structure import load_structure
from governance.services.wanted import end_wish, tie_seats
from tests.conftest import FIXTURES
from tests.days import day
from tests.structure_files import rewrite, rows_in
from tests.verbs import counts

pytestmark = pytest.mark.django_db

FILES = {
    "organizations": Organization,
    "areas": Area,
    "area_parts": AreaPart,
    "functions": Function,
    "indicators": Indicator,
    "indicator_values": IndicatorValue,
    "agreements": Agreement,
    "agreement_versions": AgreementVersion,
    "challenges": Challenge,
    "groups": SteeringGroup,
    "coverage": Coverage,
    "decisions": GroupDecision,
    "wanted": WantedFunction,
    "seats": Seat,
}


# -- all rows, once ------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_every_row_of_the_file_is_loaded(name):
    rows = rows_in(FIXTURES / f"{name}.csv")
    assert FILES[name].objects.count() == len(rows) > 1


@pytest.mark.parametrize("name", FILES)
def test_every_row_has_the_mark_and_source_of_its_file(name):
    expected = sorted(
        (row["source_mark"], row["source"]) for row in rows_in(FIXTURES / f"{name}.csv")
    )
    assert sorted(FILES[name].objects.values_list("source_mark", "source")) == expected
    assert all(mark and source for mark, source in expected)


def test_cold_load_writes_one_act_for_what_is_shared_and_one_for_each_agreement(empty_database):
    loaded = load_structure(folder=FIXTURES)
    acts = Act.objects.order_by("pk")
    assert [act.agreement and act.agreement.slug for act in acts] == [
        None,
        "overgripande",
        "bromma-vallingby",
    ]
    assert {act.verb for act in acts} == {Act.Verb.LOAD}
    assert [act.groups.count() for act in acts] == [0, 18, 0]
    assert loaded.in_words() == (
        "Strukturen är inläst: 103 organisationer, 151 områden, 329 områdesdelar, 41 funktioner, "
        "29 indikatorer, 14 utfall, 2 överenskommelser, 4 versioner, "
        "15 prioriterade utmaningar, 18 styrgrupper, 17 täckningar, 24 beslut, "
        "119 önskade funktioner och 119 platser i gruppen."
    )


@pytest.mark.parametrize("noun", FILES.values())
def test_every_row_has_history_that_bears_the_act(noun, empty_database):
    load_structure(folder=FIXTURES)
    assert noun.history.filter(history_type="+").count() == noun.objects.count()
    assert not noun.history.filter(caused_by=None).exists()


def test_second_load_changes_no_table(structure):
    before = counts()
    loaded = load_structure(folder=FIXTURES)
    assert counts() == before
    assert loaded.acts == []
    assert loaded.in_words() == "Strukturen är redan inläst. Inget har ändrats."


def test_keys_for_search_and_order_are_worked_out(structure):
    arsta = Area.objects.get(kind="stadsdel", slug="arsta")
    assert arsta.search_key == "årsta"
    places = Area.objects.filter(kind="stadsdel", slug__in=["akalla", "arsta", "ostberga"])
    names = places.order_by("sort_key").values_list("name", flat=True)
    assert [name[0] for name in names] == ["A", "Å", "Ö"]


def test_whole_kind_is_the_kind_of_the_larger_area(structure):
    kinds = AreaPart.objects.values_list("whole_kind", "whole__kind")
    assert {kind for kind, actual in kinds if kind != actual} == set()


def test_successors_that_stand_further_down_are_joined(structure):
    merged = SteeringGroup.objects.filter(successors__slug="hagersten-alvsjo")
    assert {group.slug for group in merged} == {"hagersten-liljeholmen", "alvsjo"}
    police = Area.objects.get(kind="lokalpolisomrade", slug="norrmalm")
    successors = {area.slug for area in police.successors.all()}
    assert successors == {"norra-innerstaden", "lidingo-kungsholmen"}


def test_parties_territory_and_parents_are_joined(structure):
    local = Agreement.objects.get(slug="bromma-vallingby")
    assert local.parent == structure
    assert {party.slug for party in structure.parties.all()} == {
        "stockholms-stad",
        "polisregion-stockholm",
    }
    assert (structure.territory.kind, structure.territory.slug) == ("kommun", "stockholm")
    office = Organization.objects.get(slug="farsta-stadsdelsforvaltning")
    assert office.parent.slug == "farsta-stadsdelsnamnd"


# -- what users changed stays as it is -----------------------------------------------------


def test_a_group_dissolved_in_the_app_stays_so_with_all_that_hung_on_it(farsta):
    dissolve(user=None, group=farsta, last_day=day("2024-06-30"))
    before = counts()
    assert load_structure(folder=FIXTURES).acts == []
    assert counts() == before
    farsta.refresh_from_db()
    assert farsta.valid_through == day("2024-06-30")


def test_what_was_withdrawn_in_the_app_does_not_come_back(farsta):
    farsta.coverages.get().delete()
    farsta.seats.first().delete()
    before = counts()
    assert load_structure(folder=FIXTURES).acts == []
    assert counts() == before


def test_nothing_returns_to_a_group_that_was_withdrawn_itself(farsta):
    for rows in (farsta.seats, farsta.wanted, farsta.coverages, farsta.decisions):
        for row in rows.all():
            row.delete()
    farsta.delete()
    before = counts()
    load_structure(folder=FIXTURES)
    assert counts() == before


def test_a_row_that_got_another_address_is_still_the_same(farsta):
    farsta.slug, farsta.name = "farsta-ny", "Nya Farsta"
    farsta.save()
    before = counts()
    load_structure(folder=FIXTURES)
    assert counts() == before
    assert SteeringGroup.objects.get(pk=farsta.pk).name == "Nya Farsta"


def test_a_new_row_in_a_file_is_all_that_is_created(structure, folder):
    new = {"agreement": "overgripande", "version": "3", "order": "6", "code": "V06"}
    new |= {"title": "provet", "short_title": "Provet", "source_mark": "example", "source": "Prov"}
    rewrite(folder / "challenges.csv", lambda rows: rows.append(new))
    before = counts()
    loaded = load_structure(folder=folder)
    changed = {table for table, number in counts().items() if number != before[table]}
    assert changed == {"governance_act", "governance_challenge", "governance_historicalchallenge"}
    assert loaded.in_words() == "Strukturen är inläst: 1 prioriterad utmaning."
    assert [act.agreement for act in loaded.acts] == [structure]


def test_a_new_seat_in_a_group_that_the_app_has_ended_is_left_out(farsta, folder):
    dissolve(user=None, group=farsta, last_day=day("2024-06-30"))
    new = rows_in(folder / "seats.csv")[0] | {"group": "farsta", "number": "9", "role": "member"}
    rewrite(folder / "seats.csv", lambda rows: rows.append(new))
    before = counts()
    load_structure(folder=folder)
    assert counts() == before


def test_seats_meet_the_wishes_that_they_fit_at_most_as_many_as_are_wanted(structure):
    fitting = {"group": F("fulfils__group"), "function": F("fulfils__function")}
    tied = Seat.objects.exclude(fulfils=None)
    assert tied.count() == tied.filter(**fitting).count() > 100
    for on in ("2019-12-01", "2022-01-01", "2024-12-31", "2025-01-01"):
        met = Seat.objects.as_of(day(on)).exclude(fulfils=None).values("fulfils")
        numbers = dict(met.annotate(number=Count("pk")).values_list("fulfils", "number"))
        wanted = WantedFunction.objects.in_bulk(numbers)
        assert all(wanted[pk].number >= number for pk, number in numbers.items())
    kungsholmen = WantedFunction.objects.filter(group__slug="kungsholmen")
    chiefs = kungsholmen.get(function__code="lpo-chef")
    assert chiefs.seats.count() == 2  # one police district after the other


def test_a_seat_that_was_untied_in_the_app_stays_so(farsta):
    wish = farsta.wanted.get(function__code="distriktschef")
    tie_seats(user=None, wish=wish, seats=[])
    end_wish(
        user=None, wish=farsta.wanted.get(function__code="lpo-chef"), last_day=day("2024-06-30")
    )
    before = counts()
    assert load_structure(folder=FIXTURES).acts == []
    assert counts() == before
    assert farsta.seats.get(function__code="distriktschef").fulfils is None


def test_a_new_wish_is_met_by_the_seats_that_are_there_and_a_new_seat_meets_the_wish(
    farsta, folder
):
    company = farsta.seats.get(function__code="omradeschef")
    new = rows_in(folder / "wanted.csv")[0] | {"group": "central-styrgrupp"}
    new |= {"function": "polisomradeschef", "organization_kind": "polisomrade", "number": "2"}
    rewrite(folder / "wanted.csv", lambda rows: rows.append(new))
    WantedFunction.objects.filter(group=farsta, function=company.function).update(number=2)
    second = {"group": "farsta", "organization": "svenska-bostader", "function": "omradeschef"}
    second |= {"number": "2", "role": "member", "mailbox": "", "valid_from": "2019-11-04"}
    second |= {"valid_through": "", "source_mark": "example", "source": "Prov"}
    rewrite(folder / "seats.csv", lambda rows: rows.append(second))
    load_structure(folder=folder)
    police = Seat.objects.filter(group__slug="central-styrgrupp", fulfils__number=2)
    assert police.count() == 2
    assert farsta.seats.get(function=company.function, number=2).fulfils == company.fulfils


def test_the_command_says_what_it_did(empty_database, capsys):
    call_command("load_structure")
    assert "119 platser i gruppen" in capsys.readouterr().out
    call_command("load_structure")
    assert capsys.readouterr().out == "Strukturen är redan inläst. Inget har ändrats.\n"


def test_the_structure_names_no_person():
    assert {
        apps.get_model("governance", name).objects.count() for name in ["Person", "Mandate"]
    } == {0}
