"""What is said when a right is missing: which one, who has it and whom to ask."""

from django.core.exceptions import PermissionDenied
from django.db.models import Model

from governance.models import Agreement, Seat, SteeringGroup
from governance.models.owners import owner_of
from governance.rights import (
    ADOPT_FOLLOWUP,
    APPOINT_OWN,
    EDIT_CONTACTS,
    EDIT_GROUP_CONTACTS,
    EDIT_HOLDINGS,
    EDIT_PRIORITIES,
    EDIT_ROSTER,
    EDIT_STRUCTURE,
    ENTER_FOLLOWUP,
    VIEW_PROTECTED,
)

# Rights on a person, which follow from others.
EDIT_PERSON = "edit_person"
PROTECT_PERSON = "protect_person"
# Not a right of its own: what EDIT_ROSTER on the group or APPOINT_OWN on the organisation gives.
FILL_SEAT = "fill_seat"

# Nor this: it is EDIT_STRUCTURE on an agreement, over the areas that it reaches.
ENTER_VALUES = "enter_values"
# Nor this: it is to work at the organisation, or to have been given a right on it.
SEE_STOCK = "see_stock"

# How a missing right is put to the reader: what it is about, and who has it.
_SENTENCES = {
    EDIT_STRUCTURE: (
        "ändra styrgrupper, gränser och behörigheter i {obj}",
        "överenskommelsens samordnare",
    ),
    VIEW_PROTECTED: ("se skyddade namn i {obj}", "de få som samordnaren har utsett"),
    EDIT_ROSTER: ("ändra uppgifter och ledamöter i {obj}", "gruppens samordnare"),
    EDIT_PRIORITIES: (
        "ändra prioriteringar, åtgärder, önskade funktioner och möten i {obj}",
        "gruppens samordnare och sekreterare",
    ),
    ENTER_FOLLOWUP: (
        "skriva uppföljningen för {obj}",
        "gruppens sekreterare och överenskommelsens samordnare",
    ),
    ADOPT_FOLLOWUP: (
        "fastställa uppföljningen för {obj} eller lämna tillbaka den",
        "gruppens ordförande och vice ordförande",
    ),
    APPOINT_OWN: ("utse företrädare för {obj}", "organisationens egen samordnare"),
    EDIT_HOLDINGS: ("ändra beståndet för {obj}", "de som bolaget har utsett till det"),
    EDIT_CONTACTS: (
        "ändra kontaktvägar till {obj}",
        "de som organisationen har utsett till det och överenskommelsens samordnare",
    ),
    EDIT_GROUP_CONTACTS: (
        "ändra kontaktvägar i {obj}",
        "gruppens samordnare och de som organisationen har utsett till det",
    ),
    ENTER_VALUES: ("lägga in eller ändra värden i {obj}", "överenskommelsens samordnare"),
    SEE_STOCK: ("se beståndet för {obj}", "de som arbetar där"),
    EDIT_PERSON: (
        "ändra uppgifter om personen",
        "samordnaren för en grupp där personen sitter, eller överenskommelsens samordnare",
    ),
    PROTECT_PERSON: ("skydda personuppgifter", "överenskommelsens samordnare"),
    FILL_SEAT: (
        "ändra vem som sitter på platsen {obj} i {obj.group}",
        "gruppens samordnare och den som utser för {obj.organization}",
    ),
}


class NotAllowed(PermissionDenied):
    """A refusal that says which right is missing, who has it and whom to ask."""

    def __init__(self, permission: str, obj: Model) -> None:
        row, obj = obj, owner_of(obj)
        what, who = (part.format(obj=obj) for part in _SENTENCES[permission])
        if permission == EDIT_ROSTER and isinstance(obj, Agreement):
            who = "överenskommelsens och gruppernas samordnare"
        if row is not obj and isinstance(obj, Agreement):
            who = "överenskommelsens samordnare"  # the municipality's own
        group = obj.group if isinstance(obj, Seat) else obj
        agreement = group.agreement if isinstance(group, SteeringGroup) else group
        self.missing = f"Du har inte rätt att {what}. Det kan {who}."
        mailbox = getattr(agreement, "mailbox", "")
        self.whom = f"Kontakta samordnaren via {mailbox}." if mailbox else "Kontakta samordnaren."
        super().__init__(f"{self.missing} {self.whom}")
