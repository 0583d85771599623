from django.contrib import admin

from governance.admin.base import ReadOnlyAdmin
from governance.models import ApiToken


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    """Keys to the API; their text is kept nowhere, and the digest is nobody's business."""

    list_display = ["prefix", "organization", "name", "last_used_on", "revoked_at"]
    list_select_related = ["organization"]
    exclude = ["digest"]
