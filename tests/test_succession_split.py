"""The real structure: a local police district is split on 1 January 2025."""

import pytest

from governance.models import Organization, Seat
from governance.temporal import day_before
from tests.days import day
from tests.verb_pages import hidden, url
from tests.verbs import sits
from tests.worlds import appoint, make_person

pytestmark = pytest.mark.django_db
NEXT = day("2025-01-01")
LAST = day_before(NEXT)


@pytest.fixture
def before_the_split(structure):
    """The seats of LPO Norrmalm as they stood before anybody knew that it would be split."""
    seats = Seat.objects.filter(organization__slug="lpo-norrmalm").as_of(LAST)
    for seat in seats:
        Seat.objects.filter(
            group=seat.group, organization__predecessors=seat.organization, function=seat.function
        ).delete()
    seats.update(valid_through=None)
    return {seat.group.slug: seat for seat in seats.model.objects.filter(
        organization__slug="lpo-norrmalm").as_of(NEXT)}  # fmt: skip


def test_lpo_norrmalm_is_split_between_its_two_successors(client, karin, before_the_split):
    old = Organization.objects.get(slug="lpo-norrmalm")
    new = Organization.objects.get(slug="lpo-norra-innerstaden")
    seat = before_the_split["norra-innerstaden"]
    chief = make_person(old, "Gunnar", "Provpolis", title="lokalpolisområdeschef")
    for each in before_the_split.values():
        appoint(each, chief, day("2024-01-01"))
    client.force_login(karin)
    page = url("succeed", "lpo-norrmalm")
    form = client.get(page).context["form"]
    assert form["first_day"].value() == NEXT
    offered = [label for _, label in form.fields["new"].choices]
    assert set(offered[1:3]) == {
        "Lokalpolisområde Norra innerstaden",
        "Lokalpolisområde Lidingö-Kungsholmen",
    }
    assert {line.seat.pk for line, _, _ in form.parts()} == {
        each.pk for each in before_the_split.values()
    }
    typed = {
        "new": new.pk,
        "first_day": "2025-01-01",
        "seats": [seat.pk],
        "keep_people": [seat.mandates.get().pk],
    }
    preview = client.post(page, typed)
    assert any("blir" in sentence for sentence in preview.context["sentences"])
    client.post(page, {**hidden(preview), "steg": "spara"})
    following = Seat.objects.get(group=seat.group, organization=new)
    assert (following.valid_from, following.role) == (NEXT, seat.role)
    assert [sits(seat, LAST), sits(following, NEXT)] == [chief, chief]
    seat.refresh_from_db()
    assert seat.valid_through == LAST
    kungsholmen = before_the_split["kungsholmen"]
    kungsholmen.refresh_from_db()
    assert kungsholmen.valid_through is None
