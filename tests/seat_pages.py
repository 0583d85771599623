"""The pages of the verbs on one seat and one mandate, as tests type on them."""

from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from governance.models import Act, Leave, Mandate, Person
from tests.days import day
from tests.verb_pages import hidden, url
from tests.worlds import World, appoint, make_person, make_seat

NOW = "2025-03-01"
DETAILS = {"level": "", "title_then": "", "basis": "position", "basis_reference": ""}


@dataclass
class Cast:
    """Who sits where: `member` is held, `deputy` is vacant; `other` works where the seats are."""

    held: Mandate
    leave: Leave
    other: Person


def make_cast(world: World) -> Cast:
    holder = make_person(world.company, "Hanna", "Provhållare", title="områdeschef")
    other = make_person(world.company, "Otto", "Provbytare", title="fastighetschef")
    held = appoint(world.member, holder, last=day("2040-12-31"))
    leave = Leave.objects.create(
        mandate=held, valid_from=day("2030-01-01"), valid_through=day("2032-12-31")
    )
    world.vacant = make_seat(world.group, world.company, "provstad-tom")  # type: ignore[attr-defined]
    return Cast(held, leave, other)


def pages(world: World, cast: Cast) -> dict[str, tuple[str, dict]]:
    """Each verb's address, and the least that has to be typed on its form."""
    slug, seat = world.group.slug, world.member.pk
    vacant = world.vacant.pk  # type: ignore[attr-defined]
    person = {"person": cast.other.pk, "first_day": NOW, **DETAILS}
    place = {"organization": world.company.pk, "function": world.member.function_id}
    return {
        "add_seat": (url("add_seat", slug), {**place, "role": "member", "first_day": NOW}),
        "change_seat": (
            url("change_seat", slug, seat),
            {**place, "role": "convener", "first_day": NOW},
        ),
        "end_seat": (url("end_seat", slug, seat), {"last_day": NOW}),
        "appoint": (url("appoint", slug, vacant), person),
        "replace": (url("replace", slug, seat), person),
        "plan": (url("plan", slug, seat), person),
        "stand_in": (url("stand_in", slug, seat), {**person, "kind": "acting"}),
        "extend": (url("extend", cast.held.pk), {"last_day": ""}),
        "end_mandate": (
            url("end_mandate", cast.held.pk),
            {"last_day": NOW, "end_reason": "left"},
        ),
        "leave": (
            url("leave", cast.held.pk),
            {"first_day": NOW, "last_day": "2025-04-01"},
        ),
        "correct": (url("correct", cast.held.pk), {**person, "last_day": ""}),
        "end_leave": (url("end_leave", cast.leave.pk), {"last_day": "2031-01-01"}),
    }


SEAT_VERBS = ["add_seat", "change_seat", "end_seat"]
PERSON_VERBS = ["appoint", "replace", "plan", "stand_in"]
MANDATE_VERBS = [*PERSON_VERBS, "extend", "end_mandate", "leave", "correct", "end_leave"]


def carry_out(client: Client, address: str, typed: dict) -> Act:
    """Fill the form in, go through it and confirm; what was done."""
    preview = client.post(address, typed)
    assert preview.context["sentences"], preview.context["form"].errors
    done = client.post(address, {**hidden(preview), "steg": "spara"})
    assert done.status_code == 302
    return Act.objects.latest("pk")


def cost(client: Client, address: str) -> int:
    """How many queries the page takes."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
