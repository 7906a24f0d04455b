"""Passages with codes on them, as programs for coding texts keep them, and the statements they tell of.

    passages_of(statement)  -> its content, cue and source as passages: codes of all who coded, and what winset notes
    statements_of(passages) -> the statements again, or those that somebody coded in another program

Codes stand in groups: whose statement it is, who says it, for or against, what about. What a passage's codes say counts
before what winset noted.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any

from winset.brief.drawing import NO_XML
from winset.corpus.types import Anchor, Document, Rejected, anchor
from winset.errors import BadCase
from winset.exchange.project_records import statement_of, statement_record
from winset.exchange.projects import ProjectStatement, as_coded
from winset.positions.rulings import MACHINE, Codes, Ruling
from winset.statements.types import Form, Statement

SOMEBODY = "unknown coder"  # where a file tells codes without who coded them
MARK = "winset: "  # begins the line on which winset notes what a program has no field for
NEAR = 64  # passages looked back at, for one that an actor's name stands in
_AS_JSON = json.JSONEncoder(separators=(",", ":")).encode
_NOTE = re.compile(re.escape(MARK) + r"(\{.*\})[ \t\r]*$", re.MULTILINE)


class Group(StrEnum):
    """What a code tells; the value is the name of the group of codes."""

    ACTOR = "Actor"
    PERSON = "Person"
    STANCE = "Stance"
    CONCEPT = "Concept"
    WORDS = "Words"  # content, cue and source of a statement


class Part(StrEnum):
    """Which words of a statement a passage holds."""

    CONTENT = "content"
    CUE = "cue"
    SOURCE = "source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """One code that somebody put on a passage."""

    user: str  # "": the file does not tell
    group: Group
    name: str
    why: str = field(default="", compare=False)  # a memo on it


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Coded words of a document: half-open, Unicode code points of its clean text."""

    start: int
    end: int
    codings: tuple[Coding, ...] = ()
    note: Mapping[str, Any] | None = None  # what winset noted
    user: str = ""  # who marked it, or changed it last
    place: str = ""  # in the file, for the line that refuses it
    telling: str = ""  # a line for people on what it is


@lru_cache(maxsize=4096)
def shown(name: str) -> str:
    """A name as XML and a list of codes can hold it; "" where nothing is left of it."""
    return " ".join(NO_XML.sub("\ufffd", name).split())


def noted(note: Mapping[str, Any], telling: str = "") -> str:
    r"""A note as text for a field that people read: a line for them, then the note on a line of its own.

    >>> note_in(noted({"of": "x", "part": "cu\ne"}, "France: favour"))
    {'of': 'x', 'part': 'cu\ne'}
    """
    line = MARK + _AS_JSON(note)  # ASCII: no program's letters or lines can change it
    return f"{shown(telling)}\n{line}" if shown(telling) else line


def note_in(text: str) -> dict[str, Any] | None:
    """What winset noted in a field, whatever else people wrote there; None where there is nothing, or it was broken."""
    found = _NOTE.search(text)
    if found is None:
        return None
    return note_of(found[1])


def note_of(text: str) -> dict[str, Any] | None:
    """The object that a JSON text holds; None where it is none, or holds half a character, which nothing can store."""
    try:
        note = json.loads(text)
        if "\\ud" in text.lower():
            json.dumps(note, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return note if isinstance(note, dict) else None


def words_in(text: str) -> str:
    """What people wrote in a field beside winset's note."""
    return _NOTE.sub("", text).strip()


def passages_of(each: ProjectStatement, document: Document) -> tuple[Passage, ...]:
    """A statement as passages; the first carries its codes and the note of all that is known of it."""
    said = each.statement
    parts = [(Part.CONTENT, part) for part in said.contents]
    parts += [(part, place) for part, place in ((Part.CUE, said.cue), (Part.SOURCE, said.source)) if place]
    return tuple(
        Passage(
            start=place.start,
            end=place.end,
            codings=(Coding(user=said.coder, group=Group.WORDS, name=part.value), *(() if number else told(each))),
            note={"of": said.id, "part": part.value} | ({} if number else {"record": statement_record(each, document)}),
            user=said.coder,
            telling="" if number else _telling(each),
        )
        for number, (part, place) in enumerate(parts)
    )


def told(each: ProjectStatement) -> tuple[Coding, ...]:
    """What is held of a statement, as codes; each of a coder's once."""
    found = each.identification
    every = [
        (found.by, Group.ACTOR, found.represents or ""),
        (found.by, Group.PERSON, found.speaker or ""),
        *([(each.stance.by, Group.STANCE, each.stance.word)] if each.stance else []),
        *((ruling.coder, Group.STANCE, ruling.codes.word or "") for ruling in each.rulings),
        *((ruling.coder, Group.ACTOR, ruling.codes.actor or "") for ruling in each.rulings),
        (each.statement.coder, Group.CONCEPT, each.concept or ""),
    ]
    whys = {ruling.coder: ruling.why for ruling in each.rulings}
    made = {
        (user, group, shown(name)): Coding(
            user=user, group=group, name=shown(name), why=whys.get(user, "") if group is Group.STANCE else ""
        )
        for user, group, name in every
        if shown(name)
    }
    return tuple(made.values())


def statements_of(
    passages: Sequence[Passage],
    document: Document,
    rejected: list[Rejected],
    *,
    whole: Sequence[Coding] = (),
    concept: str | None = None,
) -> tuple[ProjectStatement, ...]:
    """The statements of a document that its passages tell of, in text order.

    rejected: takes what could not be used.  whole: who speaks in all of it, where a passage does not tell.
    concept: of several on one passage the one that counts; else the first.
    """
    ours, others = _sorted_out(passages)
    made: dict[str, ProjectStatement] = {}
    for parts in ours:
        each = _noted_statement(parts, document, rejected)
        if each is None:
            others += [replace(part, note=None) for part in parts]
        else:
            _keep(made, each, parts[0], rejected)
    for stating in _with_actors(_merged(others, rejected)):
        passage = _completed(stating, whole)
        _keep(made, _coded_statement(passage, document, rejected, concept), passage, rejected)
    return tuple(sorted(made.values(), key=lambda each: (each.statement.start, each.statement.end, each.statement.id)))


def refused(place: str, reason: str) -> Rejected:
    """A line on what could not be used."""
    return Rejected(name=place, reason=reason, kind=BadCase.__name__)


def _telling(each: ProjectStatement) -> str:
    """One line for people."""
    found = each.identification
    who = ", ".join(filter(None, (found.speaker, found.represents))) or "nobody named"
    words = [f"{each.stance.by}: {each.stance.word}"] if each.stance else []
    words += [f"{ruling.coder}: {ruling.codes.word}" for ruling in each.rulings if ruling.codes.word]
    return "; ".join([who, *words])


def _sorted_out(passages: Sequence[Passage]) -> tuple[list[list[Passage]], list[Passage]]:
    """The passages of each noted statement, the one with the record first; and all others."""
    leads: dict[str, list[Passage]] = {}
    groups: list[list[Passage]] = []
    rest: list[tuple[str, Passage]] = []
    others: list[Passage] = []
    for passage in passages:
        note = passage.note or {}
        of, part = note.get("of"), note.get("part")
        if not isinstance(of, str) or not isinstance(part, str) or part not in set(Part):
            others.append(replace(passage, note=None))
        elif isinstance(note.get("record"), dict):
            groups.append([passage])
            leads.setdefault(of, groups[-1])  # a copy of it is a statement of its own, without the further parts
        else:
            rest.append((of, passage))
    for of, passage in rest:
        if of in leads:
            leads[of].append(passage)
        else:
            others.append(replace(passage, note=None))
    return groups, others


def _noted_statement(parts: Sequence[Passage], document: Document, rejected: list[Rejected]) -> ProjectStatement | None:
    """The statement as noted, its words where the passages are, its codes as they are; None for a broken note."""
    lead, note = parts[0], parts[0].note or {}
    record = note["record"]
    places: dict[str, list[tuple[int, int]]] = {part.value: [] for part in Part}
    for each in parts:
        places[(each.note or {})["part"]].append((each.start, each.end))
    try:
        words = dict(record["statement"])
        was = {name: words.get(name) for name in _PLACES}
        now = _places(places)
        words.update(now)
        if [list(span) for span in now["contents"]] != was["contents"] or any(
            now[name] != was[name] for name in _PLACES if name != "contents"
        ):
            words["coder"] = _changed_by(lead.user, words["coder"])
        each_statement = statement_of({**record, "statement": words}, document)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        rejected.append(refused(lead.place, f"is read by its codes alone: what winset noted of it is broken: {error}"))
        return None
    return _as_coded_there(each_statement, lead)


_PLACES = ("source_start", "source_end", "cue_start", "cue_end", "contents")


def _places(places: Mapping[str, list[tuple[int, int]]]) -> dict[str, Any]:
    cue, source = (places[part][0] if places[part] else (None, None) for part in (Part.CUE, Part.SOURCE))
    return {
        "source_start": source[0],
        "source_end": source[1],
        "cue_start": cue[0],
        "cue_end": cue[1],
        "contents": sorted(places[Part.CONTENT]),
    }


def _changed_by(user: str, coder: str) -> str:
    """Whose statement it is when its words are others now."""
    return coder if not user or user == shown(coder) or _is_machine(user) else user


def _as_coded_there(each: ProjectStatement, lead: Passage) -> ProjectStatement:
    """The statement with what its codes say where they are not those that winset wrote."""
    before = {(shown(code.user), code.group, code.name) for code in told(each)}
    codes = [known for code in lead.codings if code.name for known in _by_whom(code, before, lead.user)]
    after = {(code.user, code.group, code.name) for code in codes}
    if before == after:
        return each
    new = [code for code in codes if (code.user, code.group, code.name) not in before]
    gone = before - after
    each = _identified(each, new, gone)
    each = _ruled(each, new, gone)
    concepts = [code.name for code in new if code.group is Group.CONCEPT]
    if concepts or any(group is Group.CONCEPT for _, group, _ in gone):
        each = replace(each, concept=concepts[0] if concepts else None)
    return each


def _by_whom(code: Coding, before: set[tuple[str, Group, str]], marked_by: str) -> list[Coding]:
    """A code with who put it there: where the file does not tell, those who had, else who marked the passage."""
    if code.group is Group.WORDS:
        return []
    if code.user:
        return [code]
    users = sorted(user for user, group, name in before if (group, name) == (code.group, code.name))
    return [replace(code, user=user) for user in users] or [
        replace(code, user="" if _is_machine(marked_by) else marked_by)
    ]


def _identified(each: ProjectStatement, new: Sequence[Coding], gone: set[tuple[str, Group, str]]) -> ProjectStatement:
    found = each.identification
    names: dict[Group, str | None] = {Group.ACTOR: found.represents, Group.PERSON: found.speaker}
    by: list[str] = []
    for group, name in tuple(names.items()):
        there = [code for code in new if code.group is group]
        if there:
            names[group] = there[0].name
            by.append(person(there[0].user))
        elif name and (shown(found.by), group, shown(name)) in gone:
            names[group] = None
    if (names[Group.ACTOR], names[Group.PERSON]) == (found.represents, found.speaker):
        return each
    identified = as_coded(
        each.statement,
        speaker=names[Group.PERSON],
        represents=names[Group.ACTOR],
        by=by[0] if by else person(found.by),
    )
    return replace(each, identification=identified)


def _ruled(each: ProjectStatement, new: Sequence[Coding], gone: set[tuple[str, Group, str]]) -> ProjectStatement:
    codes = {ruling.coder: _still_coded(ruling.coder, ruling.codes, gone) for ruling in each.rulings}
    whys = {ruling.coder: ruling.why for ruling in each.rulings}
    names = {shown(coder): coder for coder in codes}
    for code in new:
        if code.group is Group.STANCE:
            coder = names.setdefault(code.user, person(code.user))
            said = codes.get(coder, Codes())
            word = code.name if said.stance in (None, code.name) else "unclear"  # two words of one coder
            codes[coder] = replace(said, stance=word, direction=None, relevance=None)
            whys[coder] = code.why or whys.get(coder, "")
    stance = each.stance
    if stance and (shown(stance.by), Group.STANCE, stance.word) in gone:
        stance = None
    id = each.statement.id
    rulings = tuple(
        Ruling(statement_id=id, coder=coder, codes=codes[coder], why=whys[coder])
        for coder in sorted(codes)
        if not codes[coder].is_empty
    )
    return replace(each, stance=stance, rulings=rulings)


def _still_coded(coder: str, said: Codes, gone: set[tuple[str, Group, str]]) -> Codes:
    """A coder's codes without those that are on the passage no more."""
    if said.actor and (shown(coder), Group.ACTOR, shown(said.actor)) in gone:
        said = replace(said, actor=None)
    if said.word and (shown(coder), Group.STANCE, said.word) in gone:
        said = replace(said, stance=None, direction=None, relevance=None)
    return said


def person(user: str) -> str:
    """Who coded, as the coder of a statement or ruling: never taken for the machine."""
    name = user.strip()
    if not name or name.lower().split(":")[0].strip() == MACHINE:
        return SOMEBODY
    return f"user {name}" if _is_machine(name) else name


def _is_machine(user: str) -> bool:
    return user.strip().lower().startswith(MACHINE)


def _merged(passages: Iterable[Passage], rejected: list[Rejected]) -> list[Passage]:
    """One passage for each place, in text order: some programs write one for every code."""
    at: dict[tuple[int, int], list[Passage]] = {}
    for passage in passages:
        at.setdefault((passage.start, passage.end), []).append(passage)
    made = []
    for _, there in sorted(at.items()):
        codings = tuple(dict.fromkeys(code for each in there for code in each.codings))
        if not codings:
            rejected.append(refused(there[0].place, "is marked, but no code is on it: code it, or leave it out"))
            continue
        roles = {code.name for code in codings if code.group is Group.WORDS}
        others = tuple(code for code in codings if code.group is not Group.WORDS)
        if not others and roles and Part.CONTENT.value not in roles:
            rejected.append(refused(there[0].place, f"holds the {min(roles)} of a statement that is not in the file"))
        else:
            made.append(replace(there[0], codings=others, user=codings[0].user or there[0].user))
    return made


def _with_actors(passages: Sequence[Passage]) -> list[Passage]:
    """The passages that state something; those that only name an actor give it to the ones they stand in or around."""
    stating = [each for each in passages if not _names_only(each)]
    starts = [each.start for each in stating]
    given: dict[int, tuple[Coding, ...]] = {}
    rest = []
    for each in passages:
        if not _names_only(each):
            continue
        first = bisect_left(starts, each.start)
        around = range(max(0, first - NEAR), first)
        within = range(first, min(bisect_left(starts, each.end), first + NEAR))
        near = [
            number
            for number in (*around, *within)
            if (stating[number].start <= each.start and each.end <= stating[number].end)
            or (each.start <= stating[number].start and stating[number].end <= each.end)
        ]
        for number in near:
            given[number] = given.get(number, ()) + each.codings
        if not near:
            rest.append(each)
    for number, codings in given.items():
        has = {code.group for code in stating[number].codings}
        new = tuple(code for code in codings if code.group not in has)
        stating[number] = replace(stating[number], codings=stating[number].codings + new)
    return sorted(stating + rest, key=lambda each: (each.start, each.end))


def _completed(passage: Passage, whole: Sequence[Coding]) -> Passage:
    """The passage with who speaks in the whole document, unless it tells itself."""
    has = {code.group for code in passage.codings}
    return replace(passage, codings=passage.codings + tuple(code for code in whole if code.group not in has))


def _names_only(passage: Passage) -> bool:
    return bool(passage.codings) and all(code.group in (Group.ACTOR, Group.PERSON) for code in passage.codings)


def _coded_statement(
    passage: Passage, document: Document, rejected: list[Rejected], concept: str | None
) -> ProjectStatement:
    """A statement that people coded in another program."""
    by: dict[Group, list[Coding]] = {group: [] for group in Group}
    for code in passage.codings:
        by[code.group].append(code)
    words: Anchor = anchor(document, passage.start, passage.end)
    said = Statement(
        document_id=document.id,
        source=None,
        cue=None,
        contents=(words,),
        form=Form.INDIRECT,
        confidence=1.0,
        coder=person(passage.user),
    )
    actor = by[Group.ACTOR][0] if by[Group.ACTOR] else None
    speaker = by[Group.PERSON][0] if by[Group.PERSON] else None
    who = actor or speaker
    return ProjectStatement(
        statement=said,
        identification=as_coded(
            said,
            speaker=speaker.name if speaker else None,
            represents=actor.name if actor else None,
            by=person(who.user) if who else said.coder,
        ),
        rulings=_rulings(said, passage, by[Group.STANCE], by[Group.ACTOR], rejected),
        concept=_concept(passage, by[Group.CONCEPT], rejected, concept),
    )


def _rulings(
    said: Statement, passage: Passage, stances: Sequence[Coding], actors: Sequence[Coding], rejected: list[Rejected]
) -> tuple[Ruling, ...]:
    words: dict[str, list[Coding]] = {}
    for code in stances:
        words.setdefault(person(code.user), []).append(code)
    agreeing = {person(code.user) for code in actors if code.name == actors[0].name}
    others = {person(code.user): code.name for code in actors if person(code.user) not in agreeing}
    if also := [code.name for code in actors if code.name != actors[0].name and person(code.user) in agreeing]:
        rejected.append(refused(passage.place, f"is from {actors[0].name!r} and {also[0]!r}: the first counts"))
    made = []
    for coder in sorted({*words, *others}):
        named = dict.fromkeys(code.name for code in words.get(coder, ()))
        word = next(iter(named), None)
        if len(named) > 1:
            word = "unclear"
            rejected.append(
                refused(passage.place, f"{coder} coded {' and '.join(named)}: counted as unclear; keep one of them")
            )
        whys = "; ".join(dict.fromkeys(code.why for code in words.get(coder, ()) if code.why))
        codes = Codes(stance=word, actor=others.get(coder))
        made.append(Ruling(statement_id=said.id, coder=coder, codes=codes, why=whys))
    return tuple(made)


def _concept(passage: Passage, concepts: Sequence[Coding], rejected: list[Rejected], wanted: str | None) -> str | None:
    names = list(dict.fromkeys(code.name for code in concepts))
    chosen = next((name for name in names if wanted and name.casefold() == wanted.casefold()), None)
    if len(names) > 1 and chosen is None:
        others = ", ".join(map(repr, names[1:4])) + (" ..." if len(names) > 4 else "")  # noqa: PLR2004 - a line's worth
        rejected.append(refused(passage.place, f"is about {names[0]!r} and {others}: the first counts; name the one"))
    return chosen or (names[0] if names else None)


def _keep(
    made: dict[str, ProjectStatement], each: ProjectStatement, passage: Passage, rejected: list[Rejected]
) -> None:
    if each.statement.id in made:
        rejected.append(refused(passage.place, "the same words, coded by the same person, are in the file twice"))
    else:
        made[each.statement.id] = each
