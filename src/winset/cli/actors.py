"""`winset actors`: whom a kept case hears, and what a person says about who a source is."""

from __future__ import annotations

import getpass
import json as json_format
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from winset.cli import inputs
from winset.cli.actors_listing import SHOWN, STATEMENT, Listing, in_words, plain
from winset.cli.messages import FINE, counted, one_line
from winset.errors import BadCase, BadJudgement, UnknownName

if TYPE_CHECKING:
    from winset.actors.judgements import Judgement, Scope, Whom
    from winset.actors.types import Identification
    from winset.corpus.types import Document
    from winset.ids import DocumentId, StatementId
    from winset.pipeline import Identified
    from winset.store.case_store import CaseStore

VERBS = "is WORDS ACTOR, merge A B, split A --statement ID --as NAME, undo [N]"

_PRONOUNS = frozenset("he she it they we i you who him her them us me his their one".split())

Case = Annotated[
    Path, typer.Argument(metavar="CASE", help="A kept case: a file, NAME.winset by custom.", show_default=False)
]
Said = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="VERB...",
        help="What you say: is WORDS ACTOR, merge A B, split A, undo [N]. Without one, a list.",
        show_default=False,
    ),
]
In = Annotated[
    list[str] | None,
    typer.Option("--in", metavar="DOC", help="Only in this document: its name or id. May be repeated."),
]
OfStatement = Annotated[
    list[str] | None,
    typer.Option("--statement", metavar="ID", help="Of split: a statement that is another's. May be repeated."),
]
As = Annotated[str | None, typer.Option("--as", metavar="NAME", help="Of split: whose they are.")]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who says so.  [default: your login name]")]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="Your reason.", show_default=False)]


def actors(
    case: Case,
    said: Said = None,
    *,
    in_document: In = None,
    statement: OfStatement = None,
    as_name: As = None,
    by: By = None,
    why: Why = "",
    json: inputs.AsJson = False,
) -> int:
    """Whom a kept case hears; with a verb, say who a source is. Nothing is overwritten, all can be taken back.

    For example:

    winset actors tokyo.winset

    winset actors tokyo.winset is "the envoy" France --in report.txt --why "named in the caption"

    winset actors tokyo.winset merge "expert: Hill Inst." "expert: Hill Institute"

    winset actors tokyo.winset split "John Smith" --in letter.txt --as "expert: Lake College"

    winset actors tokyo.winset undo 2

    WORDS are a source's own words, a speaker's name, a label or a statement's id; ACTOR is a name, ISO code or id in
    the registry, a speaker, "expert: NAME", "media: NAME", "collective: WORDS", or nobody.
    """
    from winset.pipeline import identified
    from winset.store.case_store import CaseStore

    asked = _Asked(
        words=tuple(said or ()),
        documents=tuple(in_document or ()),
        statements=tuple(statement or ()),
        as_name=as_name,
        by=by,
        why=" ".join(why.split()),
    )
    with CaseStore.open(case) as store:
        if asked.words:
            _change(case, store, asked, as_json=json)
            return FINE
        asked.refuse_options("a list")
        found = identified(store)
    listing = Listing(found)
    if json:
        print(json_format.dumps({"case": str(case), **listing.values()}, ensure_ascii=False))
    else:
        for line in listing.lines(case):
            print(one_line(line))
    return FINE


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What a call says, as given."""

    words: tuple[str, ...]
    documents: tuple[str, ...]
    statements: tuple[str, ...]
    as_name: str | None
    by: str | None
    why: str

    @property
    def verb(self) -> str:
        return self.words[0].lower()

    def sides(self, number: int, form: str) -> tuple[str, ...]:
        """What follows the verb.  Raises BadCase unless it is `number` words or phrases."""
        if len(self.words) != number + 1:
            raise BadCase(f"{self.verb}: write {form}; put words of one name in quotation marks")
        return self.words[1:]

    def refuse_options(self, what: str, *, documents: bool = True, by: bool = True) -> None:
        """Raises BadCase for options that mean nothing here."""
        given = [
            name
            for name, value in (
                ("--in", documents and self.documents),
                ("--statement", self.statements),
                ("--as", self.as_name is not None),
                ("--by", by and self.by is not None),
                ("--why", by and self.why),
            )
            if value
        ]
        if given:
            raise BadCase(f"{what} takes no {', '.join(given)}: the verbs are {VERBS}")

    @property
    def person(self) -> str:
        """Who says so.  Raises BadCase where nobody is named."""
        name = self.by if self.by is not None else _login()
        if not name.strip():
            raise BadCase("nobody says so: write --by NAME")
        return " ".join(name.split())


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a process without a user's name, as in some containers
        return ""


def _change(case: Path, store: CaseStore, asked: _Asked, *, as_json: bool) -> None:
    """Check and keep what a person says, and tell it in one line."""
    from winset.actors.judgements import applied, check
    from winset.pipeline import identified

    found = identified(store)
    before = _counting(found, found.judgements, may_fail=asked.verb == "undo")
    judgement = _judgement(found, before, asked)
    judgements = (*found.judgements, judgement)
    check(judgements, found.room.registry)
    after = applied(found.identifications, found.statements, judgements, found.room)
    if judgement.undoes is None:
        touched = after.touched[judgement.number]
    else:
        touched = tuple(now.statement_id for was, now in zip(before, after.identifications, strict=True) if was != now)
    store.add_judgement(judgement)
    of = {statement.id: statement.document_id for statement in found.statements}
    documents = len({of[id] for id in touched})
    back = shlex.join(["winset", "actors", str(case), "undo", str(judgement.number)])
    if as_json:
        told = {"statements": len(touched), "documents": documents, "undo": back}
        print(json_format.dumps({"case": str(case), "judgement": plain(judgement), **told}, ensure_ascii=False))
        return
    reach = f"{counted(len(touched), 'statement')} in {counted(documents, 'document')}"
    if not touched:
        reach = (
            "nothing changes now"
            if judgement.undoes
            else f"no statement now, kept for later ones{_near(judgement, found)}"
        )
    print(one_line(f"{judgement.number}: {in_words(judgement, found)}: {reach}; to take it back: {back}"))


def _counting(found: Identified, judgements: Sequence[Judgement], *, may_fail: bool) -> tuple[Identification, ...]:
    """The identifications as they count; a judgement on an actor that is gone must not stand in an undo's way."""
    from winset.actors.judgements import judged

    try:
        return judged(found.identifications, found.statements, judgements, found.room)
    except UnknownName:
        if not may_fail:
            raise
        return found.identifications


def _judgement(found: Identified, heard: Sequence[Identification], asked: _Asked) -> Judgement:
    """What is said, with names looked up.  Raises BadCase, BadJudgement, UnknownName."""
    from winset.actors.judgements import Judgement, Verb, to_undo, whom
    from winset.actors.judgements import subject as known
    from winset.pipeline import now

    registry, number, at = found.room.registry, len(found.judgements) + 1, now()
    ever = (*heard, *found.identifications)  # also whom a person has said to be another

    def made(verb: Verb, subject: str, whom: Whom, scope: Scope) -> Judgement:
        return Judgement(
            number=number,
            verb=verb,
            subject=subject,
            object=whom.key,
            speaker=whom.speaker,
            scope=scope,
            by=asked.person,
            at=at,
            why=asked.why,
        )

    if asked.verb == "is":
        words, actor = asked.sides(2, "is WORDS ACTOR")
        scope = _scope(found, asked, verb="is")
        return made(Verb.IS, _source_words(words, found, scope), whom(actor, registry, heard), scope)
    if asked.verb == "merge":
        one, other = asked.sides(2, "merge A B")
        asked.refuse_options("merge", by=False)
        return made(Verb.MERGE, known(one, registry, ever), whom(other, registry, heard), _scope(found, asked))
    if asked.verb == "split":
        (one,) = asked.sides(1, "split A --statement ID --as NAME, or --in DOC")
        if asked.as_name is None or not (asked.statements or asked.documents):
            raise BadCase("split: write split A --statement ID --as NAME, or split A --in DOC --as NAME")
        name = known(one, registry, ever)
        return made(Verb.SPLIT, name, _somebody(asked.as_name, found, heard), _scope(found, asked))
    if asked.verb == "undo":
        asked.refuse_options("undo", by=False)
        undone = to_undo(found.judgements, _number(asked.words[1:]))
        return Judgement(number=number, verb=Verb.UNDO, by=asked.person, at=at, why=asked.why, undoes=undone.number)
    raise BadCase(f"no verb {asked.words[0]!r}: there are {VERBS}")


def _number(words: Sequence[str]) -> int | None:
    if not words:
        return None
    if len(words) > 1 or not words[0].isdecimal():
        raise BadCase(f"undo {' '.join(words)}: write undo N with the number of a judgement, or undo for the last")
    return int(words[0])


def _somebody(name: str, found: Identified, heard: Sequence[Identification]) -> Whom:
    """Whom split statements belong to; a name that nobody knows is a person's."""
    from winset.actors.judgements import somebody_new, whom

    if not name.strip():
        raise BadCase("--as: an empty name: write whose the statements are")
    try:
        return whom(name, found.room.registry, heard)
    except UnknownName:
        return somebody_new(name)


def _source_words(words: str, found: Identified, scope: Scope) -> str:
    """WORDS of `is`, on one line.  Raises UnknownName for a statement that is not there, BadJudgement for "he"."""
    words = " ".join(words.split())
    if STATEMENT.fullmatch(words) and words not in {statement.id for statement in found.statements}:
        raise UnknownName(f"no statement {words}: `winset actors CASE --json` lists their ids")
    if words.lower() in _PRONOUNS and scope.is_everything:
        raise BadJudgement(f"{words!r} is somebody else in every text: add --in DOC, or name a statement's id")
    return words


def _scope(found: Identified, asked: _Asked, *, verb: str = "") -> Scope:
    """What --in and --statement limit it to.  Raises UnknownName, BadCase."""
    from winset.actors.judgements import Scope

    if verb == "is" and (asked.statements or asked.as_name is not None):
        raise BadCase("is: write is WORDS ACTOR, with a statement's id for WORDS; --statement and --as go with split")
    known: dict[str, StatementId] = {str(statement.id): statement.id for statement in found.statements}
    unknown = [id for id in asked.statements if id not in known]
    if unknown:
        raise UnknownName(f"no statement {unknown[0]!r}: `winset actors CASE --json` lists their ids")
    return Scope(
        documents=tuple(dict.fromkeys(_document(name, found.documents) for name in asked.documents)),
        statements=tuple(dict.fromkeys(known[id] for id in asked.statements)),
    )


def _document(name: str, documents: Sequence[Document]) -> DocumentId:
    """The document of that id, name or file name.  Raises UnknownName, BadCase where there are several."""
    from winset.actors.judgements import nearest

    for wanted in (lambda each: each.id, lambda each: each.name, lambda each: PurePath(each.name).name):
        same = [document for document in documents if wanted(document) == name]
        if len(same) == 1:
            return same[0].id
        if same:
            raise BadCase(f"--in {name}: {len(same)} documents: write {' or '.join(each.id for each in same[:SHOWN])}")
    near = nearest(name, [document.name for document in documents])
    raise UnknownName(f"no document {name!r} in the case" + (f": did you mean {near}?" if near else ""))


def _near(judgement: Judgement, found: Identified) -> str:
    """Sources whose words may have been meant."""
    from winset.actors.judgements import nearest

    if judgement.verb != "is":
        return ""
    words = [statement.source.exact for statement in found.statements if statement.source]
    words += [who.speaker for who in found.identifications if who.speaker]
    near = nearest(judgement.subject, dict.fromkeys(words))
    return f" (did you mean {near}?)" if near else ""
