"""That the facts of a whole group were found right, without asking anybody by mail."""

import datetime

from django.core.exceptions import ValidationError
from simple_history.utils import bulk_create_with_history

from governance.models import Act, Confirmation, Mandate, SteeringGroup, User
from governance.services.acts import act, lock
from governance.swedish import counted, in_words


def confirm_group(
    *,
    user: User | None,
    group: SteeringGroup,
    day: datetime.date,
    channel: str = Confirmation.Channel.MEETING,
    seen: int | None = None,
) -> Act:
    """Every mandate of the group that was in force on `day` was found right that day."""
    with act(user=user, verb=Act.Verb.CONFIRM, agreement=group.agreement) as done:
        [group] = lock([group], seen)
        told = Confirmation.objects.filter(day=day, channel=channel).values("mandate")
        mandates = Mandate.objects.as_of(day).filter(seat__group=group).exclude(pk__in=told)
        rows = [Confirmation(mandate=each, day=day, channel=channel) for each in mandates]
        if not rows:
            raise ValidationError(
                f"Gruppen har inga uppdrag att bekräfta den {in_words(day)}, "
                "eller så är de redan bekräftade. Inget har ändrats."
            )
        bulk_create_with_history(rows, Confirmation, batch_size=500)
        done.groups.add(group)
        number = counted(len(rows), "uppdrag bekräftas", "uppdrag bekräftas")
        how = Confirmation.Channel(channel).label
        done.summary = f"{group.name}: {number} den {in_words(day)} ({how})."
    return done
