"""`manage.py import_properties FILE --company SLUG`: saves a company's stock, as the page does."""

import sys
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from governance.models import Organization
from governance.services.properties import NothingNew, in_numbers, refusals, save_stock
from governance.services.property_columns import guess, personal_columns
from governance.services.property_plan import make_stock_plan
from governance.sheets import Sheet, SheetError, read_sheet
from governance.temporal import today


class Command(BaseCommand):
    help = (
        "Läser in ett bolags bestånd ur ett kalkylblad (XLSX eller CSV) med exportens kolumner, "
        "eller egna rubriker som känns igen. Allt sparas, eller inget. Alla fel skrivs ut med "
        "rad och kolumn. Kan köras igen: det som redan finns lämnas som det är."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="filen med beståndet")
        parser.add_argument("--company", required=True, metavar="SLUG", help="bolagets adress")
        parser.add_argument(
            "--dry-run", action="store_true", help="visa vad som skulle hända och ändra inget"
        )
        parser.add_argument(
            "--whole",
            action="store_true",
            help="listan är hela beståndet: det som inte står i den slutar dagen före i dag",
        )

    def handle(self, *args: Any, file: Path, company: str, **options: Any) -> None:
        organization = Organization.objects.filter(slug=company).first()
        if organization is None:
            raise CommandError(f"Det finns ingen organisation med adressen {company}.")
        bar = tqdm(total=2, desc="Läser in", delay=1, leave=False, disable=not sys.stderr.isatty())
        with bar:
            sheet = self._read(file)
            bar.update()
            try:
                self.stdout.write(self._save(organization, sheet, **options))
            except NothingNew as nothing:
                self.stdout.write(nothing.messages[0])
            except ValidationError as error:
                raise CommandError("\n".join(error.messages)) from error
            bar.update()

    def _read(self, file: Path) -> Sheet:
        try:
            return read_sheet(file.read_bytes(), file.name)
        except OSError as error:
            raise CommandError(f"Filen {file} går inte att läsa.") from error
        except SheetError as error:
            raise CommandError(str(error)) from error

    def _save(self, organization: Organization, sheet: Sheet, **options: Any) -> str:
        """What was done, or what would be done, in sentences; raises ValidationError."""
        personal = personal_columns(sheet)
        keys = guess(sheet, personal)
        day, whole = today(), bool(options["whole"])
        plan = make_stock_plan(organization, sheet, keys, day, whole=whole, personal=personal)
        said = "\n".join([*plan.not_used, *plan.notes, ""]).lstrip()
        if plan.faults:
            raise ValidationError([*plan.not_used, *refusals(plan.faults)])
        if options["dry_run"]:
            numbers = plan.counts()
            left = f"{numbers['left']} lämnas"
            return f"{said}{in_numbers(numbers).capitalize()}, {left}. Inget har ändrats."
        done = save_stock(
            user=None,
            organization=organization,
            sheet=sheet,
            columns=keys,
            day=day,
            whole=whole,
            personal=personal,
        )
        return f"{said}{done.summary}"
