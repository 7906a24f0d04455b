"""When two addresses lead to one page: tracking, mobile hosts, a lost letter."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

from winset.sourcing.likeness import distance

_LONGEST = 2_000  # characters of an address that are read
_SCHEME = re.compile(r"(?:[a-z][a-z0-9+.-]{1,9}:)?//", re.IGNORECASE)
_SAME_SITE = re.compile(r"(?:(?:www\d{0,2}|m|mobile|amp|touch)\.)+(?=[^.]+\.)")
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|dicbo|cmpid?|ocid|ito|smid|sh|shareid|share|ref|referrer"
    r"|ref_src|source|src|via|feature|mkt_tok|at_\w+|ns_\w+|xtor|spm|amp|outputtype|__twitter_impression|partner|s)\Z",
    re.IGNORECASE,
)
_AMP = re.compile(r"/amp(?=/|\Z)|\.amp(?=\.html?\Z|\Z)", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)\Z", re.IGNORECASE)
_LONG = 20  # characters of a path in which one letter more or less is a slip rather than another page
_SLIPS = 2  # letters
_FILED = re.compile(r"/(20\d\d)[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?=/|\Z)")


@lru_cache(maxsize=65_536)
def address_key(url: str) -> str:
    """Equal for addresses of one page, whatever scheme, mobile host, tracking and final slash they have.

    >>> address_key("http://m.example.org/a/?utm_source=x#top") == address_key("https://www.example.org/a")
    True
    """
    plain = url.strip("<>[]() \t\n")[:_LONGEST].replace("\\", "")
    plain = _SCHEME.sub("", plain, count=1).partition("#")[0]
    path, _, query = plain.partition("?")
    host, slash, rest = path.partition("/")
    host = _SAME_SITE.sub("", host.casefold().rpartition("@")[2].removesuffix(":443").removesuffix(":80"))
    rest = _INDEX.sub("", _AMP.sub("", f"{slash}{unquote(rest)}"))
    kept = sorted(part for part in query.split("&") if part and not _TRACKING.match(part.partition("=")[0]))
    return host + rest.rstrip("/") + (f"?{'&'.join(kept)}" if kept else "")


def leads_to_a_page(key: str) -> bool:
    """Whether an address says more than whose site it is."""
    return "/" in key or "?" in key


def day_in_address(key: str) -> str | None:
    """The day that the path of an address tells, "2031-05-03", as papers file their articles; None where none.

    >>> day_in_address("example.org/2031/05/03/ferry")
    '2031-05-03'
    """
    match = _FILED.search(key)
    return "-".join(match.groups()) if match else None


def nearly_equal(one: str, other: str) -> bool:
    """Whether two keys of one site differ by a slip of the pen: a letter or two lost, doubled or swapped.

    Numbers that differ by a digit are two pages.
    """
    site, _, path = one.partition("/")
    other_site, _, other_path = other.partition("/")
    if site != other_site or min(len(path), len(other_path)) < _LONG:
        return False
    if len(path) == len(other_path) and sum(map(str.isdigit, path)) and _same_but_for_digits(path, other_path):
        return False
    return distance(path, other_path, _SLIPS) <= _SLIPS


def _same_but_for_digits(one: str, other: str) -> bool:
    pairs = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return any(left.isdigit() or right.isdigit() for left, right in pairs)
