"""How much an issue matters to an actor, from how often, how prominently and by whom it speaks of it."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from winset.statements.types import Form, Segment, SegmentKind, Statement

OPENING = 3  # paragraphs of body text that count as its beginning
QUOTED_LATER = 0.5  # prominence of the actor's own words further down
SPEAKING = 2.0  # that it speaks of the issue at all weighs as much as how prominently and by whom together
HEAD, MINISTER, OFFICIAL = 1.0, 2 / 3, 1 / 3  # ranks of who speaks

_HEADS = frozenset(
    (
        *("president", "prime minister", "chancellor", "premier", "taoiseach", "king", "queen", "emperor", "emir"),
        *("head of state", "head of government", "secretary general", "director general", "commission president"),
    )
)
_MINISTERS = frozenset(["minister", "secretary", "commissioner", "representative", "speaker", "chancellor"])
_BELOW = frozenset(["deputy", "vice", "press", "spokesperson", "under", "assistant", "former", "ambassador", "adviser"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One statement of an actor as a sign of what it cares for."""

    about: bool  # whether it is about the issue
    origin: str = ""  # key of the independent origin
    prominence: float | None = None  # 0-1; None: the document does not tell
    rank: float | None = None  # of who speaks, 0-1; None: nobody in particular


def salience(heard: Sequence[Heard]) -> tuple[float, float]:
    """(salience 0-1, its standard error), from all that an actor says in the documents; one statement or more.

    A statement about the issue counts with its emphasis, any other as none of it; the share is that of a Beta
    posterior over an even prior, (sum of emphasis + 1) / (statements + 2). Emphasis is the mean of what is known:
    that it speaks of the issue at all (1, twice), prominence, rank. The error is the posterior's with as
    many trials as there are independent origins, since ten articles on one report look once.
    Source: Laplace's rule of succession, as in Gelman et al. (2013, section 2.4); Lowe et al. (2011) take the share
    of text as importance; prominence in the media as a measure: Epstein & Segal (2000); that measures of salience
    agree poorly, so that the error is the least there is: Warntjen (2012).

    >>> salience([Heard(about=True, origin="a"), Heard(about=False, origin="a")])
    (0.5, 0.25)
    """
    return beta_share(
        sum(emphasis(each.prominence, each.rank) for each in heard if each.about),
        len(heard),
        len({each.origin for each in heard}),
    )


def emphasis(prominence: float | None, rank: float | None) -> float:
    """How much weight a statement about the issue has been given, 1/2 to 1.

    >>> emphasis(None, None), emphasis(0.0, None), emphasis(1.0, 1.0)
    (1.0, 0.6666666666666666, 1.0)
    """
    told = [cue for cue in (prominence, rank) if cue is not None]
    return (SPEAKING + sum(told)) / (SPEAKING + len(told))


def beta_share(emphasised: float, statements: int, origins: int) -> tuple[float, float]:
    """(mean, standard error) of the posterior share; see `salience`."""
    mean = (emphasised + 1) / (statements + 2)
    return mean, math.sqrt(mean * (1 - mean) / (origins + 3))


def prominences(segments: Sequence[Segment], statements: Sequence[Statement]) -> list[float | None]:
    """Of each statement of one document: 1 in a headline or the first paragraphs, else 1/2 for words quoted, else 0.

    None where the document is no longer than its beginning: then nothing in it is prominent or not.
    """
    bodies = [segment.start for segment in segments if segment.kind is SegmentKind.BODY]
    if len(bodies) <= OPENING:
        return [None] * len(statements)
    headings = [(segment.start, segment.end) for segment in segments if segment.kind is SegmentKind.HEADING]
    return [
        1.0
        if said.start < bodies[OPENING] or any(start <= said.start < end for start, end in headings)
        else QUOTED_LATER * (said.form in (Form.DIRECT, Form.MIXED))
        for said in statements
    ]


def rank(role: str | None) -> float | None:
    """Of an office: 1 for a head of state, government or organisation, 2/3 for a minister, 1/3 for another official.

    >>> rank("prime minister"), rank("deputy foreign minister"), rank(None)
    (1.0, 0.3333333333333333, None)
    """
    if not role:
        return None
    words = re.findall(r"\w+", role.casefold())
    if " ".join(words) in _HEADS:
        return HEAD
    return MINISTER if _MINISTERS & set(words) and not _BELOW & set(words) else OFFICIAL
