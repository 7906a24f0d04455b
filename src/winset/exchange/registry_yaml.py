"""A registry of the user's own as YAML: a list of actors, each with its memberships and offices.

actors:
- name: Harbour Board
  kind: body
  rule: simple-majority
  members:                    # a name alone, or
  - {name: Ruritania, start: 1990}
- name: Ann Example
  kind: person
  aliases: [A. Example]
  memberships:
  - {body: Hill Institute, role: senior fellow, start: 2021-03}
  offices:
  - {title: foreign minister, of: Ruritania, start: 2015, end: 2019}

The words are those of the CSV's columns. A state or body may list its offices with `holder:` in place of `of:`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from winset.actors.additions import Addition, Entry, Line, NewMembership, NewOffice
from winset.actors.types import ActorKind
from winset.errors import BadCase, BadRegistry
from winset.exchange import yaml_nodes
from winset.exchange.registry_csv import COLUMNS
from winset.exchange.registry_rows import Mistakes, entry_of

_OWN = frozenset(COLUMNS) - {"body", "role", "title", "of", "start", "end"}
_MEMBERSHIP = frozenset({"body", "role", "start", "end", "overrides"})
_OFFICE = frozenset({"title", "of", "holder", "start", "end", "overrides"})
_MEMBER = frozenset({"name", "role", "start", "end", "overrides"})
_LISTS = {"memberships": _MEMBERSHIP, "offices": _OFFICE, "members": _MEMBER}


@dataclass(frozen=True, slots=True)
class _Node:
    """A mapping of the file, its values as cells."""

    cells: dict[str, str]
    lists: dict[str, Any]
    path: yaml_nodes.Path
    at: Line


def read_yaml(text: str, *, name: str) -> Addition:
    """The registry in `text`; `name` is for messages.  Raises BadRegistry with a line for each mistake.

    >>> found = read_yaml("[{name: Ruritania, kind: state, memberships: [{body: nato, start: 2020}]}]", name="own.yaml")
    >>> str(found.entries[0].memberships[0].held)
    '2020 to now'
    """
    if len(text) > yaml_nodes.LONGEST:
        most = f"a registry in YAML has at most {yaml_nodes.LONGEST:,}, in CSV more"
        raise BadRegistry(f"{name}:1: {len(text):,} characters: {most}")
    try:
        tree = yaml_nodes.tree(text, name=name)
    except BadCase as error:
        raise BadRegistry(str(error).replace(f"{name} line ", f"{name}:", 1)) from None
    plain: Any = tree.plain
    path: yaml_nodes.Path = ()
    if isinstance(plain, dict) and set(plain) == {"actors"}:
        plain, path = plain["actors"], ("actors",)
    if not isinstance(plain, list):
        raise BadRegistry(f"{name}:1: a registry is a list of actors: begin with 'actors:' and '- name: ...'")
    mistakes = Mistakes()
    entries = [entry for place, each in enumerate(plain) for entry in _entries(each, (*path, place), tree, mistakes)]
    mistakes.tell()
    return Addition(name, tuple(entries))


def _entries(value: Any, path: yaml_nodes.Path, tree: yaml_nodes.Tree, mistakes: Mistakes) -> Iterator[Entry]:
    """The actor, and those that it lists as its members."""
    try:
        node = _node(value, path, tree, _OWN, lists=frozenset(_LISTS))
        entry = entry_of(node.cells, node.at, mistakes)
        if entry is None:
            return
        yield replace(
            entry,
            memberships=tuple(_memberships(node, tree)),
            offices=tuple(_offices(node, entry, tree)),
        )
        yield from _members(node, entry, tree)
    except BadRegistry as error:
        mistakes.lines.extend(error.lines)


def _memberships(node: _Node, tree: yaml_nodes.Tree) -> Iterator[NewMembership]:
    for each in _nodes(node, "memberships", tree):
        found = _checked(each, {"id": "-", **each.cells})
        if not found.memberships:
            raise BadRegistry(f"{each.at}: a membership lacks 'body'")
        yield from found.memberships


def _offices(node: _Node, entry: Entry, tree: yaml_nodes.Tree) -> Iterator[NewOffice]:
    for each in _nodes(node, "offices", tree):
        cells = dict(each.cells)
        holder = cells.pop("holder", None)
        if holder is None and entry.kind not in (ActorKind.PERSON, None):
            raise BadRegistry(f"{each.at}: the office {cells.get('title', '')!r} lacks 'holder'")
        if holder is not None:
            cells.setdefault("of", entry.id or entry.iso or entry.wikidata or entry.name)
        found = _checked(each, {"id": "-", **cells})
        if not found.offices:
            raise BadRegistry(f"{each.at}: an office lacks 'title'")
        yield replace(found.offices[0], holder=holder)


def _members(node: _Node, entry: Entry, tree: yaml_nodes.Tree) -> Iterator[Entry]:
    for each in _nodes(node, "members", tree, alone="name"):
        cells = {**each.cells, "body": entry.id or entry.iso or entry.wikidata or entry.name}
        yield replace(_checked(each, cells), refers=True, names=())


def _checked(node: _Node, cells: dict[str, str]) -> Entry:
    """A nested row as an entry, by the rules of the CSV."""
    mistakes = Mistakes()
    found = entry_of(cells, node.at, mistakes)
    if found is None:
        raise BadRegistry(*mistakes.lines)
    return found


def _nodes(node: _Node, key: str, tree: yaml_nodes.Tree, alone: str = "") -> Iterator[_Node]:
    values = node.lists.get(key) or []
    if not isinstance(values, list):
        raise BadRegistry(f"{Line(tree.name, tree.line((*node.path, key)))}: {key} is no list: write '- ' before each")
    for place, value in enumerate(values):
        given = {alone: value} if alone and isinstance(value, str) else value
        yield _node(given, (*node.path, key, place), tree, _LISTS[key], lists=frozenset())


def _node(
    value: Any, path: yaml_nodes.Path, tree: yaml_nodes.Tree, known: frozenset[str], *, lists: frozenset[str]
) -> _Node:
    """Raises BadRegistry for what is no mapping of known words to plain values."""
    at = Line(tree.name, tree.line(path))
    if not isinstance(value, dict):
        raise BadRegistry(f"{at}: {str(value)[:40]!r} is no mapping: write words with values, as in 'name: Ruritania'")
    cells: dict[str, str] = {}
    for key, each in value.items():
        place = Line(tree.name, tree.line((*path, key)))
        if key in lists:
            continue
        if key not in known:
            near = difflib.get_close_matches(str(key), known | lists, n=1)
            meant = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(sorted(known | lists))}"
            raise BadRegistry(f"{place}: {str(key)[:40]!r} is not known here: {meant}")
        cells[key] = _cell(each, key, place)
    return _Node(cells, {key: value[key] for key in lists & set(value)}, path, at)


def _cell(value: Any, key: str, at: Line) -> str:
    if value is None:
        return ""
    if isinstance(value, list) and key == "aliases":
        return "|".join(_cell(each, "alias", at) for each in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict | list):
        raise BadRegistry(f"{at}: {key} is a {'mapping' if isinstance(value, dict) else 'list'}: write one value")
    return str(value).strip()
