"""Claims that somebody has checked, as schema.org ClaimReview: settled discrepancies out, other people's checks in.

Out goes what a person settled, a review for each telling; the machine's own view never does.  In come the addresses:
of each check and of each document that its claim appeared in, as references, for whoever wants to add them.
Source: schema.org, ClaimReview, Claim, Rating; the properties that Google's fact-check documentation requires.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TextIO

from winset.corpus.decoding import decode
from winset.corpus.types import Document, Limits, Rejected
from winset.errors import InvalidValue, NotText
from winset.exchange.references import Entries, Reference, address, built, check_size, dated, institution, line
from winset.ids import DocumentId
from winset.sourcing.settling import Settlement, Verdict
from winset.sourcing.types import MISSING, Discrepancy, Telling

ONE_WAY = (  # out: winset does not make settled discrepancies of reviews that it reads
    "discrepancies that nobody has settled, and those that a person found to be none",
    "the kind of a discrepancy, and what the machine held to be right",
    "the tellings of one discrepancy as one: each has a review of its own",
)
NOT_READ = ("claims as statements: who said them in which words, a review tells in words of its own",)
SCALE = "1 false, 5 true"
WORST, BEST = 1, 5
STANDARD = Limits()
_MOST_DEPTH = 6  # of feeds and graphs around a review
_RATED = {True: (BEST, "True"), False: (WORST, "False")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A check of one claim by somebody."""

    claim: str
    rating: str  # in the checker's words: "False", "Mostly true"
    value: float | None = None  # on the checker's scale
    worst: float | None = None
    best: float | None = None
    by: str = ""
    on: str = ""  # as told, ISO 8601
    url: str = ""  # of the check
    claimant: str = ""  # who is held to have made the claim
    appeared: tuple[str, ...] = ()  # addresses of what it appeared in

    @property
    def references(self) -> tuple[Reference, ...]:
        """The check and what its claim appeared in, each to be added with its address."""
        return tuple(self._references())

    def _references(self) -> Iterator[Reference]:
        if self.url:
            yield built(
                key="",
                kind="webpage",
                title=f"Check: {self.claim}",
                authors=[institution(self.by)],
                date=dated(self.on),
                url=self.url,
                note=f"rated {self.rating}",
            )
        for url in self.appeared:
            yield built(key="", kind="webpage", url=url, note=f"Its claim was checked: {self.claim}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviews:
    """What a file of reviews holds; each that could not be read with its place and the cure."""

    reviews: tuple[Review, ...]
    rejected: tuple[Rejected, ...] = ()


def write_claim_reviews(
    settled: Iterable[tuple[Discrepancy, Settlement]],
    file: TextIO,
    *,
    document_of: Callable[[DocumentId], Document | None] = lambda _: None,
    page: str = "",
) -> int:
    """An array of ClaimReview objects, one for each telling that a person judged; how many.

    document_of: the document of an id, for the address, title and date of what a claim appeared in.
    page: address of the page on which the reviews will stand, which Google requires; each has its own mark on it.
    """
    count = 0
    file.write("[")
    for told, settlement in settled:
        if settlement.verdict is Verdict.NONE:
            continue
        for number, telling in enumerate(told.tellings):
            true = settlement.verdict is Verdict.BOTH or settlement.right == number
            found = _object(told, settlement, telling, true=true, document_of=document_of)
            if page:
                found["url"] = f"{page}#discrepancy-{told.id}-{number + 1}"
            file.write(",\n" if count else "\n")
            file.write(json.dumps(found, ensure_ascii=False).replace("</", "<\\/"))  # it may stand in a page's script
            count += 1
    file.write("\n]\n")
    return count


def _object(
    told: Discrepancy,
    settlement: Settlement,
    telling: Telling,
    *,
    true: bool,
    document_of: Callable[[DocumentId], Document | None],
) -> dict[str, Any]:
    value, name = _RATED[true]
    claim = f"{told.about}: {telling.value if telling.value != MISSING else 'not told'}"
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "claimReviewed": claim,
        "author": {"@type": "Person", "name": settlement.by},
        **({"datePublished": settlement.at} if settlement.at else {}),
        **({"reviewBody": settlement.why} if settlement.why else {}),
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": value,
            "worstRating": WORST,
            "bestRating": BEST,
            "alternateName": name,
            "ratingExplanation": SCALE,
        },
        "itemReviewed": {
            "@type": "Claim",
            "name": claim,
            "appearance": _appearance(telling, document_of(telling.anchor.document_id)),
        },
    }


def _appearance(telling: Telling, document: Document | None) -> dict[str, Any]:
    """The document of a telling, with the exact words and where they stand in its text."""
    anchor = telling.anchor
    where = {"winset:document": anchor.document_id, "winset:start": anchor.start, "winset:end": anchor.end}
    told = {
        "url": address(document.source_url or "") if document else "",
        "headline": document.title if document else "",
        "author": [{"@type": "Person", "name": author} for author in document.authors] if document else [],
        "publisher": {"@type": "Organization", "name": document.publisher} if document and document.publisher else None,
        "datePublished": str(document.published) if document and document.published else "",
        "inLanguage": document.language if document else "",
    }
    return {
        "@type": "CreativeWork",
        **{name: value for name, value in told.items() if value},
        "text": anchor.exact,
        "identifier": [{"@type": "PropertyValue", "propertyID": name, "value": value} for name, value in where.items()],
    }


def read_claim_reviews(payload: bytes, *, name: str, limits: Limits = STANDARD) -> Reviews:
    """The reviews in JSON-LD: one, an array, a graph, a DataFeed; `name` is for messages.

    Raises TooLarge, NotText for what holds none; a bad review is Rejected with its number.
    """
    check_size(payload, name=name, limits=limits)
    try:
        found = json.loads(decode(payload, name=name))
    except json.JSONDecodeError as error:
        raise NotText(f"{name}:{error.lineno}: no valid JSON: {error.msg}; download the feed again") from None
    except (RecursionError, ValueError):  # thousands of brackets or of digits
        raise NotText(f"{name}: no JSON that can be read: nested too deep, or a number too long") from None
    entries = Entries(name=name)
    reviews: list[Review] = []
    for number, each in enumerate(_reviews(found, 0), 1):
        try:
            reviews.append(_review(each))
        except (InvalidValue, TypeError, ValueError) as error:
            entries.refuse(f"review {number}", str(error))
    if not reviews and not entries.rejected:
        raise NotText(f"{name}: no ClaimReview in it: give the JSON-LD of a fact check, or a feed of them")
    return Reviews(reviews=tuple(reviews), rejected=entries.library.rejected)


def _reviews(found: object, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > _MOST_DEPTH:
        return
    if isinstance(found, list):
        for each in found:
            yield from _reviews(each, depth + 1)
    elif isinstance(found, dict):
        types = found.get("@type")
        if "ClaimReview" in (types if isinstance(types, list) else [types]):
            yield found
            return
        for name in ("@graph", "dataFeedElement", "item"):
            yield from _reviews(found.get(name), depth + 1)


def _review(found: Mapping[str, Any]) -> Review:
    """Raises InvalidValue for one without a claim or a rating."""
    claim = _text(found.get("claimReviewed"))
    rating = _first(found.get("reviewRating"))
    if not claim:
        raise InvalidValue("has no claimReviewed: a review names the claim it checks")
    words = _text(rating.get("alternateName")) or _text(rating.get("name"))
    value = _figure(rating.get("ratingValue"))
    if not words and value is None:
        raise InvalidValue("has no reviewRating with an alternateName or a ratingValue: a review says how it judges")
    item = _first(found.get("itemReviewed"))
    appeared = [_address(each) for name in ("firstAppearance", "appearance") for each in _all(item.get(name))]
    return Review(
        claim=claim,
        rating=words or f"{value:g}",
        value=value,
        worst=_figure(rating.get("worstRating")),
        best=_figure(rating.get("bestRating")),
        by=_named(found.get("author")) or _named(found.get("publisher")),
        on=_text(found.get("datePublished")),
        url=address(_text(found.get("url"))),
        claimant=_named(item.get("author")),
        appeared=tuple(dict.fromkeys(filter(None, appeared))),
    )


def _all(found: object) -> list[object]:
    return found if isinstance(found, list) else [found]


def _first(found: object) -> Mapping[str, Any]:
    return next((each for each in _all(found) if isinstance(each, dict)), {})


def _text(found: object) -> str:
    value = next(iter(_all(found)), None)
    return line(value)[:2_000] if isinstance(value, str) else ""


def _named(found: object) -> str:
    value = next(iter(_all(found)), None)
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _address(found: object) -> str:
    if isinstance(found, dict):
        return address(_text(found.get("url")) or _text(found.get("@id")))
    return address(_text(found))


def _figure(found: object) -> float | None:
    """A number, also one written as a string, as many sites do."""
    if isinstance(found, bool) or not isinstance(found, int | float | str):
        return None
    try:
        value = float(found)
    except (ValueError, OverflowError):
        return None
    return value if abs(value) < 1e9 else None  # noqa: PLR2004 - neither NaN nor infinite either
