"""`winset actors`: whom a kept case hears, and what a person says about who a source is."""

from __future__ import annotations

import getpass
import json as json_format
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from winset.cli import completing, inputs
from winset.cli.actors_listing import Listing, plain
from winset.cli.json_schemas import of_schema
from winset.cli.messages import FINE, counted, one_line
from winset.errors import BadCase

if TYPE_CHECKING:
    from winset.actors.judgements import Verb
    from winset.actors.saying import Said
    from winset.store.addresses import Place
    from winset.store.case_store import CaseStore

VERBS = "is WORDS ACTOR, merge A B, split A --statement ID --as NAME, undo [N]"

Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="VERB...",
        help="What you say: is WORDS ACTOR, merge A B, split A, undo [N]. Without one, a list.",
        show_default=False,
        autocompletion=completing.said_of_actors,
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
    case: inputs.KeptCase,
    said: Words = None,
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
    from winset.pipeline.people import identified
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
        told = of_schema("actors", {"case": str(case), **listing.values()})
        print(json_format.dumps(told, ensure_ascii=False))
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

    def said(self, verb: Verb, **given: Any) -> Said:
        """The same as a value, with who says it and why."""
        from winset.actors.saying import Said

        return Said(verb=verb, by=self.person, why=self.why, **given)

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


def _change(case: Place, store: CaseStore, asked: _Asked, *, as_json: bool) -> None:
    """Check and keep what a person says, and tell it in one line."""
    from winset.actors.saying import in_words, near
    from winset.pipeline.people import say_who

    done = say_who(store, _said(asked))
    judgement, documents = done.judgement, done.documents
    back = shlex.join(["winset", "actors", str(case), "undo", str(judgement.number)])
    if as_json:
        told = {"statements": len(done.statements), "documents": documents, "undo": back}
        values = of_schema("actors", {"case": str(case), "judgement": plain(judgement), **told})
        print(json_format.dumps(values, ensure_ascii=False))
        return
    reach = f"{counted(len(done.statements), 'statement')} in {counted(documents, 'document')}"
    if not done.statements:
        meant = near(judgement, done.found)
        hint = f" (did you mean {meant}?)" if meant else ""
        reach = "nothing changes now" if judgement.undoes else f"no statement now, kept for later ones{hint}"
    print(one_line(f"{judgement.number}: {in_words(judgement, done.found)}: {reach}; to take it back: {back}"))


def _said(asked: _Asked) -> Said:
    """What a call says, its options checked.  Raises BadCase."""
    from winset.actors.judgements import Verb

    if asked.verb == "is":
        words, actor = asked.sides(2, "is WORDS ACTOR")
        if asked.statements or asked.as_name is not None:
            raise BadCase(
                "is: write is WORDS ACTOR, with a statement's id for WORDS; --statement and --as go with split"
            )
        return asked.said(Verb.IS, subject=words, object=actor, documents=asked.documents)
    if asked.verb == "merge":
        one, other = asked.sides(2, "merge A B")
        asked.refuse_options("merge", by=False)
        return asked.said(Verb.MERGE, subject=one, object=other)
    if asked.verb == "split":
        (one,) = asked.sides(1, "split A --statement ID --as NAME, or --in DOC")
        if asked.as_name is None or not (asked.statements or asked.documents):
            raise BadCase("split: write split A --statement ID --as NAME, or split A --in DOC --as NAME")
        if not asked.as_name.strip():
            raise BadCase("--as: an empty name: write whose the statements are")
        limits = {"documents": asked.documents, "statements": asked.statements}
        return asked.said(Verb.SPLIT, subject=one, object=asked.as_name, **limits)
    if asked.verb == "undo":
        asked.refuse_options("undo", by=False)
        return asked.said(Verb.UNDO, undoes=_number(asked.words[1:]))
    raise BadCase(f"no verb {asked.words[0]!r}: there are {VERBS}")


def _number(words: Sequence[str]) -> int | None:
    if not words:
        return None
    if len(words) > 1 or not words[0].isdecimal():
        raise BadCase(f"undo {' '.join(words)}: write undo N with the number of a judgement, or undo for the last")
    return int(words[0])
