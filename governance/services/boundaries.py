"""Sets of boundaries: loaded inactive, their names confirmed, activated from a day, thrown away."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Max

from governance.geo.geojson import Drawing
from governance.models import Act, Agreement, Area, Boundary, BoundarySet, User
from governance.queries.boundary_names import AreaNames, areas_of_kind, unnamed
from governance.services.acts import Stale, act
from governance.swedish import counted, fold, in_words, listed
from governance.temporal import day_before

MAX_ACCURACY = 500  # metres
_TOLD = 20  # names at most in one sentence


@dataclass(frozen=True)
class Origin:
    """What is said of where a file comes from, and how far off its lines may be (metres)."""

    source: str
    licence: str = ""
    source_date: datetime.date | None = None
    accuracy: int = 5
    file_name: str = ""


@dataclass(frozen=True)
class Loaded:
    """The set of a file, and the act that loaded it; None when it was there already."""

    boundary_set: BoundarySet
    act: Act | None


def last_change(territory: int) -> int:
    """The latest act on boundaries of the territory, 0 if none: what a reader has seen."""
    history = BoundarySet.history.filter(territory=territory)
    return history.aggregate(latest=Max("caused_by"))["latest"] or 0


def load_boundaries(
    *,
    user: User | None,
    agreement: Agreement,
    kind: str,
    drawing: Drawing,
    origin: Origin,
    valid_from: datetime.date,
    matches: Mapping[str, str] | None = None,
) -> Loaded:
    """Keep the shapes of a file as a set that does not answer yet, in the agreement's territory.

    Names become areas where they are equal but for case; `matches` says of others which
    slug they mean, or "" to leave the shape out. The same shapes, kind and day again is
    the same set: nothing is written. A ValidationError lists all that is wrong.
    """
    territory = _territory(agreement)
    if not 0 <= origin.accuracy <= MAX_ACCURACY:
        raise ValidationError(f"Noggrannheten ska vara 0 till {MAX_ACCURACY} meter.")
    names = AreaNames(areas_of_kind(kind, territory.pk, valid_from))
    areas = _matched(names, kind, drawing, matches or {})
    shapes = {each.name: each.wkb for each in drawing.shapes if areas[each.name] != ""}
    same = _same(kind, territory, valid_from, shapes)
    if same is not None:
        return Loaded(same, None)
    with act(user=user, verb=Act.Verb.BOUNDS, agreement=agreement) as done:
        found = _new(kind, territory, valid_from, origin)
        rows = [
            Boundary(boundary_set=found, name=name, area=areas[name] or None, shape=shape)
            for name, shape in shapes.items()
        ]
        Boundary.objects.bulk_create(rows, batch_size=200)
        left = [row.name for row in rows if row.area_id is None]
        done.summary = f"{_called(found)} lästes in: {counted(len(rows), 'form', 'former')}." + (
            f"\nVilket område de är återstår att bekräfta: {_some(left)}." if left else ""
        )
    return Loaded(found, done)


def _new(kind: str, territory: Area, valid_from: datetime.date, origin: Origin) -> BoundarySet:
    found = BoundarySet(
        kind=kind,
        territory=territory,
        valid_from=valid_from,
        source=origin.source,
        licence=origin.licence,
        source_date=origin.source_date,
        accuracy=origin.accuracy,
        file_name=origin.file_name[:200],
    )
    found.full_clean()
    found.save()
    return found


def _territory(agreement: Agreement) -> Area:
    if agreement.territory is None:
        raise ValidationError(
            f"{agreement} har inget område angivet, så det går inte att säga var gränserna hör. "
            "Be den som sköter förvaltningen att ange överenskommelsens område."
        )
    return agreement.territory


def _matched(
    names: AreaNames, kind: str, drawing: Drawing, matches: Mapping[str, str]
) -> dict[str, "Area | str | None"]:
    """For each name its area, None when nobody has said which, "" when it is left out."""
    said = {fold(name): slug for name, slug in matches.items()}
    known = {fold(each.name) for each in drawing.shapes}
    faults = [f"Namnet {name} finns inte i filen." for name in matches if fold(name) not in known]
    if not names.areas:
        label = Area.Kind(kind).label
        faults.append(f"Det finns inga områden av slaget {label} att koppla formerna till.")
    found: dict[str, Area | str | None] = {}
    for each in drawing.shapes:
        slug = said.get(fold(each.name))
        area = names.exact(each.name if slug is None else slug) or names.with_slug(slug or "")
        if slug and area is None:
            faults.append(f"{each.name}: det finns inget område av slaget med adressen {slug}.")
        found[each.name] = "" if slug == "" else area
    faults += _twice([area for area in found.values() if isinstance(area, Area)])
    if faults:
        raise ValidationError(faults)
    return found


def _twice(areas: list[Area]) -> list[str]:
    double = {area for area in areas if areas.count(area) > 1}
    return [f"Två former kan inte vara samma område: {area.name}." for area in double]


def _same(
    kind: str, territory: Area, day: datetime.date, shapes: dict[str, bytes]
) -> BoundarySet | None:
    """The set with exactly these shapes, if it is there."""
    rows = BoundarySet.objects.filter(kind=kind, territory=territory, sketch=False, valid_from=day)
    for each in rows.order_by("pk"):
        kept = {name: bytes(wkb) for name, wkb in each.boundaries.values_list("name", "shape")}
        if kept == shapes:
            return each
    return None


def confirm_names(
    *,
    user: User | None,
    agreement: Agreement,
    boundary_set: BoundarySet,
    chosen: Mapping[int, Area | None],
    seen: int | None = None,
) -> Act:
    """Say which area each shape is, by the id of the shape; None leaves the shape out."""
    with act(user=user, verb=Act.Verb.BOUNDS, agreement=agreement) as done:
        found = _locked(boundary_set, seen)
        rows = Boundary.objects.filter(boundary_set=found).in_bulk(list(chosen))
        if len(rows) != len(chosen):
            raise Stale("Gränserna")
        taken = list(
            Area.objects.filter(boundaries__boundary_set=found).exclude(boundaries__in=list(chosen))
        )
        said = [area for area in chosen.values() if area is not None]
        if faults := _twice([*taken, *said]):
            raise ValidationError(faults)
        sentences = []
        for pk, area in sorted(chosen.items(), key=lambda pair: rows[pair[0]].name):
            row = rows[pk]
            if area is None:
                row.delete()
                sentences.append(f"{row.name} tas inte med.")
            else:
                row.area = area
                row.save(update_fields=["area"])
                sentences.append(f"{row.name} är {area.name}.")
        if not sentences:
            raise ValidationError("Välj område för minst ett namn. Inget har ändrats.")
        found.save()
        done.summary = "\n".join([f"{_called(found)}:", *sentences])
    return done


def activate_boundaries(
    *,
    user: User | None,
    agreement: Agreement,
    boundary_set: BoundarySet,
    valid_from: datetime.date,
    seen: int | None = None,
) -> Act:
    """Let the set answer from `valid_from`; the one before ends the day before.

    A set that is to begin later keeps its days: then this one ends the day before that.
    """
    with act(user=user, verb=Act.Verb.BOUNDS, agreement=agreement) as done:
        found = _locked(boundary_set, seen)
        if left := unnamed(found):
            raise ValidationError(
                f"Bekräfta först vilka områden de är: {_some([row.name for row in left])}."
            )
        others = BoundarySet.objects.filter(
            kind=found.kind, territory=found.territory, activated=True
        )
        before = others.as_of(valid_from).first()
        if before is not None and before.valid_from == valid_from:
            raise ValidationError(
                {"valid_from": "Andra gränser började gälla just den dagen. Välj en senare dag."}
            )
        later = others.upcoming(valid_from).order_by("valid_from").first()
        ends = day_before(later.valid_from) if later else None
        sentences = [f"{_called(found)} gäller {_days(valid_from, ends)}."]
        if before is not None:
            before.valid_through = day_before(valid_from)
            before.save()
            sentences.append(
                f"Gränserna ur {before.source} slutar gälla den {in_words(before.valid_through)}."
            )
        found.valid_from, found.valid_through, found.activated = valid_from, ends, True
        found.full_clean()
        found.save()
        done.summary = "\n".join(sentences)
    return done


def discard_boundaries(
    *,
    user: User | None,
    agreement: Agreement,
    boundary_set: BoundarySet,
    seen: int | None = None,
) -> Act:
    """Throw away a set that has never answered; that it was loaded stays in the history."""
    with act(user=user, verb=Act.Verb.BOUNDS, agreement=agreement) as done:
        found = _locked(boundary_set, seen)
        done.summary = f"{_called(found)} kastades. De har aldrig gällt."
        found.delete()
    return done


def _locked(boundary_set: BoundarySet, seen: int | None) -> BoundarySet:
    """The set as it is now, which must not answer yet; others of its kind wait meanwhile."""
    rows = BoundarySet.objects.select_for_update(of=("self",)).order_by("pk")
    peers = rows.filter(kind=boundary_set.kind, territory=boundary_set.territory_id)
    found = {each.pk: each for each in peers}.get(boundary_set.pk)
    if found is None or (seen is not None and last_change(found.territory_id) != seen):
        raise Stale("Gränserna")
    if found.activated or found.sketch:
        raise ValidationError("Gränserna används redan och ändras inte. Läs in en ny fil.")
    return found


def _called(found: BoundarySet) -> str:
    return f"Gränser för {found.get_kind_display()} i {found.territory} ur {found.source}"


def _days(first: datetime.date, last: datetime.date | None) -> str:
    until = f" till och med den {in_words(last)}" if last else " och tills vidare"
    return f"från och med den {in_words(first)}{until}"


def _some(names: list[str]) -> str:
    more = len(names) - _TOLD
    return listed([*names[:_TOLD], f"{more} till"] if more > 0 else names)
