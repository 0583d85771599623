"""What tests about accounts share: letters, and pages as plain text."""

import re
import smtplib

from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.http import HttpResponse
from django.test import Client

from tests.worlds import PASSWORD

NEW = "ett-helt-nytt-lösenord"
LOGIN = "/konto/logga-in/"
SAVE = {"steg": "spara"}


class Broken(EmailBackend):
    """A mail server that refuses, and repeats the address in its answer as real ones do."""

    def send_messages(self, messages: list[EmailMessage]) -> int:
        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such user")})


def sign_in(email: str, password: str = PASSWORD, **more: str) -> HttpResponse:
    return Client().post(LOGIN, {"username": email, "password": password, **more})


def text(response: HttpResponse) -> str:
    """The words of a page, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def link_in(letter: EmailMessage) -> str:
    found = re.search(r"https?://[^/]+(/\S+)", letter.body)
    assert found, letter.body
    return found.group(1)
