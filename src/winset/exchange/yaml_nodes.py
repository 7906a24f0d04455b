"""A YAML text as plain values that still know their lines, read so that no text can do harm."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from winset.errors import BadCase

if TYPE_CHECKING:
    import yaml

Path: TypeAlias = tuple[str | int, ...]  # ("members", 2, "votes")

LONGEST = 1_000_000  # characters; a case file is a page, not an archive
DEEPEST = 12  # levels of nesting; a case file needs four

_CORE = {  # the core schema of YAML 1.2: NO stays Norway, and 2023-07-11 what was written
    "tag:yaml.org,2002:bool": (r"true|True|TRUE|false|False|FALSE", "tTfF"),
    "tag:yaml.org,2002:int": (r"[-+]?[0-9]+", "-+0123456789"),
    "tag:yaml.org,2002:float": (r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
    "tag:yaml.org,2002:null": (r"null|Null|NULL|~|", "nN~\0"),
}
_TAGS = "tag:yaml.org,2002:"
_KINDS = (f"{_TAGS}str", f"{_TAGS}seq", f"{_TAGS}map")


@dataclass(frozen=True, slots=True)
class Tree:
    """Plain dicts, lists and scalars, and the line on which each of them stands."""

    name: str  # of the file, for messages
    plain: Any
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int:
        """The line of `path`, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def refusal(self, path: Path, reason: str) -> BadCase:
        """The error that names file, line and reason."""
        return BadCase(f"{self.name} line {self.line(path)}: {reason}")


def tree(text: str, *, name: str) -> Tree:
    """`text` read as YAML 1.2 core schema, without anchors, tags and repeated keys.

    Raises BadCase naming the line.  Cost: two passes; memory grows with the text, as nothing is expanded.
    """
    import yaml

    if len(text) > LONGEST:
        raise BadCase(f"{name}: {len(text):,} characters: a case file has at most {LONGEST:,}")
    try:
        text.encode("utf-8")
        _refuse_traps(text, name)
        root = yaml.compose(text, Loader=_loader())
    except yaml.YAMLError as error:
        raise BadCase(f"{name} line {_line_of(error, text)}: no valid YAML: {_problem(error)}") from None
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise BadCase(f"{name} line {line}: half a surrogate pair: save the file as UTF-8") from None
    lines: dict[Path, int] = {(): 1}
    plain = _plain(root, (), lines, name) if root is not None else None
    return Tree(name, plain, lines)


def _refuse_traps(text: str, name: str) -> None:
    """What would make a short text large or deep, found before anything is built from it."""
    import yaml

    depth = 0
    for event in yaml.parse(text, Loader=_loader()):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise BadCase(f"{name} line {line}: anchors (&, *) are not read: write the value out")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise BadCase(f"{name} line {line}: nested more than {DEEPEST} levels deep: a case file needs four")


def _loader() -> Any:
    """SafeLoader, in C where PyYAML has it, that resolves only what YAML 1.2 resolves."""
    import re

    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader: Any = type("CoreLoader", (base,), {"yaml_implicit_resolvers": {}})
    for tag, (pattern, first) in _CORE.items():
        starts = ["" if character == "\0" else character for character in first]
        loader.add_implicit_resolver(tag, re.compile(rf"(?:{pattern})\Z"), starts)
    return loader


def _plain(node: yaml.Node, path: Path, lines: dict[Path, int], name: str) -> Any:
    import yaml

    lines.setdefault(path, node.start_mark.line + 1)
    if node.tag not in (*_CORE, *_KINDS):
        tag = node.tag.replace(_TAGS, "!!")
        raise BadCase(
            f"{name} line {node.start_mark.line + 1}: the tag {tag!r} is not read: write the value without it"
        )
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, name)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*path, place), lines, name) for place, child in enumerate(node.value)]
    found: dict[Hashable, Any] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise BadCase(f"{name} line {line}: a list or mapping cannot be a name: write a word before the colon")
        if key.value in found:
            raise BadCase(f"{name} line {line}: {key.value!r} stands twice, first on line {lines[*path, key.value]}")
        lines[*path, key.value] = line
        found[key.value] = _plain(value, (*path, key.value), lines, name)
    return found


def _scalar(node: yaml.ScalarNode, name: str) -> str | int | float | bool | None:
    line = node.start_mark.line + 1
    text: str = node.value
    kind = node.tag.rpartition(":")[2]
    if kind == "str":
        return text
    try:
        if kind == "int":
            return int(text)
        if kind == "float":
            return float(text)
    except ValueError:  # thousands of digits, or an explicit tag on words
        raise BadCase(f"{name} line {line}: {text[:20]!r} is no number that can be read") from None
    return text.lower() == "true" if kind == "bool" else None


def _line_of(error: yaml.YAMLError, text: str) -> int:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        return min(int(mark.line), text.rstrip("\n").count("\n")) + 1  # what is missing at the end is told at the end
    return text.count("\n", 0, getattr(error, "position", 0)) + 1


def _problem(error: yaml.YAMLError) -> str:
    words = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    return " ".join(str(words).split())
