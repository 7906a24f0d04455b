"""Web annotations as a project: tags on words of documents that stand in the file, or in the case.

The file comes from anywhere. Annotations on one document that stand together, as winset writes them, are read one
document at a time; else all are held at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import unquote

from winset.corpus.types import Document, Rejected
from winset.errors import BadCase, TooLarge
from winset.exchange.code_meanings import CodeName, Naming, meaning
from winset.exchange.coded_passages import Coding, Group, Passage, note_of, refused, shown, statements_of
from winset.exchange.project_records import document_of, spec_of
from winset.exchange.projects import Project, ProjectDocument
from winset.exchange.text_places import BOM, CleanText, Ruler, Told, cleaned, counting
from winset.exchange.web_annotation.anchoring import Selector, Unanchored, anchored
from winset.exchange.web_annotation.streams import objects_of
from winset.exchange.web_annotation.writing import NOTE_FORMAT, own_iri
from winset.issues import CaseSpec

MOST_HELD = 500_000  # annotations that do not stand together
LONGEST_TAG = 300  # characters; longer ones are comments
LONGEST_TEXT = 10_000_000  # characters
TAGGING = ("tagging", "classifying", "identifying", "highlighting")
_HALF = re.compile("[\ud800-\udfff]")
_CHAR = re.compile(r"(?:.*[#;&])?char=(\d{1,9}),(\d{1,9})")
_ACCOUNT = re.compile(r"acct:([^@]+)(?:@.*)?")

Object: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settings:
    naming: Naming
    about: str | None


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a first look tells."""

    together: bool  # whether the annotations on each document stand together
    sources: frozenset[str]
    spec: CaseSpec | None
    rejected: tuple[Rejected, ...]


@dataclass(frozen=True, slots=True)
class _Documents:
    """The documents of a file, read anew each time they are asked for."""

    path: Path
    known: Mapping[str, Document] = field(repr=False)
    seen: _Seen = field(repr=False)
    settings: _Settings = field(repr=False)

    def __iter__(self) -> Iterator[ProjectDocument]:
        yield from _documents(self.path, self.known, self.seen, self.settings, [])


def read_web_annotation(
    path: Path,
    *,
    documents: Iterable[Document] = (),
    actor: str | None = None,
    person: str | None = None,
    agreement: str | None = None,
    concept: str | None = None,
    about: str | None = None,
) -> Project:
    """What the file holds; its documents are read as they are asked for.

    documents: those of the case; annotations on them count, by their address, name or IRI, without their text in the
    file. An annotation whose position does not hold the words it quotes is found by these and what stands around them.
    actor, person, agreement, concept: what stands before a colon in tags that tell whose statement it is, who says it,
    for or against, what about; see `exchange.qda`.  about: of several concepts on one passage, the one that counts.
    Raises Missing, NotText, TooLarge, Damaged.
    Source: W3C Web Annotation Data Model (2017).
    """
    settings = _Settings(naming=Naming(actor=actor, person=person, agreement=agreement, concept=concept), about=about)
    seen = _looked_over(path)
    known: dict[str, Document] = {}
    for document in documents:
        for key in (own_iri(document), _iri(document.source_url or ""), _iri(document.name)):
            if key in seen.sources:
                known.setdefault(key, document)
    rejected = list(seen.rejected)
    for _ in _documents(path, known, seen, settings, rejected):
        pass
    return Project(spec=seen.spec, documents=_Documents(path, known, seen, settings), rejected=tuple(rejected))


def _looked_over(path: Path) -> _Seen:
    ended: set[str] = set()
    last: str | None = None
    together, spec, count = True, None, 0
    rejected: list[Rejected] = []
    for each in objects_of(path):
        count += 1
        note = _note(each) or {}
        if "spec" in note:
            try:
                spec = spec_of(note["spec"])
            except BadCase as error:
                rejected.append(refused(path.name, str(error)))
            continue
        source = _source(each)
        if source is None:
            place = _place(path, each, count)
            rejected.append(refused(place, "is no annotation of a document: it names no target"))
            continue
        if source != last:
            together = together and source not in ended
            ended.add(source)
            last = source
    if not together and count > MOST_HELD:
        raise TooLarge(
            f"{path}: {count:,} annotations, those on one document not together: at most {MOST_HELD:,}; sort them first"
        )
    return _Seen(together, frozenset(ended), spec, tuple(rejected))


def _documents(
    path: Path, known: Mapping[str, Document], seen: _Seen, settings: _Settings, rejected: list[Rejected]
) -> Iterator[ProjectDocument]:
    numbered = (
        (_source(each) or "", (number, each))
        for number, each in enumerate(objects_of(path), start=1)
        if _source(each) is not None and "spec" not in (_note(each) or {})
    )
    runs: Iterator[tuple[str, list[tuple[int, Object]]]]
    if seen.together:
        runs = ((source, [each for _, each in run]) for source, run in groupby(numbered, key=lambda pair: pair[0]))
    else:
        held: dict[str, list[tuple[int, Object]]] = {}
        for source, each in numbered:
            held.setdefault(source, []).append(each)
        runs = ((source, each) for source, each in held.items())
    for source, run in runs:
        found = _document(path, source, run, known.get(source), rejected)
        if found is not None:
            yield _stated(path, found, run, settings, rejected)


@dataclass(frozen=True, slots=True)
class _Annotated:
    """A document that is annotated, and its text as it was when it was."""

    document: Document
    clean: CleanText
    raw: str


def _document(
    path: Path, source: str, run: Sequence[tuple[int, Object]], known: Document | None, rejected: list[Rejected]
) -> _Annotated | None:
    """The document; None where nobody has its text."""
    place = f"{path.name}: {source}"
    texts = [(each, text) for _, each in run if (text := _text(each)) is not None]
    if len(texts) > 1:
        rejected.append(refused(place, f"has {len(texts)} texts: the first counts"))
    if texts:
        describing, raw = texts[0][0], _HALF.sub("\ufffd", texts[0][1])
        if len(raw) > LONGEST_TEXT:
            rejected.append(refused(place, f"a text of {len(raw):,} characters: at most {LONGEST_TEXT:,}"))
            return None
        ours = "document" in (_note(describing) or {})
        clean = cleaned(BOM + raw if ours else raw)  # a mark in our texts is a character of theirs
        return _Annotated(_described(describing, source, clean.text, place, rejected), clean, raw)
    if known is not None:
        return _Annotated(known, cleaned(BOM + known.text), known.text)
    many = f"{len(run)} annotations" if len(run) > 1 else "an annotation"
    reason = f"{many} on a document that is neither in the file nor in the case: add the document first"
    rejected.append(refused(place, reason))
    return None


def _stated(
    path: Path, found: _Annotated, run: Sequence[tuple[int, Object]], settings: _Settings, rejected: list[Rejected]
) -> ProjectDocument:
    """The document with what is annotated on it."""
    others = [(number, each, _selector(each)) for number, each in run if _text(each) is None]
    told = [Told(each.start, each.end, each.exact) for _, _, each in others if each.start is not None and each.end]
    bare = found.raw if found.clean.text.startswith(BOM) else found.raw.removeprefix(BOM)
    ruler = Ruler(bare, counting(found.raw, told) if bare != found.raw else counting(BOM + bare, told, marked=False))
    passages = []
    for number, each, selector in others:
        where = _place(path, each, number)
        if each.get("references"):
            rejected.append(refused(where, "answers another annotation: only what stands on a text is read"))
            continue
        span = anchored(selector, found.clean, bare, ruler)
        if isinstance(span, Unanchored):
            rejected.append(refused(where, span.reason))
        else:
            passages.append(_passage(each, span, where, settings))
    statements = statements_of(passages, found.document, rejected, concept=settings.about)
    return ProjectDocument(document=found.document, statements=statements)


def _described(describing: Object, source: str, text: str, place: str, rejected: list[Rejected]) -> Document:
    """The document with what winset noted, and before that what the annotation itself says."""
    target = next(iter(_objects(describing.get("target"))), {})
    label = shown(_words(target.get("label")) or _words(target.get("title")))
    address = source if source.startswith(("http://", "https://")) else None
    document = Document(name=address or label or source, text=text, title=label or None, source_url=address)
    record = (_note(describing) or {}).get("document")
    if record is not None:
        try:
            document = document_of(record, text)
        except BadCase as error:
            rejected.append(refused(place, str(error)))
    if label and label not in (shown(document.title or document.name), document.id):
        document = replace(document, title=label)
    language = _words(target.get("language"))
    if language and language != document.language:
        document = replace(document, language=language)
    return document


def _passage(each: Object, span: tuple[int, int], place: str, settings: _Settings) -> Passage:
    marked_by = _agent(each.get("creator")) or _account(each.get("user"))
    note = _note(each)
    memo = [shown(_words(each.get("text")))]
    codes: list[tuple[str, CodeName]] = []
    for body in _bodies(each):
        words = _words(body.get("value")) or _last(_words(body.get("source")) or _words(body.get("id")))
        purposes = [_words(purpose).rpartition("/")[2] for purpose in _listed(body.get("purpose"))]
        if body.get("format") == NOTE_FORMAT or "linking" in purposes or not shown(words):
            continue
        if any(purpose in TAGGING for purpose in purposes) and len(words) <= LONGEST_TAG:
            found = meaning(shown(words), (), settings.naming)
            if found and "identifying" in purposes and found.group is Group.CONCEPT:
                found = CodeName(Group.ACTOR, found.name)
            if found:
                codes.append((_agent(body.get("creator")) or ("" if note else marked_by), found))
        else:
            memo.append(shown(words)[:LONGEST_TEXT])
    why = "; ".join(filter(None, memo))
    return Passage(
        start=span[0],
        end=span[1],
        codings=tuple(Coding(user=user, group=code.group, name=code.name, why=why) for user, code in codes),
        note=note if note and "of" in note else None,
        user=marked_by,
        place=place,
    )


def _bodies(each: Object) -> list[Object]:
    """Bodies, and what other programs keep beside them, with a purpose where they or the annotation tell one."""
    motivation = [_words(one).rpartition("/")[2].rpartition(":")[2] for one in _listed(each.get("motivation"))]
    made: list[Object] = []
    for body in _listed(each.get("body")):
        found: Object = body if isinstance(body, dict) else {"value": body} if isinstance(body, str) else {}
        made.append(found if "purpose" in found else {**found, "purpose": motivation or ["commenting"]})
    if isinstance(each.get("bodyValue"), str):
        made.append({"value": each["bodyValue"], "purpose": "commenting"})
    made += [{"value": tag, "purpose": "tagging"} for tag in _listed(each.get("tags")) if isinstance(tag, str)]
    return made


def _note(each: Object) -> dict[str, Any] | None:
    """What winset noted."""
    for body in _objects(each.get("body")):
        value = body.get("value")
        if body.get("format") == NOTE_FORMAT and isinstance(value, str):
            return note_of(value)
    return None


def _text(each: Object) -> str | None:
    """The text that an annotation gives to its whole target; None for any other annotation."""
    if "describing" not in [_words(one) for one in _listed(each.get("motivation"))]:
        return None
    if any("selector" in target for target in _objects(each.get("target"))):
        return None
    for body in _objects(each.get("body")):
        if body.get("format") == "text/plain" and isinstance(body.get("value"), str):
            text: str = body["value"]
            return text
    return None


def _source(each: Object) -> str | None:
    """The document that an annotation is on; None where it names none."""
    for target in _listed(each.get("target")):
        found = target if isinstance(target, str) else ""
        if isinstance(target, dict):
            found = next(filter(None, (_address(target.get(name)) for name in ("source", "id", "@id"))), "")
        if _iri(found):
            return _iri(found)
    return _iri(_words(each.get("uri"))) or None


def _address(value: Any) -> str:
    value = value[0] if isinstance(value, list) and value else value
    return _words(value.get("id") or value.get("@id")) if isinstance(value, dict) else _words(value)


def _selector(each: Object) -> Selector:
    """Where it stands, of all the ways in which its first target tells it."""
    found: dict[str, Any] = {}
    targets = _objects(each.get("target"))
    for selector in _objects(targets[0].get("selector")) if targets else ():
        kind = _words(selector.get("type") or selector.get("@type")).rpartition(":")[2]
        if kind == "TextPositionSelector" and _whole(selector.get("start")) and _whole(selector.get("end")):
            found |= {"start": selector["start"], "end": selector["end"]}
        elif kind == "TextQuoteSelector":
            found |= {name: _words(selector.get(name)) for name in ("exact", "prefix", "suffix")}
        elif kind == "FragmentSelector" and (place := _CHAR.fullmatch(_words(selector.get("value")))):
            found |= {"start": int(place[1]), "end": int(place[2])}
    if targets and not found and (place := _CHAR.fullmatch(_address(targets[0].get("source")))):
        found = {"start": int(place[1]), "end": int(place[2])}
    return Selector(**found)


def _agent(value: Any) -> str:
    """Who: a name, or of an object its name; of several the first."""
    value = value[0] if isinstance(value, list) and value else value
    if isinstance(value, dict):
        names = (_words(value.get(name)) for name in ("name", "nickname", "displayName", "id", "@id"))
        return _account(next(filter(None, names), ""))
    return _account(value)


def _account(value: Any) -> str:
    found = _ACCOUNT.fullmatch(_words(value))
    return shown(found[1] if found else _words(value))


def _place(path: Path, each: Object, number: int) -> str:
    id = shown(_words(each.get("id")) or _words(each.get("@id")))[:80]
    return f"{path.name}: annotation {number}" + (f", {id}" if id else "")


def _iri(text: str) -> str:
    """Without what leads into the document, and without a slash at its end."""
    return text.strip().partition("#")[0].rstrip("/")[:2_000]


def _last(iri: str) -> str:
    return unquote(iri.rstrip("/").rpartition("/")[2].rpartition("#")[2]).replace("_", " ")


def _words(value: Any) -> str:
    """A string, or the first of a list, or the value of an object that holds one; "" for anything else."""
    value = value[0] if isinstance(value, list) and value else value
    if isinstance(value, dict):
        value = value.get("@value") or value.get("value") or next(iter(value.values()), "")
    return value if isinstance(value, str) else ""


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 40


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _objects(value: Any) -> list[Object]:
    return [each for each in _listed(value) if isinstance(each, dict)]
