"""Names of protected persons in a list: hidden before the list is kept."""

from collections.abc import Sequence

from governance.models import Person, PersonName, User
from governance.queries.imports import words
from governance.queries.people import name_for
from governance.queries.roster_sheets import MASKED, read_key
from governance.services.import_cells import split_name
from governance.services.import_columns import NAME
from governance.sheets import Row, Sheet, SheetError

_NAMES = (NAME, "given_name", "family_name")


def hidden(user: User | None, sheet: Sheet, keys: Sequence[str]) -> list[Row]:
    """The rows, with the name as others see it where it is the one that the user may see.

    Who may see protected names gets them in an export; sent back, they would lie in the
    kept list. A name that is another one stays, and is a fault later on. A name of somebody
    whom the user may not see stays too, or else a right guess would show.
    """
    at = {key: place for place, key in enumerate(keys) if key}
    if "person_key" not in at:
        return sheet.rows
    keyed = {row.number: _person_key(row.cells[at["person_key"]]) for row in sheet.rows}
    people = Person.objects.filter(pk__in=set(filter(None, keyed.values())), protected=True)
    shown = {person.pk: _name(user, person) for person in people}
    return [_masked(row, at, shown.get(keyed[row.number] or 0)) for row in sheet.rows]


def _person_key(text: str) -> int | None:
    try:
        model, pk = read_key(text)
    except SheetError:
        return None
    return pk if model is Person else None


def _name(user: User | None, person: Person) -> str | None:
    if user is not None:
        return name_for(user, person)
    name = PersonName.objects.filter(person=person).first()
    return name.full if name else None


def _masked(row: Row, at: dict[str, int], name: str | None) -> Row:
    places = [at[key] for key in _NAMES if key in at]
    told = [row.cells[place] for place in places]
    if NAME in at:
        told = list(split_name(row.cells[at[NAME]]))
    if not name or words(" ".join(told)) != words(name):
        return row
    cells = list(row.cells)
    for place in places:
        cells[place] = MASKED if place == places[0] else ""
    return Row(row.number, cells)
