"""What a reader has chosen to see of a list, as it stands in the address."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields
from typing import ClassVar, Self
from urllib.parse import urlencode

LONGEST = 100  # characters


@dataclass(frozen=True)
class AddressChoice:
    """A list's own choice adds its fields: their names are those of the address, empty is all.

    `known` are the words that a field can hold; one that is not there takes any text.
    """

    known: ClassVar[Mapping[str, Collection[str]]] = {}

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        """From an address; a word that is not known is left out."""
        asked = {each.name: query.get(each.name, "").strip()[:LONGEST] for each in fields(cls)}
        return cls(**{k: v for k, v in asked.items() if k not in cls.known or v in cls.known[k]})

    def address(self, **more: str) -> str:
        """The query of the address that gives this choice, with its question mark."""
        parts = {name: value for name, value in {**asdict(self), **more}.items() if value}
        return f"?{urlencode(parts)}" if parts else ""
