"""What real use must have before the app starts. Reads a mapping, so a test can hand it any."""

from collections.abc import Iterator, Mapping

import dj_database_url

DEMO_SECRET_KEY = "samverkan-demo: den har nyckeln ar kand av alla och duger bara pa egen dator"  # noqa: S105
SECRET_KEY_LENGTH = 50
ON = {"1", "true", "yes", "on", "ja"}
OFF = {"", "0", "false", "no", "off", "nej"}


def refusal(env: Mapping[str, str]) -> str:
    """Everything that is unsafe or missing, in one message; empty when the app may start."""
    found = list(problems(env))
    if not found:
        return ""
    lines = "\n".join(f"  - {problem}" for problem in found)
    return (
        "Samverkan startar inte i skarp drift förrän detta är rättat:\n"
        f"{lines}\n"
        "Inställningarna läses ur miljön och beskrivs i docs/drift.md."
    )


def problems(env: Mapping[str, str]) -> Iterator[str]:
    yield from _secret_key(env.get("SECRET_KEY", ""))
    yield from _hosts(split(env.get("ALLOWED_HOSTS", "")))
    yield from _site(env.get("SITE_URL", ""))
    yield from _database(env.get("DATABASE_URL", ""))
    yield from _mail(env)
    yield from _switches(env)


def split(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def is_on(value: str) -> bool:
    return value.strip().lower() in ON


def _secret_key(key: str) -> Iterator[str]:
    if not key:
        yield "SECRET_KEY saknas."
    elif key == DEMO_SECRET_KEY or key.startswith("django-insecure-"):
        yield "SECRET_KEY är en känd nyckel. Skapa en egen."
    elif len(key) < SECRET_KEY_LENGTH or len(set(key)) < 5:
        yield f"SECRET_KEY är för svag. Den ska ha minst {SECRET_KEY_LENGTH} olika slumpade tecken."


def _hosts(hosts: list[str]) -> Iterator[str]:
    if not hosts:
        yield "ALLOWED_HOSTS saknas. Skriv webbplatsens namn, till exempel samverkan.example.se."
    elif "*" in hosts:
        yield "ALLOWED_HOSTS släpper in alla namn (*). Skriv webbplatsens namn."


def _site(address: str) -> Iterator[str]:
    if address and not address.startswith("https://"):
        yield f"SITE_URL ska börja med https://, inte ”{address}”."


def _database(url: str) -> Iterator[str]:
    if not url:
        yield "DATABASE_URL saknas, till exempel postgres://namn:lösenord@server/samverkan."
        return
    try:
        name = dj_database_url.parse(url).get("NAME")
    except ValueError:  # unknown scheme, or a port that is no number
        name = None
    if not name:
        yield "DATABASE_URL går inte att tolka. Skriv postgres://namn:lösenord@server/databas."


def _mail(env: Mapping[str, str]) -> Iterator[str]:
    if not env.get("EMAIL_HOST"):
        yield "EMAIL_HOST saknas. Utan e-postserver kan ingen bjudas in."
    if not env.get("DEFAULT_FROM_EMAIL"):
        yield "DEFAULT_FROM_EMAIL saknas. Skriv adressen som breven skickas från."


def _switches(env: Mapping[str, str]) -> Iterator[str]:
    if is_on(env.get("DEBUG", "")):
        yield "DEBUG är på. Ta bort inställningen."
    for name in ("EMAIL_PORT", "PROXY_COUNT", "HSTS_SECONDS"):
        value = env.get(name, "0")
        if not value.isascii() or not value.isdigit():
            yield f"{name} ska vara ett tal, inte ”{value}”."
    for name in ("DEBUG", "EMAIL_USE_TLS"):
        value = env.get(name, "")
        if value.strip().lower() not in ON | OFF:
            yield f"{name} ska vara ja eller nej, inte ”{value}”."
