"""A REFI-QDA archive as a project: texts, and what people coded in them.

The file comes from anywhere, and programs read the standard in their own ways: see docs/reference/formats-qda.md. It is
read three times, one source at a time: for its codes and people, for what cannot be used, and for what can.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from winset.corpus.decoding import decode
from winset.corpus.types import Document, Rejected
from winset.errors import BadCase, BadDate, Damaged, NotText, TooLarge, WinsetError
from winset.exchange.code_meanings import CodeName, Naming, meaning
from winset.exchange.coded_passages import Coding, Group, Passage, note_in, refused, shown, statements_of, words_in
from winset.exchange.project_records import document_of, spec_of
from winset.exchange.projects import Project, ProjectDocument
from winset.exchange.qda.archive import MOST_XML, Archive, opened
from winset.exchange.qda.writing import DOCUMENT_VARIABLES, QDE, document_variables, source_name
from winset.exchange.text_places import STANDARD, Ruler, Told, cleaned, counting
from winset.ids import PartialDate
from winset.issues import CaseSpec

LONGEST_TEXT = 10_000_000  # characters
LONGEST_NOTE = 2_000  # characters of a memo that are kept
MOST_NOTES = 500_000
NO_TEXT = {
    "PictureSource": ("picture", "transcribe what it says, and code the transcript"),
    "PDFSource": ("PDF", "export the project with its text, or add the PDF itself as a document"),
    "AudioSource": ("recording", "export its transcript as a text, and code that"),
    "VideoSource": ("film", "export its transcript as a text, and code that"),
}
SOURCES = ("TextSource", *NO_TEXT)
VARIABLES = {  # names of variables of a document, folded, and what they tell
    **{name.casefold(): name for name in DOCUMENT_VARIABLES},
    **dict.fromkeys(("source", "medium", "outlet", "newspaper"), "Publisher"),
    **dict.fromkeys(("author", "journalist"), "Authors"),
    **dict.fromkeys(("date", "day", "publication date", "date published"), "Published"),
    **dict.fromkeys(("url", "uri", "link"), "Address"),
}
_INTEGER = re.compile(r"[+-]?\d{1,15}")
_GUID = re.compile(r"\{?([0-9a-fA-F-]{36})\}?")
_SCHEME = re.compile(r"([a-zA-Z]+)://")


@dataclass(slots=True)
class _Index:
    """What a project says outside of its sources."""

    naming: Naming
    concept: str | None
    origin: str = ""
    users: dict[str, str] = field(default_factory=dict)
    codes: dict[str, CodeName | None] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    cases: dict[str, list[str]] = field(default_factory=dict)  # names, by source or selection
    spec: CaseSpec | None = None
    rejected: list[Rejected] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in the file, and where the lines on it go."""

    name: str
    rejected: list[Rejected] = field(repr=False)

    def refuse(self, reason: str) -> None:
        """Say why something there is not used."""
        self.rejected.append(refused(self.name, reason))

    def within(self, name: str) -> _Place:
        """A place in it."""
        return replace(self, name=f"{self.name}{name}")


@dataclass(frozen=True, slots=True)
class _Documents:
    """The documents of a file, read anew each time they are asked for, one at a time."""

    path: Path
    index: _Index = field(repr=False)

    def __iter__(self) -> Iterator[ProjectDocument]:
        with opened(self.path) as archive:
            yield from _documents(archive, self.index, [])


def read_qdpx(
    path: Path,
    *,
    actor: str | None = None,
    person: str | None = None,
    agreement: str | None = None,
    concept: str | None = None,
    about: str | None = None,
) -> Project:
    """What the file holds; its documents are read as they are asked for.

    actor, person, agreement, concept: the group of codes (or set, or what stands before a colon in their names) that
    tells whose statement it is, who says it, for or against, what about. Without them groups named Actor, Organisation,
    Country, Person, Stance, Agreement, Concept and the like do, in English, German or French; any other code is a
    concept. about: of several concepts on one passage, the one that counts.
    Raises Missing, NotText, TooLarge, Encrypted, Damaged, and BadCase for a file with a document type in it.
    Source: REFI-QDA Standard 1.5 (2019), QDA-XML 1.0.
    """
    naming = Naming(actor=actor, person=person, agreement=agreement, concept=concept)
    with opened(path) as archive:
        index = _indexed(archive, _Index(naming=naming, concept=about))
        rejected = list(index.rejected)
        for _ in _documents(archive, index, rejected):
            pass
    return Project(spec=index.spec, documents=_Documents(path, index), rejected=tuple(rejected))


def _indexed(archive: Archive, index: _Index) -> _Index:
    if not archive.has(QDE):
        raise NotText(f"{archive.name}: no {QDE} in it: give a project exported as REFI-QDA (.qdpx)")
    sets: dict[str, list[str]] = {}
    book: Any = None
    readers: Mapping[str, Callable[[Any], None]] = {
        "User": lambda element: _user(archive, index, element),
        "Variable": lambda element: _variable(index, element),
        "Case": lambda element: _case(index, element),
        "Set": lambda element: _set(sets, element),
        "Note": lambda element: _note(archive, index, element),
    }
    with _parsing(archive) as parse:
        for element in parse("CodeBook", "Project", "PlainTextSelection", *readers, *SOURCES):
            kind = _kind(element)
            if kind == "CodeBook":
                book = element
            elif kind == "Project":
                index.origin = element.get("origin", "")
                index.spec = _spec(archive, index, element)
            else:
                if kind in readers:
                    readers[kind](element)
                _let_go(element)
    if book is not None:
        _codes(archive, index, book, sets)
    return index


def _documents(archive: Archive, index: _Index, rejected: list[Rejected]) -> Iterator[ProjectDocument]:
    """Each document whose text is there; lines on all else go to `rejected`."""
    seen: set[str] = set()
    with _parsing(archive) as parse:
        for element in parse(*SOURCES):
            name = shown(element.get("name", "")) or _guid(element.get("guid", ""))
            place = _Place(f"{archive.name}: {name!r}", rejected)
            id = _guid(element.get("guid", ""))
            if id and id in seen:
                place.refuse(f"has the GUID {id} of another source: give each its own")
            else:
                seen.add(id)
                found = _document(archive, index, element, place)
                if found is not None:
                    yield found
            _let_go(element)


def _document(archive: Archive, index: _Index, element: Any, place: _Place) -> ProjectDocument | None:
    kind = _kind(element)
    source = element if kind == "TextSource" else element.find("{*}Representation") if kind == "PDFSource" else None
    if source is None:
        what, cure = NO_TEXT[kind]
        place.refuse(f"is a {what}, no text: {cure}")
        return None
    if pages := sum(1 for _ in element.iterchildren("{*}PDFSelection")):
        place.refuse(f"{pages} selections on its pages are no words: code its text instead")
    try:
        raw = _text(archive, source, place.name)
    except WinsetError as error:
        reason = str(error).removeprefix(f"{place.name}: ")
        place.rejected.append(Rejected(name=place.name, reason=reason, kind=type(error).__name__))
        return None
    selections = _selections(source, place)
    way = STANDARD if index.origin.startswith("winset ") else counting(raw, [told for _, told in selections])
    ruler, text = Ruler(raw.removeprefix("\ufeff"), way), cleaned(raw)
    passages = []
    for selection, told in selections:
        where = place.within(f", {told.start}-{told.end}")
        if not 0 <= ruler.less(told.start) < ruler.less(told.end) <= ruler.size:
            where.refuse(f"stands outside of its text, or holds nothing: the text has {ruler.size} characters")
            continue
        span = text.span(*ruler.span(told.start, told.end))
        passage = _passage(index, selection, span, where)
        if passage.codings or passage.note or selection.find("{*}Coding") is None:
            passages.append(passage)
    document = _described(index, element, text.text, place)
    whole = _of_the_whole(index, element, place) if any(each.note is None for each in passages) else ()
    statements = statements_of(passages, document, place.rejected, whole=whole, concept=index.concept)
    return ProjectDocument(document=document, statements=statements)


def _text(archive: Archive, source: Any, place: str) -> str:
    """The text as it stands in the file.  Raises Unreadable."""
    inline = source.find("{*}PlainTextContent")
    path = source.get("plainTextPath", "")
    if path:
        raw = _decoded(archive.read(_inside(archive, path, place)), place, ours=_is_ours(source))
    elif inline is not None:
        raw = inline.text or ""
    elif source.get("richTextPath"):
        raise NotText(f"{place}: has its formatted text alone: export it with plain text, or add the file in it")
    else:
        raise NotText(f"{place}: has no text: export the project with its sources")
    if len(raw) > LONGEST_TEXT:
        raise TooLarge(f"{place}: {len(raw):,} characters: at most {LONGEST_TEXT:,}")
    return raw


def _inside(archive: Archive, path: str, place: str) -> str:
    """The entry that a path means.  Raises NotText for one outside of the file, or that is not there."""
    scheme = _SCHEME.match(path)
    if scheme and scheme[1].lower() != "internal":
        raise NotText(
            f"{place}: its text lies outside of the file, at {path[:80]}: export the project with its sources"
        )
    name = path[scheme.end() :] if scheme else path
    name = name.replace("\\", "/").removeprefix("./").lstrip("/")
    for candidate in (f"sources/{name}", name):
        if archive.has(candidate):
            return candidate
    raise NotText(f"{place}: its text {name[:80]!r} is not in the file: export the project anew")


def _decoded(payload: bytes, place: str, *, ours: bool) -> str:
    try:
        text = payload.decode("utf-8")
    except UnicodeDecodeError:
        return decode(payload, name=place)
    if "\x00" in text and not ours:
        return decode(payload, name=place)
    return text


def _is_ours(source: Any) -> bool:
    return isinstance((note_in(_child(source, "Description")) or {}).get("document"), dict)


def _selections(source: Any, place: _Place) -> list[tuple[Any, Told]]:
    found = []
    for selection in source.iterchildren("{*}PlainTextSelection"):
        start, end = (selection.get(name, "").strip() for name in ("startPosition", "endPosition"))
        if _INTEGER.fullmatch(start) and _INTEGER.fullmatch(end):
            found.append((selection, Told(int(start), int(end), shown(selection.get("name", "")))))
        else:
            place.refuse(f"a selection from {start[:20]!r} to {end[:20]!r}: write whole numbers")
    return found


def _passage(index: _Index, selection: Any, span: tuple[int, int], place: _Place) -> Passage:
    description = _child(selection, "Description")
    memo = _memo(index, selection) or words_in(description)
    note = note_in(description)
    codings = []
    for coding in selection.iterchildren("{*}Coding"):
        id = _target(coding, "CodeRef")
        if id not in index.codes:
            place.refuse("is coded with a code that is not in the code book: export the project anew")
            continue
        code = index.codes[id]
        if code is not None:
            user = index.users.get(_guid(coding.get("creatingUser", "")), "")
            why = _memo(index, coding) or ("" if note else memo)
            codings.append(Coding(user=user, group=code.group, name=code.name, why=why))
    if note is None:
        names = dict.fromkeys(index.cases.get(_guid(selection.get("guid", "")), ()))
        codings += [Coding(user="", group=Group.ACTOR, name=name) for name in names]
    return Passage(
        start=span[0],
        end=span[1],
        codings=tuple(codings),
        note=note,
        user=next(
            (
                index.users[id]
                for id in (_guid(selection.get(name, "")) for name in ("modifyingUser", "creatingUser"))
                if index.users.get(id)
            ),
            "",
        ),
        place=place.name,
    )


def _of_the_whole(index: _Index, element: Any, place: _Place) -> tuple[Coding, ...]:
    """Who speaks in all of a source: by the codes on it as a whole, else by the one case it belongs to."""
    found, others = [], []
    for coding in element.iterchildren("{*}Coding"):
        code = index.codes.get(_target(coding, "CodeRef"))
        user = index.users.get(_guid(coding.get("creatingUser", "")), "")
        if code is not None and code.group in (Group.ACTOR, Group.PERSON):
            found.append(Coding(user=user, group=code.group, name=code.name))
        elif code is not None:
            others.append(code.name)
    if others:
        place.refuse(f"is coded {others[0]!r} as a whole: code the words that say so")
    cases = list(dict.fromkeys(index.cases.get(_guid(element.get("guid", "")), ())))
    if len(cases) == 1 and not any(code.group is Group.ACTOR for code in found):
        found.append(Coding(user="", group=Group.ACTOR, name=cases[0]))
    elif len(cases) > 1:
        place.refuse(f"belongs to {len(cases)} cases: code who speaks, passage by passage")
    return tuple({code.group: code for code in reversed(found)}.values())


def _described(index: _Index, element: Any, text: str, place: _Place) -> Document:
    """The document with what winset noted of it, and before that what the file's own fields say."""
    name = shown(element.get("name", ""))
    record = (note_in(_child(element, "Description")) or {}).get("document")
    document = Document(name=name or _guid(element.get("guid", "")) or "untitled", text=text, title=name or None)
    if record is not None:
        try:
            document = document_of(record, text)
        except BadCase as error:
            place.refuse(str(error))
        else:
            if name and name != source_name(document):
                document = replace(document, title=name)
    was = document_variables(document)
    for variable, value in _values(index, element).items():
        if value != was[variable]:
            try:
                document = replace(document, **_changed(variable, value))
            except BadDate as error:
                place.refuse(str(error))
    return document


def _changed(variable: str, value: str) -> dict[str, Any]:
    if variable == "Authors":
        return {"authors": tuple(filter(None, (name.strip() for name in value.split(";"))))}
    if variable == "Published":
        return {"published": PartialDate(value.partition("T")[0])}
    return {{"Publisher": "publisher", "Language": "language", "Address": "source_url"}[variable]: value}


def _values(index: _Index, element: Any) -> dict[str, str]:
    """What the variables of a source tell, those that are not empty."""
    found = {}
    for each in element.iterchildren("{*}VariableValue"):
        name = VARIABLES.get(index.variables.get(_target(each, "VariableRef"), "").casefold())
        value = next((shown(child.text or "") for child in each if _kind(child).endswith("Value")), "")
        if name and value:
            found[name] = value
    return found


def _user(archive: Archive, index: _Index, element: Any) -> None:
    id = _guid(element.get("guid", ""))
    if id in index.users:
        index.rejected.append(refused(archive.name, f"two users have the GUID {id}: the first counts"))
        return
    index.users[id] = shown(element.get("name", "")) or shown(element.get("id", ""))


def _variable(index: _Index, element: Any) -> None:
    index.variables.setdefault(_guid(element.get("guid", "")), shown(element.get("name", "")))


def _case(index: _Index, element: Any) -> None:
    name = shown(element.get("name", ""))
    for each in element:
        if name and _kind(each) in ("SourceRef", "SelectionRef"):
            index.cases.setdefault(_guid(each.get("targetGUID", "")), []).append(name)


def _set(sets: dict[str, list[str]], element: Any) -> None:
    for each in element.iterchildren("{*}MemberCode"):
        id = _guid(each.get("targetGUID", "") or each.get("guid", ""))
        sets.setdefault(id, []).append(shown(element.get("name", "")))


def _note(archive: Archive, index: _Index, element: Any) -> None:
    if len(index.notes) >= MOST_NOTES:
        raise TooLarge(f"{archive.name}: more than {MOST_NOTES:,} notes")
    id = _guid(element.get("guid", ""))
    try:
        words = _text(archive, element, f"{archive.name}: note {id}")
    except WinsetError as error:
        index.rejected.append(Rejected(name=archive.name, reason=str(error), kind=type(error).__name__))
        return
    index.notes.setdefault(id, shown(words[:LONGEST_NOTE]))


def _spec(archive: Archive, index: _Index, element: Any) -> CaseSpec | None:
    record = (note_in(_child(element, "Description")) or {}).get("spec")
    if record is None:
        return None
    try:
        return spec_of(record)
    except BadCase as error:
        index.rejected.append(refused(archive.name, str(error)))
        return None


def _codes(archive: Archive, index: _Index, book: Any, sets: Mapping[str, Sequence[str]]) -> None:
    """What every code of the book tells; of two with one name under different ones above them both are told."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    waiting = [(code, ()) for each in book.iterchildren("{*}Codes") for code in each.iterchildren("{*}Code")]
    stack: list[tuple[Any, tuple[str, ...]]] = list(reversed(waiting))
    while stack:
        code, above = stack.pop()
        name, id = shown(code.get("name", "")), _guid(code.get("guid", ""))
        if id in found:
            index.rejected.append(refused(archive.name, f"code {name!r} has the GUID of another: the first counts"))
        else:
            found[id] = (name, above)
        below = [(each, (name, *above)) for each in code.iterchildren("{*}Code")]
        stack += reversed(below)
    times: dict[str, int] = {}
    for name, _ in found.values():
        times[name] = times.get(name, 0) + 1
    for id, (name, above) in found.items():
        told = meaning(name, (*above, *sets.get(id, ())), index.naming) if name else None
        if told and told.group is Group.CONCEPT and times[name] > 1 and above and not _is_concepts(above, index):
            told = replace(told, name=f"{above[0]}: {name}")
        index.codes[id] = told


def _is_concepts(above: tuple[str, ...], index: _Index) -> bool:
    return index.naming.group(above[0]) is Group.CONCEPT


def _memo(index: _Index, element: Any) -> str:
    """What the notes on an element say, in one line."""
    ids = (_guid(each.get("targetGUID", "")) for each in element.iterchildren("{*}NoteRef"))
    return "; ".join(dict.fromkeys(filter(None, (index.notes.get(id, "") for id in ids))))


@contextmanager
def _parsing(archive: Archive) -> Iterator[Callable[..., Iterator[Any]]]:
    """A function that takes names of elements and gives each of them once it is complete.

    No entity is unfolded, nothing else is opened; libxml2 bounds depth and length.  Raises Damaged, BadCase, NotText.
    """
    from lxml import etree  # type: ignore[import-untyped]

    with archive.open(QDE, MOST_XML) as stream:

        def parse(*kinds: str) -> Iterator[Any]:
            wanted = frozenset(kinds)
            steps = etree.iterparse(
                stream,
                events=("start", "end"),
                tag=["{*}Project", *(f"{{*}}{kind}" for kind in kinds if kind != "Project")],
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            )
            root = None
            try:
                for event, element in steps:
                    if root is None:
                        root = element
                        _check_root(archive, element)
                    if event == "end" and _kind(element) in wanted:
                        yield element
            except etree.XMLSyntaxError as error:
                line = " ".join(str(error).split())[:200]
                raise Damaged(f"{archive.name}: {QDE}: {line}: export the project anew") from None
            if root is None:
                raise NotText(f"{archive.name}: {QDE} holds no Project: export the project as REFI-QDA")

        yield parse


def _check_root(archive: Archive, element: Any) -> None:
    info = element.getroottree().docinfo
    if info.internalDTD is not None or info.doctype:
        raise BadCase(
            f"{archive.name}: {QDE} has a document type in it, as no program writes it: do not trust this file"
        )
    if element.getparent() is not None or _kind(element) != "Project":
        raise NotText(f"{archive.name}: {QDE} holds no Project: export the project as REFI-QDA")


def _let_go(element: Any) -> None:
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _kind(element: Any) -> str:
    name: str = element.tag.rpartition("}")[2]
    return name


def _child(element: Any, name: str) -> str:
    child = element.find(f"{{*}}{name}")
    return "" if child is None else child.text or ""


def _target(element: Any, name: str) -> str:
    child = element.find(f"{{*}}{name}")
    return "" if child is None else _guid(child.get("targetGUID", ""))


def _guid(text: str) -> str:
    """Without braces, in capitals; as it is where it is no GUID."""
    found = _GUID.fullmatch(text.strip())
    return found[1].upper() if found else text.strip()[:80]
