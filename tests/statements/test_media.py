"""News media by their names: what is one, what only looks like one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.statements.media import canonical_medium, find_media, media, medium_at


def names(text: str) -> list[str]:
    return [mention.name for mention in find_media(text)]


def test_the_list_is_well_formed() -> None:
    listed = media()
    assert len(listed) > 250
    assert len({medium.name for medium in listed}) == len(listed)
    assert all(len(medium.country) == 3 and medium.country.isupper() for medium in listed)
    free = [alias for medium in listed for alias in {medium.name, *medium.aliases} - set(medium.with_care)]
    assert len(free) == len(set(free)), "a name that two media share must be matched with care"
    domains = [domain for medium in listed for domain in medium.domains]
    assert len(domains) == len(set(domains))


def test_every_name_of_the_list_names_its_medium() -> None:
    for medium in media():
        for alias in {medium.name, *medium.aliases} - set(medium.with_care):
            assert canonical_medium(alias) == medium.name, alias


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The plan leaked to the Financial Times and DW.", ["Financial Times", "Deutsche Welle"]),
        ("The New York Times reported it.", ["The New York Times"]),
        ("He told the FT so.", ["Financial Times"]),
        ("Photo: Ada Lovelace/AFP", ["Agence France-Presse"]),
        ("It left the port (AP).", ["Associated Press"]),
        ("A Nikkei report said so; the Nikkei fell 2%.", ["Nikkei Asia"]),
        ("The Foreign Affairs ministry said so.", []),
        ("Writing in Foreign Affairs, she agreed.", ["Foreign Affairs"]),
        ("Time is short. The Hill is steep. Nature heals.", []),
        ("Time magazine asked, and The Hill reported.", ["Time", "The Hill"]),
        ("In hard times and in the guardian's care.", []),
        ("Reutersville and non-DW cars", []),
    ],
)
def test_a_name_counts_where_it_means_the_medium(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_a_short_name_that_several_share_means_the_one_named_before() -> None:
    assert names("The Los Angeles Times asked. The Times reported a yes.") == ["Los Angeles Times", "Los Angeles Times"]
    assert names("The Times reported a yes.") == ["The Times"]
    assert names("The Post reported a yes.") == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the FT", "Financial Times"),
        ("A Reuters report", "Reuters"),
        ("an exclusive report in The Guardian", "The Guardian"),
        ("The state-affiliated Global Times", "Global Times"),
        ("REUTERS", "Reuters"),
        ("the Kyodo news agency", "Kyodo News"),
        ("a reporter from China Media Group", None),
        ("a former editor of The Economist", None),
        ("the newspaper", None),
        ("time", "Time"),
        ("", None),
    ],
)
def test_words_name_a_medium_only_as_a_whole(words: str, expected: str | None) -> None:
    assert canonical_medium(words) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.ft.com/content/abc", "Financial Times"),
        ("<http://asia.nikkei.com/a-b>", "Nikkei Asia"),
        ("news.bbc.co.uk", "BBC"),
        ("https://notft.com/ft.com", None),
        ("", None),
    ],
)
def test_an_address_belongs_to_the_medium_of_its_domain(url: str, expected: str | None) -> None:
    assert medium_at(url) == expected


@given(st.lists(st.sampled_from(["The ", "Times", "New York ", "FT", " ", "Time", "reported", "(", ")", "é", "-"])))
def test_mentions_lie_in_order_and_hold_a_known_name(parts: list[str]) -> None:
    text = "".join(parts)
    found = find_media(text)
    assert all(one.end <= two.start for one, two in pairwise(found))
    known = {medium.name for medium in media()}
    assert all(mention.name in known and text[mention.start : mention.end].strip() for mention in found)


def test_a_span_limits_where_names_are_looked_for() -> None:
    text = "Reuters and Reuters"
    assert [mention.start for mention in find_media(text, 3)] == [12]
    assert find_media(text, 0, 6) == ()


def test_a_long_run_of_near_names_holds_none() -> None:
    assert find_media("The New York " * 80_000) == ()
