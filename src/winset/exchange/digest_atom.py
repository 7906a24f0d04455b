"""Digests as an Atom feed: an entry a digest, its content XHTML made element by element, so that no word is markup.

Source: RFC 4287. Ids are URNs that stay the same for ever; the newest digest stands first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from winset import __version__
from winset.brief.digest_types import Digest
from winset.brief.wording import the
from winset.exchange.digest_words import Quote, headline, moment, notes, place_words, sections, span_words

ATOM = "http://www.w3.org/2005/Atom"
XHTML = "http://www.w3.org/1999/xhtml"

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2


def atom(digests: Sequence[Digest], *, id: str, proposal: str, body: str, begun: str) -> bytes:
    """The feed, UTF-8.

    digests: the newest first; may be none.  id: of the feed.  begun: when the case was first watched, ISO 8601.
    """
    from lxml import etree  # type: ignore[import-untyped]

    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    _text(feed, "id", id)
    _text(feed, "title", f"{proposal}: {the(body)}")
    _text(feed, "updated", digests[0].at if digests else begun)
    generator = _text(feed, "generator", "winset")
    generator.set("version", __version__)
    _text(etree.SubElement(feed, f"{{{ATOM}}}author"), "name", "winset")
    for digest in digests:
        entry = etree.SubElement(feed, f"{{{ATOM}}}entry")
        _text(entry, "id", digest.id)
        _text(entry, "title", headline(digest))
        _text(entry, "updated", digest.at)
        content = etree.SubElement(entry, f"{{{ATOM}}}content", type="xhtml")
        _filled(etree.SubElement(content, f"{{{XHTML}}}div", nsmap={None: XHTML}), digest)
    written: bytes = etree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _filled(division: Any, digest: Digest) -> None:
    _html(division, "p", f"What changed since {moment(digest.since)}.")
    for note in notes(digest):
        _html(division, "p", _ended(note))
    for section in sections(digest):
        _html(division, "h3", section.title)
        lines = _html(division, "ul")
        for line in section.lines:
            point = _html(lines, "li", line.text)
            for quote in line.quotes:
                _quoted(point, quote)
            if line.more:
                _html(point, "p", _ended(line.more))


def _quoted(point: Any, quote: Quote) -> None:
    words = _html(_html(point, "blockquote"), "p", f"{quote.lead}: " if quote.lead else "")
    said = _html(words, "em", quote.words)
    said.tail = " "
    if quote.url.lower().startswith(("http://", "https://")):
        link = _html(words, "a", span_words(quote))
        link.set("href", _sound(quote.url))
    else:
        said.tail = f" {_sound(place_words(quote))}"


def _ended(words: str) -> str:
    """With a stop at its end."""
    return words if words.endswith((".", "?", "!", "…")) else f"{words}."


def _text(parent: Any, name: str, words: str) -> Any:
    return _element(parent, f"{{{ATOM}}}{name}", words)


def _html(parent: Any, name: str, words: str = "") -> Any:
    return _element(parent, f"{{{XHTML}}}{name}", words)


def _element(parent: Any, name: str, words: str) -> Any:
    from lxml import etree

    made = etree.SubElement(parent, name)
    made.text = _sound(words) or None
    return made


def _sound(words: str) -> str:
    """Without what no XML file may hold."""
    return _NO_XML.sub("\ufffd", words)
