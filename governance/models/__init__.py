"""The nouns, in the order in which they build on each other."""

from governance.models.acts import Act, carrying_out, history_in_one_go
from governance.models.accounts import User
from governance.models.organizations import Organization
from governance.models.people import ContactDetail, Person, PersonName
from governance.models.areas import Area, AreaMap, AreaPart, Boundary, BoundarySet
from governance.models.agreements import Agreement, AgreementVersion, Challenge
from governance.models.groups import (
    Coverage,
    CoverageMap,
    GroupDecision,
    Status,
    SteeringGroup,
)
from governance.models.seats import Function, Level, Seat, SeatRequest, WantedFunction
from governance.models.meetings import Meeting
from governance.models.mandates import Confirmation, Leave, Mandate
from governance.models.inquiries import Answer, Inquiry
from governance.models.reminders import Reminder
from governance.models.imports import ImportRun
from governance.models.contacts import ContactRoute, RouteAttempt, RouteContact
from governance.models.properties import Address, Holding, HoldingKind, Property
from governance.models.lookups import LookupRun
from governance.models.tokens import ApiToken
from governance.models.indicators import Indicator, IndicatorValue
from governance.models.pictures import ActionPlan, SituationPicture
from governance.models.priorities import Goal, LocalPriority
from governance.models.measures import Measure
from governance.models.followups import FollowUp
from governance.models.sections import FollowUpComment, FollowUpSection
from governance.models.grants import (
    AgreementGroupGrant,
    AgreementUserGrant,
    OrganizationGroupGrant,
    OrganizationUserGrant,
    SteeringGroupGroupGrant,
    SteeringGroupUserGrant,
)

__all__ = [
    "Act",
    "ActionPlan",
    "Address",
    "Agreement",
    "AgreementGroupGrant",
    "AgreementUserGrant",
    "AgreementVersion",
    "Answer",
    "ApiToken",
    "Area",
    "AreaMap",
    "AreaPart",
    "Boundary",
    "BoundarySet",
    "Challenge",
    "Confirmation",
    "ContactDetail",
    "ContactRoute",
    "Coverage",
    "CoverageMap",
    "FollowUp",
    "FollowUpComment",
    "FollowUpSection",
    "Function",
    "Goal",
    "GroupDecision",
    "Holding",
    "HoldingKind",
    "ImportRun",
    "Indicator",
    "IndicatorValue",
    "Inquiry",
    "Leave",
    "Level",
    "LocalPriority",
    "LookupRun",
    "Mandate",
    "Measure",
    "Meeting",
    "Organization",
    "OrganizationGroupGrant",
    "OrganizationUserGrant",
    "Person",
    "PersonName",
    "Property",
    "Reminder",
    "RouteAttempt",
    "RouteContact",
    "Seat",
    "SeatRequest",
    "SituationPicture",
    "Status",
    "SteeringGroup",
    "SteeringGroupGroupGrant",
    "SteeringGroupUserGrant",
    "User",
    "WantedFunction",
    "carrying_out",
    "history_in_one_go",
]
