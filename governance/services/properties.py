"""Acts on a company's stock (bestånd): a whole list saved, and the verbs of one property.

The acts are the organisation's own business. Their summaries say numbers, never which
property: it may be hidden (visas inte), or become so.
"""

import datetime
from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from governance.addresses import AddressParts
from governance.models import Act, Address, Area, Holding, LookupRun, Organization, Property, User
from governance.services.acts import Stale, act
from governance.services.import_cells import Fault
from governance.services.property_changes import OWN_SAYS, address_of
from governance.services.property_plan import StockPlan, make_stock_plan
from governance.services.property_rows import write_stock
from governance.sheets import Sheet
from governance.swedish import counted, in_words, listed


class NothingNew(ValidationError):
    """All that the list says is there already."""

    def __init__(self) -> None:
        super().__init__("Inga ändringar. Allt i listan finns redan.", code="nothing")


def save_stock(
    *,
    user: User | None,
    organization: Organization,
    sheet: Sheet,
    columns: Sequence[str],
    day: datetime.date,
    whole: bool = False,
    seen: str | None = None,
    personal: Collection[int] | None = None,
    look: Callable[[StockPlan], None] | None = None,
) -> Act:
    """Save the list as the organisation's stock, all of it or nothing, as one act.

    `columns` are the keys of `property_columns` for each column of the sheet, `day` the first
    day of what the list does not date. With `whole` the list is all of the stock, and what
    it does not name ends the day before. `seen` is the digest of the plan that the user said
    yes to: when the plan is another by now, Stale is raised. `look` is shown the plan that was
    carried out.
    """
    with act(user=user, verb=Act.Verb.STOCK) as done:
        lock_stock(organization)
        plan = make_stock_plan(organization, sheet, columns, day, whole=whole, personal=personal)
        if seen is not None and plan.digest != seen:
            raise Stale("Beståndet")
        if plan.faults:
            raise ValidationError(refusals(plan.faults))
        if not plan.does_something:
            raise NothingNew
        if look is not None:
            look(plan)
        write_stock(plan)
        _sign(done, organization, [_summary(organization, plan)])
    return done


def lock_stock(organization: Organization, seen: int | None = None) -> None:
    """One writer at a time for each organisation; Stale when an act has come since `seen`."""
    Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    if seen is not None and last_stock_act(organization) != seen:
        raise Stale("Beståndet")


def last_stock_act(organization: Organization) -> int:
    """The id of the latest act on the organisation's own business, 0 if none."""
    newest = Act.objects.filter(organization=organization).order_by("-pk").first()
    return newest.pk if newest else 0


def refusals(faults: Sequence[Fault]) -> list[str]:
    """Why the list cannot be saved, in sentences: every fault."""
    number = counted(len(faults), "fel hittades", "fel hittades")
    return [f"{number}. Inget har ändrats.", *map(str, faults)]


def _sign(done: Act, organization: Organization, sentences: Sequence[str]) -> None:
    done.organization = organization
    done.save(update_fields=["organization"])
    done.summary = "\n".join(sentences)


def _summary(organization: Organization, plan: StockPlan) -> str:
    """What was saved, in numbers."""
    return f"Beståndet för {organization.name}: {in_numbers(plan.counts())}."


def in_numbers(numbers: dict[str, int]) -> str:
    """`12 nya, 3 ändrade och 1 avslutad`: what a list does, without what it leaves."""
    told = [
        counted(numbers["created"], "ny", "nya"),
        counted(numbers["changed"], "ändrad", "ändrade"),
        counted(numbers["ended"], "avslutad", "avslutade"),
    ]
    kept = [text for text in told if not text.startswith("0 ")]
    return listed(kept) if kept else "inga ändringar"


# -- one property ---------------------------------------------------------------------------


def describe_property(
    *,
    user: User | None,
    holding: Holding,
    flats: int | None,
    use: str,
    stated_area: Area | None,
    own_number: str,
    addresses: Sequence[AddressParts],
    north: float | None,
    east: float | None,
    seen: int | None = None,
) -> Act:
    """Change the facts of a property, and the organisation's own number for it."""
    with act(user=user, verb=Act.Verb.STOCK) as done:
        lock_stock(holding.organization, seen)
        this = _own_facts(holding)
        said = _facts(this, flats=flats, use=use, stated_area=stated_area, north=north, east=east)
        said += _readdressed(this, addresses)
        if holding.own_number != own_number:
            holding.own_number = own_number
            holding.save(update_fields=["own_number"])
            said.append("eget nummer")
        if not said:
            raise ValidationError("Inga ändringar. Uppgifterna är redan så.")
        _sign(done, holding.organization, [f"Uppgifter om en fastighet ändrades: {listed(said)}."])
    return done


def _own_facts(holding: Holding) -> Property:
    """The property, locked; refused when its facts are another organisation's to change."""
    this = Property.objects.select_for_update(of=("self",)).get(pk=holding.property_id)
    others = this.holdings.exclude(organization=holding.organization_id)
    shared = others.overlapping(holding.valid_from, holding.valid_through).exists()
    if shared and holding.kind not in OWN_SAYS:
        raise ValidationError(
            "Fastigheten står också i ett annat bestånd. Uppgifterna om den ändras där."
        )
    return this


_WORDS = {"flats": "lägenheter", "use": "användning", "stated_area": "stadsdel"}


def _facts(this: Property, **new: Any) -> list[str]:
    changed = [name for name, value in new.items() if getattr(this, name) != value]
    for name in changed:
        setattr(this, name, new[name])
    if changed:
        this.full_clean(exclude=["search_key", "sort_key"], validate_unique=False)
        this.save(update_fields=changed)
    return list(dict.fromkeys(_WORDS.get(name, "koordinat") for name in changed))


def _readdressed(this: Property, addresses: Sequence[AddressParts]) -> list[str]:
    """The addresses become those given; a row that stays is not written again."""
    given = {address_of(parts).text(): address_of(parts) for parts in addresses}
    there: dict[str, Address] = {row.text(): row for row in this.addresses.all()}
    changed = False
    for text, row in there.items():
        if text not in given:
            row.delete()
            changed = True
        elif given[text].postal_code and row.postal_code != given[text].postal_code:
            row.postal_code = given[text].postal_code
            row.save(update_fields=["postal_code"])
            changed = True
    for text, row in given.items():
        if text not in there:
            row.property = this
            row.save()
            changed = True
    return ["adresser"] if changed else []


def hide_property(
    *, user: User | None, holding: Holding, hidden: bool, seen: int | None = None
) -> Act:
    """Mark the property *visas inte*, or take the mark away."""
    with act(user=user, verb=Act.Verb.STOCK) as done:
        lock_stock(holding.organization, seen)
        this = _own_facts(holding)
        if this.hidden == hidden:
            raise ValidationError(
                "Fastigheten visas redan inte för andra."
                if hidden
                else "Fastigheten visas redan för andra."
            )
        this.hidden = hidden
        this.save(update_fields=["hidden"])
        LookupRun.objects.update(result=None)  # may speak of it: they are looked up anew
        sentence = (
            "En fastighet visas inte längre för andra: den finns inte i sökning, karta, "
            "förslag eller listor hos någon annan än det egna bolaget."
            if hidden
            else "En fastighet visas för andra igen: i sökning, på kartan och i svar."
        )
        _sign(done, holding.organization, [sentence])
    return done


def end_holding(
    *, user: User | None, holding: Holding, last_day: datetime.date, seen: int | None = None
) -> Act:
    """End the holding on `last_day` (sold): only shortens, and withdraws what had not begun."""
    with act(user=user, verb=Act.Verb.STOCK) as done:
        lock_stock(holding.organization, seen)
        holding = Holding.objects.select_for_update(of=("self",)).get(pk=holding.pk)
        if holding.has_ended(last_day):
            raise ValidationError(
                {"last_day": "Fastigheten lämnar beståndet redan tidigare. Välj en tidigare dag."}
            )
        if holding.is_upcoming(last_day):
            holding.delete()
            sentence = "En fastighet som inte hade börjat tas bort ur beståndet."
        elif holding.valid_through == last_day:
            raise ValidationError({"last_day": "Fastigheten lämnar redan beståndet den dagen."})
        else:
            holding.valid_through = last_day
            holding.save(update_fields=["valid_through"])
            sentence = f"En fastighet lämnar beståndet. Sista dagen är den {in_words(last_day)}."
        _sign(done, holding.organization, [sentence])
    return done
