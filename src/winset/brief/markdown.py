"""The brief as Markdown (CommonMark with tables): the same eight sections, statements cited by number.

Documents are hostile here too: every word from outside is escaped, so that none becomes a link, an
image, a heading or raw HTML, and stays on its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from winset.brief.account import Mover
from winset.brief.bargaining import model_rows
from winset.brief.claims import Section, claims
from winset.brief.hanging import hinge_rows
from winset.brief.origin_rows import (
    ClaimRow,
    DiscrepancyRow,
    WorkRow,
    claim_rows,
    discrepancy_rows,
    precedent_rows,
    question_rows,
    split,
    work_rows,
)
from winset.brief.origins_graph import Drawn, drawn
from winset.brief.page import ActorRow, Page, StatementRow
from winset.brief.passing import distance, rungs
from winset.brief.timeline import PassageRow
from winset.brief.types import Brief, Claim
from winset.brief.wording import count, day, on_day, percent, shortened, shown
from winset.corpus.disguises import seen

# What can open a construct inside a line; & so that no entity is decoded; : and . against bare addresses made links.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~&#$^@!]|(?<=\w):(?=//)|(?<=www)\.)")
_MARKER = re.compile(r"^([-+=]|\d+(?=[.)]))")  # at the start of a line: a list, or the line under a heading
MOVED_BY = "Moved by, in points it would go back were the statement left out (+ is towards 100):\n"
MOVERS = 5  # statements named for each member that decides
TOLD = 3  # passages quoted for one earlier instance
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def render(brief: Brief) -> str:
    """The whole brief as text. The same brief gives the same text."""
    page = Page(brief)
    parts = {section.key: section for section in claims(brief)}
    as_of = f"; as of {day(brief.as_of)}: only what was said by then" if brief.as_of else ""
    lines = [
        "<!-- winset brief -->",  # so that `winset brief .` does not take its own words for evidence
        f"# {escaped(brief.issue.proposal)}",
        f"{escaped(brief.body.name)}, decision {on_day(brief.issue.on)}{as_of}",
        *_section(page, 1, parts["answer"], ()),
        *_section(page, 2, parts["standing"], _positions(page)),
        *_section(page, 3, parts["passing"], _options(page)),
        *_section(page, 4, parts["said"], _said(page)),
        *_section(page, 5, parts["when"], _timeline(page)),
        *_section(page, 6, parts["origins"], _origins(page)),
        *_section(page, 7, parts["unknown"], _unknown(page)),
        *_section(page, 8, parts["made"], _made(page)),
    ]
    return "\n\n".join(line for line in lines if line) + "\n"


def escaped(text: str) -> str:
    r"""Words from outside on one line, none of them markup.

    >>> print(escaped("![x](http://a) <b>"), escaped("- a"), escaped("1. a"))
    \!\[x\](http\://a) \<b\> \- a 1\. a
    """
    line = _SPECIAL.sub(r"\\\1", _CONTROLS.sub("\ufffd", seen(" ".join(text.split()))))
    marker = _MARKER.match(line)
    if marker is None:
        return line
    place = marker.end() if line[0].isdigit() else 0  # a digit cannot be escaped, the sign after it can
    return f"{line[:place]}\\{line[place:]}"


def _section(page: Page, number: int, section: Section, more: Iterable[str]) -> Iterator[str]:
    yield f"## {number}. {section.title}"
    yield from (_claim(page, claim) for claim in section.claims)
    yield from more


def _claim(page: Page, claim: Claim) -> str:
    runs, others = page.cites(claim.cites)
    titles = {str(document.id): document.title or document.name for document in page.brief.documents}
    keys = [escaped(titles.get(key, key)) for key in others]
    caveat = f" {escaped(claim.caveat)}" if claim.caveat else ""
    return f"{escaped(claim.text)}{caveat} *({claim.kind}: {', '.join([*_runs(runs), *keys])})*"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table; columns whose head ends in # are numbers and stand at the right."""
    if not rows:
        return ""
    rule = ["---:" if head.endswith("#") else "---" for head in heads]
    lines = [[head.removesuffix("#").strip() for head in heads], rule, *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _positions(page: Page) -> Iterator[str]:
    for group in page.groups:
        if rows := group.actors:
            yield f"**{group.title}**{f' ({group.note})' if group.note else ''}"
            table = [_actor(page, row) for row in rows]
            yield _table(("Actor", "Votes #", "Position #", "Stands", "On record"), table)
    if page.deciding:
        yield "### What moved the members that decide"
    for row in page.deciding:
        yield from _account(page, row)


def _actor(page: Page, row: ActorRow) -> tuple[str, ...]:
    record = _without_side(row)
    if row.on_record:
        alone = ", single origin" if row.single_origin else ""
        record = f"{row.evidence}{alone}: {_numbers(page, row)}" if row.evidence else _numbers(page, row)
    elif row.account:
        record = escaped(f"{record}; assumed ({row.account.assumed})")
    position = row.position if row.account else "–"
    return escaped(row.name), str(row.votes or "none"), position, row.stand if row.on_record else "unknown", record


def _numbers(page: Page, row: ActorRow) -> str:
    """The statements behind a position by their numbers; other evidence by its key."""
    runs, others = page.cites(map(str, row.account.position.evidence if row.account else ()))
    return ", ".join([*_runs(runs), *map(escaped, others)])


def _runs(runs: Iterable[tuple[StatementRow, StatementRow]]) -> list[str]:
    return [str(first.number) if first is last else f"{first.number}–{last.number}" for first, last in runs]


def _account(page: Page, row: ActorRow) -> Iterator[str]:
    """How the position of a member that decides came about, the words that moved it most first."""
    account = row.account
    if account is None:
        return
    when = f", {account.when}" if account.when else ""
    estimator = f" Estimated by {account.method}." if account.method else ""
    yield (
        f"**{escaped(row.name)}** {account.figure}; 90% interval {account.interval_words}; nearest to"
        f" {escaped(account.nearest.words)}. {account.record}{when}: {_numbers(page, row)}."
        f" Salience {account.salience}.{estimator}"
    )
    if account.movers:
        shown_first = [_mover(page, mover) for mover in account.movers[:MOVERS]]
        more = len(account.movers) - len(shown_first)
        rest = [f"- {count(more, 'more statement')}, each moving it no more"] if more else []
        yield "\n".join([MOVED_BY, *shown_first, *rest])
    yield from (_claim(page, claim) for claim in (*account.changes, *account.shifts))


def _mover(page: Page, mover: Mover) -> str:
    row = page.moved_by(mover)
    words = escaped(shortened("".join(text for _, text in row.parts), to=160))
    facts = [f"statement {row.number}", *row.force]
    if mover.contribution is not None:
        facts += [f"speaks for {mover.contribution.value:.0f}", f"{mover.share} of the weight"]
    return f"- {mover.moved or 'not told'}: “{words}” ({escaped('; '.join(facts))})"


def _without_side(row: ActorRow) -> str:
    return f"{count(len(row.about), 'statement')} about it, no side" if row.about else "nothing on record"


def _options(page: Page) -> Iterator[str]:
    index = page.index
    yield _table(
        ("Option", "At #", "Likely to object", "Passes #"),
        [
            (
                escaped(rung.option.label),
                f"{rung.option.value:.0f}",
                ", ".join(escaped(shown(index.name(id))) for id in rung.objectors) or "no member on record",
                percent(rung.probability),
            )
            for rung in rungs(index)
        ],
    )
    yield _table(
        ("Member", "Objects #", "Accepts up to #", "Move needed #"),
        [
            (
                escaped(shown(index.name(entry.actor_id))),
                percent(entry.probability),
                f"{entry.consents_up_to:.0f}",
                count(round(distance(index, entry)), "point"),
            )
            for entry in page.brief.forecast.blockers
        ],
    )
    yield _table(
        ("Member", "Objects #", "Adoption if it objects #", "If it does not #", "Nor any above it #"),
        [(escaped(row.name), row.objects, row.if_no, row.if_yes, row.after) for row in hinge_rows(index)],
    )
    yield _table(
        ("Model of bargaining", "At #", "80% of draws #", "The rule adopts it #"),
        [
            (row.model, f"{row.value:.0f}", f"{row.low:.0f} to {row.high:.0f}", percent(row.passes))
            for row in model_rows(index)
        ],
    )


def _said(page: Page) -> Iterator[str]:
    for group in page.speaking:
        for actor in group.actors:
            yield f"### {escaped(actor.name)} ({group.title.lower()})"
            yield from (_statement(row) for row in actor.about)
    others = [row for row in page.rows.values() if row.stance == "none"]
    if others:
        yield f"### About other things ({len(others)})"
        yield from (_statement(row) for row in others)


def _statement(row: StatementRow) -> str:
    words = "".join(f"**{escaped(text)}**" if role == "content" else _loose(text) for role, text in row.parts)
    facts = [row.stance_words, escaped(row.speaker), escaped(row.identified), row.form_words, row.date]
    facts += [escaped(row.document), f"origin: {escaped(row.coded.origin.label)}"]
    facts += [f"confidence {row.certainty}", escaped(row.coder)]
    return f"> {words}\n>\n> {row.number}: {'; '.join(fact for fact in facts if fact)}"


def _loose(text: str) -> str:
    """Escaped, with the spaces at its ends kept: they part it from the words beside it."""
    lead, tail = text[:1].isspace(), text[-1:].isspace() and bool(text.strip())
    return f"{' ' if lead else ''}{escaped(text)}{' ' if tail else ''}"


def _timeline(page: Page) -> Iterator[str]:
    lines = []
    for entry in page.timeline:
        for row in entry.events:
            kind = escaped(", ".join([row.kind, *row.marks]))
            lines.append(f"- {entry.date}, {kind}: {_words(row.best)}")
            lines += [f"  - {f'{other.date}: ' if other.date else ''}{_words(other)}" for other in row.others]
    yield "\n".join(lines)
    yield _table(
        ("Earlier instance", "What", "When", "What became of it", "Words"),
        [
            (
                escaped(row.precedent.place),
                escaped(row.precedent.kind),
                escaped(row.years) or "not told",
                escaped(row.fate),
                "; ".join(_words(words, to=140) for words in row.words[:TOLD]),
            )
            for row in precedent_rows(page.index)
        ],
    )


def _words(row: PassageRow, *, to: int = 280) -> str:
    """Words of a document with its title."""
    return f"“{escaped(shortened(row.words, to=to))}” ({escaped(row.document)})"


def _origins(page: Page) -> Iterator[str]:
    yield from _arrows(drawn(page.brief.documents, page.brief.lineage, page.brief.shared))
    shared = claim_rows(page)
    if shared:
        yield "### Said in more than one document"
    yield "\n".join(_shared(row) for row in shared)
    different, loose = split(discrepancy_rows(page.index))
    for title, rows in (("Told differently", different), ("Loose ends of notes and references", loose)):
        if rows:
            yield f"### {title}"
            yield "\n".join(_discrepancy(row) for row in rows)
    yield _table(
        ("Origin", "Carries", "Statements"),
        [
            (
                escaped(row.label),
                ", ".join(escaped(name) for name in row.actors),
                ", ".join(str(statement.number) for statement in row.statements),
            )
            for row in page.origins
        ],
    )
    yield "\n".join(
        f"- {escaped(row.name)} ({row.kind}{_alone(row)}): credited in {escaped(leaning.document)}"
        f" (“{escaped(shortened(leaning.words[0].words, to=140))}”)"
        for row in work_rows(page.index)
        for leaning in row.leaning
    )
    yield _table(
        ("Document", "Publisher", "Published"),
        [
            (escaped(one.title or one.name), escaped(one.publisher or ""), day(one.published) if one.published else "")
            for one in page.brief.documents
        ],
    )


def _alone(row: WorkRow) -> str:
    return f", only origin of {count(row.alone, 'claim')}" if row.alone else ""


def _arrows(graph: Drawn) -> Iterator[str]:
    """The graph as lines: what each document leans on."""
    lines = []
    for each in graph.documents:
        ends = [f"{escaped(graph.names[one.to])} ({one.how})" for one in graph.arrows if one.document_id == each.id]
        lines += [f"- {escaped(each.title)} → {'; '.join(ends)}"] if ends else []
    if lines:
        yield "### What each document leans on"
        yield "\n".join(lines)
        yield escaped(graph.left_out)


def _shared(row: ClaimRow) -> str:
    numbers = ", ".join(str(statement.number) for statement in row.statements)
    labels = "; ".join(escaped(label) for label in row.labels)
    alone = "**single origin**: " if row.single else ""
    told = [f"statements {numbers}"] if numbers else []
    told += [f"quoted in {escaped(words.document)}" for words in row.quoted]
    return f"- “{escaped(shortened(row.words, to=170))}”: {row.weight} ({alone}{labels}); {', '.join(told)}"


def _discrepancy(row: DiscrepancyRow) -> str:
    lines = [f"- {row.kind}, {escaped(row.discrepancy.about)}: {escaped(row.discrepancy.why)}"]
    for telling in row.tellings:
        value = f"**{escaped(shortened(telling.value, to=160))}**" if telling.value else "not there"
        lines.append(f"  - {value}{' (borne out)' if telling.right else ''}: {_words(telling.words)}")
    if row.settled:
        lines.append(f"  - **{escaped(row.settled)}**")
    return "\n".join(lines)


def _unknown(page: Page) -> Iterator[str]:
    yield "\n".join(f"- refused: {escaped(row.name)}: {escaped(row.reason)}" for row in page.brief.rejected)
    yield "\n".join(
        f"- copy: {escaped(copy.name)} of {escaped(page.index.title(copy.of))} ({percent(copy.similarity)} alike)"
        for copy in page.brief.duplicates
    )
    lines = []
    for row in question_rows(page.index):
        lines.append(
            f"- asked: {_words(row.words)}{f', {row.where}' if row.where else ''}"
            f"{'' if row.passages else ': nothing here answers it'}"
        )
        lines += [f"  - {_words(answer)}" for answer in row.passages]
    yield "\n".join(lines)


def _made(page: Page) -> Iterator[str]:
    made = page.brief.how_made
    yield _table(
        ("Step", "Method"),
        [
            ("made", f"{escaped(made.generated_at)}, {made.seconds:.1f} s"),
            ("rule", f"{escaped(page.brief.rule_name)}, {escaped(page.brief.rule_source)}"),
            *((escaped(step), escaped(method)) for step, method in made.methods),
            ("command", escaped(made.command)),
        ],
    )
