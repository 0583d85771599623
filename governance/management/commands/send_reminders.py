"""`manage.py send_reminders`: mails on Monday mornings those who have something new to do."""

import datetime
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from governance.forms.days import FIRST, LAST, read_day
from governance.services.reminders import MONDAY, Sent, next_monday, remind
from governance.swedish import counted, in_words, listed
from governance.temporal import today


class Command(BaseCommand):
    help = (
        "Skickar påminnelser om det som behöver göras, till den som har fått något nytt att göra "
        "sedan förra brevet. Gör det bara på måndagar, om inte --date anges. Körs den igen "
        "skickas inget två gånger. Avslutar med kod 1 om något brev inte kunde skickas."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="skicka inget, visa vad som skulle skickas"
        )
        parser.add_argument(
            "--date",
            default="",
            metavar="ÅÅÅÅ-MM-DD",
            help="gör som om det var den dagen, också om den inte är en måndag",
        )

    def handle(self, *args: Any, dry_run: bool, date: str, **options: Any) -> None:
        day = _day(date) if date else today()
        if not date and day.weekday() != MONDAY:
            self.stdout.write(
                f"Inga påminnelser i dag. De skickas på måndagar, nästa gång den "
                f"{in_words(next_monday(day))}. Ange --date {day} för att skicka ändå."
            )
            return
        sent = remind(day=day, dry_run=dry_run, watch=_bar)
        if dry_run:
            self.stdout.write("\n".join(f"{_heading(*each)}\n" for each in sent.letters))
        self.stdout.write(_in_words(sent, dry_run=dry_run))
        if sent.failed:
            failed = counted(len(sent.failed), "brev", "brev")
            raise CommandError(
                f"{failed} kunde inte skickas: {listed(sent.failed)}. De är inte antecknade som "
                f"skickade. Kör kommandot igen, med --date {day} om det blir en annan dag."
            )


def _day(text: str) -> datetime.date:
    day = read_day(text)
    if day is None or not FIRST <= day <= LAST:
        raise CommandError(f"{text} är inget datum. Skriv till exempel 2026-11-23.")
    return day


def _bar(rows: Any) -> Any:
    quiet = not sys.stderr.isatty()
    return tqdm(rows, desc="Skickar", unit="brev", delay=1, leave=False, disable=quiet)


def _heading(due: Any, letter: Any) -> str:
    return f"Till {due.recipient}: {letter.subject}\n\n{letter.text}"


def _in_words(sent: Sent, *, dry_run: bool) -> str:
    done = "brev skulle skickas" if dry_run else "brev skickades"
    lines = [
        f"{len(sent.letters)} {done}. "
        f"{counted(sent.silent, 'mottagare', 'mottagare')} hade inget nytt."
    ]
    if sent.unreachable:
        groups = listed(str(group) for group in sent.unreachable)
        lines.append(
            f"Ingen kan påminnas om {groups}: där finns varken ett öppet konto med rätt att "
            "ändra eller en funktionsbrevlåda."
        )
    return "\n".join(lines)
