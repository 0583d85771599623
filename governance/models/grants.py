"""Rights given by hand: django-guardian's permissions in tables of our own.

Direct foreign keys instead of generic ones, so that the database keeps them and one
join answers who may do what. Both tables are defined for each noun, as guardian needs.
"""

from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from governance.models.acts import tracked
from governance.models.agreements import Agreement
from governance.models.groups import SteeringGroup
from governance.models.organizations import Organization


class AgreementUserGrant(UserObjectPermissionBase):
    content_object = models.ForeignKey(Agreement, models.CASCADE)
    history = tracked()

    class Meta(UserObjectPermissionBase.Meta):
        verbose_name = "behörighet till överenskommelse"
        verbose_name_plural = "behörigheter till överenskommelser"

    def __str__(self) -> str:
        return f"Behörighet {self.pk}"


class AgreementGroupGrant(GroupObjectPermissionBase):
    content_object = models.ForeignKey(Agreement, models.CASCADE)


class SteeringGroupUserGrant(UserObjectPermissionBase):
    content_object = models.ForeignKey(SteeringGroup, models.CASCADE)
    history = tracked()

    class Meta(UserObjectPermissionBase.Meta):
        verbose_name = "behörighet till styrgrupp"
        verbose_name_plural = "behörigheter till styrgrupper"

    def __str__(self) -> str:
        return f"Behörighet {self.pk}"


class SteeringGroupGroupGrant(GroupObjectPermissionBase):
    content_object = models.ForeignKey(SteeringGroup, models.CASCADE)


class OrganizationUserGrant(UserObjectPermissionBase):
    content_object = models.ForeignKey(Organization, models.CASCADE)
    history = tracked()

    class Meta(UserObjectPermissionBase.Meta):
        verbose_name = "behörighet till organisation"
        verbose_name_plural = "behörigheter till organisationer"

    def __str__(self) -> str:
        return f"Behörighet {self.pk}"


class OrganizationGroupGrant(GroupObjectPermissionBase):
    content_object = models.ForeignKey(Organization, models.CASCADE)
