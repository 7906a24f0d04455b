"""Registries of the user's own: which format a file has, read with limits, as text that a case can keep."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from winset.actors.additions import Addition
from winset.errors import BadRegistry
from winset.exchange.json_objects import is_sparql
from winset.exchange.registry_csv import DELIMITERS, read_csv
from winset.exchange.registry_ftm import read_ftm
from winset.exchange.registry_wikidata import is_result, read_result_csv, read_result_json
from winset.exchange.registry_yaml import read_yaml

FILE_BYTES = 20_000_000
READERS: dict[str, Callable[..., Addition]] = {
    "csv": read_csv,
    "yaml": read_yaml,
    "wikidata-csv": read_result_csv,
    "wikidata-json": read_result_json,
    "followthemoney": read_ftm,
}
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_FIRST = 2000  # characters by which a JSON text is known


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryText:
    """A registry as text, as a kept case holds it."""

    name: str
    format: str  # a key of READERS
    text: str

    def addition(self) -> Addition:
        """What it adds.  Raises BadRegistry with a line for each mistake."""
        return READERS[self.format](self.text, name=self.name)


def registry_text(path: Path) -> RegistryText:
    """The registry at `path`, its format known by its contents.  Raises BadRegistry naming the file."""
    try:
        with path.open("rb") as stream:
            payload = stream.read(FILE_BYTES + 1)
    except OSError as error:
        raise BadRegistry(f"{path}: cannot be read: {error.strerror}") from None
    if len(payload) > FILE_BYTES:
        raise BadRegistry(f"{path.name}: more than {FILE_BYTES // 10**6} MB: split the file, or leave out rows")
    text = _decoded(payload, path.name)
    return RegistryText(name=path.name, format=format_of(text, path.name), text=text)


def registry_texts(paths: Iterable[Path]) -> tuple[RegistryText, ...]:
    """The registries at these paths, each once.  Raises BadRegistry for two of one name: lines are told by it."""
    found: dict[str, tuple[Path, RegistryText]] = {}
    for path in paths:
        first = found.get(path.name)
        if first is None:
            found[path.name] = path, registry_text(path)
        elif first[0].resolve() != path.resolve():
            raise BadRegistry(f"{path}: another registry, {first[0]}, has the same name: rename one of them")
    return tuple(text for _, text in found.values())


def format_of(text: str, name: str) -> str:
    """The format of a registry: one of READERS.

    >>> format_of("kind,name", "own.csv"), format_of('{"head": {"vars": []}}', "query.json")
    ('csv', 'wikidata-json')
    """
    if name.lower().endswith((".yaml", ".yml")):
        return "yaml"
    if is_sparql(text):
        return "wikidata-json"
    head = text.lstrip()[:_FIRST]
    if head.startswith(("[", "{")):
        return "followthemoney" if '"schema"' in head or '"properties"' in head else "wikidata-json"
    first = next((line for line in text.splitlines() if line.strip()), "")
    columns = first.replace(max(DELIMITERS, key=first.count), "\n").replace('"', "").split("\n")
    return "wikidata-csv" if is_result(column.strip() for column in columns) else "csv"


def _decoded(payload: bytes, name: str) -> str:
    """UTF-8, or UTF-16 with its mark, as spreadsheets save it.  Raises BadRegistry naming the line."""
    if payload.startswith(_UTF_16):
        try:
            return payload.decode("utf-16")
        except UnicodeDecodeError:
            raise BadRegistry(f"{name}:1: broken UTF-16: save the file as UTF-8") from None
    try:
        return payload.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = payload.count(b"\n", 0, error.start) + 1
        raise BadRegistry(f"{name}:{line}: not UTF-8: save the file as UTF-8") from None
