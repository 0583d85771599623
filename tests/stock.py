"""Lists of stock for tests, and what is there of them."""

import datetime
from typing import Any

from governance.models import Act, Address, Holding, Organization, Property
from governance.queries.stock_sheets import stock_rows
from governance.services.properties import save_stock
from governance.services.property_columns import guess, personal_columns
from governance.services.property_plan import StockPlan, make_stock_plan
from governance.sheets import Sheet, read_pasted
from tests.days import day

DAY = day("2026-03-01")

LIST = """Fastnr\tFastighet\tAdress\tStadsdel\tAntal lgh\tTyp\tHyresgäst
101\tkv. Kvarnvingen 3\tFarstavägen 12 A–C, 123 45 Farsta\tNorra Provstad\t40\tBostäder\tAnna And
101\tKVARNVINGEN 4\tEkv. 3-9\tnorra provstad\t12\tbostäder\tBo Bo
102\tKristineberg 1:10\tStorgatan 5B lgh 1101\t\t\tSkola\tEva Eva
"""


def sheet_of(text: str) -> Sheet:
    return read_pasted(text)


def save(organization: Organization, text: str, *, when: datetime.date = DAY, **more: Any) -> Act:
    sheet = sheet_of(text)
    keys = guess(sheet, personal_columns(sheet))
    return save_stock(
        user=None, organization=organization, sheet=sheet, columns=keys, day=when, **more
    )


def plan(
    organization: Organization, text: str, *, when: datetime.date = DAY, **more: Any
) -> StockPlan:
    sheet = sheet_of(text)
    return make_stock_plan(organization, sheet, guess(sheet, personal_columns(sheet)), when, **more)


def faults(organization: Organization, text: str, **more: Any) -> list[str]:
    return [str(fault) for fault in plan(organization, text, **more).faults]


def export(organization: Organization, when: datetime.date = DAY) -> list[list[object]]:
    rows = Holding.objects.filter(organization=organization).as_of(when)
    related = rows.select_related("property__stated_area").prefetch_related("property__addresses")
    return stock_rows(related)


def table() -> dict[str, list[str]]:
    return {
        noun.__name__: sorted(map(str, noun.objects.values_list()))
        for noun in (Property, Address, Holding)
    }
