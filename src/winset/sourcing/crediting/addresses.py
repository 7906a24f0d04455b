"""Addresses in a text, and what is wrong with those that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from winset.corpus.types import Link

Span = tuple[int, int]

ADDRESS = re.compile(r"(?:https?://|\bwww\.(?=\w))[^\s<>\]\"”»|]+", re.IGNORECASE)
LINK = re.compile(
    r"\[(?P<words>[^\[\]\n]{0,300}(?:\[[^\[\]\n]{0,60}\][^\[\]\n]{0,300}){0,3})\]"
    r"\((?P<target>[^()\s]{0,2000}(?:\([^()\s]{0,300}\)[^()\s]{0,300})?)(?:\s\"[^\"\n]{0,200}\")?\)"
)
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_HOST = re.compile(r"(?:https?://)?(?:[^/@\s?#]{1,100}@)?(?P<host>[^/:?#\s]*)(?::\d{1,5})?", re.IGNORECASE)
_MALFORMED = re.compile(
    r"(?<![\w/])(?:https?(?: ?: ?/ / ?|: //? ?| :// ?|:/(?=[^/\s])|:///+|//(?=[\w]))"
    r"|(?:h?ttps?|htt?t?ps?|hhttps?|hhtps?)://(?<!http://)(?<!https://)|https?://(?=www\. )|https?;//)"
    r"(?:www\. ?)?[^\s<>\]\"”»|)]{0,2000}",
    re.IGNORECASE,
)
_TRAILING = ".,;:!?'’”\"*_"
_LONGEST = 2_000  # characters of an address that are looked at
_LONGEST_LABEL = 63  # RFC 1035


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """An address that cannot be followed as it stands, half-open."""

    start: int
    end: int
    url: str  # as written
    why: str


def trimmed(url: str) -> str:
    """An address without the signs of the sentence behind it; brackets stay where they are paired."""
    while True:
        shorter = url.rstrip(_TRAILING)
        if shorter.endswith(")") and shorter.count("(") < shorter.count(")"):
            shorter = shorter[:-1]
        if shorter == url:
            return url
        url = shorter


def why_broken(url: str) -> str | None:
    """What is wrong with an address; None where it is well formed, which says nothing of whether it is still there.

    >>> why_broken("https://www.ft.com/content/1"), why_broken("https://https://ft.com")
    (None, 'two schemes')
    """
    url = url[:_LONGEST]
    match = _HOST.match(url)
    host = match["host"].casefold() if match else ""
    if _SCHEME.match(url) and host in {"http", "https"}:
        return "two schemes"
    if not host:
        return "no host"
    labels = host.split(".")
    if "…" in url or url.endswith("..."):
        return "cut short"
    if (
        len(labels) == 1
        or not all(0 < len(label) <= _LONGEST_LABEL for label in labels)
        or labels == ["www", labels[-1]]
    ):
        return "no such host"
    if not (labels[-1].isdecimal() or (len(labels[-1]) > 1 and not labels[-1][0].isdecimal())):
        return "no such host"
    if "\\" in url:
        return "a backslash in it"
    return None


def why_lost(target: str) -> str | None:
    """Why a link's target leads nowhere: none at all, a place that its page does not have, a broken address.

    >>> why_lost("#note"), why_lost("htps://example.org"), why_lost("/about")
    ('it leads nowhere', 'malformed', None)
    """
    if not target or target.startswith("#"):
        return "it leads nowhere"
    if _MALFORMED.match(target):
        return "malformed"
    return why_broken(target) if _SCHEME.match(target) else None


def broken_links(
    text: str, start: int = 0, end: int | None = None, *, links: Sequence[Link] = ()
) -> Iterator[BrokenLink]:
    """Links and addresses of a text that lead nowhere as they are written, in order. Cost: linear.

    links: of the document, whose targets do not stand in its text.
    """
    end = len(text) if end is None else end
    apart = [BrokenLink(link.start, link.end, link.target, why) for link in links if (why := why_lost(link.target))]
    found = [*apart, *_empty_links(text, start, end), *_malformed(text, start, end)]
    reached = start
    for broken in sorted(found, key=lambda each: (each.start, -each.end)):
        if broken.start >= reached:
            reached = broken.end
            yield broken


def _empty_links(text: str, start: int, end: int) -> Iterator[BrokenLink]:
    if "](" not in text:
        return
    for match in LINK.finditer(text, start, end):
        target = match["target"]
        if target in {"", "#"}:
            yield BrokenLink(*match.span(), target, "it leads nowhere")
        elif _SCHEME.match(target) and (why := why_broken(target)):
            yield BrokenLink(*match.span(), target, why)


def _malformed(text: str, start: int, end: int) -> Iterator[BrokenLink]:
    for match in _MALFORMED.finditer(text, start, end):
        yield BrokenLink(
            match.start(), match.start() + len(trimmed(match.group())), trimmed(match.group()), "malformed"
        )
    for match in ADDRESS.finditer(text, start, end):
        url = trimmed(match.group())
        if url and (why := why_broken(url)):
            yield BrokenLink(match.start(), match.start() + len(url), url, why)
