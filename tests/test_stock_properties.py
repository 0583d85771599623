"""Whatever a list of stock holds: it is answered, and what is saved is saved once and whole."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.models import Holding
from governance.queries.stock_sheets import COLUMNS, headings
from governance.services.properties import save_stock
from governance.services.property_columns import LABELS
from governance.services.property_plan import make_stock_plan
from governance.sheets import Row, Sheet, read_sheet, write_csv
from tests.stock import DAY, export, table
from tests.worlds import make_world

pytestmark = pytest.mark.django_db
KEYS = list(LABELS)
calm = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
anything = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["=1+1", "Åsen 1", "2026-02-30", "-1", "1e9", "ja", "x" * 10_000, "59,3; 18"]),
)
# Values that a list may well have, few enough for rows to meet.
LIKELY = {
    "own_number": st.sampled_from(["", "1", "2", "A-3"]),
    "designation": st.sampled_from(["", "Åsen 1", "kv. Åsen 2", "Ön 1:2", "Åsen 3, 4"]),
    "address": st.sampled_from(["", "Ekvägen 1", "Ekv. 3–9, 123 45", "Ekvägen 5; Alvägen 2 A–C"]),
    "area": st.sampled_from(["", "Norra Provstad"]),
    "flats": st.sampled_from(["", "10"]),
    "use": st.sampled_from(["", "bostäder"]),
    "kind": st.sampled_from(["", "äger", "hyr in"]),
    "valid_from": st.sampled_from(["", "2025-01-01"]),
    "valid_through": st.sampled_from(["", "2027-01-01"]),
    "hidden": st.sampled_from(["", "ja", "nej"]),
}
likely_rows = st.lists(st.tuples(*LIKELY.values()), min_size=1, max_size=6)


def sheet_of(keys, rows) -> Sheet:
    return Sheet(
        headings=[LABELS[key] for key in keys],
        rows=[Row(at + 2, list(cells)) for at, cells in enumerate(rows)],
        heading_row=1,
    )


@pytest.fixture
def company(db):
    return make_world("Provstad").company


@calm
@given(rows=st.lists(st.lists(anything, min_size=len(KEYS), max_size=len(KEYS)), max_size=4))
def test_any_cell_is_answered_with_a_plan_or_a_fault_in_its_row(company, rows):
    plan = make_stock_plan(company, sheet_of(KEYS, rows), KEYS, DAY, personal=set())
    assert {fault.row for fault in plan.faults} <= {at + 2 for at in range(len(rows))}
    assert len(plan.lines) == len(rows)
    assert all(len(str(fault)) < 1000 for fault in plan.faults)


@calm
@given(rows=likely_rows)
def test_a_saved_list_and_its_export_change_nothing_when_they_come_again(company, rows):
    keys = list(LIKELY)
    sheet = sheet_of(keys, rows)
    plan = make_stock_plan(company, sheet, keys, DAY, personal=set())
    if not plan.ready:
        return
    with transaction.atomic():
        save_stock(
            user=None, organization=company, sheet=sheet, columns=keys, day=DAY, personal=set()
        )
        assert Holding.objects.count() == plan.counts()["created"]
        before = table()
        again = make_stock_plan(company, sheet, keys, DAY, personal=set())
        said = [line.said for line in again.lines]
        assert (again.faults, again.does_something) == ([], False), f"{rows} {said}"
        back = read_sheet(write_csv(headings(), export(company)), "bestand.csv")
        own = [column.key for column in COLUMNS]
        found = make_stock_plan(company, back, own, DAY, whole=True, personal=set())
        said = [line.said for line in found.lines]
        assert (found.faults, found.does_something) == ([], False), f"{rows} {said}"
        assert table() == before
        transaction.set_rollback(True)
