"""Winset's notes in a study file: JSON beside what the program's own columns hold, which anybody may have changed.

A note is `{"winset": 1, "document": ID, ...}`; the id is that of the text it was written about.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from winset.errors import BadCase
from winset.exchange.dna.fields import is_person
from winset.ids import DocumentId

VERSION = 1  # of the notes
QUESTION = "winset question"  # the setting that holds it
MARK = "winset: "  # before the note among a document's own
_BEGINNING = '{"winset":'
_HALF = re.compile("[\ud800-\udfff]")


def note(record: Mapping[str, Any], document: DocumentId | None = None) -> str:
    """A record as a note; on one line."""
    about = {} if document is None else {"document": document}
    return sound(json.dumps({"winset": VERSION, **about, **record}, ensure_ascii=False, separators=(",", ":")))


def is_note(text: object) -> bool:
    """Whether it begins as a note does, sound or not."""
    return isinstance(text, str) and text.startswith(_BEGINNING)


def noted(text: object) -> dict[str, Any] | None:
    """What winset noted; None for what it did not write, or what somebody made of it."""
    if not isinstance(text, str) or not is_note(text):
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and found.get("winset") == VERSION else None


def noted_line(notes: str) -> dict[str, Any] | None:
    """What winset noted on a line of a document's notes."""
    marked = (line.removeprefix(MARK) for line in notes.split("\n") if line.startswith(MARK))
    return next(filter(None, map(noted, marked)), None)


def record(noted: Mapping[str, Any]) -> dict[str, Any]:
    """The record of which a note was made."""
    return {name: value for name, value in noted.items() if name not in ("winset", "document")}


def placed(
    record: Mapping[str, Any], span: tuple[int, int], *, same_text: bool, coder: str | None = None
) -> dict[str, Any]:
    """A statement's record with its content, or a cue without content, at another place.

    same_text: the places of source and cue still hold.  coder: who moved it; None: nobody.
    Raises BadCase for a record that has no places.
    """
    words = record.get("statement")
    if not isinstance(words, dict):
        raise BadCase("what winset noted of a statement does not fit: it has no places")
    moved = {**words, "contents": [list(span)]}
    if not words.get("contents"):
        moved = {**words, "cue_start": span[0], "cue_end": span[1]}
    elif not same_text:
        moved |= {"cue_start": None, "cue_end": None}
    if not same_text:
        moved |= {"source_start": None, "source_end": None}
    if coder is not None and is_person(coder):
        moved |= {"coder": coder, "run_id": ""}
    return {**record, "statement": moved}


def sound(text: str) -> str:
    """Text that UTF-8 can hold: half a character becomes the sign for one that is lost."""
    return text if text.isascii() else _HALF.sub("\ufffd", text)
