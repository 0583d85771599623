"""Forms of a list on its way in: the upload, and what is chosen for the whole list."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from governance.forms.days import DayField
from governance.models import SteeringGroup
from governance.sheets import MAX_BYTES, Sheet, SheetError, read_pasted, read_sheet

_TOO_BIG = f"Filen är större än {MAX_BYTES // 1024 // 1024} MB. Dela upp den i flera filer."
_BOTH = "Välj antingen en fil eller klistra in rader, inte båda."
_NONE = "Välj en fil eller klistra in rader."


class UploadForm(forms.Form):
    """A file or pasted cells; `sheet` is what was read, once the form is valid."""

    file = forms.FileField(
        label="Fil",
        required=False,
        allow_empty_file=True,
        help_text="Excel (.xlsx) eller CSV, högst 10 MB och 20 000 rader.",
        error_messages={"invalid": _NONE},
    )
    pasted = forms.CharField(
        label="Eller klistra in rader från ett kalkylblad",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
        help_text="Ta med rubrikraden, till exempel Namn, Titel och E-post.",
    )
    group = forms.ModelChoiceField(
        label="Styrgrupp",
        queryset=SteeringGroup.objects.none(),
        required=False,
        empty_label="Står i listan",
        help_text="Välj den grupp som listan gäller, om den inte står på raderna.",
        error_messages={"invalid_choice": "Gruppen finns inte i listan. Välj på nytt."},
    )

    def __init__(self, *args: Any, groups: list[SteeringGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet: Sheet | None = None
        offered = SteeringGroup.objects.filter(pk__in=[group.pk for group in groups])
        self.fields["group"].queryset = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file, pasted = cleaned.get("file"), cleaned.get("pasted", "")
        if self.errors:
            return cleaned
        if file and pasted.strip():
            raise ValidationError(_BOTH)
        try:
            self.sheet = _of_file(file) if file is not None else read_pasted(pasted or "")
            if not self.sheet.rows:
                raise SheetError("Listan har en rubrikrad men inga rader under den.")
        except SheetError as error:
            self.add_error("file" if file is not None else "pasted", str(error))
        return cleaned

    @property
    def file_name(self) -> str:
        file = self.cleaned_data.get("file")
        return str(file.name) if file is not None else ""


def _of_file(file: UploadedFile) -> Sheet:
    if (file.size or 0) > MAX_BYTES:
        raise SheetError(_TOO_BIG)
    return read_sheet(file.read(), file.name or "")


class ChoicesForm(forms.Form):
    """What is chosen for the whole list: a first day, a group, and what may be added."""

    first_day = DayField(
        label="Första dag för rader som saknar den",
        help_text="Gäller bara nya uppdrag utan första dag i listan.",
    )
    group = forms.ModelChoiceField(
        label="Styrgrupp för rader som saknar den",
        queryset=SteeringGroup.objects.none(),
        required=False,
        empty_label="Ingen",
        error_messages={"invalid_choice": "Gruppen finns inte i listan. Välj på nytt."},
    )
    add_seats = forms.BooleanField(label="Lägg till platser som saknas i grupperna", required=False)
    show_police = forms.BooleanField(
        label="Visa namnen på nya personer hos polisen",
        required=False,
        help_text="Annars visas bara deras funktion, och deras kontaktuppgifter sparas inte.",
    )

    def __init__(self, *args: Any, groups: list[SteeringGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = SteeringGroup.objects.filter(pk__in=[group.pk for group in groups])
        self.fields["group"].queryset = offered  # type: ignore[attr-defined]
