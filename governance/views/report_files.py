"""A report as a file: at once, or with its steps told on the way (static/report-files.js)."""

import json
import logging
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from governance.documents.blocks import Document
from governance.documents.report_files import FileKind, Step, write

_TYPES: dict[FileKind, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_FAILED = (
    "Det gick inte att göra filen, och felet är noterat. Försök igen om en stund. "
    "Rapporten går också att läsa och skriva ut som sida."
)
_log = logging.getLogger(__name__)


def file_response(request: HttpRequest, document: Document, kind: FileKind) -> HttpResponseBase:
    """The report as a file to save, kept nowhere on the way, for it may hold names.

    With `?framsteg=1` lines of JSON, one for each step: `{"done", "of", "text"}`; then
    `{"name", "type", "size"}` and right after that line the file itself. If it cannot be
    made, the last line is `{"error"}` with a sentence. The caller has asked for the rights.
    """
    if "framsteg" in request.GET:
        return StreamingHttpResponse(
            _told(document, kind),
            content_type="application/x-ndjson",
            headers={"Cache-Control": "private, no-store", "X-Accel-Buffering": "no"},
        )
    *_, content = write(document, kind)
    return HttpResponse(
        content,
        content_type=_TYPES[kind],
        headers={
            "Content-Disposition": f'attachment; filename="{_name(document, kind)}"',
            "Cache-Control": "private, no-store",
        },
    )


def _told(document: Document, kind: FileKind) -> Iterator[bytes]:
    try:
        for each in write(document, kind):
            if isinstance(each, Step):
                yield _line(done=each.done, of=each.of, text=each.text)
            else:
                yield _line(name=_name(document, kind), type=_TYPES[kind], size=len(each))
                yield each
    except Exception:  # the answer has begun: no page for errors can be shown any more
        _log.exception("The file %s could not be made", _name(document, kind))
        yield _line(error=_FAILED)


def _line(**said: object) -> bytes:
    return json.dumps(said).encode() + b"\n"


def _name(document: Document, kind: FileKind) -> str:
    return f"{document.file_name}.{kind}"
