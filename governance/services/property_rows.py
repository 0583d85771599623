"""A plan of stock carried out: every row of every noun in bulk, inside somebody's act."""

from collections import defaultdict
from typing import Any

from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from governance.models import Address, Holding, Property, history_in_one_go
from governance.services.property_plan import StockPlan, new_addresses

BATCH = 500
KEYS = ("search_key", "sort_key")  # which follow from the designation


def write_stock(plan: StockPlan) -> None:
    """Write what the plan says. What gets shorter comes before what gets longer or is new."""
    changed = _take_facts(plan)
    _create([each.target.property for each in plan.changes if each.target.new], Property)
    _update(changed, Property, _columns_of(plan))
    gone = [row.pk for each in plan.changes for row in each.gone_addresses]
    _delete(Address, gone)
    posted = [pair for each in plan.changes for pair in each.posted]
    for row, code in posted:
        row.postal_code = code
    _update([row for row, _ in posted], Address, {"postal_code"})
    _create(new_addresses(plan), Address)
    _delete(Holding, [row.pk for row in plan.withdrawn])
    for ending in plan.ended:
        ending.valid_through = plan.last_day
    _update(plan.ended, Holding, {"valid_through"})
    _change_holdings(plan)
    begun = []
    for each in plan.changes:
        for holding, _ in each.begun:
            holding.property = each.target.property
            begun.append(holding)
    _create(begun, Holding)


def _take_facts(plan: StockPlan) -> list[Property]:
    """Give the properties their new facts; those that were there are given back."""
    for each in plan.changes:
        for name, value in each.facts.items():
            setattr(each.target.property, name, value)
        for key in KEYS:
            field: Any = Property._meta.get_field(key)
            field.pre_save(each.target.property, add=False)
    return [each.target.property for each in plan.changes if each.facts and not each.target.new]


def _columns_of(plan: StockPlan) -> set[str]:
    names = {name for each in plan.changes if not each.target.new for name in each.facts}
    fields = {name.removesuffix("_id") for name in names}
    return fields | (set(KEYS) if "tract" in fields else set())


def _change_holdings(plan: StockPlan) -> None:
    by_growth: dict[bool, list[Holding]] = defaultdict(list)
    fields: set[str] = set()
    for each in plan.changes:
        for row, new, _ in each.changed:
            by_growth[_grows(row, new)].append(row)
            fields |= set(new)
            for name, value in new.items():
                setattr(row, name, value)
    for grows in (False, True):
        _update(by_growth[grows], Holding, fields)


def _grows(row: Holding, new: dict[str, Any]) -> bool:
    """Whether the row gets a day that it does not have."""
    first, last = new.get("valid_from"), new.get("valid_through")
    return bool((first and row.is_upcoming(first)) or (last and row.has_ended(last)))


def _create(rows: list[Any], noun: Any) -> None:
    if rows:
        bulk_create_with_history(rows, noun, batch_size=BATCH)


def _update(rows: list[Any], noun: Any, fields: set[str]) -> None:
    if rows:
        bulk_update_with_history(rows, noun, sorted(fields), batch_size=BATCH)


def _delete(noun: Any, keys: list[int]) -> None:
    if keys:
        with history_in_one_go():
            noun.objects.filter(pk__in=keys).delete()
