"""Room on Python's stack of frames, so that no loop has to fetch and return its memory.

Python 3.11 and later keep the frames of calls in chunks of 16 kB. A loop whose calls
happen to lie where one chunk ends fetches a new chunk and returns it at every turn:
depending on nothing but how deep the server's own calls went, a page with 500 rows took
300 or 580 ms. A frame that says it needs much makes Python fetch one chunk that is
large enough for all that is called from it.
"""

from collections.abc import Callable
from typing import Any

_WORDS = 1 << 16  # of eight bytes; untouched memory costs nothing


def with_room(call: Callable[..., Any], *args: Any) -> Any:
    """What `call(*args)` gives; whatever it calls in turn finds room in one chunk."""
    return call(*args)


with_room.__code__ = with_room.__code__.replace(co_stacksize=_WORDS)
