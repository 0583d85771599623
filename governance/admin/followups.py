"""Follow-ups without what is written in them: a draft is for those who write it."""

from django.contrib import admin

from governance.admin.base import ReadOnlyAdmin
from governance.models import FollowUp, FollowUpComment, FollowUpSection


@admin.register(FollowUp)
class FollowUpAdmin(ReadOnlyAdmin):
    list_display = ["year", "group", "number", "state", "due"]
    list_filter = ["year", "state"]
    list_select_related = ["group"]
    exclude = ["snapshot", "return_note"]


@admin.register(FollowUpSection)
class FollowUpSectionAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "followup", "done", "revision"]
    list_filter = ["kind", "done"]
    list_select_related = ["followup__group", "challenge", "priority__challenge"]
    exclude = ["text", "judgement"]


@admin.register(FollowUpComment)
class FollowUpCommentAdmin(ReadOnlyAdmin):
    list_display = ["at", "followup", "section"]
    list_select_related = ["followup__group", "section__challenge", "section__priority__challenge"]
    exclude = ["text"]
