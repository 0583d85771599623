"""Keys to the API: made, shown once, and revoked; one act each."""

import datetime
import hashlib
import secrets

from django.core.exceptions import ValidationError

from governance.models import Act, ApiToken, Organization, User
from governance.services.acts import act

BEGINNING = "samv_"
BYTES = 32  # of chance in a key
SHOWN = 10  # characters by which a key is told from others


def create_token(*, user: User, organization: Organization, name: str) -> tuple[ApiToken, str]:
    """A new key of the organisation, and its text, which is kept nowhere."""
    text = BEGINNING + secrets.token_urlsafe(BYTES)
    with act(user=user, verb=Act.Verb.TOKEN) as done:
        token = ApiToken(
            organization=organization,
            name=name.strip(),
            prefix=text[:SHOWN],
            digest=digest_of(text),
            created_by=user,
        )
        token.full_clean()
        token.save()
        done.organization = organization
        done.save(update_fields=["organization"])
        done.summary = f"{organization}: en ny nyckel till API:et, {token.prefix}…"
    return token, text


def revoke_token(*, user: User | None, token: ApiToken, now: datetime.datetime) -> Act:
    """End a key at once; whoever reads with it is refused from the next question."""
    with act(user=user, verb=Act.Verb.TOKEN) as done:
        token = ApiToken.objects.select_for_update(of=("self",)).get(pk=token.pk)
        if token.revoked_at is not None:
            raise ValidationError("Nyckeln är redan återkallad. Inget har ändrats.")
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])
        done.organization = token.organization
        done.save(update_fields=["organization"])
        done.summary = f"{token.organization}: nyckeln {token.prefix}… är återkallad."
    return done


def token_of_text(text: str, day: datetime.date) -> ApiToken | None:
    """The key with that text that has not been revoked; noted as used, once a day."""
    known = ApiToken.objects.filter(digest=digest_of(text), revoked_at=None)
    token = known.select_related("organization").first()
    if token is not None and token.last_used_on != day:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=day)
    return token


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()
