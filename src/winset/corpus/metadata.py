"""What a text says of itself, and where it says it: front matter, a header, the lines around its title."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from winset.corpus.bylines import author_at_foot, authors_of, date_of, head_of, names_in, publisher_of, title_of
from winset.corpus.datelines import stated_date
from winset.ids import PartialDate

FRONT_MATTER = 10_000  # characters; a longer block between two rules is no front matter
KEYS = {  # what a header's key means
    **dict.fromkeys(("title", "headline"), "title"),
    **dict.fromkeys(("author", "authors", "by", "byline", "creator"), "authors"),
    **dict.fromkeys(("publisher", "outlet", "publication", "site", "source"), "publisher"),
    **dict.fromkeys(("date", "published", "publication date", "pubdate", "issued", "date published"), "published"),
    **dict.fromkeys(("url", "link", "permalink", "canonical", "source_url", "address"), "source_url"),
}

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<block>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_HEADER_LINE = re.compile(r"(?P<key>[A-Za-z][A-Za-z _-]{1,20}):[ \t]+(?P<value>\S.*)")
_ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """The descriptive fields of a Document, each optional, with where each was found."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: PartialDate | None = None
    source_url: str | None = None
    found_in: tuple[tuple[str, str], ...] = ()  # (field, where)

    def only(self, field: str) -> Metadata:
        """This one field, and nothing else."""
        places = tuple(place for place in self.found_in if place[0] == field)
        return replace(Metadata(found_in=places), **{field: getattr(self, field)})

    def or_else(self, other: Metadata) -> Metadata:
        """These fields; those that are missing, from `other`."""
        missing = [name for name in FIELDS if not getattr(self, name) and getattr(other, name)]
        places = tuple((name, where) for name, where in other.found_in if name in missing)
        return replace(self, found_in=self.found_in + places, **{name: getattr(other, name) for name in missing})


FIELDS = ("title", "authors", "publisher", "published", "source_url")


def metadata_of(text: str, *, language: str | None) -> Metadata:
    """What the text states about itself: front matter first, then a header of keys, then its title and byline.

    text: NFC, LF.  language: BCP 47, for the names of months.
    Nothing is guessed: a field that the text does not state is None or empty.
    """
    block = _FRONT_MATTER.match(text.lstrip())
    front = _from_front_matter(block["block"]) if block else Metadata()
    if front.found_in and block:
        start = len(text) - len(text.lstrip()) + block.end()
        blank = "\n" * text[:start].count("\n")  # keeps the line numbers
        return front.or_else(_from_layout(blank + text[start:], language=language))
    header, end = _from_header(text)
    blank = "\n" * text[:end].count("\n")
    return header.or_else(_from_layout(blank + text[end:], language=language))


def _from_front_matter(block: str) -> Metadata:
    import yaml

    if len(block) > FRONT_MATTER:
        return Metadata()
    try:
        fields = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader builds strings, lists and dicts only
    except (yaml.YAMLError, RecursionError):  # two rules around something else
        return Metadata()
    if not isinstance(fields, dict):
        return Metadata()
    stated = [(str(key).lower(), _flat(value)) for key, value in fields.items()]
    return _from_keys([(key, value, f"front matter {key!r}") for key, value in stated if value])


def _flat(value: object) -> str:
    """A scalar, a list of names, or a list of `{name: ...}`, as one line."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        return _flat(value.get("name", ""))
    if isinstance(value, list):
        return "; ".join(part.strip() for part in (_name(entry) for entry in value) if part.strip())
    return ""


def _name(entry: object) -> str:
    name = entry.get("name") if isinstance(entry, dict) else entry
    return name if isinstance(name, str) else ""


def _from_header(text: str) -> tuple[Metadata, int]:
    """From "Key: value" lines at the very top, and where they end; nothing where there are none."""
    stated: list[tuple[str, str, str]] = []
    end = 0
    for number, raw in enumerate(text.split("\n"), start=1):
        match = _HEADER_LINE.fullmatch(raw.strip())
        if (match is None and (raw.strip() or stated)) or (match and match["key"].lower() not in KEYS and not stated):
            break
        end += len(raw) + 1
        if match:
            stated.append((match["key"].lower(), match["value"].strip(), f"header line {number}"))
    found = _from_keys(stated)
    return (found, min(end, len(text))) if found.found_in else (Metadata(), 0)


def _from_keys(stated: list[tuple[str, str, str]]) -> Metadata:
    """The fields that keys name; the first value of a field wins, and a date that is none is left out."""
    found = Metadata()
    for key, value, where in stated:
        field = KEYS.get(key)
        if field == "publisher" and _ADDRESS.fullmatch(value):
            field = "source_url"
        if field is not None:
            found = found.or_else(_one(field, value, where))
    return found


def _one(field: str, value: str, where: str) -> Metadata:
    place = ((field, where),)
    if field == "title":
        return Metadata(title=value, found_in=place)
    if field == "publisher":
        return Metadata(publisher=value, found_in=place)
    if field == "source_url":
        return Metadata(source_url=value, found_in=place) if _ADDRESS.fullmatch(value) else Metadata()
    if field == "authors":
        return Metadata(authors=people(value), found_in=place)
    published = stated_date(value)
    return Metadata(published=published, found_in=place) if published else Metadata()


def people(words: str) -> tuple[str, ...]:
    """The authors that a field names: split where every part is a name, whole where it is an organisation.

    >>> people("Ana Lima; Bo Berg"), people("Ministry of Foreign Affairs, Press and Information")
    (('Ana Lima', 'Bo Berg'), ('Ministry of Foreign Affairs, Press and Information',))
    """
    parts = [part.strip() for part in words.split(";") if part.strip()]
    return tuple(name for part in parts for name in (names_in(part) or (part,)))


def _from_layout(text: str, *, language: str | None) -> Metadata:
    head = head_of(text)
    title = title_of(head)
    found = Metadata(title=title.words, found_in=(("title", title.where),)) if title else Metadata()
    authors = authors_of(head, title) or author_at_foot(text)
    if authors:
        found = found.or_else(Metadata(authors=authors[0], found_in=(("authors", authors[1].where),)))
    publisher = publisher_of(text, head)
    if publisher:
        found = found.or_else(Metadata(publisher=publisher[0], found_in=(("publisher", publisher[1].where),)))
    published = date_of(head, language=language)
    if published:
        found = found.or_else(Metadata(published=published[0], found_in=(("published", published[1].where),)))
    return found
