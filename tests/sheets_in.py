"""Lists as coordinators have them, and what tests ask of reading them in."""

import datetime
from typing import Any

from django.utils import timezone

from governance.models import Act, ImportRun, SteeringGroup, User
from governance.queries import roster_sheets
from governance.queries.imports import Ground
from governance.services import imports
from governance.services.import_plan import Plan
from governance.sheets import read_pasted
from tests.days import day

NOW = day("2026-11-23")

# Fifteen rows with the coordinator's own headings: one name twice, one function misspelled.
OWN_LIST = """Styrgruppen våren 2026
Namn;Titel;Förvaltning/bolag;Mail;Mobil;Personnummer;Anteckning
Anna Provberg;stadsdelsdirektör;Farsta stadsdelsförvaltning;anna@example.org;+46 70 000 00 01;x;
Bo Exempelgren;trygghetssamordnare;Farsta stadsdelsförvaltning;bo@example.org;+46 70 000 00 02;x;
Exempel, Cia;distriktschef;Stockholmshem;cia@example.org;+46 (0)70 000 00 03;x;
Dan von Prov;områdeschef;Svenska Bostäder;dan@example.org;+46700000004;x;
Eva Låtsas;säkerhetschef;Familjebostäder;eva@example.org;08-508 00 005;x;vikarie
Folke Fantasi;lokalpolisområdeschef;LPO Farsta;folke@example.org;+46 70 000 00 06;x;
Gun Modell;biträdande lokalpolisområdeschef;LPO Farsta;gun@example.org;+46 70 000 00 07;x;
Hans Skenberg;kommunpolis;LPO Farsta;hans@example.org;+46 70 000 00 08;x;
Bo Exempelgren;nämndsekreterare;Farsta stadsdelsförvaltning;bo@example.org;+46 70 000 00 02;x;
Ida Påhitt;trygghetssamordnar;Stockholmshem;ida@example.org;+46 70 000 00 10;x;
Jan Provlund;fastighetsförvaltare;Stockholmshem;jan@example.org;+46 70 000 00 11;x;
Kim Exempelson;fastighetsförvaltare;Svenska Bostäder;kim@example.org;+46 70 000 00 12;x;
Lo Testgren;fastighetsförvaltare;Familjebostäder;lo@example.org;+46 70 000 00 13;x;
Mia Provman;fältassistent;Farsta stadsdelsförvaltning;mia@example.org;+46 70 000 00 14;x;
Vakant;enhetschef;Farsta stadsdelsförvaltning;;;;
"""


def uploaded(
    user: User | None, text: str, group: SteeringGroup | None = None, **choices: Any
) -> ImportRun:
    """The list as it stands after the upload, with what was chosen for it."""
    run = imports.upload(
        user=user, sheet=read_pasted(text), day=NOW, now=timezone.now(), group=group
    )
    chosen: dict[str, Any] = {"add_seats": False, "show_police": False, "answers": {}}
    imports.choose(run=run, first_day=NOW, group=group, **{**chosen, **choices})
    run.refresh_from_db()
    return run


def planned(run: ImportRun) -> Plan:
    return imports.plan_of(run, Ground(run.user))


def read_in(run: ImportRun) -> Act:
    return imports.confirm(user=run.user, run=run, seen=planned(run).digest)


def in_columns(*rows: dict[str, object]) -> str:
    """Rows in the columns of the export, as they would be pasted."""
    keys = [column.key for column in roster_sheets.COLUMNS]
    lines = [roster_sheets.headings()]
    lines += [[str(row.get(key, "") or "") for key in keys] for row in rows]
    return "\n".join("\t".join(line) for line in lines)


def exported(user: User, group: SteeringGroup, on: datetime.date = NOW) -> list[dict[str, Any]]:
    """The export's rows by column, to change a cell of."""
    keys = [column.key for column in roster_sheets.COLUMNS]
    groups = SteeringGroup.objects.filter(pk=group.pk)
    rows = roster_sheets.roster_rows(user, groups, on)
    return [dict(zip(keys, row, strict=True)) for row in rows]


def states(plan: Plan) -> list[str]:
    return [line.state for line in plan.lines]


def said(plan: Plan) -> list[str]:
    return [str(fault) for fault in plan.faults]


def one_row(name: str, email: str = "") -> str:
    """A list with somebody for the seat of the district manager."""
    return f"Namn;Funktion;Organisation;E-post\n{name};distriktschef;Stockholmshem;{email}\n"
