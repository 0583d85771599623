"""Lists of values on their way in: uploaded, columns chosen, gone through, read in.

The list lies in `ImportRun.sheet` from the upload until then, without the columns that look
like individuals. That it is a list of values stands in `ImportRun.columns`.
"""

import datetime
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from governance.models import Act, Agreement, ImportRun, Indicator, IndicatorValue, User
from governance.services.acts import Stale, act
from governance.services.imports import EMPTIED, Nothing, discard_old, sheet_of
from governance.services.indicator_cells import Common
from governance.services.indicator_columns import (
    check_keys,
    guess,
    kept,
    personal_columns,
    remembered,
)
from governance.services.indicator_plan import ValuePlan, make_value_plan
from governance.services.properties import refusals
from governance.services.property_runs import personal_of, waiting
from governance.services.undo_rows import BATCH
from governance.sheets import Sheet
from governance.swedish import counted, listed

_CHANGED = ["value", "measured_on", "source", "source_mark"]


def upload_values(
    *,
    user: User,
    agreement: Agreement,
    sheet: Sheet,
    now: datetime.datetime,
    indicator: Indicator | None = None,
    file_name: str = "",
) -> ImportRun:
    """Keep the list, with its columns guessed; what looks personal is not kept at all.

    The values are entered for the agreement: its areas are those that the list can name.
    """
    discard_old(now)
    personal = personal_columns(sheet)
    keys = remembered(user, sheet.headings) or guess(sheet, personal)
    keys = ["" if at in personal else key for at, key in enumerate(keys)]
    rows = [
        [row.number, *("" if at in personal else cell for at, cell in enumerate(row.cells))]
        for row in sheet.rows
    ]
    return ImportRun.objects.create(
        user=user,
        file_name=file_name[:200],
        sheet={"headings": sheet.headings, "heading_row": sheet.heading_row, "rows": rows},
        columns=kept(sheet.headings, keys),
        choices={
            "agreement": agreement.pk,
            "indicator": indicator.pk if indicator else None,
            "columns": False,
            "personal": sorted(personal),
        },
    )


@transaction.atomic
def choose_columns(*, run: ImportRun, keys: Sequence[str]) -> None:
    """Say which column is what; refused with sentences when something needed is missing."""
    run = waiting(run)
    personal = personal_of(run)
    keys = ["" if at in personal else key for at, key in enumerate(keys)]
    if said := check_keys(keys):
        raise ValidationError(said)
    run.columns = kept(sheet_of(run).headings, keys)
    run.choices = {**run.choices, "columns": True}
    run.save(update_fields=["columns", "choices"])


@transaction.atomic
def choose(*, run: ImportRun, indicator: Indicator | None, kind: str, year: int | None) -> None:
    """Keep what was chosen for the rows that do not say it themselves."""
    run = waiting(run)
    chosen = {"indicator": indicator.pk if indicator else None, "kind": kind, "year": year}
    run.choices = {**run.choices, **chosen}
    run.save(update_fields=["choices"])


def common_of(run: ImportRun) -> Common:
    chosen = run.choices
    return Common(chosen.get("indicator"), chosen.get("kind", ""), chosen.get("year"))


def value_plan_of(run: ImportRun, areas: Iterable[int]) -> ValuePlan:
    """What reading the list in would do now; `areas` are those that the user enters for."""
    personal = personal_of(run)
    return make_value_plan(areas, sheet_of(run), run.columns["keys"], common_of(run), personal)


def confirm(
    *, user: User, run: ImportRun, agreement: Agreement, areas: Iterable[int], seen: str
) -> Act:
    """Read the list in, all of it or nothing, as one act, and empty it.

    `seen` is the digest of the plan that the user said yes to; when the plan is another one
    by now, Stale is raised and nothing is written.
    """
    with act(user=user, verb=Act.Verb.INDICATE, agreement=agreement) as done:
        Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
        run = waiting(run)
        plan = value_plan_of(run, areas)
        if plan.digest != seen:
            raise Stale("Något som listan gäller")
        if plan.faults:
            raise ValidationError(refusals(plan.faults))
        if not plan.does_something:
            raise Nothing
        _write(plan)
        run.act, run.counts = done, plan.counts()
        for name, empty in EMPTIED.items():
            setattr(run, name, empty)
        run.save()
        done.summary = _summary(plan)
    return done


def _write(plan: ValuePlan) -> None:
    for row, new in plan.changed:
        for name, value in new.items():
            setattr(row, name, value)
    changed = [row for row, _ in plan.changed]
    if plan.created:
        bulk_create_with_history(plan.created, IndicatorValue, batch_size=BATCH)
    if changed:
        bulk_update_with_history(changed, IndicatorValue, _CHANGED, batch_size=BATCH)


def _summary(plan: ValuePlan) -> str:
    """What was read in, in numbers, and of which indicators."""
    numbers = plan.counts()
    told = [
        counted(numbers["created"], "nytt värde", "nya värden"),
        counted(numbers["changed"], "ändrat värde", "ändrade värden"),
    ]
    text = listed(each for each in told if not each.startswith("0 "))
    rows = [*plan.created, *(row for row, _ in plan.changed)]
    codes = sorted({row.indicator.code for row in rows})
    return f"En lista med utfall lästes in: {text} för {listed(codes)}."
