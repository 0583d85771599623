"""What maps need from outside the app: Leaflet's files and, if asked for, a background."""

import re
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

_HOST = re.compile(r"(\*\.)?[a-z0-9.-]+(:\d+)?")


def leaflet_files() -> Path:
    """The folder of Leaflet's files in django-leaflet.

    The package is never imported or an installed app: that would ask for GDAL.
    """
    spec = find_spec("leaflet")
    if spec is None or spec.origin is None:
        raise ImportError("django-leaflet is not installed")
    return Path(spec.origin).parent / "static" / "leaflet"


def tile_sources(template: str) -> list[str]:
    """The source that pictures of the background come from, as the security policy writes it.

    `{s}` for several servers becomes `*`. Nothing for a template that is not https, or whose
    host holds anything else that could be read as more than a host.
    """
    parts = urlsplit(template)
    host = parts.netloc.replace("{s}", "*").lower()
    return [f"https://{host}"] if parts.scheme == "https" and _HOST.fullmatch(host) else []
