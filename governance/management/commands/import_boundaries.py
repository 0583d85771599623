"""`manage.py import_boundaries`: loads the boundaries of one kind of area from a GeoJSON file."""

import datetime
import sys
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from tqdm import tqdm

from governance.forms.days import FIRST, LAST, read_day
from governance.geo.geojson import Drawing, DrawingError, check_size, read_geojson
from governance.models import Agreement, Area, BoundarySet
from governance.queries.boundary_comparisons import compare
from governance.queries.boundary_names import names_of, unnamed
from governance.services.boundaries import Origin, activate_boundaries, load_boundaries
from governance.swedish import counted

STEPS = 4


class Command(BaseCommand):
    help = (
        "Läser in gränser för ett slags område ur en GeoJSON-fil i SWEREF 99 18 00, SWEREF 99 TM "
        "eller WGS 84. Gränserna gäller inte förrän de aktiveras, med --activate eller på sidan "
        "Gränser. Samma fil, slag och dag en gång till ändrar inget. Är något fel skrivs alla fel "
        "ut, inget ändras och kommandot slutar med kod 1."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FIL", help="GeoJSON-fil med ytor")
        parser.add_argument(
            "--kind", required=True, choices=Area.Kind.values, help="slag av område"
        )
        parser.add_argument(
            "--valid-from",
            required=True,
            metavar="ÅÅÅÅ-MM-DD",
            help="första dagen som gränserna gäller",
        )
        parser.add_argument(
            "--name-field", default="name", metavar="FÄLT", help="fält med områdets namn (name)"
        )
        parser.add_argument(
            "--match",
            action="append",
            default=[],
            metavar="NAMN=ADRESS",
            help="vilket område ett namn i filen är, som 'ULVSUNDA INDUSTRIOMR=ulvsunda-"
            "industriomrade'; tomt efter = lämnar formen utanför. Kan anges flera gånger",
        )
        parser.add_argument(
            "--agreement", default="", metavar="ADRESS", help="överenskommelse, om det finns flera"
        )
        parser.add_argument(
            "--activate", action="store_true", help="låt gränserna gälla från första dagen"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="ändra inget, visa vad som skulle hända"
        )
        _add_origin(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = not sys.stderr.isatty()
        with tqdm(
            total=STEPS, desc="Läser in", unit="steg", delay=1, leave=False, disable=quiet
        ) as bar:
            try:
                said = self._carry_out(bar, **options)
            except (ValidationError, DrawingError) as error:
                faults = error.faults if isinstance(error, DrawingError) else error.messages
                count = counted(len(faults), "fel hittades", "fel hittades")
                raise CommandError("\n".join([*faults, f"{count}. Inget har ändrats."])) from error
        self.stdout.write("\n".join(said))

    def _carry_out(self, bar: Any, **options: Any) -> list[str]:
        drawing = _read(options["file"], options["name_field"])
        bar.update()
        with transaction.atomic():
            said = self._load(bar, drawing, **options)
            transaction.set_rollback(options["dry_run"])
        if options["dry_run"]:
            said.append("Detta var ett prov. Inget har ändrats.")
        return said

    def _load(self, bar: Any, drawing: Drawing, **options: Any) -> list[str]:
        agreement = _agreement(options["agreement"])
        day = _day(options["valid_from"], "--valid-from")
        loaded = load_boundaries(
            user=None,
            agreement=agreement,
            kind=options["kind"],
            drawing=drawing,
            origin=_origin(**options),
            valid_from=day,
            matches=_matches(options["match"]),
        )
        bar.update()
        said = [*drawing.notes, *(loaded.act.summary.splitlines() if loaded.act else [])]
        if loaded.act is None:
            said = ["Gränserna är redan inlästa. Inget har ändrats."]
        suggestions = _suggestions(loaded.boundary_set)
        if suggestions and options["activate"]:
            raise ValidationError(suggestions)
        said += suggestions
        if loaded.act or not loaded.boundary_set.activated:
            said += _compared(loaded.boundary_set)
        bar.update()
        if options["activate"] and not loaded.boundary_set.activated:
            done = activate_boundaries(
                user=None, agreement=agreement, boundary_set=loaded.boundary_set, valid_from=day
            )
            said += done.summary.splitlines()
        bar.update()
        return said


def _add_origin(parser: CommandParser) -> None:
    parser.add_argument("--source", default="", help="källa; annars filens namn")
    parser.add_argument("--licence", default="", help="licens, till exempel CC0")
    parser.add_argument("--source-date", default="", metavar="ÅÅÅÅ-MM-DD", help="källans datum")
    parser.add_argument(
        "--accuracy",
        type=int,
        default=5,
        metavar="METER",
        help="hur många meter fel en gräns kan ligga (5)",
    )


def _read(file: Path, name_field: str) -> Drawing:
    try:
        check_size(file.stat().st_size)
        return read_geojson(file.read_bytes(), name_field)
    except OSError as error:
        raise CommandError(f"Filen {file} går inte att läsa. Inget har ändrats.") from error


def _origin(**options: Any) -> Origin:
    return Origin(
        source=options["source"] or options["file"].name,
        licence=options["licence"],
        source_date=_day(options["source_date"], "--source-date")
        if options["source_date"]
        else None,
        accuracy=options["accuracy"],
        file_name=options["file"].name,
    )


def _day(text: str, option: str) -> datetime.date:
    day = read_day(text)
    if day is None or not FIRST <= day <= LAST:
        raise CommandError(f"{option}: {text} är inget datum. Skriv till exempel 2019-01-01.")
    return day


def _matches(pairs: list[str]) -> dict[str, str]:
    wrong = [pair for pair in pairs if "=" not in pair]
    if wrong:
        raise CommandError(f"--match {wrong[0]}: skriv NAMN=ADRESS, med likhetstecken emellan.")
    parts = [pair.rpartition("=") for pair in pairs]
    return {name.strip(): slug.strip() for name, _, slug in parts}


def _agreement(slug: str) -> Agreement:
    rows = Agreement.objects.exclude(territory=None).select_related("territory").order_by("slug")
    found = list(rows.filter(slug=slug) if slug else rows.filter(parent=None))
    if len(found) == 1:
        return found[0]
    known = ", ".join(each.slug for each in rows) or "ingen"
    raise CommandError(f"Ange en överenskommelse med --agreement. De som har ett område: {known}.")


def _suggestions(boundary_set: BoundarySet) -> list[str]:
    """For each name that is no area's: the option to give once somebody has looked."""
    left = unnamed(boundary_set)
    names = names_of(boundary_set) if left else None
    taken = set(boundary_set.boundaries.exclude(area=None).values_list("area", flat=True))
    said = []
    for row in left:
        area = names.suggestion(row.name, taken) if names else None
        what = f"menas {area.name}? Ange" if area else "är inget känt område. Ange"
        said.append(f'{row.name}: {what} --match "{row.name}={area.slug if area else "…"}".')
    return said


def _compared(boundary_set: BoundarySet) -> list[str]:
    it = compare(boundary_set)
    named = it.shapes - len(it.unnamed)
    said = [f"{named} av {it.shapes} former är kopplade till områden."]
    if it.missing:
        said.append(f"Områden utan gräns: {', '.join(area.name for area in it.missing)}.")
    if it.before is None:
        said.append("Inga gränser av slaget gäller den dagen, så det finns inget att jämföra med.")
    else:
        said.append(
            f"Jämfört med gränserna som gäller: {len(it.changes)} ändrade, {it.unchanged} lika, "
            f"{len(it.new)} nya, {len(it.gone)} borta."
        )
        said += [
            f"  {each.area}: vinner {_hectares(each.gained)}, förlorar {_hectares(each.lost)}."
            for each in it.changes
        ]
    said.append(
        f"Överlapp: {len(it.overlaps)}. Hål: {len(it.holes)}. Ogiltiga former: {len(it.invalid)}."
    )
    return said


def _hectares(number: float) -> str:
    return f"{number:.2f} ha".replace(".", ",")
