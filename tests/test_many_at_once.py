"""The same button pressed by twenty at once: one wins, the others are told, none breaks."""

import pytest
from django.test import Client

from governance.models import Act, Agreement, SteeringGroup
from tests.at_once import at_the_same_time
from tests.verb_pages import NOW, text, url
from tests.worlds import grant, make_user, make_world

STALE = "Gruppen har ändrats sedan du öppnade sidan."


def presses(agreement: Agreement, address: str, typed: dict) -> list:
    """Twenty windows of one coordinator, each ready to confirm."""
    user = make_user("anna@example.org")
    grant(user, "edit_structure", agreement)
    windows = [Client() for _ in range(20)]
    for window in windows:
        window.force_login(user)
    seen = windows[0].get(address).context["seen"]
    sent = {**typed, "seen": "" if seen is None else seen, "steg": "spara"}
    return [lambda window=window: window.post(address, sent) for window in windows]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("verb", "day"), [("rest", "first_day"), ("dissolve", "last_day")])
def test_of_twenty_who_confirm_one_wins_and_the_others_see_the_new_state(verb, day):
    world = make_world("Provstad")
    answers = at_the_same_time(*presses(world.agreement, url(verb, world.group.slug), {day: NOW}))
    assert sorted(answer.status_code for answer in answers) == [302] + [409] * 19
    assert all(STALE in text(answer) for answer in answers if answer.status_code == 409)
    assert Act.objects.filter(verb=verb).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_propose_the_same_group_one_wins():
    world = make_world("Provstad")
    typed = {"agreement": world.agreement.pk, "name": "Torggruppen", "kind": "local",
             "basis": "place", "valid_from": NOW}  # fmt: skip
    answers = at_the_same_time(*presses(world.agreement, url("propose"), typed))
    assert sorted(answer.status_code for answer in answers) == [200] * 19 + [302]
    assert SteeringGroup.objects.filter(name="Torggruppen").count() == 1
