"""A text that somebody pasted, with what they tell of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from winset.corpus.readers import read_payload
from winset.corpus.reading import base_name
from winset.corpus.types import Document, Limits
from winset.ids import PartialDate

STANDARD = Limits()
BY_HAND = "told by the one who added it"
LONGEST_NAME = 60  # characters of the first line that become a name where no title is told


def read_pasted(
    text: str,
    *,
    title: str = "",
    published: str = "",
    publisher: str = "",
    limits: Limits = STANDARD,
) -> tuple[Document, ...]:
    """The document that a pasted text is; markup in it is read as such.

    title, published (YYYY, YYYY-MM or YYYY-MM-DD), publisher: each before what the text says of itself; may be empty.
    Raises BadDate, and the kinds of Unreadable.

    >>> read_pasted("The ferry leaves at noon.", title="Timetable", published="2031-05")[0].found_in[-1]
    ('published', 'told by the one who added it')
    """
    told = {
        "title": " ".join(title.split()) or None,
        "publisher": " ".join(publisher.split()) or None,
        "published": PartialDate(published.strip()) if published.strip() else None,
    }
    first = next((line for line in text.splitlines() if line.strip()), "")
    name = base_name((str(told["title"] or first[:LONGEST_NAME])).replace("/", " "), otherwise="pasted text")
    payload = text.replace("\r\n", "\n").encode("utf-8", "replace")
    given: dict[str, Any] = {field: value for field, value in told.items() if value is not None}
    return tuple(
        replace(
            each,
            **given,
            found_in=(
                *(place for place in each.found_in if place[0] not in given),
                *((field, BY_HAND) for field in given),
            ),
        )
        for each in read_payload(payload, name=name, limits=limits, suffix_of="pasted.txt")
    )
