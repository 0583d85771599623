"""What a verb rests on: a decision, registered now or later."""

import datetime
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError

from governance.models import Act, GroupDecision, SteeringGroup, User
from governance.services.acts import act, lock
from governance.swedish import in_words
from governance.temporal import day_after


@dataclass(frozen=True)
class Registration:
    """What is known of a decision; all of it may be filled in later."""

    decided_by: str = ""
    decided_on: datetime.date | None = None
    registry_number: str = ""
    mandate: str = ""
    note: str = ""


NOT_REGISTERED = Registration()


def decide(
    group: SteeringGroup, kind: str, first_day: datetime.date, registration: Registration
) -> GroupDecision:
    """Write the decision that a verb rests on."""
    decision = GroupDecision(group=group, act=kind, first_day=first_day, **asdict(registration))
    decision.full_clean()
    decision.save()
    return decision


def about(registration: Registration, first_day: datetime.date) -> list[str]:
    """What a preview says of the decision: not registered yet, or taken in retrospect."""
    if registration.decided_on is None:
        return ["Beslutet är inte registrerat. Det kan kompletteras senare."]
    if registration.decided_on >= day_after(first_day):
        return [f"Beslutet fattades den {in_words(registration.decided_on)}: beslut i efterhand."]
    return [f"Beslutet fattades den {in_words(registration.decided_on)}."]


def register_decision(
    *,
    user: User | None,
    decision: GroupDecision,
    registration: Registration,
    seen: int | None = None,
) -> Act:
    """Complete what is known of a decision already in force."""
    with act(user=user, verb=Act.Verb.REGISTER, agreement=decision.group.agreement) as done:
        [group] = lock([decision.group], seen)
        found = group.decisions.filter(pk=decision.pk).first()
        if found is None:
            raise ValidationError("Beslutet har återkallats. Inget har ändrats.")
        decision = found
        for name, value in asdict(registration).items():
            setattr(decision, name, value)
        decision.full_clean()
        decision.save()
        done.groups.add(group)
        which = (
            f"eslutet att {decision.get_act_display()} från och med den "
            f"{in_words(decision.first_day)}"
        )
        known = registration.decided_on is not None
        done.summary = "\n".join(
            [
                f"B{which} registreras." if known else f"Uppgifterna om b{which} sparas.",
                *about(registration, decision.first_day),
            ]
        )
    return done
