"""The form of one section of a follow-up."""

from typing import Any

from django import forms

from governance.models import FollowUpSection

SECRECY = "Skriv inget om enskilda personer, och inget som polisen lämnat under sekretess."


class SectionForm(forms.Form):
    """Takes any text, also none. `based_on` is the revision that the writer has seen."""

    use_required_attribute = False

    text = forms.CharField(
        label="Text",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=SECRECY,
    )
    judgement = forms.ChoiceField(
        label="Er bedömning av måluppfyllelsen",
        required=False,
        choices=[("", "Inte bedömt än"), *FollowUpSection.Judgement.choices],
        error_messages={"invalid_choice": "Välj en bedömning i listan."},
    )
    done = forms.BooleanField(label="Avsnittet är klart", required=False)
    based_on = forms.IntegerField(
        min_value=0,
        max_value=2_000_000_000,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            "Sidan är för gammal. Öppna uppföljningen igen; kopiera det du skrev först.",
        ),
    )

    def __init__(self, *args: Any, section: FollowUpSection, **kwargs: Any) -> None:
        known = {
            "text": section.text,
            "judgement": section.judgement,
            "done": section.done,
            "based_on": section.revision,
        }
        super().__init__(*args, initial=known, auto_id=f"id_{section.pk}_%s", **kwargs)
        # There is a form for each section on one page, so each field says which it is about.
        for name in ("text", "done"):
            label = f"{self.fields[name].label}, {section.title}"
            self.fields[name].widget.attrs["aria-label"] = label
        if section.kind != FollowUpSection.Kind.CHALLENGE:
            del self.fields["judgement"]

    def arguments(self) -> dict[str, Any]:
        return {"judgement": "", **self.cleaned_data}
