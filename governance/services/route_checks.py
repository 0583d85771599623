"""That a contact route still holds, and whether those who tried it got an answer."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from governance.models import Act, ContactRoute, RouteAttempt, User
from governance.queries.route_pages import REGRET
from governance.services.acts import act
from governance.services.contacts import agreement_of, locked, tell
from governance.swedish import in_words


def verify(*, user: User | None, route: ContactRoute, day: datetime.date) -> Act:
    """Somebody who may edit the route says on `day` that it still holds."""
    with act(user=user, verb=Act.Verb.ROUTE, agreement=agreement_of(user, route)) as done:
        route = locked(route, None)
        if not route.in_force(day):
            raise ValidationError(
                f"Kontaktvägen gäller inte den {in_words(day)}. Inget har ändrats."
            )
        if route.verified_on == day:
            raise ValidationError("Kontaktvägen är redan bekräftad i dag.")
        route.verified_on = day
        route.save()
        tell(done, route, f"bekräftas den {in_words(day)}.", [])
    return done


def note_attempt(
    *, user: User, route: ContactRoute, answered: bool, now: datetime.datetime
) -> RouteAttempt:
    """Note that the user tried the route, and whether anybody answered.

    A new answer within 15 minutes is about the same try, and replaces the one before.
    """
    with transaction.atomic():
        locked(route, None)
        mine = RouteAttempt.objects.filter(user=user, route=route, at__gte=now - REGRET)
        found = mine.order_by("-at", "-pk").first() or RouteAttempt(user=user, route=route)
        found.answered = answered
        found.save()
    return found


def take_back(*, user: User, attempt: RouteAttempt, now: datetime.datetime) -> None:
    """Forget a try; only the one who made it may, within 15 minutes."""
    if attempt.user_id != user.pk:
        raise ValidationError("Bara den som noterade försöket kan ta tillbaka det.")
    if now - attempt.at > REGRET:
        raise ValidationError(
            "Försöket noterades för mer än 15 minuter sedan och kan inte tas tillbaka."
        )
    attempt.delete()
