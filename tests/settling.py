"""How tests take a follow-up from draft to adopted on its pages."""

import html
import re

from django.test import Client
from django.urls import reverse

from governance.models import FollowUp
from governance.temporal import today
from tests.worlds import appoint, make_person, make_user


def said(answer) -> str:
    """The text of the page, without tags and with one space between words."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def account(world, seat, given: str) -> Client:
    """Signed in as somebody who sits there."""
    user = make_user(f"{given.lower()}@example.org")
    appoint(seat, make_person(world.city, given, "Provson", user=user))
    client = Client()
    client.force_login(user)
    return client


def page(followup: FollowUp, name: str) -> str:
    return reverse(f"governance:{name}", args=[followup.year, followup.group.slug])


def carried_out(client: Client, url: str, **typed: str):
    """Fill in, read the preview and confirm it; the preview and the answer."""
    seen = client.get(url).context["seen"]
    preview = client.post(url, {**typed, "seen": seen})
    assert preview.context.get("sentences"), said(preview)
    return preview, client.post(url, {**typed, "seen": seen, "steg": "spara"})


def adoption(**other: str) -> dict[str, str]:
    return {
        "adopted_on": str(today()),
        "paragraph": "§ 4",
        "registry_number": "FAR 2022/17",
        "capacity": "chair",
        **other,
    }


def adopted(draft, secretary, chair) -> None:
    carried_out(secretary, page(draft, "send_followup"))
    carried_out(chair, page(draft, "adopt_followup"), **adoption())
