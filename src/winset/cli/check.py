"""`winset check`: what is done at the desk by clicks and keys, as a command; and the trail of all changes."""

from __future__ import annotations

import json as json_format
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from winset.cli import completing, inputs
from winset.cli.check_listing import (
    change_line,
    change_values,
    queue_line,
    queue_values,
    suggestion_line,
    suggestion_values,
)
from winset.cli.json_schemas import of_schema
from winset.cli.messages import BAD_INPUT, FINE, counted, one_line, say
from winset.errors import BadCase

if TYPE_CHECKING:
    from winset.positions.rulings import Codes
    from winset.store.changes import Change
    from winset.store.desk import Desk

VERBS = (
    "queue, accept ID, wrong ID, right ID, code ID [STANCE], spans ID, add DOC, suggestions, adopt ID, undo [N], log,"
    " replay"
)
STATES = ("open", "coded", "wrong", "all")
COUNTS = {  # verb -> the least and the most words after it
    **dict.fromkeys(("queue", "suggestions", "log", "replay"), (0, 0)),
    **dict.fromkeys(("accept", "wrong", "right", "spans", "add", "adopt"), (1, 1)),
    "code": (1, 2),
    "undo": (0, 1),
}
CODING, PLACING = "Of code", "Of spans and add"

Asked = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="VERB...",
        help=f"What you want: {VERBS}. Without one, the queue.",
        show_default=False,
        autocompletion=completing.verbs(VERBS),
    ),
]
State = Annotated[
    str,
    typer.Option(
        "--state",
        metavar="STATE",
        help=f"Of queue: {', '.join(STATES)}.",
        autocompletion=completing.words(*STATES),
    ),
]
OfActor = Annotated[
    str | None,
    typer.Option(
        "--actor",
        metavar="NAME",
        help="Of queue: only whose statements; of code: whose the statement is.",
        autocompletion=completing.actors,
    ),
]
In = Annotated[str | None, typer.Option("--in", metavar="DOC", help="Of queue: only this document, by name or id.")]
Limit = Annotated[int, typer.Option("--limit", metavar="N", min=1, max=10_000, help="Of queue and log: how many.")]
After = Annotated[
    int, typer.Option("--after", metavar="N", min=0, help="Of queue: go on behind that place; of log: before change N.")
]
Direction = Annotated[
    float | None, typer.Option("--direction", metavar="-1..1", help="Against to for.", rich_help_panel=CODING)
]
Firmness = Annotated[float | None, typer.Option("--firmness", metavar="0..1", rich_help_panel=CODING)]
Hedged = Annotated[bool | None, typer.Option("--hedged/--not-hedged", rich_help_panel=CODING)]
Conditional = Annotated[bool | None, typer.Option("--conditional/--not-conditional", rich_help_panel=CODING)]
VoiceOf = Annotated[
    str | None,
    typer.Option(
        "--voice",
        metavar="WORD",
        help="own, reported or ascribed.",
        rich_help_panel=CODING,
        autocompletion=completing.words("own", "reported", "ascribed"),
    ),
]
Rung = Annotated[
    str | None,
    typer.Option("--rung", metavar="LABEL", help="Option it speaks of, or proposal.", rich_help_panel=CODING),
]
Relevance = Annotated[
    float | None, typer.Option("--relevance", metavar="0..1", help="That it is about it.", rich_help_panel=CODING)
]
Source = Annotated[
    str, typer.Option("--source", metavar="A-B", help="Characters of the text.", rich_help_panel=PLACING)
]
Cue = Annotated[str, typer.Option("--cue", metavar="A-B", help="The same.", rich_help_panel=PLACING)]
Content = Annotated[
    list[str] | None,
    typer.Option("--content", metavar="A-B[,C-D]", help="The same. May be repeated.", rich_help_panel=PLACING),
]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who does it.  [default: your login name]")]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="Your reason.", show_default=False)]


def check(
    case: inputs.KeptCase,
    asked: Asked = None,
    *,
    state: State = "open",
    actor: OfActor = None,
    in_document: In = None,
    limit: Limit = 50,
    after: After = 0,
    direction: Direction = None,
    firmness: Firmness = None,
    hedged: Hedged = None,
    conditional: Conditional = None,
    voice: VoiceOf = None,
    rung: Rung = None,
    relevance: Relevance = None,
    source: Source = "",
    cue: Cue = "",
    content: Content = None,
    by: By = None,
    why: Why = "",
    json: inputs.AsJson = False,
) -> int:
    """Check the statements of a kept case one by one: accept, correct, mark as wrong, take back. Every act is logged.

    For example:

    winset check tokyo.winset

    winset check tokyo.winset accept 9cdd0514860fd41c

    winset check tokyo.winset code 9cdd0514860fd41c oppose --firmness 0.5 --actor France

    winset check tokyo.winset spans 9cdd0514860fd41c --source 0-6 --cue 7-12 --content 13-60

    winset check tokyo.winset undo

    winset check tokyo.winset log

    What an assistant suggested counts when you adopt it, as your own code: suggestions lists it, adopt ID takes it.

    A step from -2 (against, firmly) to +2 may stand for a stance, the negative ones behind two dashes: code ID -- -2.
    """
    from winset.store.case_store import CaseStore
    from winset.store.desk import Desk

    words = asked or ["queue"]
    _refuse(words, state)
    codes = {
        "direction": direction,
        "firmness": firmness,
        "hedged": hedged,
        "conditional": conditional,
        "voice": voice,
        "rung": rung,
        "relevance": relevance,
    }
    given = {name: value for name, value in codes.items() if value is not None}
    if given and words[0] != "code":
        raise BadCase(f"{words[0]} takes no --{next(iter(given))}: that is of code")
    with CaseStore.open(case) as store:
        told = _Asked(
            desk=Desk(store),
            words=words[1:],
            by="" if words[0] in ("log", "replay", "suggestions") else inputs.person(by),
            why=" ".join(why.split()),
            as_json=json,
        )
        if words[0] == "queue":
            return told.queue(state, actor, in_document, after=after, limit=limit)
        if words[0] == "log":
            return told.log(before=after or None, by=by, limit=limit)
        if words[0] == "replay":
            return told.replay()
        if words[0] == "suggestions":
            return told.suggestions()
        if words[0] == "adopt":
            return told.done(told.adopted())
        if words[0] == "code":
            return told.done(told.coded(given, actor))
        if words[0] in ("spans", "add"):
            return told.done(told.placed(words[0], source, cue, ",".join(content or ())))
        return told.done(told.acted(words[0]))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What is to be done, and by whom."""

    desk: Desk
    words: Sequence[str]
    by: str
    why: str
    as_json: bool

    def queue(self, state: str, actor: str | None, document: str | None, *, after: int, limit: int) -> int:
        rows = self.desk.queue(
            coder=self.by,
            document=self._document(document) if document else None,
            actor=self._actor(actor) if actor else None,
            state=state,  # type: ignore[arg-type]  # checked in _refuse
            after=after,
            limit=limit,
        )
        onward = rows[-1].place if len(rows) == limit else None
        if self.as_json:
            self._print({"statements": [queue_values(row) for row in rows], "after": onward})
            return FINE
        for row in rows:
            print(one_line(queue_line(row)))
        if onward is not None:
            print(one_line(f"more: --after {onward}"))
        elif not rows:
            print("nothing is left to code" if state == "open" else "no statement is like that")
        return FINE

    def log(self, *, before: int | None, by: str | None, limit: int) -> int:
        changes = self.desk.changes(before=before, by=by, limit=limit)
        if self.as_json:
            self._print({"changes": [change_values(change) for change in changes]})
            return FINE
        for change in changes:
            print(one_line(change_line(change)))
        if not changes:
            print("nothing was changed")
        return FINE

    def suggestions(self) -> int:
        """What assistants suggested and nobody took back."""
        found = self.desk.suggestions()
        if self.as_json:
            self._print({"suggestions": [suggestion_values(each) for each in found]})
            return FINE
        for each in found:
            print(one_line(suggestion_line(each)))
        if not found:
            print("nothing is suggested")
        return FINE

    def adopted(self) -> Change:
        """What is suggested of a statement, as this person's own word."""
        from winset.pipeline.clock import now
        from winset.store import checking

        return checking.adopt(self.desk, self._id, by=self.by, at=now(), why=self.why)

    def replay(self) -> int:
        """Play the trail from its first change, and compare; so too what a big case keeps as columns, with its rows."""
        from winset.store import kept_columns
        from winset.store.desk import replayed

        database = self.desk.store.database
        wrong = replayed(self.desk.store)
        with database.transaction(writes=False) as connection:
            columns = kept_columns.differing(connection)
        number = self.desk.version()
        if self.as_json:
            told = {"changes": number, "replays": not wrong, "differences": list(wrong), "columns": list(columns)}
            self._print(told)
        else:
            same = "come to the state of the case" if not wrong else "do not come to the state of the case"
            print(f"{counted(number, 'change')}, played from the first, {same}")
        for line in wrong:
            say(line)
        if columns:
            say(f"kept as columns, and not what the rows say: {', '.join(columns)}; thrown away, to be made again")
            with database.transaction(writes=True) as connection:
                kept_columns.forget(connection)
        return BAD_INPUT if wrong or columns else FINE

    def acted(self, verb: str) -> Change:
        from winset.pipeline.clock import now
        from winset.store import checking

        if verb == "undo":
            return self.desk.undo(self._number(), by=self.by, at=now(), why=self.why)
        if verb == "accept":
            return checking.accept(self.desk, self._id, by=self.by, at=now())
        return self.desk.judge(self._id, verb, by=self.by, at=now(), why=self.why)  # type: ignore[arg-type]

    def coded(self, given: dict[str, Any], actor: str | None) -> Change:
        """What is not named is not coded: the codes count whole instead of those before."""
        from winset.pipeline.clock import now

        codes = self._codes(given, actor)
        return self.desk.code(self._id, codes, by=self.by, at=now(), why=self.why)

    def placed(self, verb: str, source: str, cue: str, contents: str) -> Change:
        from winset.pipeline.clock import now
        from winset.pipeline.keeping import mark
        from winset.store import checking

        row = self.desk.row(self._id, coder=self.by) if verb == "spans" else None
        document = self.desk.document(row.document_id if row else self._document(self.words[0]))
        coding = mark(
            self.desk.store,
            document,
            source=checking.place(source),
            cue=checking.place(cue),
            contents=checking.places(contents),
            by=self.by,
        )
        if row is not None:
            return self.desk.reshape(row.statement.id, coding, by=self.by, at=now(), why=self.why)
        return self.desk.add(coding, by=self.by, at=now(), why=self.why)

    def done(self, change: Change) -> int:
        """Tell what was kept and how to take it back."""
        back = shlex.join(["winset", "check", str(self.desk.store.place), "undo", str(change.number)])
        if self.as_json:
            self._print({**change_values(change), "undo": back})
        else:
            print(one_line(f"{change_line(change)}; to take it back: {back}"))
        return FINE

    @property
    def _id(self) -> Any:
        from winset.ids import EvidenceId, StatementId

        return StatementId(EvidenceId(self.words[0]))

    def _codes(self, given: dict[str, Any], actor: str | None) -> Codes:
        from winset.positions.rulings import PROPOSAL_ITSELF, Codes
        from winset.positions.types import Voice
        from winset.store import checking

        told = dict(given)
        if told.get("rung") == "proposal":
            told["rung"] = PROPOSAL_ITSELF
        elif told.get("rung") is not None:
            labels = [option.label for option in self.desk.store.spec().issue.options]
            if told["rung"] not in labels:
                raise BadCase(f"rung {told['rung']!r}: write proposal" + "".join(f", {label}" for label in labels))
        if "voice" in told:
            if told["voice"] not in tuple(Voice):
                raise BadCase(f"voice {told['voice']!r}: write {', '.join(Voice)}")
            told["voice"] = Voice(told["voice"])
        if actor is not None:
            told["actor"] = self._actor(actor)
        said = Codes()
        if len(self.words) > 1:
            said = checking.stance_named(self.words[1])
        return replace(said, **{field.name: told[field.name] for field in fields(Codes) if field.name in told})

    def _actor(self, words: str) -> str:
        from winset.actors.judgements import whom
        from winset.actors.registry import registry
        from winset.pipeline.registries import own_registries
        from winset.store import checking

        heard = tuple(each.identification for each in checking.heard(self.desk.store))
        return whom(words, registry(own_registries(self.desk.store)), heard).key

    def _document(self, words: str) -> Any:
        from winset.store import checking

        return checking.document_named(self.desk.store, words)

    def _number(self) -> int | None:
        if not self.words:
            return None
        if not self.words[0].isdecimal():
            raise BadCase(f"undo {self.words[0]}: write undo N with the number of a change, or undo for your last")
        return int(self.words[0])

    def _print(self, values: dict[str, Any]) -> None:
        told = of_schema("check", {"case": str(self.desk.store.place), **values})
        print(json_format.dumps(told, ensure_ascii=False))


def _refuse(words: Sequence[str], state: str) -> None:
    """Raises BadCase for a verb that is none, words too many or too few, and a state that is none."""
    verb, number = words[0], len(words) - 1
    if verb not in COUNTS:
        raise BadCase(f"no verb {verb!r}: there are {VERBS}")
    least, most = COUNTS[verb]
    if not least <= number <= most:
        raise BadCase(f"{verb} {' '.join(words[1:])}".rstrip() + f": write one of {VERBS}")
    if state not in STATES:
        raise BadCase(f"state {state!r}: write {', '.join(STATES)}")
