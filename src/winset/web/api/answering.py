"""What all routes of the API have in common: how they are refused, how they are paged."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import HTTPException, Path, Query

from winset.ids import DocumentId, EvidenceId, StatementId
from winset.web.api.models import Refusal
from winset.web.cases import OpenCase, View

PREFIX = "/api/v1"
MOST = 500  # rows of one page

AnyId = Annotated[str, Path(pattern=r"^[0-9a-f]{1,64}$", description="As other answers give it.")]
Limit = Annotated[int, Query(ge=1, le=MOST, description="Rows of a page.")]
After = Annotated[int, Query(ge=0, le=2**53, description="`next` of the page before.")]

_WORDS = {
    400: "What was sent means nothing: an unknown actor, words that stand nowhere, codes that contradict each other.",
    401: "No token, or one that does not hold any more.",
    403: "The role of the token is not enough, or a browser sent this from another page.",
    404: "No such case, document, statement or change.",
    409: "Somebody else changed it meanwhile, or the case is too large for this.",
    413: "More than the desk takes at once.",
    422: "A field does not hold what it should.",
    503: "Being worked out, or the case is busy: try again.",
}

_OUTSIDE = {  # told before anything else is looked at, in plain text
    414: "The address is longer than 8,000 bytes.",
    421: "The desk is not served under that name.",
}


def refusals(*further: int) -> dict[int | str, dict[str, Any]]:
    """The documented refusals of a route: those that every route has, and these."""
    codes = sorted({401, 403, 404, 422, 503, *further})
    told: dict[int | str, dict[str, Any]] = {code: {"model": Refusal, "description": _WORDS[code]} for code in codes}
    plain = {"text/plain": {"schema": {"type": "string"}}}
    return told | {code: {"description": words, "content": plain} for code, words in _OUTSIDE.items()}


READING = refusals()
WRITING = refusals(400, 409, 413)


def statement_of(id: str) -> StatementId:
    """The id of a statement."""
    return StatementId(EvidenceId(id))


def document_of(id: str) -> DocumentId:
    """The id of a document."""
    return DocumentId(id)


def whole(case: OpenCase) -> View:
    """The case as it is now.  Raises HTTPException 409 for one too large to be worked out whole."""
    view = case.view()
    if view.big:
        raise HTTPException(409, "This case is too large for that: page through its statements, or take its tables.")
    return view
