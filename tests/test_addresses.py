"""Street addresses, however they are written; what tells of a flat is never kept."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.addresses import AddressParts, read_address, read_addresses, read_postal_code

AT_ONCE = 0.1  # seconds, with room for a busy machine

READ = {
    "Farstavägen 12 A\u2013C, 123 45 Farsta": ("Farstavägen", 12, "A", None, "C", "123 45"),
    "Farstavägen 12A-C": ("Farstavägen", 12, "A", None, "C", ""),
    "Ekv. 3-9": ("Ekvägen", 3, "", 9, "", ""),
    "Ekvägen 3 \u2014 9": ("Ekvägen", 3, "", 9, "", ""),
    "Lillg. 4": ("Lillgatan", 4, "", None, "", ""),
    "Smala gr. 4": ("Smala gr", 4, "", None, "", ""),
    "Smalgr. 4": ("Smalgränd", 4, "", None, "", ""),
    "Storgatan 5B lgh 1101": ("Storgatan", 5, "B", None, "", ""),
    "Storgatan 5 b": ("Storgatan", 5, "B", None, "", ""),
    "Storgatan5": ("Storgatan", 5, "", None, "", ""),
    "STORGATAN 5": ("Storgatan", 5, "", None, "", ""),
    "storgatan 5": ("Storgatan", 5, "", None, "", ""),
    "Storgatan 5 B-7 A": ("Storgatan", 5, "B", 7, "A", ""),
    "Storgatan 5-5": ("Storgatan", 5, "", None, "", ""),
    "Storgatan 5 B 123 45 Farsta": ("Storgatan", 5, "B", None, "", "123 45"),
    "Storgatan 5, 12345 Farsta": ("Storgatan", 5, "", None, "", "123 45"),
    "Storgatan 5, SE-123 45 Farsta": ("Storgatan", 5, "", None, "", "123 45"),
    "Storgatan 5, Farsta": ("Storgatan", 5, "", None, "", ""),
    "Storgatan 123 45 Farsta": ("Storgatan", None, "", None, "", "123 45"),
    "Farsta torg": ("Farsta torg", None, "", None, "", ""),
    "Farsta torg, 123 47 Farsta": ("Farsta torg", None, "", None, "", "123 47"),
    "S:t Eriksgatan 34": ("S:t Eriksgatan", 34, "", None, "", ""),
    "Erik XIV:s väg 3": ("Erik XIV:s väg", 3, "", None, "", ""),
    "17:e Majgatan 3": ("17:e Majgatan", 3, "", None, "", ""),
    "Storgatan 5 (garage)": ("Storgatan", 5, "", None, "", ""),
}
FLATS = [
    "Storgatan 5 lgh 1101",
    "Storgatan 5, lgh 1101",
    "Storgatan 5, LGH. 1101, 123 45 Farsta",
    "Storgatan 5 lägenhet 12",
    "Storgatan 5 Lägenhetsnummer: 1101",
    "Storgatan 5 lghnr 1101",
    "Storgatan 5/1101",
    "Storgatan 5-1101",
    "Storgatan 5 1101",
    "Storgatan 5, 1101, 123 45 Farsta",
    "Storgatan 5, 3 tr",
    "Storgatan 5, 1 tr, lgh 1102",
    "Storgatan 5 vån 2",
    "Storgatan 5 bv",
    "c/o Andersson, Storgatan 5",
]
UNREAD = [
    "",
    "12",
    "Box 123, 123 45 Farsta",
    "anna@example.org",
    "640823-3234",
    "Storgatan 9-3",
    "Storgatan 12 C-A",
    "Storgatan 0",
    "Storgatan 1234",
    "Storgatan 5 Anna Andersson",
    "Storgatan 5, 070-123 45 67",
    "070-123 45 67",
    "c/o Andersson",
    "=1+1",
]


@pytest.mark.parametrize(("text", "parts"), READ.items())
def test_an_address_is_read_as_people_write_it(
    text: str, parts: tuple[str, int | None, str, int | None, str, str]
) -> None:
    assert read_address(text) == AddressParts(*parts)


@pytest.mark.parametrize("text", FLATS)
def test_what_tells_of_a_flat_is_dropped(text: str) -> None:
    read = read_address(text)
    assert read is not None
    assert read.text == "Storgatan 5"
    assert "110" not in repr(read)
    assert "Andersson" not in repr(read)


@pytest.mark.parametrize("text", UNREAD)
def test_what_is_no_address_is_not_read(text: str) -> None:
    assert read_address(text) is None


def test_a_cell_may_hold_several() -> None:
    cells = {
        "Ekvägen 3, 5 och 7 A": ["Ekvägen 3", "Ekvägen 5", "Ekvägen 7 A"],
        "Ekvägen 3, 123 45 Farsta; Björkvägen 2": ["Ekvägen 3", "Björkvägen 2"],
        "Ekvägen 3, Björkvägen 4": ["Ekvägen 3", "Björkvägen 4"],
        "Ekvägen 3, lgh 1101": ["Ekvägen 3"],
        "Ekvägen 3, 5-7, 123 45 Farsta": ["Ekvägen 3", "Ekvägen 5–7"],
        "Ekvägen 3, Ekvägen 3": ["Ekvägen 3"],
    }
    for text, expected in cells.items():
        assert [one.text for one in read_addresses(text) or []] == expected
    for text in ("", ";", "Ekvägen 3; Anna 070-123 45 67", "Ekvägen 3 och Box 12"):
        assert read_addresses(text) is None


def test_a_postal_code_is_written_as_the_post_writes_it() -> None:
    for text in ("12345", "123 45", " SE-123 45 ", "S-12345", "se 123 45"):
        assert read_postal_code(text) == "123 45"
    for text in ("", "1234", "123456", "023 45", "12 345", "123 45 Farsta", "1" * 10_000):
        assert read_postal_code(text) == ""


streets = st.from_regex(r"[A-ZÅÄÖ][a-zåäö]{2,15}(vägen|gatan|gränd)", fullmatch=True)
letters = st.sampled_from(["", *"ABCDEF"])


@given(streets, st.integers(1, 400), letters, st.integers(0, 400), letters)
def test_what_is_written_out_is_read_back(
    street: str, number: int, letter: str, more: int, last_letter: str
) -> None:
    last = number + more if more else None
    whole = last_letter if more or (letter and last_letter > letter) else ""
    one = AddressParts(street, number, letter, last, whole)
    for text in (one.text, one.text.upper(), f"{one.text}, 123 45 Farsta", f"{one.text} lgh 1101"):
        read = read_address(text)
        assert read is not None
        assert read.key == one.key


@given(st.text(max_size=400))
def test_any_text_is_answered_and_what_is_read_fits_its_columns(text: str) -> None:
    for one in [read_address(text), *(read_addresses(text) or [])]:
        if one is not None:
            assert 0 < len(one.street) <= 120
            assert "@" not in one.street
            assert len(one.letter) <= 1
            assert len(one.letter_through) <= 1


@given(streets, st.integers(1, 400), st.integers(1001, 1999))
def test_a_flat_number_is_never_kept(street: str, number: int, flat: int) -> None:
    for text in (f"{street} {number} lgh {flat}", f"{street} {number}, {flat}, 123 45 Farsta"):
        for one in [read_address(text), *(read_addresses(text) or [])]:
            assert str(flat) not in repr(one)


PIECES = ["a", " ", "1", "a 1 ", "lgh ", "a, ", "(", "()", "S", "- 1a", "a 111 11 ", ", 1", "c/o "]


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("length", [200, 1999, 10_000, 1_000_000])
def test_a_long_text_is_answered_at_once(piece: str, length: int) -> None:
    text = (piece * length)[:length]
    began = time.perf_counter()
    read_address(text)
    read_addresses(text)
    read_postal_code(text)
    assert time.perf_counter() - began < AT_ONCE
