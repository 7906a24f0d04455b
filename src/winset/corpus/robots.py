"""robots.txt: which addresses of a host its owner asks automatic readers not to fetch.

It is asked before a link is followed that no person named. An address that a person names is read as a browser
would read it.
Source: RFC 9309, Robots Exclusion Protocol.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

MOST_BYTES = 512_000  # that are looked at, RFC 9309, 2.5: at least 500 kibibytes
MOST_RULES = 5_000
EVERYBODY = "*"


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host for one reader: (allowed, pattern)."""

    rules: tuple[tuple[bool, str], ...] = ()

    def allows(self, url: str) -> bool:
        r"""Whether the address may be fetched: the longest pattern that fits decides, allowing before forbidding.

        >>> robots = read_robots(b"User-agent: *\nDisallow: /a\nAllow: /a/b$", reader="winset")
        >>> robots.allows("https://h.example/a/b"), robots.allows("https://h.example/a/bc")
        (True, False)
        """
        parts = urlsplit(url)
        path = _plain(f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/")
        if path == "/robots.txt":
            return True
        fitting = [(len(pattern), allowed) for allowed, pattern in self.rules if _fits(pattern, path)]
        return max(fitting, default=(0, True))[1]


def read_robots(payload: bytes, *, reader: str) -> Robots:
    """The rules for a reader of that name: those of its own groups, else those for everybody.

    Source: RFC 9309, 2.2. What is not understood is passed over.
    """
    groups: dict[str, list[tuple[bool, str]]] = {}
    named: list[str] = []
    begun = False  # whether the group's first rule has come, after which a name begins another group
    for line in payload[:MOST_BYTES].decode("utf-8", "replace").removeprefix("\ufeff").splitlines():
        field, colon, value = line.partition("#")[0].partition(":")
        field, value = field.strip().lower(), value.strip()
        if not colon:
            continue
        if field == "user-agent":
            named = [*([] if begun else named), value.lower()]
            begun = False
            for name in named:
                groups.setdefault(name, [])
        elif field in ("allow", "disallow"):
            begun = True
            for name in named if value else ():  # an empty rule forbids nothing
                if len(groups[name]) < MOST_RULES:
                    groups[name].append((field == "allow", _plain(value)))
    return Robots(tuple(groups.get(reader.lower(), groups.get(EVERYBODY, []))))


def _plain(path: str) -> str:
    """Escaped in one way, so that two spellings of one path are equal."""
    return quote(unquote(path), safe="/%:@!$&'()*+,;=~-._?")


def _fits(pattern: str, path: str) -> bool:
    """Whether a pattern fits the beginning of a path; * is anything, $ the end.  Cost: linear, whatever the stars."""
    whole = pattern.endswith("$")
    first, *rest = (pattern[:-1] if whole else pattern).split("*")
    if not path.startswith(first):
        return False
    if not rest:
        return not whole or path == first
    at = len(first)
    for part in rest[:-1]:
        at = path.find(part, at)
        if at < 0:
            return False
        at += len(part)
    last = rest[-1]
    if whole:
        return len(path) - len(last) >= at and path.endswith(last)
    return path.find(last, at) >= 0
