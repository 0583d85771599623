"""Which column of an uploaded list is what: known headings, guesses, and what is left out."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from governance.models import ImportRun, User
from governance.queries.roster_sheets import COLUMNS
from governance.sheets import Sheet
from governance.swedish import fold, listed

# A whole name in one cell, which the export never writes.
NAME = "name"
LABELS = {column.key: column.heading for column in COLUMNS if not column.read_only}
LABELS = {**LABELS, NAME: "Namn (för- och efternamn)"}
_READ_ONLY = {fold(column.heading) for column in COLUMNS if column.read_only}

# How people write the headings themselves, folded and without marks.
_SYNONYMS = {
    "group": "grupp styrgruppen gruppnamn",
    "organization": "organisation förvaltning bolag företag myndighet arbetsplats arbetsgivare "
    "förvaltning/bolag bolag/förvaltning förvaltning/bolag/organisation organisation/bolag "
    "part",
    "function": "funktion befattning funktion_i_gruppen roll_i_gruppen uppdrag plats post "
    "plats_i_gruppen representerar",
    "number": "nr plats_nr platsnummer",
    "role": "roll ordförande/ledamot",
    "given_name": "förnamn tilltalsnamn",
    "family_name": "efternamn",
    NAME: "namn hela_namnet fullständigt_namn ledamot person för-_och_efternamn "
    "förnamn_och_efternamn förnamn_efternamn namn_på_ledamot kontaktperson",
    "title": "titel titel/befattning befattning/titel yrkestitel tjänstetitel",
    "email": "e-post epost mail mejl e-mail email e-postadress mailadress mejladress "
    "e-post_(arbete)",
    "phone": "telefon tel tfn mobil mobilnummer telefonnummer telefonnr mobiltelefon telnr "
    "tel_nr telefon/mobil mobil/telefon direktnummer",
    "kind": "slag ordinarie/ersättare",
    "level": "nivå mandat beslutsnivå",
    "valid_from": "fr.o.m. fr.o.m from från_och_med från startdatum start första_dag börjar "
    "började startade from_datum tillträder tillträdde tillträde tillträdesdatum "
    "ledamot_från ledamot_sedan sedan",
    "valid_through": "t.o.m. t.o.m tom till_och_med till slutdatum slut sista_dag slutar "
    "slutade avgår avgick till_datum ledamot_till",
    "basis": "grund",
    "basis_reference": "hänvisning diarienummer dnr",
    "decided_on": "beslutat_den beslutsdatum beslutad",
}
_PERSONAL = re.compile(
    r"hyresgäst|person\W?n(umme)?r|samordningsnummer|lägenhet|\blgh|kontrakt|född|födelse|"
    r"\bålder|hemadress|bostadsadress|privat|anhörig|sjuk|diagnos|hälsa|brott|misstänkt"
)


def plain(heading: str) -> str:
    """A heading as it is compared: folded, words apart by one blank, no mark at the end."""
    return " ".join(fold(heading).replace("_", " ").split()).strip(" :*?")


_KNOWN = {plain(heading): key for key, heading in LABELS.items()}
for _key, _words in _SYNONYMS.items():
    for _word in _words.split():
        _KNOWN.setdefault(plain(_word), _key)


@dataclass(frozen=True)
class Heading:
    """One column of the list: what it is taken for, and two cells as a reminder."""

    at: int
    text: str
    key: str
    examples: list[str]
    personal: bool
    read_only: bool

    @property
    def label(self) -> str:
        return LABELS.get(self.key, "")


def looks_personal(heading: str) -> bool:
    """Whether the column seems to be about individuals whom the groups work with."""
    return bool(_PERSONAL.search(plain(heading)))


def guess(headings: Sequence[str]) -> list[str]:
    """The key of each column, empty for what is left out; a key is given to one column only."""
    keys = [_key_of(heading) for heading in headings]
    return [key if key not in keys[:at] else "" for at, key in enumerate(keys)]


def _key_of(heading: str) -> str:
    text = plain(heading)
    if looks_personal(text) or text in _READ_ONLY:
        return ""
    return _KNOWN.get(text, "")


def remembered(user: User | None, headings: Sequence[str]) -> list[str] | None:
    """What the same headings were taken for in the user's latest such list, if any."""
    if user is None:
        return None
    wanted = _mark(headings)
    runs = ImportRun.objects.filter(user=user).exclude(act=None).order_by("-pk")
    for columns in runs.values_list("columns", flat=True)[:50]:
        if columns.get("headings") == wanted:
            return list(columns["keys"])
    return None


def as_kept(headings: Sequence[str], keys: Sequence[str]) -> dict[str, Any]:
    """What is stored of the choice: no cell and no heading, for a list may begin with a name."""
    return {"headings": _mark(headings), "keys": list(keys)}


def _mark(headings: Sequence[str]) -> str:
    """The same for the same headings, and nothing that they can be read from."""
    text = "\n".join(plain(each) for each in headings)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def check_keys(headings: Sequence[str], keys: Sequence[str]) -> list[str]:
    """What is wrong with the choice of columns, in sentences."""
    chosen = [key for key in keys if key]
    twice = [LABELS[key] for key in LABELS if chosen.count(key) > 1]
    if twice:
        return [f"{listed(twice)} är valt för flera kolumner. Välj en kolumn för varje uppgift."]
    said = []
    if not {NAME, "given_name", "person_key", "email"} & set(chosen):
        said.append("Välj vilken kolumn som är namnet.")
    if not {"function", "title", "organization", "row_key"} & set(chosen):
        said.append("Välj vilken kolumn som är funktionen, titeln eller organisationen.")
    return said


def headings_of(sheet: Sheet, keys: Sequence[str]) -> list[Heading]:
    """The columns of the list with what each is taken for."""
    found = []
    for at, text in enumerate(sheet.headings):
        filled = (row.cells[at] for row in sheet.rows if row.cells[at])
        examples = [cell[:60] for cell, _ in zip(filled, range(2), strict=False)]
        read_only = plain(text) in _READ_ONLY
        found.append(Heading(at, text, keys[at], examples, looks_personal(text), read_only))
    return found


def left_out(headings: Sequence[str], keys: Sequence[str]) -> list[str]:
    """A sentence for each column that is not read in."""
    said = []
    for heading, key in zip(headings, keys, strict=True):
        if key:
            continue
        if looks_personal(heading):
            said.append(
                f'Kolumnen "{heading}" ser ut att innehålla personuppgifter. Vi tar inte med den.'
            )
        elif plain(heading) in _READ_ONLY:
            said.append(f'Kolumnen "{heading}" räknas ut av appen och läses inte in.')
        else:
            said.append(f'Kolumnen "{heading}" används inte. Vi tar inte med den.')
    return said
