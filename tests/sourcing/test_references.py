"""Numbered notes and bibliographies, and what does not fit the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from winset.corpus.types import Document, clean_text
from winset.ids import PartialDate
from winset.sourcing.references import ReferenceList, references
from winset.statements.segmentation import segments

NUMBERED = """The port closes.[1] It reopens.[2][3] Nobody knows why.[4] It is old.[6]

[1] 2021/3/5 Reuters “Port to close” https://www.reuters.com/port-close
[2] ibid.
[3] Le Monde https://www.lemonde.fr/port/
[4] Reuters as above
[5] Kyodo News, 6 March 2021, https://english.kyodonews.net/a
"""
BY_AUTHOR = """The port closes. It reopens.

## References

Reed, A., & Lee, T. (2021, March 5). Port to close. The Guardian.

<https://www.theguardian.com/port>

Port Authority of Freeland. (2020). Yearly accounts.
"""


def listed(text: str) -> ReferenceList:
    return references(Document(name="a.txt", text=text), segments(text))


def test_a_numbered_list_gives_medium_date_title_and_address() -> None:
    first = listed(NUMBERED).entries[0]
    assert (first.marker, first.medium, first.dated) == ("1", "Reuters", PartialDate("2021-03-05"))
    assert (first.title, first.url) == ("Port to close", "https://www.reuters.com/port-close")


def test_ibid_is_the_entry_before_and_as_above_the_last_of_its_medium() -> None:
    entries = listed(NUMBERED).entries
    assert (entries[1].medium, entries[1].url) == ("Reuters", "https://www.reuters.com/port-close")
    assert (entries[3].medium, entries[3].title) == ("Reuters", "Port to close")


def test_markers_without_entry_and_entries_without_marker_are_told() -> None:
    found = listed(NUMBERED)
    assert found.missing == ("6",)
    assert found.unused == ("5",)
    assert found.entry("6") is None


def test_a_bibliography_gives_author_date_title_and_the_address_below() -> None:
    press, accounts = listed(BY_AUTHOR).entries
    assert (press.authors, press.medium, press.dated) == (
        "Reed, A., & Lee, T",
        "The Guardian",
        PartialDate("2021-03-05"),
    )
    assert (press.title, press.url) == ("Port to close", "https://www.theguardian.com/port")
    assert (accounts.medium, accounts.dated, accounts.title) == (None, PartialDate("2020"), "Yearly accounts")
    assert accounts.label == "Yearly accounts"


def test_the_documents_own_address_above_the_text_is_no_entry() -> None:
    assert listed("DOI: https://doi.org/10.1/abc\n\nThe port closes.").entries == ()


def test_a_link_with_a_number_for_text_is_no_marker() -> None:
    assert listed("The port closes [1](https://a.org/1).").missing == ()


@given(
    st.lists(st.sampled_from(["It ends.", "[1]", "[2] ibid.", " ", "\n\n", "\n", "https://a.org/2", "Reed (2020). A."]))
)
def test_entries_lie_in_order_and_missing_markers_have_none(parts: list[str]) -> None:
    found = listed(clean_text("".join(parts)))
    assert all(one.end <= two.start for one, two in zip(found.entries, found.entries[1:], strict=False))
    assert not {entry.marker for entry in found.entries} & set(found.missing)
