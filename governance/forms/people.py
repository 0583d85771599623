"""Forms for one person: put right, moved, reached, protected."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from governance.forms.seats import GONE, BlockForm
from governance.models import ContactDetail, Organization, Person, PersonName
from governance.services.contact_details import Contact, normalised
from governance.temporal import PeriodQuerySet

KINDS = ContactDetail.Kind
_HELP = {
    KINDS.EMAIL: "Personens adress i tjänsten, aldrig en privat.",
    KINDS.MOBILE: "Tjänstemobil, med eller utan +46.",
    KINDS.PHONE: "Telefon i tjänsten med riktnummer, till exempel 08-508 00 000.",
}


class DescribePersonForm(BlockForm):
    """How the name and the title are written; without the name where it may not be shown."""

    given_name = forms.CharField(
        label="Förnamn", max_length=80, error_messages={"required": "Skriv förnamnet."}
    )
    family_name = forms.CharField(label="Efternamn", max_length=80, required=False)
    title = forms.CharField(
        label="Titel",
        max_length=120,
        required=False,
        help_text="Rättas också på uppdrag där den står likadant.",
    )

    def __init__(self, *args: Any, person: Person, name: PersonName | None, **kwargs: Any) -> None:
        known = {"title": person.title}
        if name is not None:
            known |= {"given_name": name.given_name, "family_name": name.family_name}
        super().__init__(*args, initial=known, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"
        if name is None:
            del self.fields["given_name"], self.fields["family_name"]

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class MovePersonForm(BlockForm):
    """New work: what the title and the place of work are from now on."""

    title = forms.CharField(label="Ny titel", max_length=120, required=False)
    organization = forms.ModelChoiceField(
        label="Arbetar hos",
        queryset=Organization.objects.none(),
        empty_label=None,
        error_messages={"required": "Välj en organisation.", "invalid_choice": GONE},
    )

    def __init__(
        self,
        *args: Any,
        person: Person,
        organizations: PeriodQuerySet[Organization],
        **kwargs: Any,
    ) -> None:
        known = {"title": person.title, "organization": person.organization_id}
        super().__init__(*args, initial=known, **kwargs)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ContactsForm(BlockForm):
    """All contact details of a person: a field for each there is, and an empty one of each kind."""

    main = forms.ChoiceField(
        label="Vilken är den huvudsakliga?",
        required=False,
        widget=forms.RadioSelect,
        help_text="Den används i kontaktlistor och kallelser.",
    )

    def __init__(self, *args: Any, details: Iterable[ContactDetail], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kinds: dict[str, str] = {}
        choices = []
        details = list(details)
        for kind in KINDS:
            for row in [*(each for each in details if each.kind == kind), None]:
                name = f"{kind.value}_{row.pk if row else 'new'}"
                more = row is None and any(each.kind == kind for each in details)
                label = f"{kind.label.capitalize()}{', en till' if more else ''}"
                self._add(name, kind, label, row)
                choices.append((name, row.spelled if row else label))
                if row is not None and row.main:
                    self.initial["main"] = name
        self.fields["main"].choices = choices  # type: ignore[attr-defined]
        self.order_fields([*self._kinds, "main"])

    def _add(
        self, name: str, kind: ContactDetail.Kind, label: str, row: ContactDetail | None
    ) -> None:
        self._kinds[name] = kind
        self.fields[name] = forms.CharField(
            label=label,
            max_length=254,
            required=False,
            help_text=_HELP[kind] if row is None else "Töm fältet för att ta bort uppgiften.",
        )
        widget = self.fields[name].widget
        widget.input_type = "email" if kind == KINDS.EMAIL else "tel"
        widget.attrs["autocomplete"] = "off"
        self.initial[name] = row.spelled if row else ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name, kind in self._kinds.items():
            text = data.get(name)
            try:
                data[name] = normalised(kind, text) if text else ""
            except ValidationError as refusal:
                self.add_error(name, refusal)
        return data

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        main = data.get("main")
        filled = [name for name in self._kinds if data[name]]
        return {
            "contacts": [
                Contact(self._kinds[name], data[name], main=name == main) for name in filled
            ]
        }


class ProtectForm(BlockForm):
    """A protection that is to begin: other names that the person has been written by."""

    spellings = forms.CharField(
        label="Andra namn och stavningar",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        help_text="Har personen bytt namn, eller har namnet skrivits fel någon gång? Skriv "
        "förnamn och efternamn, ett namn på varje rad. De rensas också bort, och sparas inte.",
    )

    def clean_spellings(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["spellings"].splitlines()]
        spellings = [line for line in lines if line]
        for line in spellings:
            if len(line.split()) < 2:
                raise ValidationError(
                    f"Skriv både förnamn och efternamn på varje rad. Ett ensamt ord ({line}) "
                    "kan betyda något annat."
                )
        return spellings

    def arguments(self) -> dict[str, Any]:
        return {"spellings": self.cleaned_data["spellings"]}


class ProtectedForm(ProtectForm):
    """What is to be done with a protection that there is."""

    verb = forms.ChoiceField(
        label="Vad vill du göra?",
        choices=[
            ("rensa", "Rensa bort namnet igen, där det har skrivits sedan dess"),
            ("lyft", "Ta bort skyddet"),
        ],
        widget=forms.RadioSelect,
        initial="rensa",
        error_messages={"required": "Välj vad du vill göra."},
    )

    def __init__(self, *args: Any, may_lift: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_lift:
            self.fields["verb"].choices = self.fields["verb"].choices[:1]  # type: ignore[attr-defined]
        self.order_fields(["verb", "spellings"])

    @property
    def lifts(self) -> bool:
        return self.is_valid() and self.cleaned_data["verb"] == "lyft"

    def arguments(self) -> dict[str, Any]:
        return {} if self.lifts else super().arguments()
