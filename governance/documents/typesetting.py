"""typst in a process of its own, which lives as long as it makes one file.

typst keeps what it has laid out, names with it, for the next times: hundreds of megabytes
after a long report. Here that ends with the process. Nothing is written to disk.
"""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_SECONDS = 60  # before it is stopped; 15 groups take a few


class NotTypeset(RuntimeError):
    """typst could not make the file. Says why without the words of the document."""


def typeset(files: Mapping[str, str], fonts: Path) -> bytes:
    """The PDF/UA-1 file of `main.typ`, which finds the other files beside it.

    Only the fonts of typst itself and those in the folder are used. Raises NotTypeset.
    """
    command = [sys.executable, "-I", __file__, str(fonts)]
    text = json.dumps(dict(files)).encode()
    try:
        done = subprocess.run(command, input=text, capture_output=True, timeout=_SECONDS)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise NotTypeset(f"not done within {_SECONDS} seconds") from None
    if done.returncode:
        raise NotTypeset(_without_words(done.stderr.decode(errors="replace")))
    return done.stdout


def _without_words(said: str) -> str:
    """The last line, without what it quotes: a document holds names, and this is logged."""
    last = said.strip().splitlines()[-1:] or ["it stopped"]
    return re.sub(r"`[^`]*`", "…", last[0])


def _main() -> None:
    import typst

    # Its stubs do not know that it takes files as a dict.
    files: Any = {name: text.encode() for name, text in json.load(sys.stdin.buffer).items()}
    made = typst.compile(
        files, pdf_standards=["ua-1"], ignore_system_fonts=True, font_paths=[sys.argv[1]]
    )
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    _main()
