"""Settled discrepancies as ClaimReview, and other people's reviews as addresses."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.corpus.types import Document, anchor
from winset.errors import NotText, Unreadable
from winset.exchange.claim_reviews import ONE_WAY, read_claim_reviews, write_claim_reviews
from winset.ids import PartialDate
from winset.sourcing.settling import Settlement, settled
from winset.sourcing.types import Discrepancy, DiscrepancyKind, Telling

FIRST = Document(
    name="a.html",
    text="The office opens on 6 May.",
    title="Office opens",
    publisher="Strelsau Courier",
    published=PartialDate("2019-05-01"),
    source_url="https://example.org/a",
)
SECOND = Document(name="b.txt", text="It opens on 8 May 🐦.")
DOCUMENTS = {each.id: each for each in (FIRST, SECOND)}
DATE = Discrepancy(
    kind=DiscrepancyKind.DATE,
    about="opening of the office",
    tellings=(
        Telling(value="6 May", anchor=anchor(FIRST, 11, 25)),
        Telling(value="8 May", anchor=anchor(SECOND, 3, 17)),
    ),
    why="nothing decides it",
)


def reviews(said: str, **more: Any) -> list[dict[str, Any]]:
    file = io.StringIO()
    word = settled(DATE, said, by="Ada Example", at="2019-06-01T10:00:00Z", why="The programme says so.")
    count = write_claim_reviews([(DATE, word)], file, document_of=DOCUMENTS.get, **more)
    found = json.loads(file.getvalue())
    assert len(found) == count
    return list(found)


@pytest.mark.parametrize(
    ("said", "ratings"),
    [
        ("1", ["True", "False"]),
        ("2", ["False", "True"]),
        ("both", ["True", "True"]),
        ("neither", ["False", "False"]),
        ("none", []),
    ],
)
def test_each_telling_has_a_review_as_it_was_settled(said: str, ratings: list[str]) -> None:
    found = reviews(said)
    assert [each["reviewRating"]["alternateName"] for each in found] == ratings


def test_a_review_has_what_schema_org_and_google_ask_for() -> None:
    (found, second) = reviews("1", page="https://example.org/checks")
    assert found["@context"] == "https://schema.org"
    assert found["@type"] == "ClaimReview"
    assert found["claimReviewed"] == "opening of the office: 6 May"
    assert found["url"] == f"https://example.org/checks#discrepancy-{DATE.id}-1"
    assert found["author"] == {"@type": "Person", "name": "Ada Example"}
    assert (found["datePublished"], found["reviewBody"]) == ("2019-06-01T10:00:00Z", "The programme says so.")
    rating = found["reviewRating"]
    assert rating["@type"] == "Rating"
    assert rating["worstRating"] <= rating["ratingValue"] <= rating["bestRating"]
    claim = found["itemReviewed"]
    assert claim["@type"] == "Claim"
    appearance = claim["appearance"]
    assert (appearance["url"], appearance["headline"]) == ("https://example.org/a", "Office opens")
    where = {each["propertyID"]: each["value"] for each in second["itemReviewed"]["appearance"]["identifier"]}
    words = SECOND.text[where["winset:start"] : where["winset:end"]]
    assert words == second["itemReviewed"]["appearance"]["text"]
    assert "url" not in second["itemReviewed"]["appearance"]  # it has no address
    assert "url" not in reviews("1")[0]  # nothing says on which page it will stand
    assert ONE_WAY


def test_what_goes_out_is_read_as_a_review() -> None:
    file = io.StringIO()
    word = Settlement(discrepancy_id=DATE.id, verdict=settled(DATE, "both", by="Ada").verdict, by="Ada")
    write_claim_reviews([(DATE, word)], file, document_of=DOCUMENTS.get)
    found = read_claim_reviews(file.getvalue().encode(), name="own.json")
    assert [each.claim for each in found.reviews] == ["opening of the office: 6 May", "opening of the office: 8 May"]
    assert found.reviews[0].appeared == ("https://example.org/a",)
    assert (found.reviews[0].value, found.reviews[0].by) == (5, "Ada")


REVIEW = {
    "@type": "ClaimReview",
    "claimReviewed": "The harbour has doubled",
    "url": "https://example.org/check",
    "datePublished": "2020-05-01",
    "author": {"@type": "Organization", "name": "Hill Institute"},
    "reviewRating": {"@type": "Rating", "ratingValue": "2", "bestRating": 5, "alternateName": "Mostly false"},
    "itemReviewed": {
        "@type": "Claim",
        "author": [{"@type": "Person", "name": "Rudolf Elphberg"}],
        "appearance": [{"@type": "CreativeWork", "url": "https://example.org/speech"}, "https://example.org/speech"],
        "firstAppearance": {"@id": "https://example.org/first"},
    },
}


@pytest.mark.parametrize(
    "around",
    [
        REVIEW,
        [REVIEW],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, REVIEW]},
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW]}]},
        {**REVIEW, "@type": ["ClaimReview", "Review"]},
    ],
)
def test_reviews_are_found_in_feeds_and_graphs(around: object) -> None:
    (found,) = read_claim_reviews(json.dumps(around).encode(), name="feed.json").reviews
    assert (found.claim, found.rating, found.value) == ("The harbour has doubled", "Mostly false", 2.0)
    assert (found.by, found.claimant) == ("Hill Institute", "Rudolf Elphberg")
    assert found.appeared == ("https://example.org/first", "https://example.org/speech")
    assert [each.url for each in found.references] == [
        "https://example.org/check",
        "https://example.org/first",
        "https://example.org/speech",
    ]
    assert found.references[0].published == PartialDate("2020-05-01")


def test_a_bad_review_is_told_and_costs_no_other() -> None:
    rows = [{**REVIEW, "claimReviewed": ""}, REVIEW, {**REVIEW, "reviewRating": {"ratingValue": "NaN"}}]
    found = read_claim_reviews(json.dumps(rows).encode(), name="feed.json")
    assert len(found.reviews) == 1
    assert [each.name for each in found.rejected] == ["feed.json: review 1", "feed.json: review 3"]


@pytest.mark.parametrize("payload", [b"[" * 200_000, b"{", b"[]", b'{"@type": "Article"}', b"[" + b"9" * 50_000 + b"]"])
def test_files_without_reviews_are_refused_in_one_line(payload: bytes) -> None:
    with pytest.raises(NotText, match=r"^feed\.json[^\n]*$"):
        read_claim_reviews(payload, name="feed.json")


values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8), st.floats()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(sorted(REVIEW)), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(fields=st.dictionaries(st.sampled_from(sorted(set(REVIEW) - {"@type"})), values))
def test_no_review_ends_in_anything_but_a_refusal(fields: dict[str, Any]) -> None:
    try:
        read_claim_reviews(json.dumps({**REVIEW, **fields}).encode(), name="feed.json")
    except Unreadable:
        raise AssertionError("a bad review is told, not raised") from None
