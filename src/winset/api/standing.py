"""Position: where one actor stands, by which words; and how a table of them is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from winset.api.tables import Table
    from winset.api.words import Words


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Position:
    """Where an actor stands on the proposal: 0 is the status quo's end of the scale, 100 the proposal's."""

    actor: str
    actor_id: str
    votes: int | None  # 0: no vote
    value: float | None  # 0-100, issue scale; None: nothing on record
    std_error: float | None  # same scale
    low: float | None  # of the 90% interval
    high: float | None
    stands: str  # for, leaning for, in between, leaning against, against or unknown
    salience: float | None  # 0-1
    origins: int  # independent origins behind it
    assumed: str | None  # the assumption that made it, where no words did
    evidence: Table = field(compare=False)  # the statements that moved it
    statements: Table = field(compare=False)  # all that the actor said, about the proposal or not

    @property
    def words(self) -> tuple[Words, ...]:
        """The words of the statements that moved it."""
        return tuple(part for row in range(len(self.evidence)) for part in self.evidence.words(row))

    def __repr__(self) -> str:
        return f"<Position {self}{f'; {self._rests()}' if len(self.evidence) else ''}>"

    def __str__(self) -> str:
        if self.value is None:
            return f"{self.actor}: nothing on record"
        return f"{self.actor}: {figure(self.value, self.std_error)}, {self.stands}"

    def _repr_html_(self) -> str:
        from winset.api import html

        drawn = html.bar(self.value, self.low, self.high, stands=self.stands)
        rests = self._rests() if len(self.evidence) else ""
        head = f'<p class="big">{html.safe(str(self))}</p><p>{drawn} {html.muted(self.assumed or rests)}</p>'
        return html.framed(head, quotes(self.evidence))

    def _rests(self) -> str:
        from winset.brief.wording import count

        return f"{count(len(self.evidence), 'statement')} from {count(self.origins, 'independent origin')}"


def position_of(row: Mapping[str, Any], statements: Callable[[Sequence[str]], Table]) -> Position:
    """A row of the table of positions, opened.  statements: gives those of some ids."""
    return Position(
        actor=row["actor"],
        actor_id=row["actor_id"],
        votes=row["votes"],
        value=row["position"],
        std_error=row["std_error"],
        low=row["low_90"],
        high=row["high_90"],
        stands=row["stands"] or "unknown",
        salience=row["salience"],
        origins=row["origins"],
        assumed=row["assumed"],
        evidence=statements(row["evidence"]),
        statements=statements(row["said"]),
    )


def figure(value: float, std_error: float | None) -> str:
    """A position as read aloud: "12 ± 6"."""
    from winset.brief.wording import plus_minus

    return plus_minus(value, std_error or 0)


def quotes(said: Table) -> str:
    """Statements word for word, each with who, when and where; the first few."""
    from winset.api import html
    from winset.api.words import passage

    shown = [
        f"<blockquote>{passage(said.words(at))}<br>"
        f"{html.muted(', '.join(filter(None, (row['speaker'], row['said_on'], row['document']))))}</blockquote>"
        for at, row in enumerate(said[: html.QUOTES])
    ]
    more = html.muted(f"and {len(said) - html.QUOTES} more") if len(said) > html.QUOTES else ""
    return "".join([*shown, more])


def position_rows(rows: Sequence[Mapping[str, Any]], statements: Callable[[Sequence[str]], Table]) -> str:
    """Positions as a notebook shows them: a bar with its interval, and the words behind it.

    Who has nothing on record is named in a line of its own: unknown, which is not the middle.
    """
    from winset.api import html
    from winset.brief.wording import shown

    known = [row for row in rows if row["position"] is not None]
    table = html.table(
        ("actor", "position, 0–100", "", "stands", "said"),
        [
            (
                html.safe(shown(row["actor"])) + ("" if row["votes"] else f" {html.muted('no vote')}"),
                html.bar(row["position"], row["low_90"], row["high_90"], stands=row["stands"] or "", told=_hint(row)),
                html.safe(figure(row["position"], row["std_error"])),
                html.safe(row["stands"] or ""),
                _opened(row, statements),
            )
            for row in known
        ],
    )
    silent = [shown(row["actor"]) for row in rows if row["position"] is None]
    unknown = f"<p>{html.muted('Nothing on record: ')}{html.safe(', '.join(silent))}</p>" if silent else ""
    return (table if known else "") + unknown


def _hint(row: Mapping[str, Any]) -> str:
    return f"{row['low_90']:g} to {row['high_90']:g}, 90% interval" if row["low_90"] is not None else ""


def _opened(row: Mapping[str, Any], statements: Callable[[Sequence[str]], Table]) -> str:
    """The words behind a position, folded."""
    from winset.api import html
    from winset.brief.wording import count

    said = statements(row["evidence"])
    if not len(said):
        return html.muted(row["assumed"] or "")
    head = f"{count(len(said), 'statement')}, {count(row['origins'], 'origin')}"
    return f"<details><summary>{html.safe(head)}</summary>{quotes(said)}</details>"
