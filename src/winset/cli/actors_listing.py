"""What `winset actors` prints: whom a kept case hears, what persons decided, and what is left to check."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from winset.cli.messages import counted

if TYPE_CHECKING:
    from winset.actors.heard import Heard, Source
    from winset.actors.judgements import Judgement
    from winset.pipeline.people import Identified
    from winset.store.addresses import Place

SHOWN = 4  # of the speakers, rules, documents or statements in one row; --json has all
EXCERPT = 100  # characters of what a source to check said


def plain(judgement: Judgement) -> dict[str, Any]:
    """A judgement as plain values."""
    return {
        "number": judgement.number,
        "verb": judgement.verb.value,
        "subject": judgement.subject,
        "object": judgement.object,
        "speaker": judgement.speaker,
        "documents": list(judgement.scope.documents),
        "statements": list(judgement.scope.statements),
        "by": judgement.by,
        "at": judgement.at,
        "why": judgement.why,
        "undoes": judgement.undoes,
    }


class Listing:
    """Whom a case hears, for people and for programs."""

    def __init__(self, found: Identified) -> None:
        from winset.actors.heard import Source, heard, to_check
        from winset.actors.judgements import applied, holding

        counting = applied(found.identifications, found.statements, found.judgements, found.room)
        self.found = found
        self.touched = counting.touched
        self.holds = {judgement.number for judgement in holding(found.judgements)}
        self.names = {document.id: document.name for document in found.documents}
        self.sources = [
            Source(statement=statement, who=who)
            for statement, who in zip(found.statements, counting.identifications, strict=True)
        ]
        self.rows = heard([source for source in self.sources if not source.is_lost])
        self.checks = to_check(self.sources)

    def values(self) -> dict[str, Any]:
        """Everything, as plain values."""
        return {
            "documents": len(self.found.documents),
            "statements": len(self.found.statements),
            "actors": [self._row(row) for row in self.rows],
            "to_check": [self._check(source) for row in self.checks for source in row.sources],
            "judgements": [
                {**plain(each), "holds": each.number in self.holds, "touches": list(self.touched.get(each.number, ()))}
                for each in self.found.judgements
            ],
        }

    def _row(self, row: Heard) -> dict[str, Any]:
        actor = self.found.room.registry.actors.get(row.actor_id) if row.actor_id else None
        own = {source.who.statement_id for source in row.sources}
        return {
            "label": row.label,
            "actor_id": row.actor_id,
            "kind": actor.kind.value if actor else None,
            "speaks_as": row.speaks_as.value,
            "standing": row.standing.value,
            "statements": [source.who.statement_id for source in row.sources],
            "documents": [self.names[id] for id in row.documents],
            "lowest_score": row.lowest_score,
            "speakers": [
                {"name": each.name, "roles": list(each.roles), "statements": each.statements} for each in row.speakers
            ],
            "words": list(dict.fromkeys(source.words for source in row.sources if source.words)),
            "rules": [{"rule": rule, "statements": number} for rule, number in row.rules],
            "judgements": [number for number, ids in self.touched.items() if own.intersection(ids)],
        }

    def _check(self, source: Source) -> dict[str, Any]:
        return {
            "statement": source.who.statement_id,
            "document": self.names[source.statement.document_id],
            "source": source.words,
            "says": source.statement.words,
            "speaker": source.who.speaker,
            "represents": source.who.represents,
            "speaks_as": source.who.speaks_as.value,
            "score": source.who.score,
            "rule": source.who.rule,
        }

    def lines(self, case: Place) -> Iterator[str]:
        """Everything a person wants to see at once."""
        size = f"{counted(len(self.found.statements), 'statement')} in {counted(len(self.found.documents), 'document')}"
        yield f"{case}: {size}"
        parts = (
            ("States and bodies", [row for row in self.rows if row.speaks_as == "actor"]),
            (
                "Experts, media and authors",
                [row for row in self.rows if row.speaks_as in ("expert", "medium", "author")],
            ),
        )
        for title, rows in parts:
            if rows:
                yield from ("", f"{title} ({len(rows)})")
                for row in rows:
                    yield from self._lines(row)
        yield from self._crowds()
        yield from self._judgements()
        yield from self._checks(case)

    def _lines(self, row: Heard) -> Iterator[str]:
        named = f"{row.label} ({row.standing})" if row.speaks_as == "actor" else row.label
        said = f"{counted(len(row.sources), 'statement')} in {counted(len(row.documents), 'document')}"
        score = "lowest score" if len(row.sources) > 1 else "score"
        yield f"  {named}: {said}, {score} {row.lowest_score:.2f}"
        speakers = [f"{', '.join((each.name, *each.roles[:1]))} ({each.statements})" for each in row.speakers]
        if speakers:
            yield f"      heard: {_some(speakers)}"
        if row.roles:
            yield f"      without a name: {_some(row.roles)}"
        yield f"      decided by: {_some([f'{rule} ({number})' for rule, number in row.rules])}"

    def _crowds(self) -> Iterator[str]:
        rows = [row for row in self.rows if row.speaks_as in ("collective", "anonymous")]
        if rows:
            yield from ("", f"Many or not named, and nobody's position ({len(rows)})")
        for row in rows:
            yield f"  {row.label} ({len(row.sources)}): {_some([self.names[id] for id in row.documents])}"

    def _judgements(self) -> Iterator[str]:
        if self.found.judgements:
            yield from ("", f"What persons decided ({len(self.found.judgements)})")
        from winset.actors.saying import in_words

        for each in self.found.judgements:
            held = "" if each.number in self.holds else f", taken back by {self._undoing(each)}"
            reach = "" if each.undoes or held else f", {counted(len(self.touched[each.number]), 'statement')}"
            why = f": {each.why}" if each.why else ""
            yield f"  {each.number}  {in_words(each, self.found)}{reach}{held}"
            yield f"      {each.by}, {each.at}{why}"

    def _undoing(self, judgement: Judgement) -> int:
        return next(
            each.number
            for each in self.found.judgements
            if each.undoes == judgement.number and each.number in self.holds
        )

    def _checks(self, case: Place) -> Iterator[str]:
        silent = sum(source.statement.source is None for source in self.sources)
        number = sum(len(row.sources) for row in self.checks)
        if number:
            say = shlex.join(["winset", "actors", str(case), "is", "WORDS", "ACTOR"])
            yield from ("", f"To check: {counted(number, 'statement')} unresolved or unsure; say who it is: {say}")
        for row in self.checks:
            first = row.sources[0]
            taken = f"{first.who.represents}? score {row.lowest_score:.2f}" if first.who.represents else "unresolved"
            speaker = f" (speaker {first.who.speaker})" if first.who.speaker else ""
            times = f", {len(row.sources)} times" if len(row.sources) > 1 else ""
            yield f"  “{first.words}”{speaker}: {taken}{times}, {first.who.rule}"
            for source in islice(row.sources, SHOWN):
                words = _excerpt(source.statement.words)
                yield f"      {source.who.statement_id} {self.names[source.statement.document_id]}: {words}"
            if len(row.sources) > SHOWN:
                yield f"      and {len(row.sources) - SHOWN} more; --json lists all"
        if silent:
            yield from ("", f"{counted(silent, 'statement')} without any source in the text")


def _some(words: Iterable[str]) -> str:
    words = list(words)
    more = f"; and {len(words) - SHOWN} more" if len(words) > SHOWN else ""
    return "; ".join(words[:SHOWN]) + more


def _excerpt(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT].rsplit(' ', 1)[0]} …"
