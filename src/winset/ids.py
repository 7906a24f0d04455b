"""Content-hash ids, dates as precise as their source, and the two scales."""

from __future__ import annotations

import calendar
import hashlib
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NewType

from winset.errors import BadDate, OffScale

DocumentId = NewType("DocumentId", str)
ActorId = NewType("ActorId", str)
IssueId = NewType("IssueId", str)
RunId = NewType("RunId", str)
EvidenceId = NewType("EvidenceId", str)  # a StatementId, or the citation key of a coded data set
StatementId = NewType("StatementId", EvidenceId)

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def content_id(kind: str, *parts: object) -> str:
    """An id that is the same for the same content on every machine: 16 hex digits of SHA-256.

    >>> content_id("document", "text")
    'b2372fb4ebc7d2a7'
    """
    joined = "\x1f".join([kind, *map(str, parts)])
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def slug(name: str) -> str:
    """Lower-case words joined by hyphens, any script.

    >>> slug("Grand Duchy of Ruritania")
    'grand-duchy-of-ruritania'
    """
    return "-".join(re.findall(r"\w+", name.casefold())) or content_id("name", name)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date no more precise than its source: "2023", "2023-06" or "2023-06-14" (ISO 8601 prefixes).

    >>> PartialDate("2023-06").latest
    datetime.date(2023, 6, 30)
    """

    text: str

    def __post_init__(self) -> None:
        _bounds(self.text)

    @property
    def earliest(self) -> date:
        """The first day it may mean."""
        return _bounds(self.text)[0]

    @property
    def latest(self) -> date:
        """The last day it may mean."""
        return _bounds(self.text)[1]

    @property
    def precision(self) -> str:
        """One of "year", "month", "day"."""
        return {4: "year", 7: "month", 10: "day"}[len(self.text)]

    @property
    def in_words(self) -> str:
        """As an English text writes it, as precise as its source.

        >>> [PartialDate(text).in_words for text in ("2023-07-11", "2023-06", "2023")]
        ['11 July 2023', 'June 2023', '2023']
        """
        year, *rest = self.text.split("-")
        month = [MONTHS[int(rest[0]) - 1]] if rest else []
        return " ".join([*(str(int(part)) for part in rest[1:]), *month, year])

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=4096)
def _bounds(text: str) -> tuple[date, date]:
    match = _PARTIAL.fullmatch(text)
    if match is None:
        raise BadDate(f"date {text!r}: write YYYY, YYYY-MM or YYYY-MM-DD")
    year = int(match[1])
    month, day = (int(part) if part else None for part in match.groups()[1:])
    try:
        first = date(year, month or 1, day or 1)
        last_month = month or 12
        last_day = day or calendar.monthrange(year, last_month)[1]
        return first, date(year, last_month, last_day)
    except ValueError as error:
        raise BadDate(f"date {text!r}: {error}; write YYYY, YYYY-MM or YYYY-MM-DD") from None


SCALE_LOW, SCALE_HIGH = 0.0, 100.0  # every issue's; Thomson et al. (2006), DEU


def on_issue_scale(value: float, what: str) -> float:
    """`value` if it lies on the issue's 0-100 scale; raises OffScale naming `what`."""
    if not SCALE_LOW <= value <= SCALE_HIGH:  # NaN fails too
        raise OffScale(f"{what} is {value}: the issue's scale runs from 0 to 100")
    return value


def on_unit_scale(value: float, what: str) -> float:
    """`value` if it lies on 0-1; raises OffScale naming `what`."""
    if not 0 <= value <= 1:
        raise OffScale(f"{what} is {value}: allowed is 0 to 1")
    return value
