"""Lists on their way in: uploaded, their columns chosen, gone through, read in or thrown away.

The list itself lies in `ImportRun.sheet` from the upload until it is read in or thrown
away. Everything that was chosen lies there too, so that nothing is lost between the steps.
"""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from governance.models import Act, Agreement, ImportRun, LookupRun, SteeringGroup, User
from governance.queries.imports import Ground, editable_groups, group_words, words
from governance.queries.roster_sheets import headings
from governance.services.acts import Stale, act
from governance.services.import_columns import (
    as_kept,
    check_keys,
    guess,
    looks_personal,
    remembered,
)
from governance.services.import_plan import Options, Plan, make_plan
from governance.services.import_protected import hidden
from governance.services.import_rows import write
from governance.services.seats import lock_with_seats
from governance.sheets import Row, Sheet
from governance.swedish import counted, listed

# A list that nobody has finished is thrown away after this.
KEPT = datetime.timedelta(days=30)
_GROUPS_TOLD = 20


class Nothing(ValidationError):
    """All that the list says is there already."""

    def __init__(self) -> None:
        super().__init__("Inga ändringar. Allt i listan finns redan.", code="nothing")


def upload(
    *,
    user: User | None,
    sheet: Sheet,
    day: datetime.date,
    now: datetime.datetime,
    group: SteeringGroup | None = None,
    file_name: str = "",
) -> ImportRun:
    """Keep the list, with its columns guessed.

    Columns about individuals are not kept at all, and no name of anybody protected: see
    `import_protected`.
    """
    discard_old(now)
    keys = remembered(user, sheet.headings) or guess(sheet.headings)
    rows = hidden(user, sheet, keys)
    personal = {at for at, text in enumerate(sheet.headings) if looks_personal(text)}
    return ImportRun.objects.create(
        user=user,
        group=group,
        file_name=file_name[:200],
        sheet={
            "headings": sheet.headings,
            "heading_row": sheet.heading_row,
            "rows": [[row.number, *_without(row.cells, personal)] for row in rows],
        },
        columns=as_kept(sheet.headings, keys),
        choices={"first_day": day.isoformat(), "columns": sheet.headings == headings()},
    )


def _without(cells: list[str], personal: set[int]) -> list[str]:
    return ["" if at in personal else cell for at, cell in enumerate(cells)]


def discard_old(now: datetime.datetime) -> int:
    """Throw away the lists that nobody has finished within 30 days; how many they were."""
    old = ImportRun.objects.exclude(sheet=None).filter(act=None, uploaded_at__lt=now - KEPT)
    return old.update(discarded=True, **EMPTIED)


# What holds names, or may: nothing of it is left when the list has been read in or thrown away.
EMPTIED: dict[str, Any] = {"sheet": None, "choices": {}, "file_name": ""}


def sheet_of(run: ImportRun | LookupRun) -> Sheet:
    """The list as it was uploaded."""
    kept: Any = run.sheet
    return Sheet(
        headings=kept["headings"],
        rows=[Row(number, cells) for number, *cells in kept["rows"]],
        heading_row=kept["heading_row"],
    )


def is_open(run: ImportRun) -> bool:
    """Whether the list waits for its next step."""
    return run.sheet is not None and run.act_id is None and not run.discarded


@transaction.atomic
def choose_columns(*, run: ImportRun, keys: Sequence[str]) -> None:
    """Say which column is what; refused with sentences when something needed is missing."""
    run = _waiting(run)
    texts = sheet_of(run).headings
    keys = ["" if looks_personal(text) else key for text, key in zip(texts, keys, strict=True)]
    if said := check_keys(texts, keys):
        raise ValidationError(said)
    run.columns = as_kept(texts, keys)
    run.choices = {**run.choices, "columns": True}
    run.save(update_fields=["columns", "choices"])


@transaction.atomic
def choose(
    *,
    run: ImportRun,
    first_day: datetime.date,
    group: SteeringGroup | None,
    add_seats: bool,
    show_police: bool,
    answers: Mapping[str, str],
) -> None:
    """Keep what was chosen for the whole list, and the answers to its questions."""
    run = _waiting(run)
    run.group = group
    run.choices = {
        **run.choices,
        "first_day": first_day.isoformat(),
        "add_seats": add_seats,
        "show_police": show_police,
        "answers": {**run.choices.get("answers", {}), **answers},
    }
    run.save(update_fields=["group", "choices"])


def options_of(run: ImportRun) -> Options:
    chosen = run.choices
    return Options(
        first_day=datetime.date.fromisoformat(chosen["first_day"]),
        group=run.group,
        add_seats=bool(chosen.get("add_seats")),
        show_police=bool(chosen.get("show_police")),
        answers=chosen.get("answers", {}),
    )


def plan_of(run: ImportRun, ground: Ground) -> Plan:
    """What reading the list in would do now."""
    return make_plan(ground, sheet_of(run), run.columns["keys"], options_of(run))


def confirm(*, user: User | None, run: ImportRun, seen: str | None = None) -> Act:
    """Read the list in, all of it or nothing, as one act.

    `seen` is the digest of the plan that the user said yes to; when the plan is another
    one by now, Stale is raised and nothing is written. None means that nobody looked.
    """
    with act(user=user, verb=Act.Verb.IMPORT) as done:
        run = _waiting(run)
        locked = {group.pk for group in lock_with_seats(_meant(user, run))}
        ground = Ground(user)
        plan = plan_of(run, ground)
        if seen is not None and plan.digest != seen:
            raise Stale("Något som listan gäller")
        if plan.faults or plan.open_questions:
            raise ValidationError(refusals(plan))
        if not plan.does_something:
            raise Nothing
        if not locked >= set(plan.groups):
            raise Stale("Något som listan gäller")
        write(plan, ground)
        groups = sorted(plan.groups.values(), key=lambda group: group.sort_key)
        done.agreement = agreement_of(groups)
        done.save(update_fields=["agreement"])
        done.groups.set(groups)
        done.summary = "\n".join(_summary(plan))
        run.act, run.counts = done, plan.counts()
        for name, empty in EMPTIED.items():
            setattr(run, name, empty)
        run.save()
    return done


@transaction.atomic
def discard(*, run: ImportRun) -> None:
    """Throw the list away; only that it was uploaded is left."""
    run = _waiting(run)
    run.discarded = True
    for name, empty in EMPTIED.items():
        setattr(run, name, empty)
    run.save()


def _waiting(run: ImportRun) -> ImportRun:
    """The list as it is now, locked for whoever takes its next step."""
    rows = ImportRun.objects.select_for_update(of=("self",))
    run = rows.select_related("group__agreement").get(pk=run.pk)
    if run.act_id is not None:
        raise Stale(sentence="Listan är redan inläst. Inget mer har ändrats.")
    if not is_open(run):
        raise ValidationError("Listan är bortkastad. Ladda upp den på nytt.")
    return run


def _meant(user: User | None, run: ImportRun) -> list[SteeringGroup]:
    """The groups that the list can be about: those it names, else all that the user may change."""
    mine = editable_groups(user)
    keys = run.columns["keys"]
    if "group" not in keys and "row_key" not in keys:
        return [run.group] if run.group else mine
    named = group_words(mine)
    at = 1 + keys.index("group") if "group" in keys else 0
    kept: Any = run.sheet
    texts = {words(str(row[at])) if at else "" for row in kept["rows"]}
    if "" in texts and (run.group is None or "row_key" in keys):
        return mine
    found = [group for text in texts for group in named.get(text, ())]
    return [*found, run.group] if run.group else found


def refusals(plan: Plan) -> list[str]:
    """Why the plan cannot be carried out, in sentences."""
    if plan.faults:
        number = counted(len(plan.faults), "fel hittades", "fel hittades")
        return [f"{number}. Inget har ändrats.", *map(str, plan.faults)]
    number = counted(plan.open_questions, "fråga behöver", "frågor behöver")
    return [
        f"{number} svar. Inget har ändrats.",
        *(f"Rad {each.row}: {each.text}" for each in plan.questions if each.open),
    ]


def agreement_of(groups: Sequence[SteeringGroup]) -> Agreement | None:
    """The agreement of the groups, the one above when they are of several."""
    found = {group.agreement.pk: group.agreement for group in groups}
    above = [each for each in found.values() if each.parent_id not in found]
    if len(above) == 1:
        return above[0]
    return above[0].parent if above else None


def _summary(plan: Plan) -> list[str]:
    """What was read in, in numbers: never a name."""
    numbers = plan.counts()
    told = [
        counted(numbers["created"] + numbers["replaced"], "nytt uppdrag", "nya uppdrag"),
        counted(numbers["replaced"], "ersatt ledamot", "ersatta ledamöter"),
        counted(numbers["changed"], "rad med ändrade uppgifter", "rader med ändrade uppgifter"),
        counted(numbers["seats"], "ny plats i gruppen", "nya platser i grupperna"),
    ]
    kept = [text for text in told if not text.startswith("0 ")]
    by_group = Counter(mandate.seat.group.name for mandate, _ in plan.begun)
    more = [
        f"{name}: {counted(number, 'nytt uppdrag', 'nya uppdrag')}."
        for name, number in sorted(by_group.items())
    ]
    return [f"En lista lästes in: {listed(kept)}.", *more[:_GROUPS_TOLD]]
