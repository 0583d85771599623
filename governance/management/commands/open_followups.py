"""`manage.py open_followups YEAR`: opens the follow-ups of a year in every agreement."""

import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from governance.forms.days import FIRST, LAST, read_day
from governance.models import Agreement, FollowUp
from governance.queries.rounds import local_groups_of
from governance.services.acts import rehearse
from governance.services.rounds import open_year


class Command(BaseCommand):
    help = (
        "Öppnar årets uppföljning för varje lokal styrgrupp som var aktiv eller vilande minst en "
        "dag under året. De som redan finns lämnas som de är, så kommandot kan köras igen. "
        "Avslutar med kod 1 om något inte gick."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int, metavar="ÅR", help="året som följs upp")
        parser.add_argument(
            "--due", default="", metavar="ÅÅÅÅ-MM-DD", help="dagen då de senast ska vara klara"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="ändra inget, visa vad som skulle öppnas"
        )

    def handle(self, *args: Any, year: int, due: str, dry_run: bool, **options: Any) -> None:
        if not FIRST.year < year < LAST.year:
            raise CommandError(f"{year} är inget år. Skriv till exempel 2025.")
        last = read_day(due) if due else None
        if due and last is None:
            raise CommandError(f"{due} är inget datum. Skriv till exempel 2026-02-15.")
        waiting = [each for each in Agreement.objects.order_by("sort_key") if _lacks(each, year)]
        if not waiting:
            self.stdout.write(f"Inget att öppna: ingen lokal grupp saknar uppföljning för {year}.")
            return
        for agreement in _bar(waiting):
            arguments = {"user": None, "agreement": agreement, "year": year, "due": last}
            try:
                if dry_run:
                    said = rehearse(open_year, **arguments)
                else:
                    said = open_year(**arguments).summary.splitlines()
            except ValidationError as refusal:
                raise CommandError(" ".join(refusal.messages)) from refusal
            self.stdout.write("\n".join(said))
        if dry_run:
            self.stdout.write("Inget har ändrats.")


def _lacks(agreement: Agreement, year: int) -> bool:
    groups = local_groups_of(year, agreement)
    return groups.exclude(pk__in=FollowUp.objects.filter(year=year).values("group")).exists()


def _bar(rows: list[Agreement]) -> Any:
    quiet = not sys.stderr.isatty()
    return tqdm(rows, desc="Öppnar", unit="överenskommelse", delay=1, leave=False, disable=quiet)
