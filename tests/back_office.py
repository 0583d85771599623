"""The pages of the back office, as tests type on them."""


def url(noun: str, *rest: object) -> str:
    return "/".join(["/admin/governance", noun, *map(str, rest), ""])


def typed(client, address: str, **changes) -> dict:
    """What the browser sends back from the form at the address, with changes."""
    page = client.get(address)
    forms = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    sent = {}
    for form in forms:
        for field in form:
            value = field.value()
            if value is not None and value is not False:
                sent[field.html_name] = value
    return {**sent, **changes}


def act_on(client, noun: str, action: str, rows, **more):
    sent = {"action": action, "_selected_action": [row.pk for row in rows], **more}
    return client.post(url(noun), sent, follow=True)


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]
