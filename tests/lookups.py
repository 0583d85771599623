"""Lists that are looked up, in tests: uploaded, their columns confirmed, answered."""

import datetime

from django.test import Client
from django.urls import reverse

from governance.models import LookupRun, User
from governance.queries.lookups import Answer
from governance.services.lookups import answers_of, choose_columns, look_up_more, upload_lookup
from governance.sheets import Row, Sheet, read_pasted
from tests.letters import text
from tests.places import NOW

LONG_AGO = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


def sheet_of(headings: list[str], rows: list[list[str]]) -> Sheet:
    return Sheet(headings, [Row(at, cells) for at, cells in enumerate(rows, start=2)], 1)


def upload(user: User, sheet: Sheet | str, when: datetime.date = NOW) -> LookupRun:
    """A list whose columns are confirmed as they were guessed."""
    if isinstance(sheet, str):
        sheet = read_pasted(sheet)
    run = upload_lookup(user=user, sheet=sheet, day=when, now=LONG_AGO)
    choose_columns(run=run, keys=run.columns["keys"])
    run.refresh_from_db()
    return run


def answered(user: User, sheet: Sheet | str, when: datetime.date = NOW) -> list[Answer]:
    run = upload(user, sheet, when)
    look_up_more(run=run, user=user, seconds=600)
    return [Answer(*each) for each in answers_of(run)]


def posted(client: Client, pasted: str) -> str:
    """The address of a list that was pasted on the page."""
    page = reverse("governance:lookups")
    answer = client.post(page, {"pasted": pasted, "day": NOW.isoformat()})
    assert answer.status_code == 302, text(answer)
    return answer["Location"]


def confirm(client: Client, page: str, **keys: str) -> None:
    """Confirm the columns as they were guessed, or with other `kolumn-0`=… ."""
    run = LookupRun.objects.latest("pk")
    guessed = {f"kolumn-{at}": key for at, key in enumerate(run.columns["keys"])}
    assert client.post(page, {**guessed, **keys, "steg": "kolumner"}).status_code == 302
