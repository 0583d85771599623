"""GET /coverage and POST /coverage/bulk: the same answers as the page of properties."""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, JsonResponse
from ninja import Query, Router

from governance.api.access import reader
from governance.api.days import day_of
from governance.api.rows import Row, read_row
from governance.api.schemas import AskedPlace, Coverage, ManyCoverages, ManyPlaces, or_refusal
from governance.models import Area
from governance.queries.places import Certainty, Finder, GroupAnswer, Reply

router = Router(tags=["Plats"])


@router.get(
    "/coverage", response=or_refusal(Coverage), summary="Vilken styrgrupp arbetar på platsen?"
)
def coverage(request: HttpRequest, asked: Query[AskedPlace]) -> JsonResponse:
    """Område, lokalpolisområde, styrgrupp och kontakt för en plats, med hur säkert svaret är."""
    day = day_of(asked.date)
    row = read_row(asked.model_dump(exclude={"date"}))
    [found] = answers(Finder(reader(request), day), [row])
    return sent(found)


@router.post(
    "/coverage/bulk", response=or_refusal(ManyCoverages), summary="Många platser på en gång"
)
def coverage_bulk(request: HttpRequest, asked: ManyPlaces) -> JsonResponse:
    """Högst 10 000 rader och 20 MB. Svaren kommer i samma ordning, ett för varje rad, också
    för en rad som inte går att läsa. Inget sparas.
    """
    day = day_of(asked.date)
    rows = [read_row(each) for each in asked.items]
    found = answers(Finder(reader(request), day), rows)
    items = [{"id": row.id, **answer} for row, answer in zip(rows, found, strict=True)]
    return sent({"date": day, "items": items})


def sent(found: dict[str, Any]) -> JsonResponse:
    """The answer as it is; the tests hold it against the document, not every question."""
    return JsonResponse(found, encoder=DjangoJSONEncoder, json_dumps_params={"ensure_ascii": False})


def answers(finder: Finder, rows: list[Row]) -> list[dict[str, Any]]:
    """The answers in order; a row with a fault is answered by what is wrong with it."""
    replies = finder.find_all(row.question for row in rows if not row.faults)
    return [
        {"query": row.query, "date": finder.day, **(refused(row) or said(next(replies)))}
        for row in rows
    ]


def refused(row: Row) -> dict[str, Any]:
    if not row.faults:
        return {}
    nothing: dict[str, Any] = {"areas": [], "groups": [], "candidates": []}
    return {"certainty": Certainty.NONE.value, "reason": " ".join(row.faults), **nothing}


def said(reply: Reply) -> dict[str, Any]:
    return {
        "certainty": reply.certainty.value,
        "reason": reply.reason,
        "areas": [area_of(area) for area in reply.areas],
        "groups": [group_of(each) for each in reply.groups],
        "candidates": [area_of(area) for area in reply.candidates],
    }


def area_of(area: Area) -> dict[str, str]:
    return {"kind": area.kind, "slug": area.slug, "name": area.name}


def group_of(answer: GroupAnswer) -> dict[str, Any]:
    group, contact = answer.group, answer.contact
    return {
        "slug": group.slug,
        "name": group.name,
        "level": group.kind,
        "status": {"code": answer.status.code, "text": answer.status.text},
        "contact": {
            "title": contact.title,
            "mailbox": contact.mailbox,
            "phone": contact.phone,
        },
    }
