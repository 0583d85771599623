"""The report of one group and of a year, before it is laid out."""

import dataclasses

import pytest

from governance.documents.blocks import Table
from governance.models import (
    FollowUp,
    Goal,
    Indicator,
    IndicatorValue,
    Measure,
    Person,
)
from tests.days import day
from tests.following import (
    make_followup,
    make_goal,
    make_indicator,
    make_measure,
    make_priority,
    make_value,
)
from tests.reports import adopted, facts, figured, freeze, headings, of_year, one, table, words
from tests.test_snapshots import change_everything, people  # noqa: F401 (a fixture)
from tests.worlds import make_group

pytestmark = pytest.mark.django_db
LOCAL = "Lokala gruppen i Provstad"


@pytest.fixture
def figures(world) -> tuple[IndicatorValue, Measure]:
    return figured(world)


@pytest.fixture
def done(world, people, figures) -> FollowUp:  # noqa: F811
    return adopted(world.group)


# -- one group ------------------------------------------------------------------------------------


def test_it_says_what_it_is_about_and_holds_the_sections_in_their_order(done, anna):
    document = one(anna, done)
    assert document.title == f"Uppföljning 2021 för {LOCAL}"
    assert document.subtitle == ("Överenskommelse i Provstad. Fastställd den 9 februari 2022, § 4")
    assert document.file_name == "uppfoljning-2021-lokala-gruppen-i-provstad"
    assert document.registry_number == "FAR 2022/17"
    assert headings(document) == [
        "Uppgifter", "Ledamöter", "Lägesbild", "Trygga torg", "Åtgärder", "Processuppföljning",
        "Analys och slutsats", "Kommunikation", "Nästa år", "Bilagor", "Avstämning",
    ]  # fmt: skip
    said = facts(document)
    assert said["Styrgrupp"] == f"{LOCAL} (aktiv, beslut ej registrerat)"
    assert said["Överenskommelse"] == "Överenskommelse i Provstad, version 1: Första"
    assert said["Avstämningsdatum"] == "31 december 2021"
    assert said["Läge"] == "Fastställd den 9 februari 2022, § 4"
    assert said["Registrerad i egenskap av"] == "Ordförande"
    assert said["Diarienummer"] == "FAR 2022/17"
    assert said["Skickad"] == "20 januari 2022"
    assert said["Täckning"] == "Provstads district"
    assert said["Bedömning av måluppfyllelsen"] == "Delvis"
    assert said["Möten hållna"] == "0"
    assert said["Närvaro"] == "Ej registrerad"
    assert words(document).count("Vi gick åtta vandringar.") == 10


def test_the_roster_names_who_sat_there_and_their_deputies(done, anna):
    rows = table(one(anna, done), "Ledamöter den 31 december 2021").rows
    assert [row[:3] for row in rows] == [
        ["Provstad-direktor, Provstads stad", "Ordförande", "Cecilia Provson (direktör)"],
        [
            "Provstad-chef, Provstads bostäder",
            "Ledamot",
            "Mona Provson (direktör); Ersättare: Ejnar Provson (direktör)",
        ],
        ["Provstad-samordnare, Provstads stad", "Sekreterare", "–"],
    ]
    assert rows[1][3] == "Bemannad"


def test_a_goal_has_baseline_both_years_target_and_how_far_in_words(done, anna):
    [row] = table(one(anna, done), "Mål: Trygga torg").rows
    assert row == [
        "Provindikator PROV1, Provstads district. Färre ska vara oroliga",
        "12\u00a0% (2020)", "Ingen mätning 2020", "11\u00a0%",
        "10\u00a0% senast den 31 december 2022",
        "Gick åt rätt håll: 50\u00a0% av vägen till målet.",
    ]  # fmt: skip


def test_measures_are_told_once_under_what_they_are_about(world, done, anna):
    document = one(anna, done)
    rows = table(document, "Åtgärder: Trygga torg").rows
    assert [row[0] for row in rows] == ["Belysning", "Trygghetsvandringar"]
    assert rows[0][2:] == [
        "Genomförd", "12 av 12 lampor. 40\u00a0timmar och 12\u00a0500\u00a0kr", "2021-12-31",
    ]  # fmt: skip
    assert not [
        each for each in document.blocks if isinstance(each, Table) and each.caption == "Åtgärder"
    ]
    assert facts(document)["Genomförda"] == "1"
    own = make_priority(world.group, own_title="Skolvägar")
    make_measure(own, world.city, title="Övergångsställe")
    other = adopted(world.group, 2022)
    assert [row[0] for row in table(one(anna, other), "Övriga åtgärder").rows] == [
        "Övergångsställe"
    ]


def test_a_small_count_is_hidden_and_missing_is_never_zero(world, people, anna):  # noqa: F811
    priority = make_priority(world.group, world.challenge)
    small = make_indicator("ANTAL", unit="antal", hide_small=True)
    make_goal(priority, small, world.district, baseline=20, target=10)
    make_value(small, world.district, 2021, 3)
    none = make_indicator("INGEN")
    make_goal(priority, none, world.district)
    rows = {
        row[0].split(",")[0]: row
        for row in table(one(anna, adopted(world.group)), "Mål: Trygga torg").rows
    }
    assert rows["Provindikator ANTAL"][3] == "färre än 5"
    assert rows["Provindikator ANTAL"][5] == "Visas inte: antalet är under 5."
    assert rows["Provindikator INGEN"][3] == "Ingen mätning finns för området."


def test_what_is_changed_afterwards_changes_nothing_in_it(world, people, figures, done, anna):  # noqa: F811
    before, year_before = one(anna, done), of_year(anna)
    change_everything(world, people)
    value, measure = figures
    IndicatorValue.objects.filter(pk=value.pk).update(value=9)
    Indicator.objects.update(name="Nytt namn", unit="antal")
    Goal.objects.update(target=1)
    Measure.objects.filter(pk=measure.pk).update(status="done", title="Nya vandringar")
    assert one(anna, done) == before
    assert of_year(anna) == year_before


def test_a_person_protected_afterwards_is_the_one_difference(people, done, anna):  # noqa: F811
    before = one(anna, done)
    Person.objects.filter(pk=people["Mona"].pk).update(protected=True)
    after = one(anna, done)
    changed = [
        (old, new) for old, new in zip(before.blocks, after.blocks, strict=True) if old != new
    ]
    [(old, new)] = changed
    assert dataclasses.replace(new, rows=old.rows) == old
    assert "Mona" not in repr(after)
    assert repr(after) == repr(before).replace("Mona Provson", "Namnet visas inte")


def test_a_protected_name_shows_the_mailbox_of_the_seat(world, people, anna):  # noqa: F811
    world.member.mailbox = "chef@example.org"
    world.member.save()
    done = adopted(world.group)
    Person.objects.filter(pk=people["Mona"].pk).update(protected=True)
    rows = table(one(anna, done), "Ledamöter den 31 december 2021").rows
    assert rows[1][2].startswith("Namnet visas inte. Skriv till chef@example.org (direktör)")


@pytest.mark.parametrize("state", ["draft", "with_members", "returned"])
def test_a_draft_is_told_as_it_is_now_and_says_that_it_is_one(world, people, anna, state):  # noqa: F811
    draft = make_followup(world.group, state=state)
    document = one(anna, draft)
    assert document.subtitle.endswith("Utkast, inte fastställd")
    assert facts(document)["Läge"] == "Utkast, inte fastställd"
    assert words(document)[0].startswith("Det här är ett utkast.")
    world.group.name = "Nya namnet"
    world.group.save()
    assert one(anna, draft).title == "Uppföljning 2021 för Nya namnet"


def test_one_that_waits_to_be_adopted_says_so(world, people, anna):  # noqa: F811
    sent = freeze(make_followup(world.group), "sent")
    assert one(anna, sent).subtitle.endswith("Skickad för fastställande, inte fastställd")


def test_a_correction_says_which_version_it_is_and_why(world, done, anna):
    second = freeze(
        make_followup(world.group, number=2, reason="Fel antal vandringar."),
        adopted_on=day("2022-03-09"),
    )
    document = one(anna, second)
    assert document.file_name.endswith("-version-2")
    assert document.subtitle.endswith("Fastställd den 9 mars 2022, § 4. Rättad (version 2)")
    assert facts(document)["Rättad därför att"] == "Fel antal vandringar."
    assert "Rättad" not in one(anna, done).subtitle


def test_the_half_year_of_a_dissolved_group_and_the_year_of_its_successor(world, anna):
    last = day("2021-06-30")
    old = make_group(world.agreement, "Gamla gruppen", valid_through=last)
    old.successors.set([world.group])
    half = freeze(make_followup(old, cutoff=last))
    assert facts(one(anna, half))["Avstämningsdatum"] == "30 juni 2021"
    assert facts(one(anna, adopted(world.group)))["Föregångare under året"] == (
        "Gamla gruppen (till och med den 30 juni 2021), som har en egen uppföljning"
    )
    assert headings(of_year(anna)) == ["Översikt", "Gamla gruppen", LOCAL]
