"""The brief as Markdown (CommonMark with tables): the same eight sections, statements cited by number.

Documents are hostile here too: every word from outside is escaped, so that none becomes a link, an
image, a heading or raw HTML, and stays on its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from winset.brief.claims import Section, claims
from winset.brief.page import ActorRow, Page, StatementRow
from winset.brief.passing import distance, rungs
from winset.brief.types import Brief, Claim
from winset.brief.wording import count, day, on_day, percent, shortened, shown

# What can open a construct inside a line; & so that no entity is decoded; : and . against bare addresses made links.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~&#$^@!]|(?<=\w):(?=//)|(?<=www)\.)")
_MARKER = re.compile(r"^([-+=]|\d+(?=[.)]))")  # at the start of a line: a list, or the line under a heading
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def render(brief: Brief) -> str:
    """The whole brief as text. The same brief gives the same text."""
    page = Page(brief)
    parts = {section.key: section for section in claims(brief)}
    lines = [
        "<!-- winset brief -->",  # so that `winset brief .` does not take its own words for evidence
        f"# {escaped(brief.issue.proposal)}",
        f"{escaped(brief.body.name)}, decision {on_day(brief.issue.on)}",
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
    line = _SPECIAL.sub(r"\\\1", _CONTROLS.sub("\ufffd", " ".join(text.split())))
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
    numbers = [str(a.number) if a is b else f"{a.number}–{b.number}" for a, b in runs]
    titles = {str(document.id): document.title or document.name for document in page.brief.documents}
    keys = [escaped(titles.get(key, key)) for key in others]
    caveat = f" {escaped(claim.caveat)}" if claim.caveat else ""
    return f"{escaped(claim.text)}{caveat} *({claim.kind}: {', '.join([*numbers, *keys])})*"


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
            yield _table(("Actor", "Votes #", "Position #", "Stands", "On record"), [_actor(row) for row in rows])


def _actor(row: ActorRow) -> tuple[str, ...]:
    record = row.evidence + (", single origin" if row.single_origin else "") if row.on_record else _without_side(row)
    position = row.position if row.stand else "–"
    return escaped(row.name), str(row.votes or "none"), position, row.stand or "unknown", record


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
    lines = [
        f"- {entry.date}, {row.kind}{', planned' if row.event.planned else ''}:"
        f" {escaped(shortened(row.event.anchor.exact))} ({escaped(row.document)})"
        for entry in page.timeline
        for row in entry.events
    ]
    yield "\n".join(lines)


def _origins(page: Page) -> Iterator[str]:
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
    lines = [
        f"- {escaped(row.origin)}: credited in {escaped(title)} (“{escaped(shortened(credit.anchor.exact, to=140))}”)"
        for row in page.credits
        for _, title, credit in row.credits
    ]
    yield "\n".join(lines)
    yield _table(
        ("Document", "Publisher", "Published"),
        [
            (escaped(one.title or one.name), escaped(one.publisher or ""), day(one.published) if one.published else "")
            for one in page.brief.documents
        ],
    )


def _unknown(page: Page) -> Iterator[str]:
    yield "\n".join(f"- refused: {escaped(row.name)}: {escaped(row.reason)}" for row in page.brief.rejected)
    yield "\n".join(
        f"- copy: {escaped(copy.name)} of {escaped(page.index.title(copy.of))} ({percent(copy.similarity)} alike)"
        for copy in page.brief.duplicates
    )


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
