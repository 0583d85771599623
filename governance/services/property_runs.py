"""Lists of stock on their way in: uploaded, columns chosen, gone through, saved or thrown away.

The list lies in `ImportRun.sheet` from the upload until then, without the columns that look
like tenants or other individuals.
"""

import datetime
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from governance.models import Act, ImportRun, Organization, User
from governance.services.acts import Stale
from governance.services.import_columns import as_kept
from governance.services.imports import EMPTIED, discard_old, is_open, sheet_of
from governance.services.properties import save_stock
from governance.services.property_columns import check_keys, guess, personal_columns, remembered
from governance.services.property_plan import StockPlan, make_stock_plan
from governance.sheets import Sheet


def upload_stock(
    *,
    user: User,
    organization: Organization,
    sheet: Sheet,
    day: datetime.date,
    now: datetime.datetime,
    file_name: str = "",
) -> ImportRun:
    """Keep the list, with its columns guessed; what looks personal is not kept at all."""
    discard_old(now)
    personal = personal_columns(sheet)
    keys = remembered(organization, sheet.headings) or guess(sheet, personal)
    keys = ["" if at in personal else key for at, key in enumerate(keys)]
    rows = [
        [row.number, *("" if at in personal else cell for at, cell in enumerate(row.cells))]
        for row in sheet.rows
    ]
    return ImportRun.objects.create(
        user=user,
        organization=organization,
        file_name=file_name[:200],
        sheet={"headings": sheet.headings, "heading_row": sheet.heading_row, "rows": rows},
        columns=as_kept(sheet.headings, keys),
        choices={"first_day": day.isoformat(), "columns": False, "personal": sorted(personal)},
    )


@transaction.atomic
def choose_columns(*, run: ImportRun, keys: Sequence[str]) -> None:
    """Say which column is what; refused with sentences when something needed is missing."""
    run = waiting(run)
    personal = personal_of(run)
    keys = ["" if at in personal else key for at, key in enumerate(keys)]
    if said := check_keys(keys):
        raise ValidationError(said)
    run.columns = as_kept(sheet_of(run).headings, keys)
    run.choices = {**run.choices, "columns": True}
    run.save(update_fields=["columns", "choices"])


@transaction.atomic
def choose(*, run: ImportRun, first_day: datetime.date, whole: bool) -> None:
    """Keep what was chosen for the whole list."""
    run = waiting(run)
    run.choices = {**run.choices, "first_day": first_day.isoformat(), "whole": whole}
    run.save(update_fields=["choices"])


def personal_of(run: ImportRun) -> list[int]:
    """The places of the columns that were left out as personal at the upload."""
    return list(run.choices.get("personal", []))


def chosen_day(run: ImportRun) -> datetime.date:
    return datetime.date.fromisoformat(run.choices["first_day"])


def stock_plan_of(run: ImportRun) -> StockPlan:
    """What saving the list would do now."""
    assert run.organization is not None
    return make_stock_plan(
        run.organization,
        sheet_of(run),
        run.columns["keys"],
        chosen_day(run),
        whole=bool(run.choices.get("whole")),
        personal=set(personal_of(run)),
    )


@transaction.atomic
def confirm(*, user: User, run: ImportRun, seen: str) -> Act:
    """Save the list as `properties.save_stock` does, and empty it."""
    run = waiting(run)
    assert run.organization is not None
    carried_out: list[StockPlan] = []
    done = save_stock(
        user=user,
        organization=run.organization,
        sheet=sheet_of(run),
        columns=run.columns["keys"],
        day=chosen_day(run),
        whole=bool(run.choices.get("whole")),
        seen=seen,
        personal=set(personal_of(run)),
        look=carried_out.append,
    )
    run.act, run.counts = done, carried_out[0].counts()
    _empty(run)
    return done


@transaction.atomic
def discard(*, run: ImportRun) -> None:
    """Throw the list away; only that it was uploaded is left."""
    run = waiting(run)
    run.discarded = True
    _empty(run)


def _empty(run: ImportRun) -> None:
    for name, empty in EMPTIED.items():
        setattr(run, name, empty)
    run.save()


def waiting(run: ImportRun) -> ImportRun:
    """The list as it is now, locked for whoever takes its next step."""
    rows = ImportRun.objects.select_for_update(of=("self",)).select_related("organization")
    run = rows.get(pk=run.pk)
    if run.act_id is not None:
        raise Stale(sentence="Listan är redan sparad. Inget mer har ändrats.")
    if not is_open(run):
        raise ValidationError("Listan är bortkastad. Ladda upp den på nytt.")
    return run
