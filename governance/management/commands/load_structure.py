"""`manage.py load_structure`: reads the real structure in."""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from tqdm import tqdm

from governance.services.sketches import sketch_boundaries
from governance.services.structure import Steps, load_structure


class Command(BaseCommand):
    help = (
        "Läser in överenskommelsens struktur ur filerna i fixtures/. Det som redan finns, eller "
        "har funnits, lämnas som det är. Kan köras hur många gånger som helst."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--folder",
            type=Path,
            default=settings.BASE_DIR / "fixtures",
            help="mapp med filerna, om det inte är fixtures/",
        )

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            with transaction.atomic():
                loaded = load_structure(folder=folder, watch=self._bar)
                sketches = sketch_boundaries(folder=folder)
        except ValidationError as error:
            count = len(error.messages)
            faults = "\n".join(error.messages)
            raise CommandError(f"{faults}\n{count} fel hittades. Inget har ändrats.") from error
        self.stdout.write("\n".join([loaded.in_words(), *(done.summary for done in sketches)]))

    def _bar(self, steps: Steps) -> Any:
        """A bar where somebody looks at it, when it takes more than a second."""
        quiet = not sys.stderr.isatty()
        return tqdm(steps, desc="Läser in", unit="fil", delay=1, leave=False, disable=quiet)
