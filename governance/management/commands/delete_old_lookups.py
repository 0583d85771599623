"""`manage.py delete_old_lookups`: deletes the lists that were looked up 24 hours ago or earlier."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from governance.services.lookups import delete_old_lookups
from governance.swedish import counted


class Command(BaseCommand):
    help = (
        "Tar bort de listor som har slagits upp på Slå upp många fastigheter och som är äldre "
        "än 24 timmar, med sina svar. Kan köras hur ofta som helst."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        deleted = counted(delete_old_lookups(timezone.now()), "uppslagen lista", "uppslagna listor")
        self.stdout.write(f"{deleted} togs bort.")
