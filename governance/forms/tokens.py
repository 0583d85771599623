"""What is filled in when a key to the API is made."""

from typing import Any

from django import forms

from governance.models import Organization


class TokenForm(forms.Form):
    """Whose the key is to be, and what it is for."""

    use_required_attribute = False

    organization = forms.ModelChoiceField(
        label="Organisation",
        queryset=Organization.objects.none(),
        empty_label="Välj organisation",
        error_messages={
            "required": "Välj en organisation.",
            "invalid_choice": "Valet finns inte längre. Välj en annan i listan.",
        },
    )
    name = forms.CharField(
        label="Används till",
        max_length=80,
        help_text="Till exempel systemets namn, aldrig en persons.",
        error_messages={
            "required": "Skriv vad nyckeln används till.",
            "max_length": "Skriv högst 80 tecken.",
        },
    )

    def __init__(self, *args: Any, organizations: list[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organization"]
        field.queryset = Organization.objects.filter(
            pk__in=[each.pk for each in organizations]
        ).order_by("sort_key")
        if len(organizations) == 1:
            field.initial = organizations[0].pk
