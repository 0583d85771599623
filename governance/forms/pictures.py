"""Forms for a lägesbild: the day, the area, the law's three parts and the sources."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from governance.forms.days import DayField
from governance.forms.seats import GONE, BlockForm
from governance.models import Area
from governance.queries.pictures import WHOLE_GROUP
from governance.swedish import spaced

LONGEST = 20_000  # characters in each text
NOT_HERE = "Skriv inget om enskilda personer, och inget som polisen lämnat under sekretess."
# What Word and web pages use to begin a line, besides the line breaks of a form.
_LINE_BREAKS = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
# Marks that show as nothing and that a database may refuse; the tab stays.
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f\ufeff]")


class LongTextField(forms.CharField):
    """Text of several paragraphs, pasted from anywhere: every kind of line break is kept as one.

    Its length is counted in what is kept, and a refusal says both numbers.
    """

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 12})
        super().__init__(**{"widget": widget, **kwargs})

    def to_python(self, value: Any) -> str:
        text = _LINE_BREAKS.sub("\n", str(value or ""))
        return super().to_python(_UNSEEN.sub("", text)) or ""

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > LONGEST:
            raise ValidationError(
                f"Texten har {spaced(len(value))} tecken. Skriv högst {spaced(LONGEST)}.",
                code="max_length",
            )


class PictureForm(BlockForm):
    """A new lägesbild or a changed one; of the municipality there is no area to choose."""

    aliases: dict[str, str] = {}

    day = DayField(label="Dag", help_text="Den dag som lägesbilden beskriver.")
    area = forms.ModelChoiceField(
        label="Område",
        queryset=Area.objects.none(),
        required=False,
        empty_label=WHOLE_GROUP,
        help_text="Lägesbilder för samma område jämförs med varandra. "
        "Den första blir utgångsläget.",
        error_messages={"invalid_choice": GONE},
    )
    mapping = LongTextField(
        label="Kartläggning",
        help_text=f"Brottsligheten, dess omfattning och konsekvenser. {NOT_HERE}",
        error_messages={"required": "Skriv en kartläggning."},
    )
    other_information = LongTextField(
        label="Annan information",
        help_text="Annat av betydelse, till exempel vad boende, skolor och bolag har sett. "
        f"{NOT_HERE}",
        error_messages={
            "required": "Skriv annan information av betydelse. Finns ingen: skriv det."
        },
    )
    analysis = LongTextField(
        label="Analys",
        help_text=f"Vad kartläggningen och informationen betyder, och orsakerna. {NOT_HERE}",
        error_messages={"required": "Skriv en analys."},
    )
    sources = LongTextField(
        label="Källor",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"Varifrån varje siffra kommer och när den mättes. {NOT_HERE}",
    )

    def __init__(self, *args: Any, areas: QuerySet[Area] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if areas is None:
            del self.fields["area"]
            return
        field: Any = self.fields["area"]
        field.queryset = areas
        field.label_from_instance = lambda area: f"{area.name} ({area.get_kind_display()})"

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class WithdrawPictureForm(BlockForm):
    """Why it is withdrawn, for those who may edit."""

    aliases: dict[str, str] = {}

    note = forms.CharField(
        label="Varför",
        required=False,
        max_length=400,
        help_text=f"Till exempel att den hör till en annan grupp. {NOT_HERE}",
    )

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
