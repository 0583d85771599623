"""What a reader may see of priorities, measures, figures and follow-ups, and say of these."""

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from governance.models import (
    ActionPlan,
    FollowUp,
    Goal,
    Indicator,
    IndicatorValue,
    LocalPriority,
    Mandate,
    Measure,
    Seat,
    SituationPicture,
    SteeringGroup,
)
from governance.models.followups import FollowUpQuerySet
from governance.models.measures import MeasureQuerySet
from governance.permissions.asking import allowed
from governance.permissions.refusals import NotAllowed
from governance.permissions.seeing import agreement_ids, visible_areas, visible_groups
from governance.rights import (
    ADOPT_FOLLOWUP,
    EDIT_PRIORITIES,
    EDIT_STRUCTURE,
    ENTER_FOLLOWUP,
    Account,
    rights,
)
from governance.temporal import DueQuerySet, OccasionQuerySet, PeriodQuerySet


def visible_priorities(user: Account) -> PeriodQuerySet[LocalPriority]:
    return LocalPriority.objects.filter(group__in=visible_groups(user))


def visible_goals(user: Account) -> DueQuerySet[Goal]:
    return Goal.objects.filter(priority__group__in=visible_groups(user))


def visible_measures(user: Account) -> MeasureQuerySet:
    return Measure.objects.filter(priority__group__in=visible_groups(user))


def visible_pictures(user: Account) -> OccasionQuerySet[SituationPicture]:
    """Those of the reader's groups, and the municipality's own in the reader's agreements."""
    return SituationPicture.objects.filter(_of_group_or_municipality(user))


def visible_plans(user: Account) -> PeriodQuerySet[ActionPlan]:
    """Those of the reader's groups, and the municipality's own in the reader's agreements."""
    return ActionPlan.objects.filter(_of_group_or_municipality(user))


def _of_group_or_municipality(user: Account) -> Q:
    return Q(group__in=visible_groups(user)) | Q(agreement__in=agreement_ids(user))


def visible_indicators(user: Account) -> QuerySet[Indicator]:
    """All of them, to those who belong to any agreement: what is measured is no secret."""
    return Indicator.objects.all() if agreement_ids(user) else Indicator.objects.none()


def visible_values(user: Account) -> QuerySet[IndicatorValue]:
    """What was measured in the areas that the reader may see."""
    return IndicatorValue.objects.filter(area__in=visible_areas(user))


def visible_followups(user: Account) -> FollowUpQuerySet:
    """Adopted ones of the reader's agreements, and others of those who work with them.

    Who may write or adopt sees one in every state; the members of the group see it also
    while it is *hos styrgruppen*, and not before or between.
    """
    working = SteeringGroup.objects.filter(rights(user).groups_followed_up())
    states = FollowUp.State
    return FollowUp.objects.filter(
        Q(state=states.ADOPTED)
        | Q(group__in=working)
        | Q(state=states.WITH_MEMBERS, group__in=_sitting_in(user)),
        group__in=visible_groups(user),
    )


def _sitting_in(user: Account) -> QuerySet[SteeringGroup]:
    """The groups in which the user holds a seat today as anything but a deputy."""
    known = rights(user)
    held = Mandate.objects.holding(known.day).filter(
        person=known.person.pk if known.person else None,
        seat__in=Seat.objects.as_of(known.day).exclude(role=Seat.Role.DEPUTY),
        seat__group__in=SteeringGroup.objects.at_work(known.day),
    )
    return SteeringGroup.objects.filter(pk__in=held.values("seat__group"))


def followups_with_seat(user: Account) -> FollowUpQuerySet:
    """Those that the user may see, each with `sits_there`: whether as a member of the group."""
    sits = ExpressionWrapper(Q(group__in=_sitting_in(user)), output_field=BooleanField())
    return visible_followups(user).annotate(sits_there=sits)


def works_with(user: Account, group: SteeringGroup) -> bool:
    """Whether what the group has set out to do is the user's to see to: who may change it,
    and who leads the group.
    """
    return allowed(user, EDIT_PRIORITIES, group) or bool(rights(user).roles_in(group))


def may_comment(user: Account, followup: FollowUp) -> bool:
    """Whether the user may comment now: a member of the group, or who writes it, while it
    is *hos styrgruppen*.
    """
    if followup.state != FollowUp.State.WITH_MEMBERS:
        return False
    writes = rights(user).may(ENTER_FOLLOWUP, followup)
    return writes or _sitting_in(user).filter(pk=followup.group_id).exists()


def capacities(user: Account, group: SteeringGroup) -> list[FollowUp.Capacity]:
    """As what the user may register that a meeting has adopted the group's follow-up.

    The chair and the vice chair adopt; the secretary and the coordinator of the agreement
    only refer to the minutes. For a group that has ended they are those of its successor.
    """
    known, found = rights(user), FollowUp.Capacity
    roles = {str(role) for role in known.roles_in(group)}
    by_role = [each for each in found if each.value in roles]
    coordinates = known.may(EDIT_STRUCTURE, group.agreement)
    return [*by_role, *([found.COORDINATOR] if coordinates else [])]


def require_capacity(user: Account, followup: FollowUp) -> list[FollowUp.Capacity]:
    """As what the user may register what a meeting said of it, at least one; else NotAllowed."""
    found = capacities(user, followup.group)
    if not found:
        raise NotAllowed(ADOPT_FOLLOWUP, followup)
    return found
