"""Which column of a list of values is what, and which are about individuals and left out."""

from collections.abc import Sequence
from typing import Any

from governance.models import User
from governance.permissions import visible_value_runs
from governance.queries.indicator_sheets import COLUMNS
from governance.services.import_columns import as_kept, plain
from governance.services.import_columns import looks_personal as names_somebody
from governance.services.property_columns import looks_personal as holds_somebody
from governance.sheets import Sheet
from governance.swedish import listed

LABELS = {column.key: column.heading for column in COLUMNS}
# How people write the headings themselves, folded and without marks; _ stands for a blank.
_SYNONYMS = {
    "indicator": "indikatorkod kod mått nyckeltal fråga brottstyp",
    "kind": "slag områdestyp typ typ_av_område nivå geografi indelning",
    "area": "områdesnamn stadsdelsområde stadsdel stadsdelsnämnd lokalpolisområde kommun region "
    "geografiskt_område namn",
    "year": "mätår undersökningsår period årtal",
    "value": "utfall andel andel_% andel_(%) procent % antal antal_brott anmälda_brott resultat "
    "mätvärde per_100_000_invånare",
    "measured_on": "uppmätt mätdatum mätdag datum publicerad publiceringsdatum undersökningsdatum",
    "source": "referens hämtat_från datakälla",
}
_KNOWN = {plain(heading): key for key, heading in LABELS.items()}
for _key, _words in _SYNONYMS.items():
    for _word in _words.split():
        _KNOWN.setdefault(plain(_word), _key)


def personal_columns(sheet: Sheet) -> set[int]:
    """The places of the columns that are left out, whatever is chosen."""
    return {
        at
        for at, heading in enumerate(sheet.headings)
        if plain(heading) not in _KNOWN
        and (
            names_somebody(heading)
            or holds_somebody(heading, [row.cells[at] for row in sheet.rows])
        )
    }


def guess(sheet: Sheet, personal: set[int]) -> list[str]:
    """The key of each column, empty for what is left out; a key is given to one column only."""
    keys = [
        "" if at in personal else _KNOWN.get(plain(heading), "")
        for at, heading in enumerate(sheet.headings)
    ]
    return [key if key not in keys[:at] else "" for at, key in enumerate(keys)]


def kept(headings: Sequence[str], keys: Sequence[str]) -> dict[str, Any]:
    """What is stored of the choice; the word marks the list as one of values."""
    both = as_kept(headings, keys)
    return {"values": both["headings"], "keys": both["keys"]}


def remembered(user: User, headings: Sequence[str]) -> list[str] | None:
    """What the same headings were taken for in the user's latest list of values, if any."""
    wanted = kept(headings, [])["values"]
    runs = visible_value_runs(user).exclude(act=None).order_by("-pk")
    for columns in runs.values_list("columns", flat=True)[:50]:
        if columns["values"] == wanted:
            return list(columns["keys"])
    return None


def check_keys(keys: Sequence[str]) -> list[str]:
    """What is wrong with the choice of columns, in sentences."""
    chosen = [key for key in keys if key]
    twice = [LABELS[key] for key in LABELS if chosen.count(key) > 1]
    if twice:
        return [f"{listed(twice)} är valt för flera kolumner. Välj en kolumn för varje uppgift."]
    missing = [LABELS[key].lower() for key in ("area", "value") if key not in chosen]
    return [f"Välj vilken kolumn som är {word}." for word in missing]
