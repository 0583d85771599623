"""The nouns, in the order in which they build on each other."""

from governance.models.acts import Act, carrying_out
from governance.models.accounts import User
from governance.models.organizations import Organization
from governance.models.people import Person, PersonName
from governance.models.areas import Area, AreaMap, AreaPart
from governance.models.agreements import Agreement, AgreementVersion, Challenge
from governance.models.groups import (
    Coverage,
    CoverageMap,
    GroupDecision,
    Status,
    SteeringGroup,
)
from governance.models.seats import Function, Seat
from governance.models.mandates import Leave, Mandate
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
    "Agreement",
    "AgreementGroupGrant",
    "AgreementUserGrant",
    "AgreementVersion",
    "Area",
    "AreaMap",
    "AreaPart",
    "Challenge",
    "Coverage",
    "CoverageMap",
    "Function",
    "GroupDecision",
    "Leave",
    "Mandate",
    "Organization",
    "OrganizationGroupGrant",
    "OrganizationUserGrant",
    "Person",
    "PersonName",
    "Seat",
    "Status",
    "SteeringGroup",
    "SteeringGroupGroupGrant",
    "SteeringGroupUserGrant",
    "User",
    "carrying_out",
]
