"""The pages of the verbs, as tests type on them."""

import pytest
from django.urls import reverse

from governance.services import groups
from tests.days import day
from tests.worlds import make_group

NOW = "2025-03-01"


def url(name, *args):
    return reverse(f"governance:{name}", args=args)


def pages(world, other) -> dict[str, tuple[str, dict]]:
    """Each verb's address, and what is typed on its form."""
    proposed = make_group(world.agreement, "Föreslagen grupp", active=False)
    groups.rest(user=None, group=other, first_day=day("2021-01-01"))
    slug = world.group.slug
    decision = world.group.decisions.get().pk
    new = {
        "agreement": world.agreement.pk,
        "name": "Torggruppen",
        "kind": "local",
        "basis": "place",
        "valid_from": NOW,
        "areas": [world.north.pk],
        "note": "Minns detta",
    }
    described = {"name": "Nytt namn", "basis": "place", "chairing": "single", "notice_days": 60}
    return {
        "propose": (url("propose"), new),
        "activate": (url("activate", proposed.slug), {"first_day": NOW, "decided_by": "Nämnden"}),
        "change_coverage": (
            url("change_coverage", slug),
            {"first_day": NOW, "areas": [world.north.pk]},
        ),
        "rest": (url("rest", slug), {"first_day": NOW}),
        "resume": (url("resume", other.slug), {"first_day": NOW}),
        "merge": (
            url("merge"),
            {"groups": [world.group.pk, other.pk], "new_name": "Torggruppen", "first_day": NOW},
        ),
        "dissolve": (url("dissolve", slug), {"last_day": NOW, "successor": other.pk}),
        "describe": (url("describe", slug), described),
        "register": (url("register", slug, decision), {"decided_on": "2020-01-01"}),
    }


VERBS = "propose activate change_coverage rest resume merge dissolve describe register".split()
each_verb = pytest.mark.parametrize("verb", VERBS)


def hidden(response) -> dict[str, list[str]]:
    """What the preview's form sends back when a button is pressed."""
    sent: dict[str, list[str]] = {}
    for name, value in response.context["hidden"]:
        sent.setdefault(name, []).append("" if value is None else value)
    return sent


def text(response) -> str:
    return response.content.decode()
