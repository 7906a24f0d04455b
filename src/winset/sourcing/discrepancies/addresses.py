"""One page under two addresses that differ by a slip."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from winset.sourcing.crediting.references import Reference
from winset.sourcing.discrepancies.pages import Page
from winset.sourcing.likeness import distance
from winset.sourcing.types import Discrepancy, DiscrepancyKind
from winset.statements.media import medium_at

_URL = re.compile(r"https?://[^\s<>\"”“’)\]}|^`]{4,600}")
_TRAILING = ".,;:!?*_'"
_HOST = re.compile(r"(?P<scheme>https?)://(?:www\.|m\.|amp\.)?(?P<host>[^/?#:]+)(?::\d+)?(?P<path>[^?#]*)", re.I)
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.I)
_LIKE_UUID = re.compile(r"[0-9a-f]{6,10}-[0-9a-f]{3,6}-[0-9a-f]{3,6}-[0-9a-f]{3,6}-[0-9a-f]{10,14}", re.I)
_GROUPS = (8, 4, 4, 4, 12)
_ENDS = (10, 24)  # characters at one end of a part of the path, which two spellings have in common
_MOST = 3  # characters that differ
_LONG = 12  # characters of a random id that two pages never nearly share
_SLUG = 24  # letters of a title in an address
_ORDINALS = ("first", "second", "third", "fourth", "last")
_MANY = 60  # addresses of one folder with one half in common; more are a series


@dataclass(frozen=True)
class _Address:
    page: Page
    start: int
    end: int
    url: str
    host: str
    path: str
    entry: Reference | None  # whose address it is


def addresses(pages: Sequence[Page]) -> Iterator[Discrepancy]:
    """Two addresses on one site that differ by up to three characters of an id or a title, or that stand
    with one title, medium and date.
    """
    by_folder: dict[tuple[str, int], dict[str, _Address]] = {}
    for page in pages:
        for found in _addresses(page):
            by_folder.setdefault((found.host, found.path.count("/")), {}).setdefault(found.path, found)
    seen: set[frozenset[str]] = set()
    for group in by_folder.values():
        for one, two in _near(list(group.values())):
            pair = frozenset((one.path, two.path))
            if pair not in seen:
                seen.add(pair)
                yield _judged(one, two)


def _addresses(page: Page) -> Iterator[_Address]:
    entries = [entry for entry in page.references.entries if entry.url]
    found = [(*match.span(), match.group()) for match in _URL.finditer(page.text)]
    found += [(link.start, link.end, link.target) for link in page.read.document.links if _URL.match(link.target)]
    for start, end, written in sorted(found):
        url = written.rstrip(_TRAILING)
        parts = _HOST.match(url.replace("\\", ""))
        if parts is None:
            continue
        path = unquote(parts["path"]).rstrip("/").casefold()
        entry = next((row for row in entries if row.start <= start < row.end), None)
        if len(path) >= _LONG:
            yield _Address(page, start, min(end, start + len(url)), url, parts["host"].casefold(), path, entry)


def _near(group: Sequence[_Address]) -> Iterator[tuple[_Address, _Address]]:
    """Pairs that differ in one part of the path, and there have one half in common."""
    halves: dict[tuple[str, str, str], list[int]] = {}
    for number, each in enumerate(group):
        parts = each.path.split("/")
        for at, part in enumerate(parts):
            if len(part) >= _LONG or each.entry is not None:
                rest = "/".join((*parts[:at], "*", *parts[at + 1 :]))
                for count in _ENDS:
                    halves.setdefault((rest, f"<{count}", part[:count]), []).append(number)
                    halves.setdefault((rest, f">{count}", part[-count:]), []).append(number)
    seen: set[tuple[int, int]] = set()
    for numbers in halves.values():
        if len(numbers) > _MANY:
            continue
        for at, first in enumerate(numbers):
            for second in numbers[at + 1 :]:
                if (first, second) not in seen:
                    seen.add((first, second))
                    if _one_page(group[first], group[second]):
                        yield group[first], group[second]


def _one_page(one: _Address, two: _Address) -> bool:
    apart = [(a, b) for a, b in zip(one.path.split("/"), two.path.split("/"), strict=True) if a != b]
    if len(apart) != 1:
        return False
    first, second = apart[0]
    if distance(first, second, _MOST) > _MOST:
        return False
    if _LIKE_UUID.search(first) and _LIKE_UUID.search(second):
        return True
    if _same_entry(one, two):
        return True
    letters = [re.sub(r"[^a-z]", "", part) for part in (first, second)]
    figures = [re.findall(r"\d", part) for part in (first, second)]
    if figures[0] == figures[1] and min(map(len, letters)) >= _SLUG and letters[0] != letters[1]:
        return not _one_word_apart(first, second)
    return False


def _one_word_apart(one: str, two: str) -> bool:
    """Whether two titles differ by whole short words, as the first and second part of a series do."""
    words = [set(re.split(r"[-_.]", part)) for part in (one, two)]
    only = [words[0] - words[1], words[1] - words[0]]
    return any(not side for side in only) or any(len(word) <= _MOST + 1 for side in only for word in side)


def _same_entry(one: _Address, two: _Address) -> bool:
    """Whether both are given for one report: one title, and no two dates."""
    first, second = one.entry, two.entry
    if first is None or second is None or not first.title or not second.title:
        return False
    if _plain(first.title) != _plain(second.title):
        return False
    return (
        first.dated is None or second.dated is None or abs((first.dated.earliest - second.dated.earliest).days) <= _MOST
    )


def _plain(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold()))


def _judged(one: _Address, two: _Address) -> Discrepancy:
    right, why = _which(one, two)
    medium = medium_at(one.url)
    title = next((row.entry.title for row in (one, two) if row.entry and row.entry.title), None)
    about = f"the address of “{title}”" if title else f"an address at {one.host}"
    return Discrepancy(
        kind=DiscrepancyKind.ADDRESS,
        about=f"{about} ({medium})" if medium else about,
        tellings=tuple(each.page.telling(each.url, each.start, each.end) for each in (one, two)),
        right=right,
        why=why,
        confidence=0.95 if right is not None else 0.8,
    )


def _which(one: _Address, two: _Address) -> tuple[int | None, str]:
    sound = [_UUID.search(each.path) is not None for each in (one, two)]
    like = [_LIKE_UUID.search(each.path) for each in (one, two)]
    if sound[0] != sound[1] and all(like):
        right = sound.index(True)
        broken = like[1 - right]
        lengths = [len(group) for group in (broken.group().split("-") if broken else ())]
        group = next((at for at, length in enumerate(lengths) if length != _GROUPS[at]), 4)
        ordinal = "last" if group == len(_GROUPS) - 1 else _ORDINALS[group]
        here = "first" if right == 0 else "second"
        return right, (
            f"Only the {here} holds a well-formed identifier: {_GROUPS[group]} digits in its {ordinal} group,"
            f" where the other has {lengths[group]}."
        )
    titles = [each.entry.title if each.entry else None for each in (one, two)]
    fits = [_fits(each, titles) for each in (one, two)]
    if fits[0] != fits[1]:
        right = 0 if fits[0] > fits[1] else 1
        return right, f"Only the {'first' if right == 0 else 'second'} spells the words of the title as the title does."
    return None, "The documents do not decide it: both are well formed."


def _fits(address: _Address, titles: Sequence[str | None]) -> int:
    """How many words of the title stand in the address."""
    words = {word for title in titles if title for word in re.findall(r"\w+", title.casefold())}
    return sum(part in words for part in re.split(r"[-_./]", address.path))
