"""What changed, as a pure function of two looks; and its forms: words, JSON, Atom."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import feedparser
import jsonschema
import pytest
from hypothesis import given
from hypothesis.strategies import floats
from lxml import etree  # type: ignore[import-untyped]
from tests.watch.conftest import SPEC

from winset.brief.digest import MOVED, digest, remembered
from winset.brief.digest_types import Digest, NotRead
from winset.brief.sight import Address, Sight, Stood, sight
from winset.brief.types import Brief
from winset.exchange.digest_atom import ATOM, atom
from winset.exchange.digest_values import digest_of, digest_schema, digest_value, sight_of, sight_value
from winset.exchange.digest_words import headline, sections, text_of
from winset.ids import ActorId
from winset.pipeline.brief import compose_brief
from winset.pipeline.reading import read_material

FIRST = """France opposes the ferry line to Reykjavik, its president said on Monday. “We are against this ferry line,”
Emmanuel Macron told reporters.

Canada supports the ferry line to Reykjavik, said its foreign minister on Tuesday.

Correction: An earlier version of this article said that the ferry holds 40 lorries. It holds 14.
"""
SECOND = "The ferry line to Reykjavik would begin on 3 June 2031, and the ferry holds 14 lorries, said Germany."
ID = "urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8"


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Brief:
    """Two documents about the ferry line."""
    folder = tmp_path_factory.mktemp("read")
    (folder / "first.txt").write_text(FIRST, encoding="utf-8")
    (folder / "second.txt").write_text(SECOND, encoding="utf-8")
    return compose_brief(SPEC, read_material([str(folder)], SPEC), draws=500)


Compare = Callable[[Sight], Digest]


@pytest.fixture(scope="module")
def compared(brief: Brief) -> Compare:
    """The digest of now against what was seen before."""
    return lambda before: digest(before, brief, id=ID, number=1, addresses={}, at="2031-05-03T07:00:00Z")


def test_the_same_brief_again_is_an_empty_digest(brief: Brief, compared: Compare) -> None:
    found = compared(sight(brief))
    assert found.empty
    assert (found.number, list(text_of(found)), headline(found)) == (0, [], "Nothing new")


def test_everything_is_new_to_who_saw_nothing(brief: Brief, compared: Compare) -> None:
    found = compared(Sight())
    assert {each.id for each in found.statements} == {each.id for each in brief.statements}
    assert set(found.new_documents) == {document.id for document in brief.documents}
    assert found.changed_answer is None, "there was no answer before"
    assert [each.kind for each in found.corrections] == ["correction"]
    assert {telling.value for telling in found.corrections[0].tellings} >= {
        "the ferry holds 40 lorries"
    } or found.corrections


def test_a_blocker_that_is_none_any_more_and_an_answer_that_turned(brief: Brief, compared: Compare) -> None:
    from winset.brief.sight import Objected

    before = replace(
        sight(brief),
        outcome="adopted",
        adopted=0.9,
        blockers={ActorId("CAN"): Objected(name="Canada", probability=0.8)},
    )
    found = compared(before)
    assert [each.actor for each in found.former_blockers] == ["Canada"]
    assert [each.actor for each in found.new_blockers] == ["France"]
    assert found.changed_answer is not None
    assert (found.changed_answer.before, found.changed_answer.after) == ("adopted", "blocked")
    told = "\n".join(text_of(found))
    assert "Now blocked, before adopted" in told
    assert "France is now likely to object" in told
    assert "Canada is no longer likely to object" in told
    assert "“We are against this ferry line,”" in told
    assert headline(found).startswith("Now blocked; new: France may block; Canada no longer likely to block")


@given(moved=floats(-40, 40), error=floats(1, 40))
def test_a_position_is_told_from_five_points_on_and_never_below(brief: Brief, moved: float, error: float) -> None:
    now = sight(brief)
    france = now.positions[ActorId("FRA")]
    was = replace(france, value=min(100.0, max(0.0, france.value + moved)), std_error=error)
    before = replace(now, positions={**now.positions, ActorId("FRA"): was})
    found = digest(before, brief, id=ID, number=1, addresses={}, at="")
    far = abs(was.value - france.value)
    assert [each.actor for each in found.moved] == (["France"] if far >= MOVED else [])
    for each in found.moved:
        assert (each.before, each.before_error, each.after) == (was.value, error, france.value)
        assert each.beyond == (far > 1.96 * (error**2 + france.std_error**2) ** 0.5)


def test_a_position_that_creeps_is_told_in_the_end(brief: Brief) -> None:
    now = sight(brief)
    france = now.positions[ActorId("FRA")]
    before = replace(now, positions={**now.positions, ActorId("FRA"): replace(france, value=france.value + 3)})
    found = digest(before, brief, id=ID, number=1, addresses={}, at="")
    assert found.empty
    kept = remembered(before, now, found)
    assert kept.positions[ActorId("FRA")].value == france.value + 3, "the next step counts from where it was told"


def test_who_is_no_longer_on_record_is_told(brief: Brief, compared: Compare) -> None:
    now = sight(brief)
    gone = Stood(name="Atlantis", value=70, std_error=9, stands="for")
    found = compared(replace(now, positions={**now.positions, ActorId("ATL"): gone}))
    assert [(each.actor, each.before, each.after) for each in found.moved] == [("Atlantis", 70, None)]
    assert "Atlantis: nothing is on record any more" in "\n".join(
        text_of(replace(found, moved=(replace(found.moved[0], standing="member"),)))
    )


def test_addresses_are_told_when_they_answer_otherwise(brief: Brief) -> None:
    now = {"https://a.example": Address(trouble="https://a.example: answers 500"), "https://b.example": Address()}
    before = replace(
        sight(brief), addresses={"https://b.example": Address(trouble="x"), "https://c.example": Address(trouble="y")}
    )
    found = digest(before, brief, id=ID, number=1, addresses=now, at="")
    assert [(each.address, each.what) for each in found.addresses] == [
        ("https://a.example", "fails"),
        ("https://b.example", "answers again"),
    ]


def test_another_version_of_winset_is_named_where_it_made_the_figures_before(brief: Brief, compared: Compare) -> None:
    before = replace(sight(brief), version="0.0.1", documents={})
    assert compared(before).other_version == "0.0.1"
    assert any("0.0.1" in line for line in text_of(compared(before)))


def test_words_stand_where_they_are_said_to_stand(brief: Brief, compared: Compare) -> None:
    texts = {str(document.id): document.text for document in brief.documents}
    for section in sections(compared(Sight())):
        for line in section.lines:
            for quote in line.quotes:
                words = " ".join(texts[quote.document][quote.start : quote.end].split())
                assert quote.words.strip("“”…") in words or words.strip("“”") in quote.words


def test_json_goes_there_and_back_and_follows_its_schema(brief: Brief, compared: Compare) -> None:
    for before in (Sight(), sight(brief)):
        found = compared(before)
        value = json.loads(json.dumps(digest_value(found)))
        assert digest_of(value) == found
        jsonschema.validate(value, digest_schema())
    seen = sight(brief)
    assert sight_of(json.loads(json.dumps(sight_value(seen)))) == seen
    assert sight_value(seen)["statements"] == sorted(sight_value(seen)["statements"])


HOSTILE = "<script>alert(1)</script> & ]]> \x00\x1b[31m \ud83d \u202e “quoted”"


def feeds(*digests: Digest) -> bytes:
    return atom(digests, id=ID, proposal="A & B <c>", body="Ferry Club", begun="2031-05-01T00:00:00Z")


def test_the_atom_feed_has_what_rfc_4287_demands(compared: Compare) -> None:
    first = compared(Sight())
    second = replace(first, number=2, id=ID.replace("6ba7", "6ba8"), at="2031-05-04T07:00:00Z")
    written = feeds(second, first)
    root = etree.fromstring(written)
    names = {"a": ATOM}
    one: Callable[[Any, str], str] = lambda at, path: at.xpath(f"string({path})", namespaces=names)  # noqa: E731
    for at in (root, *root.xpath("a:entry", namespaces=names)):
        for name in ("id", "title", "updated"):
            assert len(at.xpath(f"a:{name}", namespaces=names)) == 1, name
        assert one(at, "a:id").startswith("urn:uuid:")
        assert one(at, "a:updated").endswith("Z")
    assert one(root, "a:author/a:name") == "winset"
    assert one(root, "a:updated") == second.at
    ids = [one(each, "a:id") for each in root.xpath("a:entry", namespaces=names)]
    assert ids == [second.id, first.id]
    for content in root.xpath("a:entry/a:content", namespaces=names):
        assert content.get("type") == "xhtml"
        assert [child.tag for child in content] == ["{http://www.w3.org/1999/xhtml}div"]
    read = feedparser.parse(written)
    assert not read.bozo
    assert [entry.id for entry in read.entries] == ids
    assert "France" in read.entries[0].content[0].value
    assert feeds(second, first) == written


def test_an_empty_feed_is_one_too() -> None:
    read = feedparser.parse(feeds())
    assert (read.bozo, read.feed.updated, read.entries) == (False, "2031-05-01T00:00:00Z", [])


def test_words_from_outside_are_never_markup(compared: Compare) -> None:
    found = compared(Sight())
    documents = tuple(replace(each, title=HOSTILE, url="javascript:alert(1)") for each in found.documents)
    rejected = (NotRead(name=HOSTILE, kind="Empty", reason=HOSTILE),)
    written = feeds(replace(found, documents=documents, not_read=rejected))
    root = etree.fromstring(written)
    assert not root.xpath("//*[local-name()='script']")
    assert not root.xpath("//@href[starts-with(., 'javascript')]")
    assert not feedparser.parse(written).bozo


def test_many_alike_complaints_are_one_line(brief: Brief, compared: Compare) -> None:
    rows = tuple(
        NotRead(name=f"https://x.example/{n}", kind="Unreachable", reason=f"https://x.example/{n}: answers 403")
        for n in range(9)
    )
    found = replace(compared(sight(brief)), not_read=rows, number=1)
    lines = [line for line in text_of(found) if "403" in line]
    assert lines == ["- 9 times: answers 403"]


def test_long_digests_are_cut_in_words_and_whole_in_json(brief: Brief, compared: Compare) -> None:
    found = compared(Sight())
    said = found.statements[0]
    many = tuple(
        replace(said, id=f"{n:016x}", words=replace(said.words, start=n, end=n + 3), repeats=None) for n in range(300)
    )
    long = replace(found, statements=many, moved=(), new_blockers=())
    assert sum(1 for _ in text_of(long)) < 250
    assert any("more statements about it" in line for line in text_of(long))
    assert len(digest_value(long)["statements"]) == 300


def test_the_project_has_a_page_on_it(project: Path) -> None:
    page = (project / "docs/how-to/watch-feeds.md").read_text(encoding="utf-8")
    named = set(digest_schema()["properties"])
    missing = {name for name in named if f"`{name}`" not in page}
    assert missing == set(), "fields of the digest that its page does not describe"
