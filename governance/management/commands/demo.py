"""`manage.py demo`: fills an own database with the structure and invented people."""

import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from governance.services.demo import PASSWORD, fill_demo
from governance.services.demo_people import SIGN_INS
from governance.temporal import today


class Command(BaseCommand):
    help = (
        "Läser in strukturen, lägger till påhittade personer första gången och skriver ut hur "
        "man loggar in. Körs bara i en tom databas eller en tidigare demo. Det som har skrivits "
        "in blir kvar."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--port", type=int, default=8000, help="porten i adresserna som skrivs ut"
        )
        parser.add_argument(
            "--migrate", action="store_true", help="ställ först i ordning databasens tabeller"
        )

    def handle(self, *args: Any, port: int, migrate: bool, **options: Any) -> None:
        if migrate:  # here and not as a command before it, which would read the whole app twice
            call_command("migrate", verbosity=0)
        try:
            demo = fill_demo(folder=settings.BASE_DIR / "fixtures", day=today(), watch=_bar)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        self.stdout.write(f"{demo.loaded.in_words()}\n{demo.added}\n\n{_instructions(port)}")


def _bar(steps: Any) -> Any:
    quiet = not sys.stderr.isatty()
    return tqdm(steps, desc="Läser in", unit="fil", delay=1, leave=False, disable=quiet)


def _instructions(port: int) -> str:
    root = f"http://127.0.0.1:{port}"
    wide = max(len(each.email) for each in SIGN_INS)
    return "\n".join(
        [
            "Öppna i webbläsaren",
            f"  {root}/                     startsidan, efter inloggning",
            f"  {root}/lokala-styrgrupper/  styrgrupperna utan namn, öppen för alla",
            f"  {root}/hjalp/               hjälp",
            f"  {root}/admin/               förvaltningen, för driftansvariga",
            "",
            f"Logga in som en av dessa. Lösenordet är {PASSWORD} för alla.",
            *(f"  {each.email:<{wide}}  {each.may}" for each in SIGN_INS),
            "",
            "Alla personer är påhittade.",
        ]
    )
