"""Whose a row is, of the nouns that are a group's or the municipality's own."""

from django.db.models import Model

from governance.models.followups import FollowUp
from governance.models.measures import Measure
from governance.models.pictures import ActionPlan, SituationPicture
from governance.models.priorities import Goal, LocalPriority
from governance.models.sections import FollowUpSection

_OF_A_GROUP = (FollowUp, FollowUpSection, Goal, LocalPriority, Measure)
_OF_EITHER = (ActionPlan, SituationPicture)


def owner_of(row: Model) -> Model:
    """The group that the row is about, or the agreement when it is the municipality's own.

    Any other row is its own owner.
    """
    if isinstance(row, _OF_A_GROUP):
        return row.group
    if isinstance(row, _OF_EITHER):
        return row.group or row.agreement or row
    return row
