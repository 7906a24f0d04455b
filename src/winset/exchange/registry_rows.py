"""What the formats of registries have in common: a row of cells checked, and its mistakes collected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from winset.actors.additions import KINDS, Entry, Line, NewMembership, NewName, NewOffice, Span
from winset.actors.types import ActorKind
from winset.errors import BadRegistry, InvalidValue
from winset.ids import PartialDate

LONGEST_CELL = 500  # characters of a name, a title, an id
MOST_MISTAKES = 20  # told at once
_YES = frozenset({"yes", "true", "1", "y"})
_NO = frozenset({"", "no", "false", "0", "n"})
_WIKIDATA = re.compile(r"(?:\w+://(?:www\.)?wikidata\.org/(?:entity|wiki)/)?(Q[1-9]\d{0,11})\Z")


@dataclass(slots=True)
class Mistakes:
    """Mistakes of a file, in the order of its lines; told together."""

    lines: list[str] = field(default_factory=list)

    def add(self, at: Line, reason: str) -> None:
        """One more."""
        self.lines.append(f"{at}: {reason}")

    def tell(self) -> None:
        """Raises BadRegistry with one line for each mistake, where there is one."""
        if self.lines:
            raise BadRegistry(*shortened(self.lines))


def shortened(lines: Iterable[str]) -> list[str]:
    """The first mistakes, and how many more there are."""
    lines = list(lines)
    more = len(lines) - MOST_MISTAKES
    return lines if more <= 0 else [*lines[:MOST_MISTAKES], f"and {more:,} more of the kind"]


def entry_of(cells: Mapping[str, str], at: Line, mistakes: Mistakes) -> Entry | None:
    """The entry of a row with the columns of `registry_csv`; None, and a mistake noted, where it is none."""
    try:
        return _entry(cells, at)
    except (InvalidValue, BadRegistry) as error:
        mistakes.add(at, str(error))
        return None


def _entry(cells: Mapping[str, str], at: Line) -> Entry:
    long = next((column for column, cell in cells.items() if column != "aliases" and len(cell) > LONGEST_CELL), None)
    if long:
        raise BadRegistry(f"{long} has more than {LONGEST_CELL} characters")
    overrides, ambiguous = (yes(cells.get(column, ""), column) for column in ("overrides", "ambiguous"))
    name, kind = cells.get("name", ""), kind_of(cells.get("kind", ""))
    body, title = cells.get("body", ""), cells.get("title", "")
    if not (name or any(cells.get(column) for column in ("id", "iso", "wikidata"))):
        raise BadRegistry("no name: write a name, or the id, iso or wikidata of an actor that is known")
    if body and title:
        raise BadRegistry("body and title in one row: write a row for the membership and one for the office")
    if title and not cells.get("of"):
        raise BadRegistry(f"the office {title!r} lacks 'of': name the state, body or organisation whose office it is")
    if cells.get("of") and not title:
        raise BadRegistry(f"'of' is {cells['of']!r} without a title: write the office's title, or take it out")
    held = Span(day(cells.get("start", "")), day(cells.get("end", "")))
    if (held.start or held.end) and not (body or title):
        raise BadRegistry("start and end date an office or a membership: write title or body, or use since and until")
    if cells.get("role") and not body:
        raise BadRegistry(f"the role {cells['role']!r} lacks 'body': name what it is a role in")
    used = Span(day(cells.get("since", "")), day(cells.get("until", "")))
    aliases = [alias.strip() for alias in cells.get("aliases", "").split("|") if alias.strip()]
    return Entry(
        at=at,
        name=name,
        id=cells.get("id", ""),
        kind=kind,
        names=names_of(name, aliases, used, kind),
        memberships=(
            (NewMembership(body=body, role=cells.get("role") or "member", held=held, at=at, overrides=overrides),)
            if body
            else ()
        ),
        offices=(
            (NewOffice(title=title, of=cells["of"], holder=None, held=held, at=at, overrides=overrides),)
            if title
            else ()
        ),
        iso=cells.get("iso", "").upper(),
        wikidata=wikidata_id(cells.get("wikidata", "")),
        rule=rule_of(cells.get("rule", "")),
        founded=used.start,
        ambiguous=ambiguous,
        overrides=overrides,
    )


def names_of(name: str, aliases: Iterable[str], used: Span, kind: ActorKind | None) -> tuple[NewName, ...]:
    """Name and aliases, each once.  Raises BadRegistry for one that no text can be searched for."""
    found = []
    for words in dict.fromkeys(" ".join(each.split()) for each in (name, *aliases) if each.strip()):
        if len(words) > LONGEST_CELL:
            raise BadRegistry(f"the alias {words[:40]!r}… has more than {LONGEST_CELL} characters")
        if kind is not ActorKind.PERSON and not words[0].isalnum():
            raise BadRegistry(f"the name {words!r} does not begin with a letter or a figure: write it without the mark")
        if kind is not ActorKind.PERSON and len(words) == 1 and words.isascii():
            raise BadRegistry(f"the name {words!r} is a single letter: write a longer one")
        found.append(NewName(words=words, used=used))
    return tuple(found)


def kind_of(cell: str) -> ActorKind | None:
    """The kind in the user's word.  Raises BadRegistry naming the kinds."""
    if not cell:
        return None
    found = KINDS.get(cell.lower())
    if found is None:
        raise BadRegistry(f"kind {cell!r} is none: write one of {', '.join(dict.fromkeys(KINDS))}")
    return found


def day(cell: str) -> PartialDate | None:
    """A partial date, or None for an empty cell.  Raises BadDate."""
    return PartialDate(cell) if cell else None


def yes(cell: str, column: str) -> bool:
    """Whether a cell says yes.  Raises BadRegistry for what is neither yes nor no."""
    if cell.lower() in _YES:
        return True
    if cell.lower() in _NO:
        return False
    raise BadRegistry(f"{column} is {cell!r}: write yes, or leave it empty")


def rule_of(cell: str) -> str:
    """A decision rule's key.  Raises BadRegistry naming the rules."""
    if not cell:
        return ""
    from winset.decisions.rules import RULES

    known = [each.id for each in RULES]
    if cell not in known:
        raise BadRegistry(f"rule {cell!r} is none: there are {', '.join(known)}")
    return cell


def wikidata_id(cell: str) -> str:
    """The Q-id in a cell, which may be its address.  Raises BadRegistry."""
    if not cell:
        return ""
    found = _WIKIDATA.match(cell)
    if found is None:
        raise BadRegistry(f"wikidata is {cell[:40]!r}: write an id such as Q142")
    return found[1]
