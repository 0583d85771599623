"""`manage.py import_mandates FILE`: reads a roster in, as the page does."""

import datetime
import sys
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from tqdm import tqdm

from governance.models import SteeringGroup
from governance.queries.imports import Ground
from governance.services import imports
from governance.services.import_plan import Plan
from governance.sheets import SheetError, read_sheet
from governance.swedish import counted
from governance.temporal import today


class Command(BaseCommand):
    help = (
        "Läser in ledamöter ur ett kalkylblad (XLSX eller CSV) med exportens kolumner, eller egna "
        "rubriker som känns igen. Allt läses in, eller inget. Alla fel skrivs ut med rad och "
        "kolumn. Kan köras igen: det som redan finns lämnas som det är."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="filen med ledamöterna")
        parser.add_argument(
            "--dry-run", action="store_true", help="visa vad som skulle hända och ändra inget"
        )
        parser.add_argument("--group", help="styrgruppens adress, om filen inte säger vilken")
        parser.add_argument(
            "--first-day",
            type=datetime.date.fromisoformat,
            help="första dagen för rader som saknar den, som 2025-03-01 (annars i dag)",
        )
        parser.add_argument("--add-seats", action="store_true", help="lägg till platser som saknas")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        quiet = not sys.stderr.isatty()
        try:
            bar = tqdm(total=3, desc="Läser in", delay=1, leave=False, disable=quiet)
            with bar, transaction.atomic():
                self.stdout.write(self._read(file, bar, **options))
                if options["dry_run"]:
                    transaction.set_rollback(True)
        except imports.Nothing as nothing:
            self.stdout.write(nothing.messages[0])
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error

    def _read(self, file: Path, bar: Any, **options: Any) -> str:
        """What was done, or what would be done, in a sentence; raises ValidationError."""
        try:
            sheet = read_sheet(file.read_bytes(), file.name)
        except OSError as error:
            raise CommandError(f"Filen {file} går inte att läsa.") from error
        except SheetError as error:
            raise CommandError(str(error)) from error
        bar.update()
        run = imports.upload(
            user=None,
            sheet=sheet,
            day=options["first_day"] or today(),
            now=timezone.now(),
            group=self._group(options["group"]),
        )
        if options["add_seats"]:
            run.choices["add_seats"] = True
            run.save(update_fields=["choices"])
        bar.update()
        if options["dry_run"]:
            plan = imports.plan_of(run, Ground(None))
            if plan.faults or plan.open_questions:
                raise ValidationError(imports.refusals(plan))
            return f"{_in_words(plan)} Inget har ändrats."
        return imports.confirm(user=None, run=run).summary

    def _group(self, slug: str | None) -> SteeringGroup | None:
        if not slug:
            return None
        try:
            return SteeringGroup.objects.get(slug=slug)
        except SteeringGroup.DoesNotExist:
            raise CommandError(f"Det finns ingen styrgrupp med adressen {slug}.") from None


def _in_words(plan: Plan) -> str:
    numbers = plan.counts()
    new = numbers["created"] + numbers["replaced"]
    return (
        f"{counted(new, 'nytt uppdrag', 'nya uppdrag')}, {numbers['replaced']} ersätter någon, "
        f"{numbers['changed']} ändras, {numbers['left']} lämnas."
    )
