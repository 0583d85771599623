from django.contrib import admin

from governance.admin.base import DatedAdmin, InForceFilter, NounAdmin
from governance.models import Agreement, AgreementVersion, Challenge


@admin.register(Agreement)
class AgreementAdmin(NounAdmin):
    agreement_path = ""
    list_display = ["name", "level", "parent", "mailbox", "source_mark"]
    list_filter = ["level", "source_mark"]
    list_select_related = ["parent"]
    search_fields = ["search_key"]


@admin.register(AgreementVersion)
class AgreementVersionAdmin(DatedAdmin):
    agreement_path = "agreement"
    list_display = ["title", "number", "agreement", "valid_from", "valid_through", "source_mark"]
    list_filter = [InForceFilter, "agreement", "source_mark"]
    list_select_related = ["agreement"]
    search_fields = ["agreement__search_key", "title"]


@admin.register(Challenge)
class ChallengeAdmin(NounAdmin):
    agreement_path = "version__agreement"
    list_display = ["title", "order", "version", "source_mark"]
    list_filter = ["version", "source_mark"]
    list_select_related = ["version"]
    search_fields = ["search_key"]
