"""Giving rights by hand and taking them back, one act each."""

from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Model

from governance.models import Act, Agreement, SteeringGroup, User
from governance.queries.grants import OFFERED, TABLES, coordinators, words_of
from governance.rights import EDIT_STRUCTURE
from governance.services.acts import act


def give(*, user: User | None, account: User, right: str, on: Model, agreement: Agreement) -> Act:
    """Give an account a right on an agreement, a group or an organisation."""
    with act(user=user, verb=Act.Verb.GRANT, agreement=agreement) as done:
        write_grant(account, right, on)
        if isinstance(on, SteeringGroup):
            done.groups.add(on)
        done.summary = f"{account} får rätten att {words_of(right)}: {on}."
    return done


def write_grant(account: User, right: str, on: Model) -> None:
    """Write the row of a grant, inside the act of whoever calls."""
    if right not in OFFERED[type(on)]:
        raise ValidationError({"right": f"Rätten att {words_of(right)} kan inte ges på {on}."})
    permission = Permission.objects.get(
        codename=right, content_type=ContentType.objects.get_for_model(on)
    )
    table = TABLES[type(on)]
    User.objects.select_for_update().get(pk=account.pk)  # a double click waits for its turn
    if table.objects.filter(user=account, permission=permission, content_object=on).exists():
        raise ValidationError({"right": f"Kontot har redan rätten att {words_of(right)} på {on}."})
    table.objects.create(user=account, permission=permission, content_object=on)


def revoke(*, user: User | None, grant: Any, agreement: Agreement) -> Act:
    """Take back a right that was given; an agreement always keeps a coordinator."""
    with act(user=user, verb=Act.Verb.REVOKE, agreement=agreement) as done:
        on, account, right = grant.content_object, grant.user, grant.permission.codename
        if isinstance(on, Agreement):
            on = Agreement.objects.select_for_update(of=("self",)).get(pk=on.pk)
        # The row may be gone since the page was opened; then there is nothing left to do.
        if type(grant).objects.filter(pk=grant.pk).first() is None:
            raise ValidationError("Behörigheten är redan borttagen. Inget har ändrats.")
        grant.delete()
        if right == EDIT_STRUCTURE:
            keep_a_coordinator(on)
        if isinstance(on, SteeringGroup):
            done.groups.add(on)
        done.summary = f"{account} har inte längre rätten att {words_of(right)}: {on}."
    return done


def keep_a_coordinator(agreement: Agreement) -> None:
    """Refuse what has just been done if it left the agreement without a coordinator."""
    if not coordinators(agreement).exists():
        raise ValidationError(
            f"Kontot är det sista som kan ändra strukturen i {agreement}. "
            "Ge rätten till någon annan först, eller be driftansvarig om hjälp."
        )
