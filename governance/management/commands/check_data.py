"""`manage.py check_data`: finds what no constraint can refuse."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from governance.queries.faults import CHECKS


class Command(BaseCommand):
    help = (
        "Granskar uppgifterna och listar det som databasen inte själv kan hindra. "
        "Ändrar inget. Avslutar med kod 1 om något är fel."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = not sys.stderr.isatty()
        bar = tqdm(CHECKS, desc="Granskar", delay=1, leave=False, disable=quiet)
        faults = [fault for check in bar for fault in check()]
        if faults:
            self.stdout.write("\n".join(faults))
            raise CommandError(f"{len(faults)} fel hittades.")
        self.stdout.write("Inga fel hittades.")
