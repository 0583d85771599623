from django.contrib import admin

from governance.admin.base import ReadOnlyAdmin
from governance.models import Answer, Inquiry


@admin.register(Inquiry)
class InquiryAdmin(ReadOnlyAdmin):
    list_display = ["valid_from", "organization", "agreement", "valid_through"]
    list_select_related = ["organization", "agreement"]


@admin.register(Answer)
class AnswerAdmin(ReadOnlyAdmin):
    """Whom an organisation has proposed is read by key, as everywhere in the back office."""

    list_display = ["__str__", "inquiry", "seat", "kind", "outcome"]
    list_filter = ["kind", "outcome"]
    list_select_related = ["inquiry", "seat__function", "seat__organization"]
