"""A property's designation, however it is written."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from governance.designations import (
    Designation,
    read_designation,
    read_designations,
    read_quarter,
)
from governance.municipalities import MUNICIPALITIES

AT_ONCE = 0.05  # seconds, with room for a busy machine

READ = {
    "Kvarnvingen 3": ("", "Kvarnvingen", "", "3"),
    "Stockholm Kvarnvingen 3": ("Stockholm", "Kvarnvingen", "", "3"),
    "kv. Kvarnvingen 3": ("", "Kvarnvingen", "", "3"),
    "kv Kvarnvingen 3": ("", "Kvarnvingen", "", "3"),
    "Kv.Kvarnvingen 3": ("", "Kvarnvingen", "", "3"),
    "Kvarteret Kvarnvingen 3": ("", "Kvarnvingen", "", "3"),
    "KV KVARNVINGEN 3": ("", "Kvarnvingen", "", "3"),
    "Stockholm kv. Kvarnvingen 3": ("Stockholm", "Kvarnvingen", "", "3"),
    "STOCKHOLM KVARNVINGEN 3": ("Stockholm", "Kvarnvingen", "", "3"),
    "kvarnvingen 3": ("", "Kvarnvingen", "", "3"),
    "Fastigheten Kvarnvingen 3": ("", "Kvarnvingen", "", "3"),
    "Kvarnvingen nr 3": ("", "Kvarnvingen", "", "3"),
    "Kvarnvingen 003": ("", "Kvarnvingen", "", "3"),
    "Kvarnstenen 3.": ("", "Kvarnstenen", "", "3"),
    "Kristineberg 1:10": ("", "Kristineberg", "1", "10"),
    "Stockholm Kristineberg 1:10": ("Stockholm", "Kristineberg", "1", "10"),
    "Kristineberg 1 : 10": ("", "Kristineberg", "1", "10"),
    "  Stockholm \t Norra\n Djurgården   1:1 ": ("Stockholm", "Norra Djurgården", "1", "1"),
    "NORRA DJURGÅRDEN 1:1": ("", "Norra Djurgården", "1", "1"),
    "Väster-Ängby 2:4": ("", "Väster-Ängby", "2", "4"),
    "Väster\u2013Ängby 2:4": ("", "Väster-Ängby", "2", "4"),
    "A\u030angen 2": ("", "Ången", "", "2"),
    "Älvsjö S:12": ("", "Älvsjö", "S", "12"),
    "älvsjö s:12": ("", "Älvsjö", "S", "12"),
    "Solna Skytten 2": ("Solna", "Skytten", "", "2"),
    "Lidingö kommun Klockbojen 4": ("Lidingö", "Klockbojen", "", "4"),
    "Upplands Väsby Grimsta 5:2": ("Upplands Väsby", "Grimsta", "5", "2"),
    "Nacka Sicklaön 40:11": ("Nacka", "Sicklaön", "40", "11"),
    "Mora 5:3": ("", "Mora", "5", "3"),
    "Stockholm 3": ("", "Stockholm", "", "3"),
    "Okändby Skytten 2": ("", "Okändby Skytten", "", "2"),
}
UNREAD = [
    "",
    "   ",
    "3",
    "1:10",
    "Kvarnvingen",
    "kv. Kvarnvingen",
    "kv. 3",
    "kvarteret",
    "Kvarnvingen 3 A",
    "Kvarnvingen 3:",
    "Kvarnvingen :3",
    "Kvarnvingen 1:2:3",
    "Kvarnvingen T:3",
    "Kvarn:vingen 3",
    "Kvarnvingen 3, 4",
    "Kvarnvingen 12345678901",
    "- 3",
    "anna@example.org 3",
    "Kvarnvingen ³",
    "=1+1",
]


@pytest.mark.parametrize(("text", "parts"), READ.items())
def test_a_designation_is_read_as_people_write_it(
    text: str, parts: tuple[str, str, str, str]
) -> None:
    assert read_designation(text) == Designation(*parts)


@pytest.mark.parametrize("text", UNREAD)
def test_what_names_no_property_is_not_read(text: str) -> None:
    assert read_designation(text) is None


def test_a_samfallighet_is_told_from_a_property() -> None:
    common, own = read_designation("Älvsjö s:1"), read_designation("Älvsjö 1:1")
    assert common
    assert common.in_common
    assert own
    assert not own.in_common


def test_the_municipality_is_filled_in_only_where_none_is_said() -> None:
    bare, solna = read_designation("kv. Skytten 2"), read_designation("Solna Skytten 2")
    assert bare
    assert bare.within("Stockholm").text == "Stockholm Skytten 2"
    assert solna
    assert solna.within("Stockholm").text == "Solna Skytten 2"
    invented = read_designation("Provstads Ö Norra Åsen 2")
    assert invented
    assert invented.within("Provstads ö").text == "Provstads ö Norra Åsen 2"


def test_the_key_is_the_same_however_it_was_written() -> None:
    ways = ["Stockholm Kvarnvingen 3", "STOCKHOLM  KV. KVARNVINGEN 03", "stockholm kvarnvingen 3"]
    assert {one.key for one in map(read_designation, ways) if one} == {"stockholm kvarnvingen 3"}


def test_a_cell_may_name_several() -> None:
    found = read_designations("Stockholm Kvarnvingen 3, 4 och 5; Kristineberg 1:10, 1:11")
    assert [one.text for one in found or []] == [
        "Stockholm Kvarnvingen 3",
        "Stockholm Kvarnvingen 4",
        "Stockholm Kvarnvingen 5",
        "Stockholm Kristineberg 1:10",
        "Stockholm Kristineberg 1:11",
    ]
    assert read_designations("Kvarnvingen 3, Kvarnvingen 3") == [read_designation("Kvarnvingen 3")]
    for text in ("", ", ;", "3, Kvarnvingen 4", "Kvarnvingen 3, anna"):
        assert read_designations(text) is None


def test_a_quarter_without_a_unit_is_its_name() -> None:
    assert read_quarter("kv. Kvarnvingen") == "Kvarnvingen"
    assert read_quarter("Stockholm KV KVARNVINGEN") == "Kvarnvingen"
    for text in ("Kvarnvingen", "kv.", "kv. Kvarnvingen 3", "kvarnen"):
        assert read_quarter(text) == ""


def test_there_are_290_municipalities() -> None:
    assert len(MUNICIPALITIES) == 290


names = st.from_regex(r"[A-ZÅÄÖ][a-zåäö]{1,20}( [A-ZÅÄÖ][a-zåäö]{2,9})?", fullmatch=True)
plain_names = names.filter(
    lambda name: (
        name.split()[0].lower() not in {*MUNICIPALITIES, "kv", "kvarter", "nr"}
        and name.split()[-1].lower() not in {"nr"}
        and not name.lower().startswith(("kvarteret", "fastighet", "lilla edet", "upplands väsby"))
    )
)


@given(
    st.sampled_from(["", "Stockholm", "Solna"]),
    plain_names,
    st.one_of(st.just(""), st.just("S"), st.integers(1, 9999).map(str)),
    st.integers(1, 99999).map(str),
)
def test_what_is_written_out_is_read_back(
    municipality: str, tract: str, block: str, unit: str
) -> None:
    one = Designation(municipality, tract, block, unit)
    for text in (one.text, one.text.upper(), one.text.replace(" ", "   ")):
        read = read_designation(text)
        assert read is not None
        assert read.key == one.key


@given(st.text(max_size=400))
@example("ß" * 130 + " 3")
def test_any_text_is_answered_and_what_is_read_fits_its_columns(text: str) -> None:
    for one in [read_designation(text), *(read_designations(text) or [])]:
        if one is not None:
            assert 0 < len(one.tract) <= 120
            assert len(one.block) <= 10
            assert 0 < len(one.unit) <= 10
            again = read_designation(one.text)
            assert again is None or again.unit == one.unit
    assert len(read_quarter(text)) <= 120


@pytest.mark.parametrize("piece", ["a", "å ", " ", "1", "1:", "kv ", "a 1:", "Stockholm ", ", 3"])
@pytest.mark.parametrize("length", [200, 1999, 10_000, 1_000_000])
def test_a_long_text_is_answered_at_once(piece: str, length: int) -> None:
    text = (piece * length)[:length]
    began = time.perf_counter()
    read_designation(text)
    read_designations(text)
    read_quarter(text)
    assert time.perf_counter() - began < AT_ONCE
