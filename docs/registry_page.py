"""The reference page of the shipped registry, from the tables themselves: files, bodies, groups, offices, names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files

from winset.actors.names import Alias
from winset.actors.registry import Registry, registry
from winset.actors.rolls import groups
from winset.actors.tables import rows
from winset.actors.types import ActorKind, Body, Membership
from winset.decisions.rules import RULES
from winset.ids import ActorId

HEAD = """\
# Registry

The states, bodies, offices and names that winset ships, as its tables hold them. `make docs` writes this page from
them; a test compares the two. No figure depends on the day it was written: "last" is the last change a table knows of.
`winset members BODY --on DATE` and `winset who WORDS --on DATE` [ask it](../how-to/ask-the-registry.md).
"""
MANY = 50  # changes of members: more has only a body with elected ones
FEW = 2  # terms; titles with more have a line of their own
ENLARGED = ("nato", "eu-council")  # bodies whose every change of members is listed
_ROW = re.compile(r"^\|\s*(?P<file>[\w-]+\.csv)\s*\|(?P<rest>.*)\|\s*$", re.M)
_HEADER = ("what", "source", "licence", "date")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A shipped file as the README beside it describes it."""

    path: str  # below actors/data
    what: str
    source: str
    licence: str
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The first day of a new set of members."""

    on: date
    joined: tuple[str, ...]  # names
    left: tuple[str, ...]
    members: int  # from that day


def page() -> str:
    """The whole page, in Markdown."""
    known = registry()
    sections = (
        _files(),
        _states(known),
        _bodies(known),
        _groups(known),
        _partners(known),
        _offices(known),
        _names(known),
    )
    return "\n".join([HEAD, *("\n".join(section) + "\n" for section in sections)])


def described() -> dict[str, Table]:
    """Every table that a README of the data names, by its path.  Raises ValueError for a row of another shape."""
    found = {}
    for folder in sorted(files("winset.actors").joinpath("data").iterdir(), key=lambda entry: entry.name):
        readme = folder.joinpath("README.md")
        if not readme.is_file():
            continue
        for row in _ROW.finditer(readme.read_text(encoding="utf-8")):
            cells = [cell.strip() for cell in row["rest"].split("|")]
            if len(cells) != len(_HEADER):
                raise ValueError(f"{folder.name}/README.md: the row of {row['file']} has not these cells: {_HEADER}")
            path = f"{folder.name}/{row['file']}"
            found[path] = Table(path=path, **dict(zip(_HEADER, cells, strict=True)))
    return found


def shipped() -> list[str]:
    """The path of every table below actors/data."""
    data = files("winset.actors").joinpath("data")
    return sorted(
        f"{folder.name}/{table.name}"
        for folder in data.iterdir()
        if folder.is_dir()
        for table in folder.iterdir()
        if table.name.endswith(".csv")
    )


def changes(key: str, known: Registry) -> list[Change]:
    """Every change of the members of a body or group, in order."""
    terms = [(actor.name, each) for actor in known.actors.values() for each in actor.memberships if _sits(each, key)]
    days = {each.start or date.min for _, each in terms} | {each.end + timedelta(1) for _, each in terms if each.end}
    found, before = [], frozenset[str]()
    for day in sorted(days):
        now = frozenset(name for name, each in terms if each.holds_on(day))
        if now != before:
            joined, left = tuple(sorted(now - before)), tuple(sorted(before - now))
            found.append(Change(on=day, joined=joined, left=left, members=len(now)))
        before = now
    return found


def _sits(membership: Membership, key: str) -> bool:
    return membership.body == key and "member" in membership.role


def _files() -> Iterator[str]:
    tables = described()
    yield "## Files\n"
    yield f"{len(tables)} tables, UTF-8, below `src/winset/actors/data`; the texts of the licences lie beside them.\n"
    yield from _table(
        ("file", "what", "rows", "source", "licence", "date"),
        (
            (f"`{path}`", each.what, f"{len(rows(path)):,}", each.source, each.licence, each.date)
            for path, each in sorted(tables.items())
        ),
    )


def _states(known: Registry) -> Iterator[str]:
    states = [actor for actor in known.actors.values() if actor.kind is ActorKind.STATE]
    ended = sorted((state for state in states if state.until), key=lambda state: state.name)
    yield "## States\n"
    yield f"{len(states)} states and territories, of them {len(ended)} that are no more:\n"
    after: dict[str, list[str]] = {}
    for row in rows("countries/successions.csv"):
        after.setdefault(row["predecessor"], []).append(
            f"{known.label(ActorId(row['successor']))} ({row['kind']}, {row['on']})"
        )
    yield from _table(
        ("state", "id", "first day", "last day", "after it"),
        (
            (state.name, f"`{state.id}`", state.since or "", state.until or "", ", ".join(after.get(state.id, ())))
            for state in ended
        ),
    )
    former = sorted(
        {(alias.words, alias.actor_ids[0], alias.until) for alias in _aliases(known) if _renamed(alias, known)}
    )
    if former:
        yield "\nNames and capitals that a state no longer has:\n"
        yield from _table(
            ("name", "of", "last day"), ((words, known.label(actor), until or "") for words, actor, until in former)
        )


def _renamed(alias: Alias, known: Registry) -> bool:
    """Whether the name ended before its state did."""
    return alias.until is not None and alias.until != known.actors[alias.actor_ids[0]].until


def _bodies(known: Registry) -> Iterator[str]:
    yield "## Bodies\n"
    yield "They decide by a rule of their own, unless a case names another one."
    yield "Words in brackets are keys of the [bibliography](../bibliography.bib).\n"
    yield from _table(
        ("body", "key", "founded", "source", "rule", "members at first", "at last", "since"),
        (
            (
                body.name,
                f"`{key}`",
                body.founded,
                f"[{body.source}]" if body.source else "",
                "; ".join(_rule_periods(body)),
                *_first_and_last(_without_terms_ahead(changes(key, known))),
            )
            for key, body in known.bodies.items()
        ),
    )
    for key in ENLARGED:
        yield f"\n### Members of the {known.bodies[key].name}\n"
        yield from _table(
            ("from", "members", "joined", "left"),
            (
                (change.on, change.members, ", ".join(change.joined), ", ".join(change.left))
                for change in changes(key, known)
            ),
        )
    elected = [
        (actor.id, each)
        for actor in known.actors.values()
        for each in actor.memberships
        if each.body == "unsc" and each.role == "elected member" and each.start and each.end
    ]
    first, last = min(each.start for _, each in elected if each.start), max(each.end for _, each in elected if each.end)
    yield (
        f"\nThe UN Security Council: {len(elected)} terms of {len({actor for actor, _ in elected})} elected members,"
        f" {first} to {last}."
    )


def _first_and_last(found: list[Change]) -> tuple[object, object, object]:
    """How many members at first, how many at last, and since when."""
    return (found[0].members, found[-1].members, _day(found[-1].on)) if found else ("", "", "")


def _without_terms_ahead(found: list[Change]) -> list[Change]:
    """Without the days on which elected members leave whose successors are not elected yet."""
    elected = len(found) > MANY and all(change.left for change in found[-2:])
    last = max((n for n, change in enumerate(found) if change.joined), default=0)
    return found[: last + 1] if elected else found


def _day(day: date | None) -> object:
    """A day, or nothing where it is not known."""
    return "" if day in (None, date.min) else day


def _rule_periods(body: Body) -> Iterator[str]:
    for past in body.past_rules:
        yield f"`{past.rule}` [{RULES[past.rule].source}] {past.start} to {past.end}"
    since = f" since {body.past_rules[-1].end + timedelta(1)}" if body.past_rules else ""
    yield f"`{body.rule}` [{RULES[body.rule].source}]{since}"


def _groups(known: Registry) -> Iterator[str]:
    yield "## Groups and organisations with members\n"
    yield "They have members by day, and no rule by which they would decide.\n"
    yield from _table(
        ("group", "key", "first day, where known", "members at first", "at last", "since"),
        (
            (known.label(id), f"`{id}`", _day(found[0].on), *_first_and_last(found))
            for id in groups(known)
            for found in [changes(id, known)]
        ),
    )


def _partners(known: Registry) -> Iterator[str]:
    found: dict[tuple[str, str], list[Membership]] = {}
    for actor in known.actors.values():
        for each in actor.memberships:
            if each.role.startswith("partner: "):
                found.setdefault((each.body, each.role.removeprefix("partner: ")), []).append(each)
    yield "## Partner formats\n"
    yield from _table(
        ("body", "format", "states ever", "of them still", "first day"),
        (
            (
                f"`{body}`",
                kind,
                len(terms),
                sum(each.end is None for each in terms),
                min((each.start for each in terms if each.start), default=""),
            )
            for (body, kind), terms in sorted(found.items())
        ),
    )


def _offices(known: Registry) -> Iterator[str]:
    held = [tenure.office for tenure in known.holders.tenures]
    yield "## Offices\n"
    yield (
        f"{len(held):,} terms of {len({office.holder for office in held}):,} holders. An office that is not listed"
        " resolves by its words alone: the state or body is known, its holder is not.\n"
    )
    titles = Counter(office.title for office in held)
    yield from _table(
        ("title", "terms", "holders", "states and bodies", "earliest", "latest beginning"),
        (
            (
                title,
                count,
                len({office.holder for office in held if office.title == title}),
                len({office.of for office in held if office.title == title}),
                min((office.start for office in held if office.title == title and office.start), default=""),
                max((office.start for office in held if office.title == title and office.start), default=""),
            )
            for title, count in sorted(titles.items(), key=lambda entry: (-entry[1], entry[0]))
            if count > FEW
        ),
    )
    yield f"\nWith {FEW} terms or fewer: {', '.join(sorted(title for title, count in titles.items() if count <= FEW))}."


def _names(known: Registry) -> Iterator[str]:
    aliases = _aliases(known)
    kinds = Counter(alias.kind for alias in aliases)
    yield "## Names\n"
    called = {actor for alias in aliases for actor in alias.actor_ids}
    yield f"{len(aliases):,} words and phrases by which a text may call {len(called)} states, bodies and groups:\n"
    yield from _table(
        ("kind", "names", "that mean other things too", "that may mean several"),
        (
            (
                kind.value,
                f"{count:,}",
                sum(alias.ambiguous for alias in aliases if alias.kind is kind),
                sum(len(alias.actor_ids) > 1 for alias in aliases if alias.kind is kind),
            )
            for kind, count in kinds.most_common()
        ),
    )


def _aliases(known: Registry) -> list[Alias]:
    return [alias for group in known.names.by_first_word.values() for alias in group]


def _table(header: tuple[str, ...], lines: Iterable[tuple[object, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield f"| {' | '.join('---' for _ in header)} |"
    for line in lines:
        yield f"| {' | '.join(str(cell) for cell in line)} |"
