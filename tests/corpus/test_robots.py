"""robots.txt as RFC 9309 reads it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis.strategies import binary, lists, sampled_from, text

from winset.corpus.robots import Robots, _fits, read_robots

HOST = "https://h.example"


@pytest.mark.published("RFC 9309, 5.1, simple example")
@pytest.mark.parametrize(
    ("reader", "path", "allowed"),
    [
        ("otherbot", "/publications/a.gif", True),
        ("otherbot", "/example/a", False),
        ("otherbot", "/a.gif", False),
        ("otherbot", "/a.gif?size=2", True),
        ("foobot", "/example/page.html", True),
        ("foobot", "/example/allowed.gif", True),
        ("foobot", "/publications/a", False),
        ("barbot", "/example/page.html", False),
        ("bazbot", "/elsewhere", True),
        ("quxbot", "/example/a", True),
    ],
)
def test_the_example_of_the_standard(reader: str, path: str, allowed: bool) -> None:
    rules = b"""
User-Agent: *
Disallow: *.gif$
Disallow: /example/
Allow: /publications/

User-Agent: foobot
Disallow:/
Allow:/example/page.html
Allow:/example/allowed.gif

User-Agent: barbot
User-Agent: bazbot
Disallow: /example/page.html

User-Agent: quxbot
"""
    assert read_robots(rules, reader=reader).allows(HOST + path) is allowed


def test_escapes_and_queries_are_compared_in_one_spelling() -> None:
    robots = read_robots("User-agent: *\nDisallow: /caf\u00e9\nDisallow: /*?print=".encode(), reader="winset")
    assert not robots.allows(f"{HOST}/caf%C3%A9/menu")
    assert not robots.allows(f"{HOST}/news?print=1")
    assert robots.allows(f"{HOST}/news?page=1")


def test_robots_txt_itself_may_always_be_read() -> None:
    assert Robots(((False, "/"),)).allows(f"{HOST}/robots.txt")


def test_what_is_no_robots_txt_allows_everything() -> None:
    assert read_robots(b"<html><body>Not found</body></html>", reader="winset").allows(f"{HOST}/a")


@given(payload=binary(), path=text())
def test_nothing_in_it_is_an_error(payload: bytes, path: str) -> None:
    read_robots(b"User-agent: *\nDisallow: " + payload, reader="winset").allows(f"{HOST}/{path.replace('[', '')}")


@given(
    parts=lists(sampled_from(["a", "b", "*", "/"]), max_size=8), rest=lists(sampled_from(["a", "b", "/"]), max_size=8)
)
def test_a_pattern_fits_as_its_regular_expression_would(parts: list[str], rest: list[str]) -> None:
    import re

    for end in ("", "$"):
        pattern, path = "/" + "".join(parts) + end, "/" + "".join(rest)
        expression = "".join(".*" if part == "*" else re.escape(part) for part in "/" + "".join(parts))
        assert _fits(pattern, path) == bool(re.match(expression + ("\\Z" if end else ""), path)), (pattern, path)


def test_many_stars_cost_no_more_than_one() -> None:
    assert not _fits("/" + "*a" * 2_000 + "$", "/" + "a" * 1_999 + "b" * 50_000)
