"""The reference page of the works that winset's methods, rules and data come from, made of bibliography.bib."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from winset.actors.registry import registry
from winset.corpus.readers import READERS
from winset.decisions.models import MODELS
from winset.decisions.power import INDICES
from winset.decisions.rules import RULES
from winset.positions.agreement import COEFFICIENTS
from winset.positions.estimators import ESTIMATORS
from winset.positions.proposing import PROPOSERS
from winset.positions.stances import STANCES
from winset.registry import Family
from winset.statements.attributors import ATTRIBUTORS

BIBLIOGRAPHY = Path(__file__).parent / "bibliography.bib"
HEAD = """\
# Bibliography

What methods, rules and bodies come from, by key, and what each is the source of. `make docs` writes this page from
[bibliography.bib](../bibliography.bib), which reference managers read.
"""
FAMILIES: dict[str, Family[Any, Any]] = {  # by page of the reference
    "readers": READERS,
    "attributors": ATTRIBUTORS,
    "proposers": PROPOSERS,
    "stances": STANCES,
    "estimators": ESTIMATORS,
    "agreement": COEFFICIENTS,
    "rules": RULES,
    "models": MODELS,
    "power": INDICES,
}
OF_A_PAGE = ("rules", "models", "power")  # families with a page for each method
_ENTRY = re.compile(r"^@(?P<kind>\w+)\{\s*(?P<key>[^,\s]+)\s*,(?P<fields>.*?)^\}", re.M | re.S)
_FIELD = re.compile(r"^ +(?P<name>\w+) *= *\{(?P<value>.*?)\},?$", re.M | re.S)
_ACCENT = re.compile(r"\{\\(?P<mark>[\"'`^~])(?P<letter>\w)\}")
_MARKS = {'"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """An entry of the bibliography; fields in plain text."""

    kind: str
    key: str
    fields: dict[str, str]


def works() -> list[Work]:
    """The entries, by key. Raises ValueError where an entry of the file was not understood."""
    text = BIBLIOGRAPHY.read_text(encoding="utf-8")
    found = [
        Work(
            kind=match["kind"],
            key=match["key"],
            fields={field["name"]: _plain(field["value"]) for field in _FIELD.finditer(match["fields"])},
        )
        for match in _ENTRY.finditer(text)
    ]
    if len(found) != len(re.findall(r"^@", text, flags=re.M)) or not all("title" in work.fields for work in found):
        raise ValueError("bibliography.bib: an entry ends with a brace at the beginning of a line, and has a title")
    return sorted(found, key=lambda work: work.key.casefold())


def page() -> str:
    """The whole page, in Markdown."""
    used = _uses()
    parts = [HEAD]
    for letter, entries in groupby(works(), key=lambda work: work.key[0].upper()):
        parts.append(f"## {letter}\n")
        for work in entries:
            uses = used.get(work.key, [])
            told = f" Source of {', '.join(uses)}." if uses else ""
            parts.append(f"### {work.key}\n\n{_reference(work)}{told}\n")
    return "\n".join(parts)


def _reference(work: Work) -> str:
    """The work as a reader of its field would write it."""
    known = work.fields.get
    by = _people(known("author", "")) or (f"{_people(known('editor', ''))}, eds" if known("editor") else "")
    title = f"*{known('title')}*" if work.kind in ("book", "manual", "techreport") else known("title", "")
    year = known("year", "no year")
    parts = [f"{by} ({year}). {title}." if by else f"{title} ({year})."]
    if within := known("journal"):
        place = known("volume", "") + (f"({known('number')})" if known("number") else "")
        parts.append(", ".join(part for part in (f"*{within}* {place}".strip(), known("pages")) if part) + ".")
    elif within := known("booktitle"):
        editors = f"{_people(known('editor', ''))}, eds: " if known("editor") and known("author") else ""
        parts.append(", ".join(part for part in (f"In {editors}*{within}*", known("pages")) if part) + ".")
    elif work.kind == "techreport" and known("number"):
        parts.append(f"No. {known('number')}.")
    parts += [
        f"{known(name)}." for name in ("publisher", "institution", "organization", "edition", "note") if known(name)
    ]
    if doi := known("doi"):
        parts.append(f"doi:{doi}.")
    return re.sub(r"([.?!])\.", r"\1", " ".join(parts))


def _people(names: str) -> str:
    """`Black, Duncan and Newing, R. A.` as `Black, Duncan; Newing, R. A.`."""
    return "; ".join(names.split(" and ")) if names else ""


def _uses() -> dict[str, list[str]]:
    """What each key is the source of, as links from the page."""
    used: dict[str, list[str]] = {}
    for where, family in FAMILIES.items():
        for entry in family:
            target = f"{where}/{entry.id}.md" if where in OF_A_PAGE else f"{where}.md#{entry.id}"
            used.setdefault(entry.source, []).append(f"[{entry.id}]({target})")
    for body in registry().bodies.values():
        used.setdefault(body.source, []).append(f"the [body](registry.md) {body.name.removeprefix('the ')}")
    return used


def _plain(value: str) -> str:
    """TeX in letters: accents put on, braces taken off."""
    value = _ACCENT.sub(lambda match: unicodedata.normalize("NFC", match["letter"] + _MARKS[match["mark"]]), value)
    value = value.replace(r"{\i}", "ı").replace(r"\&", "&").replace("---", "—").replace("--", "–")
    value = re.sub(r"\s+", " ", value).replace("{", "").replace("}", "").strip()
    if "\\" in value:
        raise ValueError(f"bibliography.bib: {value!r} holds TeX that this script does not know")
    return value
