"""A company's list of stock: read as it is, saved whole or not at all."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from governance.models import Act, Address, Holding, Property
from governance.queries.stock_sheets import headings
from governance.services.acts import Stale
from governance.services.properties import NothingNew
from governance.services.property_columns import guess, looks_personal
from governance.services.property_plan import make_stock_plan
from governance.sheets import read_sheet, write_csv, write_xlsx
from tests.days import day
from tests.stock import DAY, LIST, export, faults, plan, save, table

pytestmark = pytest.mark.django_db
BEFORE = day("2026-02-28")


def test_a_list_as_it_is_becomes_the_stock(company, world):
    done = save(company, LIST)
    assert done.summary == "Beståndet för Provstads bostäder: 3 nya."
    assert (done.organization, done.agreement, done.verb) == (company, None, "stock")
    first, second, third = Holding.objects.order_by("pk")
    assert first.property.designation == "Provstad Kvarnvingen 3"
    assert (first.own_number, second.own_number) == ("101", "101")
    assert first.property.addresses.get().text() == "Farstavägen 12 A–C"
    assert first.property.addresses.get().postal_code == "123 45"
    assert second.property.addresses.get().text() == "Ekvägen 3–9"
    assert (first.property.flats, first.property.use) == (40, "housing")
    assert first.property.stated_area == world.north
    assert third.property.addresses.get().text() == "Storgatan 5 B"
    assert (first.valid_from, first.valid_through, first.kind) == (DAY, None, "owns")
    assert Property.objects.get(search_key="provstad kvarnvingen 3").sort_key


def test_tenants_and_flat_numbers_are_named_and_never_kept(company):
    read = plan(company, LIST)
    assert read.not_used == [
        'Kolumnen "Hyresgäst" ser ut att innehålla personuppgifter. Vi tar inte med den.'
    ]
    save(company, LIST)
    for noun in (Property, Address, Holding, Act):
        for row in [*noun.objects.values_list(), *noun_history(noun)]:
            assert "Anna" not in str(row)
            assert "1101" not in str(row)


def noun_history(noun):
    return noun.history.values_list() if hasattr(noun, "history") else []


@pytest.mark.parametrize(
    ("heading", "cells", "personal"),
    [
        ("Hyresgäst", [], True),
        ("Personnummer", [], True),
        ("Pnr", ["640823-3234"], True),
        ("Pnr", [], True),
        ("Hyresgast", [], True),
        ("Hyrestagare", [], True),
        ("Nummer", ["6408233234", "7102114567"], True),
        ("Nummer", ["1234567890", "100"], False),
        ("Kommentar", [*["nytt tak"] * 60, "640823-3234"], True),
        ("Telefon", [], True),
        ("Kontakt", ["070-123 45 67"], True),
        ("Mejl", [], True),
        ("Namn", [], True),
        ("Lägenhetsnummer", [], True),
        ("Lgh nr", [], True),
        ("Lgh", ["1101", "1102", "1201"], True),
        ("Lgh", ["40", "12", "7"], False),
        ("Antal lägenheter", ["40"], False),
        ("Lägenheter", ["40"], False),
        ("Fastighetsnamn", ["Kvarnvingen 3"], False),
        ("Kommentar", ["nytt tak"], False),
        ("Kommentar", ["nytt tak", "anna@example.org"], True),
    ],
)
def test_columns_about_individuals_are_known_by_name_and_by_content(heading, cells, personal):
    assert looks_personal(heading, cells) is personal


def test_the_same_list_again_changes_nothing(company):
    save(company, LIST)
    before = table()
    with pytest.raises(NothingNew):
        save(company, LIST)
    assert plan(company, LIST).counts()["left"] == 3
    assert table() == before
    assert Act.objects.filter(verb="stock").count() == 1


@pytest.mark.parametrize("write", [write_csv, lambda *rows: write_xlsx(*rows, "Bestånd")])
def test_the_export_read_in_again_changes_nothing(company, write):
    save(company, LIST + "103\tÅsen 2; Åsen 3\tEkvägen 11; Ekvägen 13 A, 123 46\t\t\tmark\t\n")
    save(company, "Eget nummer\tNord\tÖst\tVisas inte\n102\t6579609\t674032\tja")
    content = write(headings(), export(company))
    sheet = read_sheet(content, "bestand.csv" if write is write_csv else "bestand.xlsx")
    read = make_stock_plan(company, sheet, guess(sheet, set()), day("2026-04-01"), whole=True)
    assert read.faults == []
    assert [line.said for line in read.lines if line.said] == []
    assert read.counts() == {
        "created": 0, "properties": 0, "changed": 0, "ended": 0, "left": 5, "hidden": 0,
        "shown": 0,
    }  # fmt: skip


def test_what_is_written_otherwise_is_changed_and_nothing_else(company):
    save(company, LIST)
    text = "Fastighet\tLägenheter\tAdress\nKvarnvingen 3\t41\tFarstavägen 12 A\n"
    read = plan(company, text)
    assert read.counts()["changed"] == 1
    assert read.lines[0].said == ["Ändras: lägenheter och adresser."]
    done = save(company, text, when=day("2026-05-01"))
    assert done.summary.endswith("1 ändrad.")
    row = Property.objects.get(search_key="provstad kvarnvingen 3")
    assert (row.flats, row.use) == (41, "housing")
    assert [each.text() for each in row.addresses.all()] == ["Farstavägen 12 A"]
    assert Holding.objects.as_of(DAY).count() == 3


def test_a_row_that_is_missing_stays_unless_the_list_is_the_whole_stock(company):
    save(company, LIST)
    new = "Fastighet\nKvarnvingen 3\nNyvingen 1\n"
    assert plan(company, new).counts()["ended"] == 0
    later = day("2026-06-01")
    read = plan(company, new, when=later, whole=True)
    assert (read.counts()["ended"], read.counts()["created"], read.counts()["left"]) == (2, 1, 1)
    assert "2 fastigheter som inte står i listan slutar den 31 maj 2026." in read.notes
    save(company, new, when=later, whole=True)
    assert Holding.objects.filter(organization=company).as_of(day("2026-05-31")).count() == 3
    assert Holding.objects.filter(organization=company).as_of(later).count() == 2


def test_what_has_not_begun_is_withdrawn_by_a_whole_list_without_it(company):
    save(company, "Fastighet\tFrån och med\nKvarnvingen 3\t2026-12-01\nÅsen 1\t2026-01-01")
    save(company, "Fastighet\nÅsen 1", whole=True)
    assert [row.property.designation for row in Holding.objects.all()] == ["Provstad Åsen 1"]


def test_every_fault_is_told_with_its_row_and_column(company):
    text = (
        "Fastighet\tAdress\tStadsdel\tLägenheter\tTyp\tSlag\tFrån och med\tNord\tÖst\tVisas inte\n"
        "Kvarnvingen\t\t\t\t\t\t\t\t\t\n"
        "Åsen 1\tBox 12\tNora Provstad\t-3\tslott\tlånar\t2026-02-30\t12\t13\tkanske\n"
        "Älvsjö s:1\t\t\t\t\t\t\t\t\t\n"
        "\t\t\t40\t\t\t\t\t\t\n"
    )
    said = faults(company, text)
    assert said[0].startswith("Rad 2, Fastighet: Kvarnvingen är ingen fastighetsbeteckning.")
    columns = [each.split(":")[0] for each in said]
    assert columns == [
        "Rad 2, Fastighet",
        "Rad 3, Stadsdel",
        "Rad 3, Lägenheter",
        "Rad 3, Typ",
        "Rad 3, Slag",
        "Rad 3, Visas inte",
        "Rad 3, Från och med",
        "Rad 3, Adress",
        "Rad 3, Nord",
        "Rad 4, Fastighet",
        "Rad 5, Fastighet",
    ]
    assert "Menade du Norra Provstad" in said[1]
    with pytest.raises(ValidationError) as refusal:
        save(company, text)
    assert refusal.value.messages[0] == "11 fel hittades. Inget har ändrats."
    assert not Property.objects.exists()
    assert not Act.objects.filter(verb="stock").exists()


def test_rows_of_one_property_may_not_say_different_things(company):
    text = "Fastighet\tAdress\tLägenheter\nÅsen 1\tEkvägen 1\t10\nÅsen 1\tEkvägen 3\t12\n"
    assert faults(company, text) == [
        "Rad 3, Lägenheter: Rad 2 säger något annat om samma fastighets lägenheter. "
        "Skriv samma uppgift på alla fastighetens rader."
    ]


def test_several_rows_with_an_address_each_are_one_property(company):
    save(company, "Fastighet\tAdress\tLägenheter\nÅsen 1\tEkvägen 1\t22\nÅsen 1\tEkvägen 3\t22\n")
    row = Property.objects.get()
    assert [each.text() for each in row.addresses.all()] == ["Ekvägen 1", "Ekvägen 3"]
    assert Holding.objects.count() == 1


def test_properties_without_a_designation_are_known_by_number_or_door(company):
    text = "Eget nummer\tAdress\nA-17\tEkvägen 1\n\tBjörkvägen 2\n"
    save(company, text)
    assert [row.designation for row in Property.objects.all()] == ["", ""]
    with pytest.raises(NothingNew):
        save(company, text)
    save(company, "Eget nummer\tFastighet\nA-17\tÅsen 9")
    assert Property.objects.count() == 2
    assert Property.objects.get(search_key="provstad åsen 9").addresses.get().text() == "Ekvägen 1"


def test_what_another_has_is_refused_in_the_same_words_whether_it_is_hidden_or_not(company, world):
    save(world.city, "Fastighet\tVisas inte\nÅsen 1\tja\nÅsen 2\tnej\n")
    said = faults(company, "Fastighet\nÅsen 1\nÅsen 2\n")
    assert [text.split(": ", 1)[1] for text in said] == [said[0].split(": ", 1)[1]] * 2
    assert "går inte att spara i ert bestånd" in said[0]
    # One that is hidden cannot be reached as another kind either, which would show it.
    said = faults(company, "Fastighet\tSlag\nÅsen 1\thyr in\nÅsen 2\thyr in\n")
    assert [text[:5] for text in said] == ["Rad 2"]


def test_another_kind_of_the_same_property_leaves_the_facts_to_the_one_who_has_it(company, world):
    save(world.city, "Fastighet\tLägenheter\nÅsen 2\t10\n")
    text = "Fastighet\tSlag\tLägenheter\tVisas inte\nÅsen 2\tförvaltar åt annan\t99\tja\n"
    assert "lämnas, för de står också i ett annat bestånd." in plan(company, text).notes[0]
    save(company, text)
    row = Property.objects.get()
    assert (row.flats, row.hidden, row.holdings.count()) == (10, False, 2)


def test_what_was_sold_can_be_taken_over_the_day_after(company, world):
    save(world.city, "Fastighet\tTill och med\nÅsen 2\t2026-02-28\n", when=day("2020-01-01"))
    assert faults(company, "Fastighet\nÅsen 2", when=BEFORE)
    save(company, "Fastighet\nÅsen 2")
    assert Property.objects.get().holdings.as_of(DAY).get().organization == company


def test_swapped_axes_and_other_systems_are_read_and_said(company):
    text = "Fastighet\tX\tY\nÅsen 1\t18.0686\t59.3293\nÅsen 2\t6579609\t674032\n"
    read = plan(company, text)
    assert read.faults == []
    assert any("omvänd ordning på 1 rad" in note for note in read.notes)
    save(company, text)
    for row in Property.objects.all():
        assert 6_500_000 < row.north < 6_700_000
        assert 600_000 < row.east < 700_000


def test_a_plan_that_is_no_longer_true_is_refused(company):
    seen = plan(company, LIST).digest
    save(company, "Fastighet\nKvarnvingen 3")
    with pytest.raises(Stale):
        save(company, LIST, seen=seen)
    assert Holding.objects.count() == 1


def test_last_day_before_first_is_a_fault(company):
    text = "Fastighet\tFrån och med\tTill och med\nÅsen 1\t2026-03-02\t2026-03-01"
    assert "Sista dagen ligger före första dagen." in faults(company, text)[0]


def test_ten_thousand_rows_take_seconds_and_few_queries(company, django_assert_max_num_queries):
    rows = "\n".join(f"{n}\tÅsen {n}\tEkvägen {n % 300 + 1}\t{n % 90}" for n in range(1, 10_001))
    text = f"Fastnr\tFastighet\tAdress\tLägenheter\n{rows}"
    began = datetime.datetime.now(datetime.UTC)
    with django_assert_max_num_queries(1000):
        save(company, text)
    assert Holding.objects.count() == 10_000
    assert (datetime.datetime.now(datetime.UTC) - began).total_seconds() < 60
    with pytest.raises(NothingNew):
        save(company, text)
