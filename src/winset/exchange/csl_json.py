"""Bibliographies as CSL-JSON: what Zotero, Pandoc and citation processors read and write.

Source: Citation Style Language, schema of its input data (csl-data.json, 1.0.2).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from winset.corpus.decoding import decode
from winset.corpus.types import Limits
from winset.errors import InvalidValue, NotText
from winset.exchange.references import (
    KINDS,
    Author,
    Entries,
    Library,
    Reference,
    built,
    check_size,
    date_of_parts,
    dated,
    doi_address,
    institution,
    joined_keywords,
    person,
    split_keywords,
)
from winset.ids import PartialDate

LOSSES: tuple[str, ...] = ()  # nothing: read_csl(write_csl(references)) == references
STANDARD = Limits()
_SEASONS = {"1": "spring", "2": "summer", "3": "autumn", "4": "winter"}
_SEASONS |= {f"1{number}": word for number, word in _SEASONS.items()}  # as some programs write them
_MOST_PARTS = 3
_OWN = frozenset({"itemType", "citekey", "data"})  # fields of Zotero's and Better BibTeX's own JSON


def write_csl(references: Iterable[Reference], file: TextIO) -> int:
    """An array with an object for each reference, one a line; how many there were.

    Attached files stand under `custom`, which the standard keeps for what it has no field for.
    """
    count = 0
    file.write("[")
    for count, reference in enumerate(references, 1):
        file.write(",\n" if count > 1 else "\n")
        file.write(json.dumps(_object(reference), ensure_ascii=False))
    file.write("\n]\n")
    return count


def read_csl(payload: bytes, *, name: str, limits: Limits = STANDARD) -> Library:
    """The entries of an array, of one object, or of an object with "items"; `name` is for messages.

    Raises TooLarge, NotText for what is no such file; a bad entry is Rejected with its number.
    """
    check_size(payload, name=name, limits=limits)
    entries = Entries(name=name)
    for number, found in enumerate(_items(decode(payload, name=name), name=name), 1):
        if not isinstance(found, dict):
            entries.refuse(f"entry {number}", f"{str(found)[:40]!r} is no object: an entry is written {{...}}")
            continue
        place = f"entry {number}" + (f" ({found['id']})"[:60] if isinstance(found.get("id"), str | int) else "")
        try:
            entries.references.append(_reference(found))
        except (InvalidValue, TypeError, ValueError) as error:
            entries.refuse(place, str(error))
    return entries.library


def _items(text: str, *, name: str) -> list[Any]:
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise NotText(f"{name}:{error.lineno}: no valid JSON: {error.msg}; export it again as CSL JSON") from None
    except (RecursionError, ValueError):  # thousands of brackets or of digits
        raise NotText(f"{name}: no JSON that can be read: nested too deep, or a number too long") from None
    if isinstance(found, dict):
        items = found.get("items", [found] if "type" in found else None)
        found = list(items.values()) if isinstance(items, dict) else items
    if isinstance(found, list) and any(isinstance(each, dict) and _OWN & set(each) for each in found[:1]):
        raise NotText(f"{name}: JSON of Zotero's own, which is no CSL: export with files as BibTeX or RIS")
    if not isinstance(found, list):
        raise NotText(f"{name}: no CSL JSON: it is an array of entries, each with id and type")
    return found


def _object(reference: Reference) -> dict[str, Any]:
    told = {
        "id": reference.key,
        "type": reference.kind,
        "title": reference.title,
        "author": [_name(author) for author in reference.authors],
        "container-title": reference.container,
        "publisher": reference.publisher,
        "issued": _date(reference.published, reference.date_words),
        "language": reference.language,
        "URL": reference.url,
        "accessed": _date(reference.accessed, ""),
        "abstract": reference.abstract,
        "keyword": joined_keywords(reference.keywords),
        "note": reference.noted,
        "custom": {"files": list(reference.files)} if reference.files else None,
    }
    return {name: value for name, value in told.items() if value}


def _name(author: Author) -> dict[str, str]:
    if author.literal:
        return {"literal": author.literal}
    return {"family": author.family, "given": author.given}


def _date(date: PartialDate | None, words: str) -> dict[str, Any]:
    told: dict[str, Any] = {"date-parts": [[int(part) for part in str(date).split("-")]]} if date else {}
    return {**told, "literal": words} if words else told


def _reference(found: Mapping[str, Any]) -> Reference:
    """Raises InvalidValue, TypeError, ValueError for what no reference can be made of."""
    names = found.get("author") or []
    if not isinstance(names, list):
        raise InvalidValue('"author" is no list of names')
    custom = found.get("custom")
    files = custom.get("files", []) if isinstance(custom, dict) else []
    files = files if isinstance(files, list) else [files]
    kind = _text(found, "type")
    accessed, words = _read_date(found.get("accessed"))
    return built(
        key=_text(found, "id"),
        kind=kind if kind in KINDS else "document",
        title=_text(found, "title"),
        authors=map(_author, names),
        container=_text(found, "container-title"),
        publisher=_text(found, "publisher"),
        date=_read_date(found.get("issued")),
        language=_text(found, "language"),
        url=_text(found, "URL") or doi_address(_text(found, "DOI")),
        accessed=str(accessed) if accessed else words,
        abstract=_text(found, "abstract"),
        keywords=split_keywords(_text(found, "keyword")),
        note=_text(found, "note"),
        files=[path for path in files if isinstance(path, str)],
    )


def _text(found: Mapping[str, Any], name: str) -> str:
    value = found.get(name)
    if isinstance(value, list) and value:  # as Crossref has titles
        value = value[0]
    if value is None or isinstance(value, bool):
        return ""
    if not isinstance(value, str | int | float):
        raise InvalidValue(f"{name!r} is neither text nor a number")
    return str(value)


def _author(found: object) -> Author | None:
    if isinstance(found, str):
        return institution(found)
    if not isinstance(found, dict):
        raise InvalidValue(f'author {str(found)[:40]!r}: write {{"family": ..., "given": ...}} or {{"literal": ...}}')
    if _text(found, "literal"):
        return institution(_text(found, "literal"))
    particles = (_text(found, "dropping-particle"), _text(found, "non-dropping-particle"))
    family = " ".join(filter(None, (*particles, _text(found, "family"), _text(found, "suffix"))))
    return person(family, _text(found, "given"))


def _read_date(found: object) -> tuple[PartialDate | None, str]:
    """The plain date, and the words of one that is not plain: a season, a span, "circa", a literal."""
    if isinstance(found, str):  # EDTF
        return dated(found)
    if not isinstance(found, dict):
        return None, ""
    words = _text(found, "literal")
    parts = found.get("date-parts")
    dates = [date for each in parts if (date := _parts(each))] if isinstance(parts, list) else []
    if not dates:
        raw = words or _text(found, "raw") or _text(found, "edtf")
        return dated(raw)
    first = dates[0]
    if words:
        return first, words
    if found.get("circa"):
        return None, f"circa {first.in_words}"
    season = _text(found, "season")
    if season:
        return PartialDate(first.text[:4]), f"{_SEASONS.get(season, season)} {first.text[:4]}"
    if len(dates) > 1 and dates[1] != first:
        return _common(first, dates[1]), f"{first.in_words} to {dates[1].in_words}"
    return first, ""


def _parts(found: object) -> PartialDate | None:
    """The date of up to three figures, which some programs write as strings."""
    if not isinstance(found, list) or not 1 <= len(found) <= _MOST_PARTS:
        return None
    figures = [str(part).strip() for part in found if part not in ("", None)]
    if not figures or not all(figure.isdecimal() and len(figure) <= len("2023") for figure in figures):
        return None
    return date_of_parts(map(int, figures))


def _common(first: PartialDate, second: PartialDate) -> PartialDate | None:
    """What both dates have: the year, or the month of one year."""
    pairs = zip(str(first).split("-"), str(second).split("-"), strict=False)
    shared: list[int] = []
    for one, other in pairs:
        if one != other:
            break
        shared.append(int(one))
    return date_of_parts(shared) if shared else None
