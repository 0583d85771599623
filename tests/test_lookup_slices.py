"""A long list is answered a slice at a time, in as many queries whatever its length."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import LookupRun
from governance.services import lookups as service
from governance.views import lookups as pages
from tests.access import window
from tests.letters import text
from tests.lookups import confirm, posted, sheet_of, upload
from tests.places import own

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(bo):
    return window(bo)


@pytest.fixture
def held(world):
    return own(world.company, "Kvarnvingen 3", area=world.north)


@pytest.fixture
def slices(monkeypatch):
    """So little time that each page answers a single slice, of two rows."""
    monkeypatch.setattr(pages, "SECONDS", -1.0)
    monkeypatch.setattr(service, "AT_ONCE", 2)


def test_a_long_list_goes_on_slice_by_slice_and_says_how_far_it_has_come(reader, held, slices):
    page = posted(reader, "Fastighet\n" + "Kvarnvingen 3\n" * 5)
    confirm(reader, page)
    first = reader.get(page)
    assert "2 av 5 rader" in text(first)
    assert first["Refresh"] == "0"
    assert f'href="{page}">Fortsätt' in first.content.decode()
    assert "4 av 5 rader" in text(reader.get(page))
    last = reader.get(page)
    assert "Refresh" not in last
    assert [line.number for line in last.context["table"].every] == [2, 3, 4, 5, 6]
    assert "4 av 5" not in text(reader.get(page))


def test_a_slice_answered_meanwhile_or_for_other_columns_is_not_kept_twice(bo, held, slices):
    run = upload(bo, sheet_of(["Fastighet", "Stadsdel"], [["Kvarnvingen 3", ""]] * 5))
    other = LookupRun.objects.get()
    service.look_up_more(run=run, user=bo, seconds=-1)
    service.look_up_more(run=other, user=bo, seconds=-1)
    assert len(service.answers_of(LookupRun.objects.get())) == 2
    service.choose_columns(run=run, keys=["", "area"])
    service.look_up_more(run=run, user=bo, seconds=-1)
    assert service.answers_of(LookupRun.objects.get()) == []
    service.delete_lookup(run=run)
    service.look_up_more(run=run, user=bo, seconds=-1)
    assert not LookupRun.objects.exists()


def asked(reader, page) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert reader.get(page).status_code == 200
    return len(queries)


def test_a_page_costs_as_many_queries_for_few_rows_as_for_many(reader, world):
    cost = []
    for number in (3, 300):
        for at in range(number):
            own(world.company, f"Kvarn{number} {at + 1}", area=world.north)
        rows = "".join(f"Kvarn{number} {at + 1}\n" for at in range(number))
        page = posted(reader, f"Fastighet\n{rows}")
        confirm(reader, page)
        answering, reading = asked(reader, page), asked(reader, page)
        cost.append((answering, reading, asked(reader, f"{page}?visa=kolumner")))
    assert cost[0] == cost[1]
    assert max(cost[1][1:]) <= 12
    assert cost[1][0] <= 24
