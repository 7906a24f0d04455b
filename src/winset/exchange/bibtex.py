"""Bibliographies as BibTeX and BibLaTeX, as Zotero, Better BibTeX, JabRef and Mendeley write them.

Values are UTF-8, as all of these and Biber read them; what LaTeX reads as commands is escaped.
Source: Patashnik (1988), BibTeXing; the biblatex manual for entry types and fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TextIO

from winset.corpus.decoding import decode
from winset.corpus.types import Limits
from winset.errors import InvalidValue, NotText
from winset.exchange.bibtex_entries import Entry, entries_of
from winset.exchange.latex_text import depth_parts, escaped, plain_text
from winset.exchange.references import (
    KINDS,
    Author,
    Entries,
    Library,
    Reference,
    built,
    check_size,
    dated,
    doi_address,
    institution,
    joined_keywords,
    line,
    month_of,
    person,
    plain_date,
    split_keywords,
)
from winset.ids import MONTHS, PartialDate

LOSSES = ("attached files with a brace, a percent sign, a hash or a backslash in their names",)
STANDARD = Limits()
TYPES = {  # of BibTeX and BibLaTeX, by kind; where several share one, `entrysubtype` tells the kind
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "dataset": "dataset",
    "entry-encyclopedia": "inreference",
    "manuscript": "unpublished",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
    "webpage": "online",
    **dict.fromkeys(("post", "post-weblog"), "online"),
}
_KINDS = dict(  # unless `entrysubtype` tells it
    each.split(":")
    for each in (
        "article:article-journal book:book booklet:book collection:book mvbook:book inbook:chapter"
        " incollection:chapter suppbook:chapter bookinbook:chapter inproceedings:paper-conference"
        " conference:paper-conference proceedings:book techreport:report report:report manual:report"
        " phdthesis:thesis thesis:thesis mastersthesis:thesis online:webpage electronic:webpage www:webpage"
        " unpublished:manuscript dataset:dataset inreference:entry-encyclopedia legislation:legislation"
        " jurisdiction:legal_case letter:personal_communication"
    ).split()
)
_SUBTYPES = {"newspaper": "article-newspaper", "magazine": "article-magazine"}
_PUBLISHERS = ("publisher", "institution", "school", "organization")
_CONTAINERS = ("journal", "journaltitle", "booktitle", "maintitle", "titleaddon")
_IN_A_BOOK = frozenset({"chapter", "paper-conference", "entry-encyclopedia"})
_UNSAFE = re.compile(r"[{}%#\\]")


def write_bibtex(references: Iterable[Reference], file: TextIO) -> int:
    """An entry for each reference; how many there were."""
    count = 0
    for reference in references:
        count += 1
        file.write(f"@{TYPES.get(reference.kind, 'misc')}{{{reference.key},\n")
        for name, value in _fields(reference):
            if value:
                braced = value if name == "month" else f"{{{value}}}"  # months are strings that styles know
                file.write(f"  {name} = {braced},\n")
        file.write("}\n\n")
    return count


def read_bibtex(payload: bytes, *, name: str, limits: Limits = STANDARD) -> Library:
    """The entries of a file; `name` is for messages.

    Raises TooLarge, NotText for what is no such file; a bad entry is Rejected with its line.
    """
    check_size(payload, name=name, limits=limits)
    entries = Entries(name=name)
    for entry in entries_of(decode(payload, name=name), refuse=entries.refuse):
        try:
            entries.references.append(_reference(entry))
        except InvalidValue as error:
            entries.refuse(f"line {entry.line}", str(error))
    if not entries.references and not entries.rejected:
        raise NotText(f"{name}: no BibTeX file: its entries begin like @article{{key,")
    return entries.library


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    kind, date = reference.kind, reference.published
    shared = TYPES.get(kind, "misc")
    yield "title", f"{{{escaped(reference.title)}}}" if reference.title else ""  # so that no style changes its case
    yield "author", " and ".join(map(_name, reference.authors))
    yield "booktitle" if kind in _IN_A_BOOK else "journal", escaped(reference.container)
    yield {"report": "institution", "thesis": "school"}.get(kind, "publisher"), escaped(reference.publisher)
    yield "date", str(date or "")
    yield "year", escaped(reference.date_words) or str(date or "")[:4]
    yield "month", MONTHS[int(date.text[5:7]) - 1][:3].lower() if date and date.precision != "year" else ""
    yield "entrysubtype", "" if kind == _KINDS.get(shared) else kind.removeprefix("article-")
    yield "language", reference.language
    yield "url", reference.url
    yield "urldate", str(reference.accessed or "")
    yield "abstract", escaped(reference.abstract)
    yield "keywords", escaped(joined_keywords(reference.keywords))
    yield "note", escaped(reference.noted)
    yield (
        "file",
        ";".join(f":{re.sub('([;:])', _escape, path)}:" for path in reference.files if not _UNSAFE.search(path)),
    )


def _escape(met: re.Match[str]) -> str:
    return f"\\{met[0]}"


def _name(author: Author) -> str:
    if author.literal:
        return f"{{{escaped(author.literal)}}}"
    return f"{_part(author.family)}, {_part(author.given)}"


def _part(words: str) -> str:
    """A part of a name; in braces where it holds the word that parts names, or what reads like BibLaTeX's own form."""
    told = escaped(words)
    return f"{{{told}}}" if re.search(r"(?i)(?:^|\s)and(?:\s|$)|=", words) else told


def _reference(entry: Entry) -> Reference:
    fields = {name: " ".join(value.split()) for name, value in entry.fields.items()}

    def first(*names: str) -> str:
        return next((text for name in names if (text := plain_text(fields.get(name, "")))), "")

    kind = _kind(entry.kind, first("entrysubtype"), fields)
    url = _verbatim(fields.get("url", "")) or _shown_address(fields.get("howpublished", ""))
    return built(
        key=entry.key,
        kind=kind,
        title=first("title"),
        authors=_authors(fields.get("author", "")),
        container=first(*_CONTAINERS),
        publisher=first(*_PUBLISHERS),
        date=_read_date(fields),
        language=first("language", "langid"),
        url=url or doi_address(_verbatim(fields.get("doi", ""))),
        accessed=first("urldate", "lastchecked"),
        abstract=first("abstract"),
        keywords=split_keywords(first("keywords", "keyword")),
        note=first("note"),
        files=_files(fields.get("file", "")),
    )


def _kind(shared: str, subtype: str, fields: Mapping[str, str]) -> str:
    subtype = line(subtype).lower()
    told = _SUBTYPES.get(subtype, subtype)
    if told in KINDS:
        return told
    if shared in _KINDS:
        return _KINDS[shared]
    return "webpage" if "url" in fields and "urldate" in fields else "document"


def _authors(value: str) -> Iterator[Author | None]:
    """Everybody in a list of names, which "and" parts outside braces."""
    for words in depth_parts(value, re.compile(r" and ", re.IGNORECASE)):
        words = words.strip()  # noqa: PLW2901
        if words.startswith("{") and depth_parts(words, re.compile(r"(?<=\})(?=.)")) == [words] and words.endswith("}"):
            yield institution(plain_text(words))
            continue
        parts = [part.strip() for part in depth_parts(words, re.compile(r","))]
        if all(re.match(r"(?i)(?:family|given|prefix|suffix|useprefix|\w+-i)\s*=", part) for part in parts):
            yield _named_parts(parts)
        elif len(parts) == 1:
            yield _in_order(words)
        else:
            family, *suffix, given = map(plain_text, parts)
            yield person(" ".join((family, *suffix)), given)


def _named_parts(parts: Iterable[str]) -> Author | None:
    """The extended form of BibLaTeX: family=Example, given=Ann, prefix=von."""
    told = {name.strip().lower(): plain_text(value) for name, _, value in (part.partition("=") for part in parts)}
    family = " ".join(filter(None, (told.get("prefix"), told.get("family"), told.get("suffix"))))
    return person(family, told.get("given", ""))


def _in_order(words: str) -> Author | None:
    """A name as it is spoken: "Ann von Example"; the family's begins at the first word in small letters."""
    parts = depth_parts(words, re.compile(" "))
    small = [place for place, part in enumerate(parts[:-1]) if part[:1].islower()]
    start = small[0] if small else len(parts) - 1
    return person(" ".join(map(plain_text, parts[start:])), " ".join(map(plain_text, parts[:start])))


def _read_date(fields: Mapping[str, str]) -> tuple[PartialDate | None, str]:
    """The date of `date`, else of `year`, `month` and `day`; words where `year` tells other than figures."""
    told, year = _verbatim(fields.get("date", "")), plain_text(fields.get("year", ""))
    exact = dated(told.partition("/")[0] if re.fullmatch(r"[\d-]+/", told) else told)
    if told and (exact[0] or not year):
        return (exact[0], exact[1] if year in ("", str(exact[0])[:4]) else year)
    month = plain_text(fields.get("month", ""))
    number = month_of(month.split(" ")[0]) if month else None
    if re.fullmatch(r"\d{4}", year) and number:
        day = re.search(r"\d+", plain_text(fields.get("day", "")) or month if not month.isdecimal() else "")
        return plain_date(f"{year}-{number}-{day[0]}" if day else f"{year}-{number}") or plain_date(year), ""
    return dated(f"{month} {year}" if month and not number else year)


def _verbatim(value: str) -> str:
    """An address or DOI: as it stands, without braces and the escapes that some programs put into it."""
    return re.sub(r"\\([_%&#~$])(?:\{\})?", r"\1", value).replace("{", "").replace("}", "").strip()


def _shown_address(value: str) -> str:
    found = re.search(r"https?://[^\s}]+", value)
    return _verbatim(found[0]) if found else ""


def _files(value: str) -> Iterator[str]:
    r"""Paths of attached files: "name:path:type" joined by semicolons, or paths alone."""
    for told in _split(value, ";"):
        parts = _split(told, ":")
        if len(parts) >= 3:  # noqa: PLR2004 - a name before the path, and its type behind
            parts = parts[1:-1]
        path = ":".join(parts)
        yield re.sub(r"\\([\\_%&#~$:;{}])", r"\1", path.replace("$\\backslash$", "\\")).strip()


def _split(value: str, sign: str) -> list[str]:
    """Parts between signs that no backslash stands before; escapes stay."""
    return re.split(rf"(?<!\\){sign}", value) if value.strip() else []
