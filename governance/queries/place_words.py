"""Why an answer is what it is, in sentences, and where its facts come from."""

from collections.abc import Iterable

from governance.models import Area
from governance.queries.place_answers import ANSWERED_KINDS, GroupAnswer
from governance.queries.place_settling import Place, The
from governance.queries.place_stock import Asked
from governance.queries.place_structure import Structure
from governance.swedish import fold, in_words, listed

_SHOWN = 60  # characters of what was typed


def typed(text: str) -> str:
    short = " ".join(text[: 4 * _SHOWN].replace("\0", " ").split())
    return short if len(short) <= _SHOWN else f"{short[:_SHOWN]}…"


def not_in_stock(asked: Asked, street: Iterable[Area]) -> list[str]:
    """What of the designation, own number and address was not found, one sentence each.

    `street` are the areas in which other doors of the street lie.
    """
    question, said = asked.question, []
    if question.designation.strip():
        said.append(_no_designation(asked))
    if question.own_number.strip():
        said.append(f"Det egna numret {typed(question.own_number)} finns inte i ert bestånd.")
    if question.address.strip() and asked.address is None:
        said.append(
            f"{typed(question.address)} kan inte läsas som en adress. "
            "Skriv gata och nummer, till exempel Storgatan 5."
        )
    elif asked.address is not None:
        said.append(f"Adressen {asked.address.text} finns inte i något bestånd som är inlagt.")
        said.append(on_street(asked, street))
    return [each for each in said if each]


def on_street(asked: Asked, street: Iterable[Area]) -> str:
    """Where other doors of the street lie, when that is known."""
    names = [str(area) for area in street]
    if asked.address is None or not names:
        return ""
    return f"Andra nummer på {asked.address.street} ligger i {listed(names)}."


def _no_designation(asked: Asked) -> str:
    found = asked.designation
    if found is None:
        return (
            f"{typed(asked.question.designation)} kan inte läsas som en fastighetsbeteckning. "
            "Skriv till exempel Kvarnvingen 3 eller Berga 1:2."
        )
    if found.in_common:
        return f"{found.text} är en samfällighet och finns inte i något bestånd."
    return f"Fastigheten {found.text} finns inte i något bestånd som är inlagt."


def elsewhere(asked: Asked, territories: Iterable[Area]) -> str:
    """What is said of a designation in a municipality that is none of the reader's."""
    found = asked.designation
    names = [str(area) for area in territories]
    if found is None or not found.municipality or not names:
        return ""
    if fold(found.municipality) in map(fold, names):
        return ""
    return (
        f"Beteckningen {found.text} hör till {found.municipality} kommun och ligger alltså "
        f"utanför {listed(names)}."
    )


def notes(structure: Structure, place: Place, groups: tuple[GroupAnswer, ...]) -> list[str]:
    """What is missing or special about the areas and groups of a place that was found."""
    when = in_words(structure.day)
    said = []
    if ANSWERED_KINDS[0] in place.by_kind and not place.by_kind.get(ANSWERED_KINDS[2]):
        said.append(f"Uppgift saknas om lokalpolisområde den {when}.")
    if not groups:
        said.append(_no_group(structure, place, when))
    resting = [str(answer.group) for answer in groups if answer.is_resting]
    if resting:
        said.append(f"{listed(resting)} är vilande den {when}.")
    return said


def _no_group(structure: Structure, place: Place, when: str) -> str:
    if structure.groups_from:
        known = in_words(structure.groups_from)
        return (
            f"Uppgift saknas om lokala styrgrupper före den {known}. "
            "Det betyder inte att grupp saknades."
        )
    where = [str(area) for areas in place.by_kind.values() for area in areas][:1]
    return f"Ingen lokal styrgrupp täcker {listed(where)} den {when}."


def sources(
    structure: Structure, place: Place, groups: tuple[GroupAnswer, ...], by_point: bool
) -> tuple[str, ...]:
    """Where the areas, the groups and the boundaries come from."""
    said = []
    if by_point:
        for each in structure.boundaries.sets:
            if each.kind in place.by_kind:
                facts = [each.source, each.licence]
                facts += [f"källans datum {each.source_date}"] if each.source_date else []
                what = "Skiss av" if each.sketch else "Gränser för"
                label = f"{what} {Area.Kind(each.kind).label}"
                said.append(f"{label}: {', '.join(filter(None, facts))}.")
    for area in place.areas:
        said.append(f"{The(area)}: {_from(area)}.")
    for answer in groups:
        said.append(f"{answer.group}: {_from(answer.group)}.")
    return tuple(said)


def _from(row: object) -> str:
    mark = row.get_source_mark_display() if row.source_mark else "Införd i appen"  # type: ignore[attr-defined]
    source: str = row.source.rstrip(".")  # type: ignore[attr-defined]
    return f"{source} ({mark.lower()})" if source else mark.lower()
