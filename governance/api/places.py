"""GET /coverage and POST /coverage/bulk: the same answers as the page of properties."""

import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from governance.api.access import reader
from governance.api.days import day_of
from governance.api.schemas import AskedPlace, Coverage, ManyCoverages, ManyPlaces, Place
from governance.models import Area
from governance.queries.places import Finder, GroupAnswer, Question, Reply

router = Router(tags=["Plats"])
HALF = "Skriv både lat och lon."
FAR = 1e9  # beyond any coordinate in any system


@router.get("/coverage", response=Coverage, summary="Vilken styrgrupp arbetar på platsen?")
def coverage(request: HttpRequest, asked: Query[AskedPlace]) -> dict[str, Any]:
    """Område, lokalpolisområde, styrgrupp och kontakt för en plats, med hur säkert svaret är."""
    day = day_of(asked.date)
    return answer(asked, Finder(reader(request), day).find(question_of(asked)), day)


@router.post("/coverage/bulk", response=ManyCoverages, summary="Många platser på en gång")
def coverage_bulk(request: HttpRequest, asked: ManyPlaces) -> dict[str, Any]:
    """Högst 10 000 rader och 20 MB. Svaren kommer i samma ordning, ett för varje rad."""
    day = day_of(asked.date)
    replies = Finder(reader(request), day).find_all(map(question_of, asked.items))
    pairs = zip(asked.items, replies, strict=True)
    items = [{"id": item.id, **answer(item, reply, day)} for item, reply in pairs]
    return {"date": day, "items": items}


def question_of(asked: Place) -> Question:
    """The question as it is typed on the page."""
    return Question(
        designation=asked.designation,
        own_number=asked.own_number,
        address=asked.address,
        area=asked.stadsdel,
        first=written(asked.lat),
        second=written(asked.lon),
    )


def written(number: float | None) -> str:
    return "" if number is None else f"{max(-FAR, min(FAR, number)):.7f}"


def answer(asked: Place, reply: Reply, day: datetime.date) -> dict[str, Any]:
    half = (asked.lat is None) != (asked.lon is None)
    return {
        "query": asked.model_dump(exclude={"id", "date"}, exclude_defaults=True),
        "date": day,
        "certainty": str(reply.certainty.value),
        "reason": f"{HALF} {reply.reason}" if half else reply.reason,
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
