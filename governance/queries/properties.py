"""One property as the reader may see it."""

import datetime
from dataclasses import dataclass

from governance.models import Address, Holding, Property
from governance.permissions import visible_holdings, visible_organizations
from governance.rights import Account


@dataclass(frozen=True)
class PropertyView:
    """The property with its addresses and holders on the day.

    `own` are the reader's own organisation's rows of it, on any day, the latest first: with
    one of them the reader sees all of it, else neither flats nor own numbers.
    """

    this: Property
    addresses: list[Address]
    holdings: list[Holding]
    own: list[Holding]

    @property
    def title(self) -> str:
        """What the property is called: its designation, else its first address."""
        if self.this.designation:
            return self.this.designation
        if self.addresses:
            return self.addresses[0].text()
        return "Fastighet utan beteckning"


def view_of(user: Account, this: Property, day: datetime.date) -> PropertyView:
    """Read in three queries; holders that the reader may not see are not there."""
    rows = Holding.objects.filter(property=this)
    shown = rows.as_of(day).filter(organization__in=visible_organizations(user))
    own = visible_holdings(user).filter(property=this).select_related("organization")
    return PropertyView(
        this=this,
        addresses=list(this.addresses.all()),
        holdings=list(shown.select_related("organization").order_by("kind", "pk")),
        own=list(own.order_by("-valid_from", "-pk")),
    )
