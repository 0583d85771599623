"""What the back office does alike for every noun."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, Q, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from governance.models import Act, Agreement, Person, SteeringGroup, User, carrying_out
from governance.permissions import names
from governance.swedish import fold, listed
from governance.temporal import today

INHERITED = ["valid_from", "valid_from_precision", "valid_through", "source_mark", "source"]
NAME_HIDDEN = "Namnet visas inte."


class InForceFilter(admin.SimpleListFilter):
    """Dated rows by what holds today."""

    title = "giltighet"
    parameter_name = "giltighet"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("nu", "Gäller i dag"), ("slut", "Har slutat"), ("sedan", "Har inte börjat")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        match self.value():
            case "nu":
                return queryset.as_of(today())
            case "slut":
                return queryset.ended(today())
            case "sedan":
                return queryset.upcoming(today())
        return queryset


class ReadOnlyAdmin(admin.ModelAdmin):
    """A noun that only the app itself writes."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class NounAdmin(SimpleHistoryAdmin):
    """A noun: searched in Swedish, saved with an act, never deleted.

    `group_path` leads from a row to its steering group ("" is the row itself), and
    `agreement_path` to its agreement where it has no group; None is neither.
    """

    verb = Act.Verb.ADMIN
    group_path: str | None = None
    agreement_path: str | None = None
    list_per_page = 50
    save_on_top = False
    actions_on_bottom = False
    object_history_template = "admin/noun_history.html"
    readonly_fields: Any = ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def get_urls(self) -> list[Any]:
        """Without the pages of single history rows, on which an old row could be saved again."""
        return [url for url in super().get_urls() if "_simple_history" not in (url.name or "")]

    def history_view_title(self, request: HttpRequest, obj: Any) -> str:
        return f"Historik: {obj}"

    def get_history_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return super().get_history_queryset(request, *args, **kwargs).select_related("caused_by")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """What a row is, then its days, then its source: inherited fields would stand first."""
        found = list(super().get_fields(request, obj))
        return sorted(found, key=lambda name: INHERITED.index(name) if name in INHERITED else -1)

    # -- finding ---------------------------------------------------------------------------

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Every word in some of `search_fields`; 'årsta' finds Årsta on every database."""
        for word in fold(search_term).split():
            found = Q()
            for name in self.get_search_fields(request):
                how = "contains" if name.endswith("search_key") else "icontains"
                found |= Q(**{f"{name}__{how}": word})
            queryset = queryset.filter(found)
        return queryset, False

    # -- choosing --------------------------------------------------------------------------

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is None:
            return field
        noun = field.queryset.model
        related = getattr(self.admin_site._registry.get(noun), "list_select_related", None)
        if isinstance(related, list | tuple):
            field.queryset = field.queryset.select_related(*related)
        if noun is Person:
            _label_people(field, request.user)
        elif noun is User:
            field.queryset = field.queryset.select_related("person")
            field.label_from_instance = lambda user: user.shown
        return field

    # -- saving ----------------------------------------------------------------------------

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        """Save inside a new act, which `save_related` then completes."""
        request.act = Act.objects.create(user=request.user, verb=self.verb)
        with carrying_out(request.act):
            super().save_model(request, obj, form, change)

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        with carrying_out(request.act):
            super().save_related(request, form, formsets, change)
        row = form.instance
        noun = str(row._meta.verbose_name).capitalize()
        what = f"ändrat: {listed(self._changed(form, formsets))}" if change else "nytt"
        request.act.summary = f"{noun} {row}, {what}."
        request.act.agreement = self.agreement_of(row)
        request.act.save(update_fields=["summary", "agreement"])
        if group := self.group_of(row):
            request.act.groups.add(group)

    def _changed(self, form: Any, formsets: Any) -> list[str]:
        labels = [str(form.fields[name].label).lower() for name in form.changed_data]
        inlines = [each for each in formsets if each.has_changed()]
        return [*labels, *(str(each.model._meta.verbose_name) for each in inlines)] or ["inget"]

    def group_of(self, row: Model) -> SteeringGroup | None:
        return None if self.group_path is None else follow(row, self.group_path)

    def agreement_of(self, row: Model) -> Agreement | None:
        if group := self.group_of(row):
            return group.agreement
        return None if self.agreement_path is None else follow(row, self.agreement_path)


def follow(row: Any, path: str) -> Any:
    """What `row` leads to along `path`; the empty path leads to the row itself."""
    for step in path.split("__") if path else []:
        row = getattr(row, step)
    return row


def _label_people(field: ModelChoiceField, user: Any) -> None:
    """Persons by name, as this reader may see it, with their organisation."""
    people = list(field.queryset.select_related("organization"))  # type: ignore[union-attr]
    known = names(user, [person for person in people if not person.protected])
    field.choices = [
        *([("", field.empty_label)] if field.empty_label else []),
        *(
            (person.pk, f"{known.get(person.pk) or NAME_HIDDEN} {person.organization} ({person})")
            for person in people
        ),
    ]


class DatedAdmin(NounAdmin):
    """A noun with a period; `whole_path` leads to what it must not begin before or outlast."""

    whole_path: str | None = None
    date_hierarchy = None

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        base = super().get_form(request, obj, change, **kwargs)
        path = self.whole_path
        if path is None:
            return base

        class Inside(base):  # type: ignore[valid-type]
            def clean(self) -> Any:
                data = super().clean()
                check_inside(self, str(path))
                return data

        return Inside


def check_inside(form: Any, path: str) -> None:
    """Refuse a period that reaches outside that of what the row belongs to."""
    data = form.cleaned_data
    whole = data.get(path) or (
        getattr(form.instance, f"{path}_id", None) and getattr(form.instance, path)
    )
    first, last = data.get("valid_from"), data.get("valid_through")
    if not whole or first is None:
        return
    if not whole.in_force(first):
        form.add_error("valid_from", f"{whole} finns inte den dagen. Välj en annan.")
    if whole.valid_through and (last is None or not whole.in_force(last)):
        form.add_error("valid_through", f"{whole} har sista dag {whole.valid_through}.")
