"""Bibliographies as RIS: tagged lines that EndNote, Zotero, Mendeley and library catalogues write.

Source: RIS format specifications of Research Information Systems; tags as Zotero and EndNote use them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO

from winset.corpus.decoding import decode
from winset.corpus.types import Limits
from winset.errors import InvalidValue, NotText
from winset.exchange.references import (
    Author,
    Entries,
    Library,
    Reference,
    built,
    check_size,
    dated,
    doi_address,
    institution,
    line,
    person,
    plain_date,
)
from winset.ids import PartialDate

LOSSES: tuple[str, ...] = ()  # nothing: read_ris(write_ris(references)) == references
STANDARD = Limits()
TYPES = {  # of RIS, by kind; kinds that RIS has no type for are GEN, and tell themselves in M3
    "article": "EJOUR",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "bill": "BILL",
    "book": "BOOK",
    "broadcast": "MPCT",
    "chapter": "CHAP",
    "dataset": "DATA",
    "document": "GEN",
    "entry-encyclopedia": "ENCYC",
    "hearing": "HEAR",
    "legal_case": "CASE",
    "legislation": "STAT",
    "manuscript": "MANSCPT",
    "paper-conference": "CPAPER",
    "personal_communication": "PCOMM",
    "post-weblog": "BLOG",
    "report": "RPRT",
    "speech": "SLIDE",
    "standard": "STAND",
    "thesis": "THES",
    "webpage": "ELEC",
}
_KINDS = {code: kind for kind, code in TYPES.items()} | {
    "ABST": "article-journal",
    "CONF": "paper-conference",
    "EBOOK": "book",
    "ECHAP": "chapter",
    "GOVDOC": "report",
    "ICOMM": "post",
    "INPR": "article",
    "UNBILL": "bill",
    "UNPB": "manuscript",
    "VIDEO": "broadcast",
}
_WITHOUT_TYPE = frozenset({"interview", "post", "regulation", "treaty"})
_TAGGED = re.compile(r"([A-Z][A-Z0-9])(  ?-)(?: (.*))?", re.DOTALL)
_LINE_END = re.compile(r"\r\n|\r|\n")
_CONTAINERS = ("T2", "JO", "JF", "BT", "JA", "J2")
_ATTACHED = ("L1", "L2", "L4")
_WITH_ONE_SPACE = frozenset("TY ER ID TI T1 T2 AU A1 PY Y1 DA UR L1 AB N1 N2 KW PB JO JF LA DO SN".split())  # dialects


def write_ris(references: Iterable[Reference], file: TextIO) -> int:
    """A record for each reference; how many there were.  Line ends are those of `file`."""
    count = 0
    for reference in references:
        count += 1
        for tag, words in _lines(reference):
            if words:
                file.write(f"{tag}  - {words}\n")
        file.write("ER  - \n\n")
    return count


def read_ris(payload: bytes, *, name: str, limits: Limits = STANDARD) -> Library:
    """The records of a file; `name` is for messages.  Lines without a tag go on with the one before.

    Raises TooLarge, NotText for what is no such file; a bad record is Rejected with its line.
    """
    check_size(payload, name=name, limits=limits)
    entries = Entries(name=name)
    record: dict[str, list[str]] | None = None
    start, last = 0, ""
    for number, raw in enumerate(_LINE_END.split(decode(payload, name=name).removeprefix("\ufeff")), 1):
        tag, words = _tagged(raw)
        if tag == "TY":
            _close(record, start, entries)  # some programs leave ER out
            record, start, last = {"TY": [words]}, number, ""
        elif tag == "ER" and record is not None:
            _close(record, start, entries)
            record = None
        elif record is None:
            if tag and tag not in ("ER", "EF"):
                entries.refuse(f"line {number}", f"{tag} stands outside a record: begin the record with TY")
        elif tag:
            record.setdefault(tag, []).append(words)
            last = tag
        elif words and last:
            record[last].append(f"\n{words}")  # joined in the end: the line goes on
    if record is not None:
        entries.refuse(f"line {start}", 'breaks off: a record ends with "ER  - "; export it again')
    if not entries.references and not entries.rejected:
        raise NotText(f"{name}: no RIS file: its records begin with a line such as TY  - NEWS")
    return entries.library


def _tagged(raw: str) -> tuple[str, str]:
    """The tag of a line and what it says; no tag where the line goes on with the one before."""
    found = _TAGGED.fullmatch(raw.rstrip())
    if found is None or (found[2] == " -" and found[1] not in _WITH_ONE_SPACE):
        return "", raw.strip()
    return found[1], (found[3] or "").strip()


def _lines(reference: Reference) -> Iterable[tuple[str, str]]:
    kind = reference.kind
    yield "TY", TYPES.get(kind, "GEN")
    yield "ID", reference.key
    yield "M3", "" if kind in TYPES else kind
    yield "TI", reference.title
    for author in reference.authors:
        yield "AU", _name(author)
    yield "T2", reference.container
    yield "PB", reference.publisher
    year = str(reference.published)[:4] if reference.published else ""
    yield "PY", year
    yield "DA", _date(reference.published, reference.date_words)
    yield "LA", reference.language
    yield "UR", reference.url
    yield "Y2", str(reference.accessed).replace("-", "/") if reference.accessed else ""
    yield "AB", reference.abstract
    for word in reference.keywords:
        yield "KW", word
    yield "N1", reference.noted
    for path in reference.files:
        yield "L1", path


def _name(author: Author) -> str:
    """As EndNote has it: two commas where an institution's name holds one."""
    return author.literal.replace(",", ",,", 1) if author.literal else f"{author.family}, {author.given}"


def _date(date: PartialDate | None, words: str) -> str:
    """YYYY/MM/DD/words, each of them empty where it is not told."""
    if not date and not words:
        return ""
    parts = [*(str(date).split("-") if date else []), "", "", ""][:3]
    return "/".join([*parts, words])


def _close(record: Mapping[str, Sequence[str]] | None, start: int, entries: Entries) -> None:
    if record is None:
        return
    try:
        entries.references.append(_reference({tag: _joined(lines) for tag, lines in record.items()}))
    except InvalidValue as error:
        entries.refuse(f"line {start}", str(error))


def _joined(lines: Sequence[str]) -> list[str]:
    """The values of a tag; lines that go on belong to the value before."""
    return [part for value in _values(lines) if (part := line(value))]


def _values(lines: Sequence[str]) -> list[str]:
    values: list[list[str]] = []
    for words in lines:
        if words.startswith("\n") and values:
            values[-1].append(words)
        else:
            values.append([words])
    return ["".join(parts) for parts in values]


def _reference(record: Mapping[str, list[str]]) -> Reference:
    def first(*tags: str) -> str:
        return next((record[tag][0] for tag in tags if record.get(tag)), "")

    told = first("M3")
    kind = told if told in _WITHOUT_TYPE else _KINDS.get(first("TY").upper(), "document")
    return built(
        key=first("ID") if "ID" in record else "",
        kind=kind,
        title=first("TI", "T1", "CT"),
        authors=[_author(words) for words in (*record.get("AU", []), *record.get("A1", []))],
        container=first(*_CONTAINERS),
        publisher=first("PB"),
        date=_read_date(first("DA"), first("PY", "Y1")),
        language=first("LA"),
        url=first("UR") or doi_address(first("DO")),
        accessed="/".join(first("Y2").split("/")[:3]),
        abstract=first("AB", "N2"),
        keywords=record.get("KW", []),
        note=" ".join(record.get("N1", [])),
        files=[words for tag in _ATTACHED for words in record.get(tag, [])],
    )


def _author(words: str) -> Author | None:
    words = line(words)
    if ",," in words or words.endswith(",") or "," not in words:
        return institution(words.replace(",,", ",", 1).rstrip(", "))
    family, given, *suffix = (part.strip() for part in words.split(","))
    return person(" ".join((family, *suffix)), given)


def _read_date(exact: str, year: str) -> tuple[PartialDate | None, str]:
    """The date of DA, or of PY where that tells less or nothing: YYYY/MM/DD/words."""
    if exact and not re.search(r"\d{4}", exact) and re.fullmatch(r"\d{4}/*", year):
        exact = f"{exact} {year[:4]}"  # "May 1" and "2020"
    for told in filter(None, (exact, year)):
        *figures, words = [*told.split("/", 3), "", "", ""][:4] if "/" in told else [told, "", "", ""]
        figures = [figure.strip() for figure in figures]
        plain = plain_date("-".join(figure for figure in figures if figure)) if any(figures) else None
        if "/" in told and (plain or not any(figures)):
            return plain, line(words)
        if plain or dated(told)[1]:
            return dated(told)
    return None, ""
