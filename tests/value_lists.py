"""Lists of values of indicators, as tests upload them and go through them."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from governance.models import ImportRun
from tests.letters import text
from tests.verb_pages import url


def upload(keeper: Client, content: str, name: str = "varden.csv", **more: object) -> str:
    file = SimpleUploadedFile(name, content.encode())
    answer = keeper.post(url("value_lists"), {"file": file, **more})
    assert answer.status_code == 302, text(answer)
    return answer["Location"]


def choose(keeper: Client, page: str, *, expected: int = 302, **changed: str) -> HttpResponse:
    run = ImportRun.objects.latest("pk")
    keys = {f"kolumn-{at}": key for at, key in enumerate(run.columns["keys"])}
    answer = keeper.post(page, {**keys, **changed, "steg": "kolumner"})
    assert answer.status_code == expected, text(answer)
    return answer


def plan(keeper: Client, content: str, **more: object) -> tuple[str, HttpResponse]:
    """The dry run of the list, with its columns as they are guessed."""
    page = upload(keeper, content, **more)
    choose(keeper, page)
    return page, keeper.get(page)


def faults(shown: HttpResponse) -> list[str]:
    return [str(each) for each in shown.context["plan"].faults]


def save(keeper: Client, page: str, shown: HttpResponse) -> HttpResponse:
    seen = shown.context["plan"].digest
    return keeper.post(page, {"steg": "spara", "seen": seen}, follow=True)
