"""Which column of a list of stock is what, and which are about individuals and left out."""

import re
from collections.abc import Sequence, Set
from typing import Any

from governance.models import ImportRun, Organization
from governance.queries.stock_sheets import COLUMNS
from governance.services.import_columns import Heading, as_kept, plain
from governance.sheets import Sheet
from governance.swedish import listed

LABELS = {column.key: column.heading for column in COLUMNS} | {
    "street": "Gata",
    "street_number": "Gatunummer",
    "postal_code": "Postnummer",
    "point": "Koordinat i en cell",
}
# How people write the headings themselves, folded and without marks; _ stands for a blank.
_SYNONYMS = {
    "designation": "fastighet fastigheter beteckning registerbeteckning fastighetsnamn kvarter "
    "kvarter/fastighet fastighetsbet fastighetsbeteckningar kv fastighet/kvarter",
    "own_number": "fastighetsnummer fastighetsnr fastnr fast_nr fastighets-id fastighetsid "
    "objektsnummer objektnummer objektnr objekt objekt-id internt_nummer internnummer "
    "förvaltningsobjekt anläggningsnummer byggnadsnummer id löpnummer",
    "address": "adress gatuadress besöksadress fastighetsadress",
    "street": "gatunamn vägnamn väg",
    "street_number": "gatunr husnummer husnr adressnummer nummer nr",
    "postal_code": "postnr post_nr",
    "area": "område/stadsdel stadsdelsnamn",
    "flats": "antal_lägenheter antal_lgh lgh antal_bostäder bostäder bostadslägenheter "
    "antal_bostadslägenheter lägenheter_antal",
    "use": "användning fastighetstyp typ typ_av_fastighet kategori ändamål",
    "kind": "innehav upplåtelseform äger/hyr upplåtelse",
    "first": "n norr northing latitud latitude lat x x-koordinat nordkoordinat",
    "second": "ö e o öster easting longitud longitude lon long lng y y-koordinat ostkoordinat",
    "point": "koordinat koordinater position lat/long lat,long lat/lon",
    "valid_from": "fr.o.m. fr.o.m fr_o_m from från tillträde tillträdesdatum "
    "i_beståndet_från startdatum",
    "valid_through": "t.o.m. t.o.m t_o_m tom till frånträde avyttrad såld slutdatum "
    "i_beståndet_till",
    "hidden": "skyddat_boende skyddad dold",
}
_PERSONAL = re.compile(
    r"hyresg[äa]st|hyrestagare|boende\b|person\W?n(umme)?r|^pnr$|samordningsnummer|lägenhetsn|lägenhet\W?n|lgh\W?n|"
    r"^lägenhet$|kontrakt|född|födelse|\bålder|hemadress|bostadsadress|privat|anhörig|"
    r"tele|\btel\b|tfn|mobil|e-?post|e-?mail|mejl|^(för|efter|till)?namn\b|kontaktperson|"
    r"sjuk|diagnos|hälsa|brott|misstänkt|innehavare"
)
_OF_A_PERSON = re.compile(
    r"(19|20)?\d\d(0\d|1[0-2])[0-9]\d ?[-+] ?\d{4}|(19|20)\d\d(0\d|1[0-2])[0-3]\d{5}"
    r"|\S+@\S+\.\S+|(\+46|0)[1-9]\d{0,2}[- /]\d[\d -]{4,}|07\d{8}"
)
_TEN_DIGITS = re.compile(r"\d\d(0[1-9]|1[0-2])([06][1-9]|[1278]\d|[39][01])\d{4}")
_FLAT_NUMBER = re.compile(r"1[0-9]0[0-9]|1[0-9]1[0-9]")
_LOOKED_AT = 50
_IDENTIFYING = frozenset({"designation", "own_number", "address", "street", "row_key"})
_NOT_IDENTIFIED = (
    "Välj vilken kolumn som är fastighetsbeteckningen, det egna numret eller adressen."
)

_KNOWN = {plain(heading): key for key, heading in LABELS.items()}
for _key, _words in _SYNONYMS.items():
    for _word in _words.split():
        _KNOWN.setdefault(plain(_word), _key)


def looks_personal(heading: str, cells: Sequence[str] = ()) -> bool:
    """Whether the column seems to be about tenants or other individuals, by name or content."""
    text = plain(heading)
    key = _KNOWN.get(text, "")
    if not key and _PERSONAL.search(text):
        return True
    filled = [cell.strip() for cell in cells if cell]
    first = filled[:_LOOKED_AT]
    if key in ("flats", "") and len(first) > 1 and _most(_FLAT_NUMBER, first):
        return True
    if key in ("first", "second", "point"):
        return False
    return _most(_TEN_DIGITS, first) or any(map(_OF_A_PERSON.fullmatch, filled))


def _most(pattern: re.Pattern[str], cells: Sequence[str]) -> bool:
    return sum(pattern.fullmatch(cell) is not None for cell in cells) * 2 > len(cells)


def personal_columns(sheet: Sheet) -> set[int]:
    """The places of the columns that are left out, whatever is chosen."""
    return {
        at
        for at, heading in enumerate(sheet.headings)
        if looks_personal(heading, [row.cells[at] for row in sheet.rows])
    }


def guess(sheet: Sheet, personal: set[int]) -> list[str]:
    """The key of each column, empty for what is left out; a key is given to one column only."""
    keys = [
        "" if at in personal else _KNOWN.get(plain(heading), "")
        for at, heading in enumerate(sheet.headings)
    ]
    return [key if key not in keys[:at] else "" for at, key in enumerate(keys)]


def remembered(organization: Organization, headings: Sequence[str]) -> list[str] | None:
    """What the same headings were taken for in the organisation's latest such list, if any."""
    wanted = as_kept(headings, [])["headings"]
    runs = ImportRun.objects.filter(organization=organization).exclude(act=None)
    for columns in runs.order_by("-pk").values_list("columns", flat=True)[:50]:
        if columns.get("headings") == wanted:
            return list(columns["keys"])
    return None


def check_keys(
    keys: Sequence[str], needed: Set[str] = _IDENTIFYING, missing: str = _NOT_IDENTIFIED
) -> list[str]:
    """What is wrong with the choice of columns, in sentences; one of `needed` is needed."""
    chosen = [key for key in keys if key]
    twice = [LABELS[key] for key in LABELS if chosen.count(key) > 1]
    if twice:
        return [f"{listed(twice)} är valt för flera kolumner. Välj en kolumn för varje uppgift."]
    if not needed & set(chosen):
        return [missing]
    if len({"first", "second"} & set(chosen)) == 1:
        return ["Välj båda kolumnerna för koordinaten, Nord och Öst, eller ingen av dem."]
    return []


def headings_of(sheet: Sheet, keys: Sequence[str], personal: Sequence[int]) -> list[Heading]:
    """The columns of the list with what each is taken for."""
    found = []
    for at, text in enumerate(sheet.headings):
        filled = (row.cells[at] for row in sheet.rows if row.cells[at])
        examples = [cell[:60] for cell, _ in zip(filled, range(2), strict=False)]
        found.append(Heading(at, text, keys[at], examples, at in personal, read_only=False))
    return found


def left_out(headings: Sequence[str], keys: Sequence[str], personal: Any) -> list[str]:
    """A sentence for each column that is not read in."""
    said = []
    for at, (heading, key) in enumerate(zip(headings, keys, strict=True)):
        if key:
            continue
        if at in personal:
            said.append(
                f'Kolumnen "{heading}" ser ut att innehålla personuppgifter. Vi tar inte med den.'
            )
        else:
            said.append(f'Kolumnen "{heading}" används inte. Vi tar inte med den.')
    return said
