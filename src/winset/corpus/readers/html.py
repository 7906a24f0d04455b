"""HTML: the article of a page, without its menus, scripts and comments."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from winset.corpus.bylines import authors_in
from winset.corpus.datelines import MONTHS, date_in_line, stated_date
from winset.corpus.decoding import decode
from winset.corpus.documents import check_size, cleaned, document, paragraphs
from winset.corpus.html_links import linked_blocks
from winset.corpus.links import placed
from winset.corpus.metadata import FIELDS, Metadata, people
from winset.corpus.types import Document, Limits
from winset.errors import NoMainText
from winset.ids import PartialDate
from winset.registry import method

WORDS_NEEDED = 20  # fewer are a menu, a form or a notice
LONGEST_BYLINE = 160  # characters
BYLINE_PARTS = 20  # stretches of words in a byline: names, links, marks between them
LONGEST_DATE_TEXT = 120  # characters; longer runs are prose, whose dates are not the page's own
NO_DAY_AFTER = "2100-01-01"  # given to htmldate so that it asks no clock
STATED_DATES = (  # the publication date under its standard names, most explicit first
    ("property", "article:published_time"),
    ("itemprop", "datepublished"),
    ("name", "citation_publication_date"),
    ("name", "dcterms.issued"),
    ("name", "dc.date.issued"),
    ("name", "dcterms.date"),
    ("name", "dc.date"),
    ("name", "date"),
)

_CHARSET = re.compile(
    rb"<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([\w:-]{2,40})", re.IGNORECASE
)
_REFERENCE = re.compile(r"&#(?:[xX](?P<hex>[0-9a-fA-F]{1,8})|(?P<decimal>\d{1,9}));?")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_POSTED = re.compile(
    r"(?:(?:first|originally)\s)?(?:posted|published|written|submitted|filed)\s*(?:by|on|:)\s", re.IGNORECASE
)
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]|[^\W\d_]{2,}")
_SENTENCE = re.compile(r"[.!?…。！？](?:[\"'”’»)\]]|\s|$|[^\W\d_])")


@method("html", source="Barbaresi2021")
def read_html(payload: bytes, *, name: str, limits: Limits) -> tuple[Document, ...]:
    """The main text of a page, paragraphs separated by a blank line, its links, and what its markup says of it.

    Raises NotText, TooLarge, NoMainText where no article of WORDS_NEEDED words is found.
    Source: Barbaresi (2021), trafilatura; Barbaresi (2020), htmldate, for dates without a standard name.
    """
    declared = _CHARSET.search(payload[:4096])
    markup = decode(payload, name=name, declared=declared[1].decode("ascii") if declared else None)
    markup = _REFERENCE.sub(_sound_reference, cleaned(markup))
    check_size(len(markup), name=name, limits=limits)
    tree = _tree(markup)
    text = _main_text(tree) if tree is not None else ""
    if len(_WORD.findall(text)) < WORDS_NEEDED or not _SENTENCE.search(text):
        raise NoMainText(f"{name}: no article in this page (menus, forms or scripts only); save its text and add that")
    metadata, tongue = _metadata(tree), _stated_language(tree)
    links = placed(linked_blocks(tree, address=metadata.source_url), text)
    return (
        document(
            text,
            name=name,
            metadata=metadata,
            limits=limits,
            media_type="text/html",
            reader="html",
            tongue=tongue,
            links=links,
        ),
    )


def _sound_reference(match: re.Match[str]) -> str:
    """The reference, unless it stands for a control or half a character: one of those and libxml2 loses the page."""
    code = int(match["hex"], 16) if match["hex"] else int(match["decimal"])
    sound = code in {9, 10, 13} or 0x20 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF  # noqa: PLR2004 - XML 1.0, Char
    return match.group() if sound else "\ufffd"


def _tree(markup: str) -> Any:
    """The parsed page, or None where nothing is in it. lxml elements carry no usable types."""
    from lxml import etree, html  # type: ignore[import-untyped]

    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(_DECLARATION.sub("", markup).encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def _main_text(tree: Any) -> str:
    from trafilatura import bare_extraction

    found = bare_extraction(tree, include_comments=False, include_tables=True, with_metadata=False)
    words = getattr(found, "text", None) or ""
    return paragraphs([" ".join(line.split()) for line in cleaned(words).split("\n")])


def _metadata(tree: Any) -> Metadata:
    from trafilatura.metadata import extract_metadata

    page = extract_metadata(tree, date_config={"extensive_search": False, "max_date": NO_DAY_AFTER})
    host = (urlsplit(page.url).hostname or "") if page.url else ""
    stated = Metadata(
        title=page.title,
        authors=_authors(tree, people(page.author) if page.author else ()),
        publisher=page.sitename
        if page.sitename and page.sitename.lower() not in host
        else None,  # not stated: the host
        source_url=page.url,
    )
    places = tuple((field, "trafilatura metadata") for field in FIELDS if getattr(stated, field))
    published, where = _published(tree, page.url)
    dated = Metadata(published=published, found_in=(("published", where),) if published else ())
    return replace(stated, found_in=places).or_else(dated)


def _authors(tree: Any, found: tuple[str, ...]) -> tuple[str, ...]:
    """The authors without the role, the place and the day that stand behind them in a byline."""
    for line in _bylines(tree):
        named = authors_in(line)
        if named and set(named) < set(found):
            return named
    return found


def _published(tree: Any, url: str | None) -> tuple[PartialDate | None, str]:
    """The date of publication, and where: a standard name, JSON-LD, else what htmldate finds outside prose."""
    for attribute, value in STATED_DATES:
        for element in tree.iter("meta", "time"):
            if (element.get(attribute) or "").lower() == value:
                stated = stated_date(element.get("content") or element.get("datetime") or "")
                if stated:
                    return stated, f"{element.tag} {value}"
    linked = _linked_data_date(tree)
    if linked:
        return linked, "JSON-LD datePublished"
    posted = {date for line in _bylines(tree) if (date := date_in_line(line))}
    if len(posted) == 1:  # several are other articles'
        return posted.pop(), "byline"
    return _guessed_date(tree, url), "htmldate"


def _bylines(tree: Any) -> Iterator[str]:
    """Lines that say by whom or when something was posted: "Posted by Ana Lima, on 14 June 2023"."""
    for element in tree.iter("p", "div", "span", "small", "address", "li", "header"):
        words = " ".join("".join(islice(element.itertext(), BYLINE_PARTS + 1)).split())
        if len(words) <= LONGEST_BYLINE and _POSTED.match(words):
            yield words


def _linked_data_date(tree: Any) -> PartialDate | None:
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json":
            try:
                stated = _date_published(json.loads(script.text or ""))
            except (ValueError, RecursionError):  # broken or bottomless JSON states nothing
                continue
            if stated:
                return stated
    return None


def _date_published(value: object) -> PartialDate | None:
    """The first datePublished in nested objects and lists."""
    if isinstance(value, dict):
        stated = value.get("datePublished")
        if isinstance(stated, str) and (date := stated_date(stated)):
            return date
        value = list(value.values())
    parts = value if isinstance(value, list) else []
    return next((date for part in parts if (date := _date_published(part))), None)


def _guessed_date(tree: Any, url: str | None) -> PartialDate | None:
    from htmldate import find_date

    bare = deepcopy(tree)
    for element in bare.iter():
        if element.tag not in {"script", "meta", "time"}:
            element.text = _unless_prose(element.text)
        element.tail = _unless_prose(element.tail)
    found = find_date(bare, extensive_search=False, original_date=True, url=url, max_date=NO_DAY_AFTER)
    return _as_precise_as_written(found, bare, url) if found else None


def _unless_prose(words: str | None) -> str | None:
    return words if words and len(words) <= LONGEST_DATE_TEXT else None


def _as_precise_as_written(found: str, tree: Any, url: str | None) -> PartialDate:
    """The date that htmldate found, without the 01 by which it fills a day or month that the page does not write."""
    from lxml import html

    if not found.endswith("-01"):
        return PartialDate(found)
    year, month = found[:4], int(found[5:7])
    page = html.tostring(tree, encoding="unicode") + (url or "")
    name = next(name for name, number in MONTHS.items() if number == month)[:3] + r"\w*\.?"
    if re.search(_first_day(year, month, name), page, re.IGNORECASE):
        return PartialDate(found)
    written = re.search(rf"{year}\D0?{month}(?!\d)|(?<!\d)0?{month}\D{year}|{name},?\s+{year}", page, re.IGNORECASE)
    return PartialDate(f"{year}-{month:02d}" if written else year)


def _first_day(year: str, month: int, name: str) -> str:
    """A pattern of a month's first day as pages write it: 2023-06-01, 1.6.2023, June 1, 2023, 1 June 2023."""
    iso = rf"{year}\D0?{month}\D0?1(?!\d)|{year}{month:02d}01(?!\d)"
    numeric = rf"(?<!\d)0?1[./-]\s?0?{month}[./-]\s?{year}|(?<!\d)0?{month}/0?1/{year}"
    worded = rf"{name}\s+0?1(?:st)?,?\s+{year}|(?<!\d)0?1(?:st|\.)?\s+(?:of\s+)?{name},?\s+{year}"
    return f"{iso}|{numeric}|{worded}"


def _stated_language(tree: Any) -> str | None:
    stated = (tree.get("lang") or "").strip()
    return stated.split("-")[0].lower() if re.fullmatch(r"[A-Za-z]{2,3}(?:-[\w-]{1,20})?", stated) else None
