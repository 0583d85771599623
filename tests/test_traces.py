"""What gives a person away in a text, and what only looks like it."""

import unicodedata

import pytest

from governance.models import LookupRun
from governance.services.traces import REMOVED, Traces, remove

GOMDA = Traces("Gömda", "Hemlighetsson", ["g123@example.org", "+46701234567"])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Gömda Hemlighetsson ringde.", f"{REMOVED} ringde."),
        ("Fråga Hemlighetsson, Gömda först", f"Fråga {REMOVED} först"),
        ("GÖMDA   HEMLIGHETSSON", REMOVED),
        ("Gomda Hemlighetsson", REMOVED),
        ("Gömda Hemlighetssons uppdrag", f"{REMOVED} uppdrag"),
        ("gomda.hemlighetsson@polisen.se", f"{REMOVED}@polisen.se"),
        ("Gömda\nHemlighetsson", REMOVED),
        ("Skriv till G123@example.org", f"Skriv till {REMOVED}"),
        ("Ring 070-123 45 67 i dag", f"Ring {REMOVED} i dag"),
        ("+46 (0)70 123 45 67", REMOVED),
        ("0046701234567", REMOVED),
    ],
)
def test_the_name_an_address_made_of_it_and_own_details_are_taken_out(text, left):
    assert GOMDA.without(text) == left
    assert GOMDA.without(unicodedata.normalize("NFD", text)) == unicodedata.normalize("NFD", left)


@pytest.mark.parametrize(
    "text",
    [
        "Gömda skatter",
        "Hemlighetsson",
        "Gömda Hemlighetssonsgatan",
        "xg123@example.org",
        "1070-123 45 678",
        "Gömda äpplen, plommon och så kom Hemlighetsson",
        "",
    ],
)
def test_what_is_something_else_is_left_alone(text):
    assert GOMDA.without(text) == text


def test_more_given_names_are_left_out_at_will():
    traces = Traces("Anna-Karin Maria", "af Ek")
    for text in ("Anna-Karin Maria af Ek", "Anna af Ek", "af Ek, Anna-Karin Maria"):
        assert traces.without(text) == REMOVED


def test_a_name_of_one_word_is_not_looked_for():
    assert Traces("Farsta", "").without("Lokal styrgrupp Farsta") == "Lokal styrgrupp Farsta"
    assert not Traces("Farsta", "").stand_apart_in("Farsta")


def test_cells_that_split_the_name_are_seen_apart():
    assert GOMDA.stand_apart_in('[["Gömda", "polis", "Hemlighetsson"]]')
    assert not GOMDA.stand_apart_in('[["Gömda", "polis", "Hemlig"]]')


def test_other_spellings_are_whole_names_and_looked_for_in_the_same_way():
    traces = Traces("Gömda", "Hemlighetsson", spellings=["Gomda Maria Hemligson", "Ensam"])
    for text in (
        "GÖMDA HEMLIGSON",
        "Hemligson, Gömda Maria",
        "gomda.hemligson",
        "Gömda Hemlighetsson",
    ):
        assert traces.without(text) == REMOVED
    assert traces.without("Ensam") == "Ensam"
    assert traces.stand_apart_in('[["Gömda", "polis", "Hemligson"]]')
    assert Traces("Gömda", "", spellings=["Gömda Hemligson"]).without("Gömda Hemligson") == REMOVED


def test_a_list_that_was_looked_up_with_the_name_is_deleted_and_others_stay(bo):
    for cells in (["Kvarnvingen 3", "Hemlighetsson", "Gömda"], ["Kvarnvingen 3", "Annan"]):
        sheet = {"rows": [cells]}
        LookupRun.objects.create(user=bo, day="2024-03-01", sheet=sheet)
    assert remove(GOMDA) == 1
    assert [run.sheet["rows"][0][1] for run in LookupRun.objects.all()] == ["Annan"]
