"""Reference: one entry of a bibliography, as reference managers keep it, and what a file of them holds.

Source of the fields and the names of kinds: Citation Style Language 1.0.2.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from winset.corpus.bylines import names_in
from winset.corpus.types import Document, Limits, Rejected
from winset.errors import InvalidValue, TooLarge
from winset.ids import MONTHS, DocumentId, PartialDate, content_id

KINDS = frozenset(  # of CSL, those that other formats have too, or that documents about a decision are
    "article article-journal article-magazine article-newspaper bill book broadcast chapter dataset document "
    "entry-encyclopedia hearing interview legal_case legislation manuscript paper-conference personal_communication "
    "post post-weblog regulation report speech standard thesis treaty webpage".split()
)
OUTLETS = frozenset(  # kinds of which the outlet is what they appear in, not who publishes it
    "article article-journal article-magazine article-newspaper broadcast post post-weblog webpage".split()
)
LONGEST = 100_000  # characters of one field
MOST_REJECTED = 1_000  # told one by one; of the others the number
READ = (  # of an entry; what else it holds is not read
    *("kind", "title", "authors", "what it appeared in", "publisher", "date", "language", "address or DOI"),
    *("day of access", "abstract", "keywords", "note", "attached files", "citation key"),
)

_MARK = re.compile(r"winset-document: ?([0-9a-f]{16})\b;?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_KEY = re.compile(r"[^\s{}()\",#%~\\='@]+")
_NO_ADDRESS = re.compile(r"[\s{}\\<>\"^`|]")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_DAY = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2})(?:[T ]\d.*)?)?)?")
_ABOUT = re.compile(r"(?i)circa|\bca?\.|about|around|before|after|[?~%…]")  # no day, month or year is told
_LINK = re.compile(r"(?i)(?:https?|ftp)://")
_OFFICES = re.compile(
    r"(?i)ministr|office|agency|press|news|council|institut|cent(?:er|re)|university|government|department|commission"
    r"|union|bank|staff|team|service|group|editor|association|committee|foundation|organi[sz]ation|embassy|times|post"
)
_IN_WORDS = re.compile(r"(?:(\d{1,2})\s+)?([A-Za-z]{3,9})\.?\s+(?:(\d{1,2}),?\s+)?(\d{4})")
_LANGUAGES = dict(
    each.split(":")
    for each in (
        "english:en american:en british:en usenglish:en ukenglish:en eng:en german:de ngerman:de deutsch:de"
        " ger:de deu:de french:fr fre:fr francais:fr français:fr fra:fr spanish:es spa:es portuguese:pt por:pt"
        " italian:it ita:it dutch:nl russian:ru rus:ru japanese:ja jpn:ja chinese:zh chi:zh zho:zh arabic:ar"
        " polish:pl swedish:sv turkish:tr"
    ).split()
)
_FAMILY_FIRST = frozenset({"zh", "ja", "ko", "vi", "hu"})  # languages in which a name's first word is the family's
_PARTICLES = frozenset("von van de der den del della di da dos du la le ter ten zu zur af al bin ibn".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A person by family and given name, or whoever has one name alone: an institution, "Plato"."""

    family: str = ""  # with its particles: "von Example"
    given: str = ""
    literal: str = ""  # the whole name, where it has no such parts

    def __post_init__(self) -> None:
        if bool(self.literal) is bool(self.family) or bool(self.family) is not bool(self.given):
            raise InvalidValue(f"author {self.in_words!r}: give a family and a given name, or one name as `literal`")
        if any(part != line(part) for part in (self.family, self.given, self.literal)):
            raise InvalidValue(f"author {self.in_words!r}: a name is one line of NFC text: pass it through `line`")
        if "," in self.family + self.given or ",," in self.literal or self.literal != self.literal.strip(","):
            raise InvalidValue(f"author {self.in_words!r}: a comma stands between the parts of a name: leave it out")

    @property
    def in_words(self) -> str:
        """As a byline has it."""
        return self.literal or f"{self.given} {self.family}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One entry of a bibliography. Text fields are one line, NFC, without signs that nobody sees."""

    key: str  # citation key
    kind: str = "document"  # one of KINDS
    title: str = ""
    authors: tuple[Author, ...] = ()
    container: str = ""  # what it appeared in: newspaper, web site, book
    publisher: str = ""
    published: PartialDate | None = None
    date_words: str = ""  # of a date that is no plain one: "circa 2019", "summer 2020", "1998 to 2001"
    language: str = ""  # BCP 47
    url: str = ""
    accessed: PartialDate | None = None
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    note: str = ""
    files: tuple[str, ...] = ()  # attached, as the entry writes their paths
    document_id: DocumentId | None = None  # of the document of a case that it stands for

    def __post_init__(self) -> None:
        if _KEY.fullmatch(self.key) is None:
            raise InvalidValue(f"citation key {self.key!r}: no space, brace, comma, quote, # % ~ = or @: use `key_of`")
        if self.kind not in KINDS:
            raise InvalidValue(f"kind {self.kind!r} of {self.key}: allowed are {', '.join(sorted(KINDS))}")
        if not (self.title or self.authors or self.url or self.files):
            raise InvalidValue(f"{self.key}: names no title, author, address or file: add one, or take it out")
        texts = (self.title, self.container, self.publisher, self.date_words, self.abstract, self.note)
        for text in (*texts, *self.keywords, *self.files):
            if len(text) > LONGEST:
                raise InvalidValue(f"{self.key}: a field of {len(text):,} characters: at most {LONGEST:,}")
            if text != line(text):
                raise InvalidValue(f"{self.key}: {text[:40]!r} is not one line of NFC text: pass it through `line`")
        surely, words = dated(self.date_words)
        if (words or None) != (self.date_words or None) or (surely and not self.published):
            raise InvalidValue(f"{self.key}: {self.date_words!r} tells a date: give it as `published`")
        if self.published and _ABOUT.search(self.date_words):
            raise InvalidValue(f"{self.key}: {self.date_words!r} is no day, month or year: leave `published` out")
        if any(_LINK.match(path) for path in self.files):
            raise InvalidValue(f"{self.key}: an attached file is an address: give it as `url`")
        if _MARK.search(self.note):
            raise InvalidValue(f"{self.key}: the note names a document: give it as document_id")
        if any(not word or ";" in word for word in self.keywords) or any(not path for path in self.files):
            raise InvalidValue(f"{self.key}: a keyword or file that is empty, or a keyword with a semicolon")
        if self.url != address(self.url) or self.language != language_of(self.language):
            raise InvalidValue(f"{self.key}: {self.url!r} or {self.language!r} is no address, or no BCP 47 language")

    @property
    def outlet(self) -> str:
        """Where a reader met it: the newspaper of an article, the publisher of a report."""
        first, second = self.container, self.publisher
        return (first or second) if self.kind in OUTLETS else (second or first)

    @property
    def noted(self) -> str:
        """The note with the mark by which the document is found again."""
        mark = f"winset-document: {self.document_id}" if self.document_id else ""
        return "; ".join(filter(None, (mark, self.note)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """What a file of references holds; each entry that could not be read with its place and the cure."""

    name: str  # of the file
    references: tuple[Reference, ...] = ()
    rejected: tuple[Rejected, ...] = ()


@dataclass(slots=True, kw_only=True)
class Entries:
    """The entries of a file while it is read."""

    name: str
    references: list[Reference] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    more: int = 0  # rejected beyond those told one by one

    def refuse(self, place: str, reason: str) -> None:
        """One entry that cannot be read."""
        if len(self.rejected) < MOST_REJECTED:
            self.rejected.append(Rejected(name=f"{self.name}: {place}", reason=line(reason), kind="BadCase"))
        else:
            self.more += 1

    @property
    def library(self) -> Library:
        """All of them."""
        rest = [Rejected(name=self.name, reason=f"and {self.more:,} more of the kind", kind="BadCase")]
        rejected = (*self.rejected, *(rest if self.more else ()))
        return Library(name=self.name, references=tuple(self.references), rejected=rejected)


def check_size(payload: bytes, *, name: str, limits: Limits) -> None:
    """Raises TooLarge for a file over `limits.file_bytes`."""
    if len(payload) > limits.file_bytes:
        raise TooLarge(f"{name}: {len(payload):,} bytes; at most {limits.file_bytes:,} are read: export it in parts")


def line(words: str) -> str:
    r"""Words as one line of NFC text, without control characters and marks that turn the order of letters round.

    >>> line(" The\tharbour \u202eoffice\n")
    'The harbour office'
    """
    if not words:
        return ""
    readable = _SURROGATE.sub("\ufffd", words)
    return " ".join(unicodedata.normalize("NFC", _CONTROL.sub(" ", readable)).split())


def person(family: str, given: str) -> Author | None:
    """An author by the parts of a name, either of which may be missing; None for nobody."""
    family, given = (line(part.replace(",", " ")) for part in (family, given))
    return Author(family=family, given=given) if family and given else institution(family or given)


def institution(words: str) -> Author | None:
    """An author of one name; None for nobody."""
    words = re.sub(r",{2,}", ",", line(words)).strip(" ,")
    return Author(literal=words) if words else None


def author_of(words: str, *, language: str | None) -> Author | None:
    """The author whom a byline names; parts are told apart only where the words are surely a person's name.

    >>> author_of("Ana de Lima", language="en").family, author_of("Harbour Ministry", language="en").literal
    ('de Lima', 'Harbour Ministry')
    """
    words = line(words)
    tokens = words.split(" ")
    named = len(tokens) > 1 and names_in(words) == (words,) and "," not in words and not _is_office(tokens)
    if not named or (language or "").split("-")[0] in _FAMILY_FIRST:
        return institution(words)
    start = len(tokens) - 1
    while start > 1 and tokens[start - 1].lower() in _PARTICLES:
        start -= 1
    return person(" ".join(tokens[start:]), " ".join(tokens[:start]))


def _is_office(tokens: list[str]) -> bool:
    return any(_OFFICES.match(token) for token in tokens)


def key_of(words: str) -> str:
    """A citation key made of an entry's id; "entry" where nothing of it is left."""
    return "-".join(_KEY.findall(line(words)))[:200] or "entry"


def made_key(*, title: str, authors: Iterable[Author], published: PartialDate | None, seed: str) -> str:
    """A citation key that tells author, year and the first long word of the title; unique as far as `seed` is.

    >>> made_key(title="On the harbour", authors=(), published=PartialDate("2019-05"), seed="0123456789abcdef")
    'harbour2019-01234567'
    """
    first = next(iter(authors), None)
    long = next((word for word in re.findall(r"[^\W\d_]+", title) if len(word) > 3), "")  # noqa: PLR2004
    year = str(published)[:4] if published else ""
    parts = (first.family or first.literal.split(" ")[0], year, long) if first else (long, year)
    plain = unicodedata.normalize("NFKD", "".join(parts)).lower()
    kept = "".join(sign for sign in plain if sign.isascii() and sign.isalnum())[:60]
    return f"{kept or 'document'}-{seed[:8]}"


def references_of(documents: Iterable[Document]) -> Iterator[Reference]:
    """A reference for each document, its key the same in every case that holds it.

    Kinds are not guessed: what has an address is a web page, all else a document.
    """
    for document in documents:
        yield reference_of(document)


def reference_of(document: Document) -> Reference:
    """The document as a reference; `document_id` finds it again."""
    found = (author_of(words, language=document.language) for words in document.authors)
    authors = tuple(author for author in found if author)
    url = address(document.source_url or "")
    title, outlet = line(document.title or "")[:LONGEST], line(document.publisher or "")[:LONGEST]
    return Reference(
        key=made_key(title=title, authors=authors, published=document.published, seed=document.id),
        kind="webpage" if url else "document",
        title=title or line(document.name),
        authors=authors,
        container=outlet if url else "",
        publisher="" if url else outlet,
        published=document.published,
        language=language_of(document.language or ""),
        url=url,
        accessed=plain_date(document.retrieved_at or ""),
        document_id=document.id,
    )


def address(words: str) -> str:
    """An address without the signs that no address has: these are percent-encoded; "" for what is none.

    >>> address("https://example.org/a{b}"), address("see page 4")
    ('https://example.org/a%7Bb%7D', '')
    """
    words = words.strip()
    if re.match(r"(?i)https?://[^\s/]+", words) is None:
        return ""
    found = _NO_ADDRESS.sub(lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), _CONTROL.sub("", words))
    return unicodedata.normalize("NFC", _SURROGATE.sub("%EF%BF%BD", found))[:LONGEST]


def doi_address(words: str) -> str:
    """The address of a DOI, however it is written; "" for none."""
    found = re.search(r"10\.\d{4,9}/\S+", words)
    return address(f"https://doi.org/{found[0]}") if found else ""


def language_of(words: str) -> str:
    """A language as BCP 47, from a code or a name that bibliographies use; "" where it is neither.

    >>> language_of("ngerman"), language_of("en_GB"), language_of("Klingonese speech")
    ('de', 'en-GB', '')
    """
    words = line(words)
    known = _LANGUAGES.get(words.lower())
    tag = words.replace("_", "-")
    return known or (tag if _TAG.fullmatch(tag) else "")


def plain_date(words: str) -> PartialDate | None:
    """A date written in figures or with the month in words, as precise as it is; None where it is no plain date.

    >>> [str(plain_date(words)) for words in ("2020/05/01/", "May 2020", "1 May 2020", "2020-05-01T10:00Z", "n.d.")]
    ['2020-05-01', '2020-05', '2020-05-01', '2020-05-01', 'None']
    """
    words = line(words).rstrip("/")
    figures, spelled = _DAY.fullmatch(words), _IN_WORDS.fullmatch(words)
    if figures:
        parts = [int(part) for part in figures.groups() if part]
    elif spelled and (month := month_of(spelled[2])):
        day = spelled[1] or spelled[3]
        parts = [int(spelled[4]), month, *([int(day)] if day else [])]
    else:
        return None
    return date_of_parts(parts)


def date_of_parts(parts: Iterable[int]) -> PartialDate | None:
    """The date of year, month and day, as many as there are; None where that is no date."""
    year, *rest = parts
    try:
        return PartialDate("-".join([f"{year:04}", *(f"{part:02}" for part in rest)]))
    except InvalidValue:
        return None


def month_of(words: str) -> int | None:
    """1-12 for an English month or its first three letters, or for a number; None for neither."""
    words = words.strip().strip(".").lower()
    if words.isdecimal() and words.isascii():
        return int(words) if 1 <= int(words) <= 12 else None  # noqa: PLR2004
    places = [place for place, name in enumerate(MONTHS, 1) if len(words) > 2 and name.lower().startswith(words)]  # noqa: PLR2004
    return places[0] if places else None


def dated(words: str) -> tuple[PartialDate | None, str]:
    """A date in words: as a plain date, or the year it surely tells and the words themselves.

    >>> dated("2020-05"), dated("summer 2020"), dated("circa 2019")
    ((PartialDate(text='2020-05'), ''), (PartialDate(text='2020'), 'summer 2020'), (None, 'circa 2019'))
    """
    words = line(words)
    plain = plain_date(words)
    if plain or not words:
        return plain, ""
    years = set(re.findall(r"(?<!\d)\d{4}(?!\d)", words))
    sure = len(years) == 1 and not _ABOUT.search(words)
    return (date_of_parts([int(next(iter(years)))]) if sure else None), words


def split_note(words: str) -> tuple[str, DocumentId | None]:
    """A note without the mark of a document, and the document it names."""
    words = line(words)
    found = _MARK.search(words)
    rest = words
    while _MARK.search(rest):  # taking one out may make one
        rest = line(_MARK.sub(" ", rest))
    return rest, DocumentId(found[1]) if found else None


def joined_keywords(keywords: tuple[str, ...]) -> str:
    """Keywords in one field, so that `split_keywords` finds them again."""
    if any("," in word for word in keywords):
        return "; ".join(keywords) + ";"
    return ", ".join(keywords)


def split_keywords(words: str) -> tuple[str, ...]:
    """The keywords of one field: parted by semicolons where there is one, else by commas."""
    parts = words.split(";" if ";" in words else ",")
    return tuple(filter(None, (line(part) for part in parts)))


def built(
    *,
    key: str,
    kind: str,
    title: str = "",
    authors: Iterable[Author | None] = (),
    container: str = "",
    publisher: str = "",
    date: tuple[PartialDate | None, str] = (None, ""),
    language: str = "",
    url: str = "",
    accessed: str = "",
    abstract: str = "",
    keywords: Iterable[str] = (),
    note: str = "",
    files: Iterable[str] = (),
) -> Reference:
    """The reference of an entry's fields as a file has them; a key is made where it has none.  Raises InvalidValue.

    Cleaned here, once for all formats: what is no address, no language or no day becomes none.
    """
    told = tuple(author for author in authors if author)
    words, document_id = split_note(note)
    paths = [path for each in files if (path := line(each))]
    links = [path for path in paths if _LINK.match(path)]
    title, url = line(title), next(filter(None, map(address, (url, *links))), "")
    kept = tuple(path for path in paths if not _LINK.match(path))
    plain, date_words = date[0], line(date[1])
    surely, date_words = dated(date_words)
    plain = None if _ABOUT.search(date_words) else plain or surely
    seed = content_id("reference", kind, title, *(author.in_words for author in told), date, url, *kept)
    return Reference(
        key=key_of(key) if key.strip() else made_key(title=title, authors=told, published=plain, seed=seed),
        kind=kind,
        title=title,
        authors=told,
        container=line(container),
        publisher=line(publisher),
        published=plain,
        date_words=date_words,
        language=language_of(language),
        url=url,
        accessed=plain_date(accessed),
        abstract=line(abstract),
        keywords=tuple(filter(None, (line(word.replace(";", ",")) for word in keywords))),
        note=words,
        files=kept,
        document_id=document_id,
    )
