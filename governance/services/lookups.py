"""Lists that are looked up in one go: uploaded, columns confirmed, answered, deleted.

Nothing of a list lies anywhere but in its LookupRun, which is deleted 24 hours after the
upload, or at once. No act is written: nothing that others see is changed.
"""

import datetime
import time
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from governance.models import LookupRun, User
from governance.models.lookups import KEPT
from governance.queries.lookups import answer_of, question_of
from governance.queries.places import Finder
from governance.services.import_columns import as_kept
from governance.services.imports import sheet_of
from governance.services.property_columns import LABELS, check_keys, guess, personal_columns
from governance.sheets import Row, Sheet

# What a column of a list may be, with its label.
ASKED = {
    key: LABELS[key]
    for key in (
        *("designation", "own_number", "address", "street", "street_number", "area"),
        *("first", "second", "point"),
    )
}
LEFT_OUT = "-"
AT_ONCE = 1000  # rows whose answers are read together
_NEEDED = frozenset(ASKED) - {"street_number"}
_MISSING = (
    "Välj minst en kolumn att slå upp med: fastighetsbeteckning, eget nummer, adress, "
    "stadsdel eller koordinat."
)


def upload_lookup(
    *,
    user: User,
    sheet: Sheet,
    day: datetime.date,
    now: datetime.datetime,
    file_name: str = "",
) -> LookupRun:
    """Keep the list; those of its columns that look personal are to be left out.

    The others are what they were in the user's latest list with the same headings, if
    that is still there, or guessed.
    """
    delete_old_lookups(now)
    personal = personal_columns(sheet)
    keys = _remembered(user, sheet.headings)
    if keys is None:
        keys = [key if key in ASKED else "" for key in guess(sheet, personal)]
    keys = [LEFT_OUT if at in personal else key for at, key in enumerate(keys)]
    return LookupRun.objects.create(
        user=user,
        day=day,
        file_name=file_name[:200],
        sheet=_stored(sheet, range(len(sheet.headings))),
        columns={
            "keys": keys,
            "personal": sorted(personal),
            "confirmed": False,
            "uploaded": {**as_kept(sheet.headings, keys), "places": [*range(len(keys))]},
        },
    )


def _remembered(user: User, headings: Sequence[str]) -> list[str] | None:
    """What the user's latest list that is still there took the same headings for."""
    wanted = as_kept(headings, [])["headings"]
    runs = LookupRun.objects.filter(user=user).order_by("-pk")
    for columns in runs.values_list("columns", flat=True)[:50]:
        uploaded = columns.get("uploaded", {})
        if uploaded.get("headings") == wanted:
            return list(uploaded["keys"])
    return None


def _as_uploaded(uploaded: dict[str, Any], keys: Sequence[str], left: Sequence[int]) -> Any:
    """`uploaded` with what is now said of its columns, of which those at `left` remain."""
    if not uploaded:
        return {}
    said = list(uploaded["keys"])
    for place, key in zip(uploaded["places"], keys, strict=True):
        said[place] = key
    places = [uploaded["places"][at] for at in left]
    return {**uploaded, "keys": said, "places": places}


def _stored(sheet: Sheet, places: Sequence[int]) -> dict[str, object]:
    """The list with the columns at these places alone."""
    return {
        "headings": [sheet.headings[at] for at in places],
        "heading_row": sheet.heading_row,
        "rows": [[row.number, *(row.cells[at] for at in places)] for row in sheet.rows],
    }


@transaction.atomic
def choose_columns(*, run: LookupRun, keys: Sequence[str]) -> None:
    """Say which column is what; a column with the key LEFT_OUT is deleted from the list.

    Refused with sentences when there is nothing to look up with. Answers given for
    another choice are forgotten.
    """
    run = LookupRun.objects.select_for_update().get(pk=run.pk)
    if said := check_keys([key for key in keys if key != LEFT_OUT], _NEEDED, _MISSING):
        raise ValidationError(said)
    sheet = sheet_of(run)
    places = [at for at, key in enumerate(keys) if key != LEFT_OUT]
    personal = set(run.columns["personal"])
    changed = ["kept", "columns", "result"]
    if len(places) < len(sheet.headings):
        run.sheet = _stored(sheet, places)
        changed.append("sheet")
    run.kept = [sheet.headings[at] for at in places if at in personal]
    run.columns = {
        "keys": [keys[at] for at in places],
        "personal": [new for new, at in enumerate(places) if at in personal],
        "confirmed": True,
        "uploaded": _as_uploaded(run.columns.get("uploaded", {}), keys, places),
    }
    run.result = None
    run.save(update_fields=changed)


def look_up_more(*, run: LookupRun, user: User, seconds: float) -> None:
    """Answer the next rows, a thousand at a time, until all are or the seconds are gone.

    What is answered is kept, so that it goes on where it was, in whichever process.
    """
    started = time.monotonic()
    rows, done = sheet_of(run).rows, answers_of(run)
    columns, before = run.columns, len(done)
    finder = Finder(user, run.day)
    while len(done) < len(rows):
        batch: list[Row] = rows[len(done) : len(done) + AT_ONCE]
        asked = [question_of(row.cells, columns["keys"]) for row in batch]
        done += [list(answer_of(reply)) for reply in finder.find_all(asked)]
        if time.monotonic() - started > seconds:
            break
    _keep(run, done, before)


@transaction.atomic
def _keep(run: LookupRun, done: list[list[str]], before: int) -> None:
    """Keep the answers, unless the list was deleted, changed or answered further meanwhile."""
    now = LookupRun.objects.select_for_update().defer("sheet").filter(pk=run.pk).first()
    if now is None or now.columns != run.columns or len(answers_of(now)) != before:
        return
    run.result = {"rows": done}
    run.save(update_fields=["result"])


def answers_of(run: LookupRun) -> list[list[str]]:
    """The answers so far, one for each of the first rows of the list."""
    return list((run.result or {}).get("rows", []))


@transaction.atomic
def start_again(*, run: LookupRun) -> None:
    """Forget the answers, so that the list is looked up as things are now."""
    LookupRun.objects.filter(pk=run.pk).update(result=None)


def delete_lookup(*, run: LookupRun) -> None:
    """Delete the list and its answers at once."""
    LookupRun.objects.filter(pk=run.pk).delete()


def delete_old_lookups(now: datetime.datetime) -> int:
    """Delete the lists that were uploaded 24 hours ago or earlier; how many they were."""
    return LookupRun.objects.filter(uploaded_at__lte=now - KEPT).delete()[0]
