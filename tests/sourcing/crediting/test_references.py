"""Numbered notes and bibliographies, and what does not fit the text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.corpus.types import Document, clean_text
from winset.ids import PartialDate
from winset.sourcing.crediting.references import ReferenceList, references
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


def test_authors_are_read_before_a_title_in_quotation_marks_or_the_issuer() -> None:
    text = (
        "It closes.[1] It is old.[2] All say so.[3]\n\n[1] Ada Reed and Tom Lee, “Port to close”, Reuters, 5 "
        "March 2021.\n"
        "[2] Port Authority, Yearly accounts, Bergen, 2020.\n[3] Lee, T. (2019) ‘The walls’, Port Review 4(2), "
        "pp. 11–20."
    )
    press, accounts, review = listed(text).entries
    assert (press.authors, press.title, press.medium) == ("Ada Reed and Tom Lee", "Port to close", "Reuters")
    assert (accounts.authors, accounts.title, accounts.dated) == (
        "Port Authority",
        "Yearly accounts",
        PartialDate("2020"),
    )
    assert (review.authors, review.title, review.dated) == ("Lee, T", "The walls", PartialDate("2019"))


@pytest.mark.parametrize(
    ("entry", "medium"),
    [
        ("Finacnial Times, “Port to close”, 5 March 2021", "Financial Times"),
        ("The New York Tmes, 5 March 2021", "The New York Times"),
        ("Le Monde, 5 March 2021, https://www.theguardian.com/a", "The Guardian"),
        ("Times of London, 5 March 2021", "The Times"),
        ("Port Times, 5 March 2021", None),
    ],
)
def test_the_medium_is_told_by_the_host_then_the_name_then_its_likeness(entry: str, medium: str | None) -> None:
    assert listed(f"It closes.[1]\n\n[1] {entry}").entries[0].medium == medium


def test_the_day_on_which_an_address_was_read_is_not_its_date() -> None:
    text = (
        "It closes.[1][2]\n\n[1] Port Watch, accessed 5 March 2021, https://a.org/x\n[2] Port Watch, "
        "https://a.org/2020/06/07/x"
    )
    assert [entry.dated for entry in listed(text).entries] == [None, PartialDate("2020-06-07")]


@pytest.mark.parametrize(
    ("body", "entries"),
    [
        ("It closes.[1, 2] It reopens.[1–2]", "[1] Reuters, 2020.\n[2] BBC, 2021."),
        ("It closes.¹ It reopens.²", "¹ Reuters, 2020.\n² BBC, 2021."),
        ("It closes.(1) It reopens (2).", "## Notes\n\n(1) Reuters, 2020.\n(2) BBC, 2021."),
        ("It closes.[^1] It reopens.[^2]", "[^1]: Reuters, 2020.\n[^2]: BBC, 2021."),
        ("It closes.1 It reopens.2", "## Notes\n\n1. Reuters, 2020.\n2. BBC, 2021."),
        ("It closes.[1](#fn1) It reopens.[[2]](#fn2)", "## Notes\n\n1. Reuters, 2020.\n2. BBC, 2021."),
        ("It closes, see note 1. It reopens.[2]", "[1] Reuters, 2020.\n[2] BBC, 2021."),
    ],
)
def test_every_way_of_writing_a_note_is_read(body: str, entries: str) -> None:
    found = listed(f"{body} All agree.\n\n{entries}")
    assert {pointer.marker for pointer in found.pointers} == {"1", "2"}
    assert [entry.medium for entry in found.entries] == ["Reuters", "BBC"]
    assert (found.missing, found.unused) == ((), ())


def test_authors_with_years_are_resolved_and_those_without_entry_told() -> None:
    text = (
        "It closes (Reed 2020). Lee and Reed (2019a) argue that it is old (see also Port Authority, 2018; Kim et "
        "al. 2017).\n\n"
        "## References\n\nReed, A. (2020). The port. Port Press.\n\nLee, T., & Reed, A. (2019a). Walls. Port Press.\n\n"
        "Port Authority. (2018). Accounts.\n\nMoss, L. (2001). Ferries. Port Press."
    )
    found = listed(text)
    meant = [(pointer.marker, pointer.entry.title if pointer.entry else None) for pointer in found.pointers]
    assert meant == [
        ("Reed 2020", "The port"),
        ("Lee and Reed 2019a", "Walls"),
        ("Port Authority 2018", "Accounts"),
        ("Kim et al. 2017", None),
    ]
    assert (found.missing, found.unused) == (("Kim et al. 2017",), ("Moss 2001",))


def test_entries_on_lines_below_one_another_are_several() -> None:
    text = (
        "As Reed (2020) notes, it closes.\n\nReferences\nLee, T. (2019). Walls. Port Press.\n"
        "Reed, A. (2020). The port. Port Press."
    )
    found = listed(text)
    assert [entry.cited_as for entry in found.entries] == ["Lee 2019", "Reed 2020"]
    (pointer,) = found.pointers
    assert (pointer.marker, pointer.entry) == ("Reed 2020", found.entries[1])


def test_places_with_years_are_no_missing_authors() -> None:
    text = (
        "It closes (Reed 2020). They met in Kyoto (Kyoto 1997).\n\n## References\n\nReed, A. (2020). The port. "
        "Port Press."
    )
    assert listed(text).missing == ()


def test_what_refers_back_to_nothing_to_itself_or_in_a_ring_leads_nowhere() -> None:
    text = (
        "A.[1] B.[2] C.[3] D.[4] E.[5] F.[6]\n\n[1] Ibid.\n[2] See note 2.\n[3] See note 4.\n[4] See note 3.\n"
        "[5] Le Monde, as above.\n[6] See note 9."
    )
    assert [entry.marker for entry in listed(text).nowhere] == ["1", "2", "3", "4", "5", "6"]
    assert [entry.label for entry in listed(text).nowhere if (entry.label or "").startswith("See note")] == []


def test_a_note_may_refer_to_one_by_number_or_author_and_to_one_further_down() -> None:
    text = (
        "A.[1] B.[2] C.[3] D.[4] E.[5]\n\n[1] Reed, A. (2020). The port. Port Press.\n[2] Reuters, “Walls”, 2021.\n"
        "[3] See note 1.\n[4] Reed, op. cit., p. 4.\n[5] Supra note 2."
    )
    found = listed(text)
    assert [entry.title for entry in found.entries[2:]] == ["The port", "The port", "Walls"]
    assert found.nowhere == ()


def test_numbers_may_come_in_any_order_twice_or_anew_on_every_page() -> None:
    assert listed("A.[2] B.[1]\n\n[2] BBC, 2020.\n[1] Reuters, 2021.").missing == ()
    twice = listed("A.[1] B.[2]\n\n[1] BBC, 2020.\n[1] Reuters, 2021.\n[2] Le Monde, 2020.")
    assert (twice.repeated, twice.unused) == (("1",), ())
    pages = listed("A closes.[1]\n\n[1] BBC, 2020.\n\nB closes.[1]\n\n[1] Reuters, 2021.")
    assert [pointer.entry.medium for pointer in pages.pointers if pointer.entry] == ["BBC", "Reuters"]


@pytest.mark.parametrize(
    "text",
    [
        "[1] The appellant was held.\n\n[2] Counsel said at [1] that it was late.\n\n[3] It is dismissed, see [2].",
        "In [2020] it closed. Halves [1-2], [0, 1]. It has 30 km² and 10⁶ people.",
        "They said “we want [3] ships” and left.",
        "The one note.[7] Nothing else.",
        "We demand:\n\n1. The port be closed.\n2. The tram be built.",
    ],
)
def test_what_only_looks_like_a_note_is_not_missing(text: str) -> None:
    found = listed(text)
    assert (found.missing, found.unused, found.entries) == ((), (), ())


def test_notes_whose_list_was_cut_off_are_missing() -> None:
    assert listed("It closes.[1] It reopens.[2] All agree.[3]").missing == ("1", "2", "3")


def test_a_number_inside_a_quotation_may_be_the_speakers() -> None:
    assert listed("It closes.[1] “We want [3] ships.”\n\n[1] BBC, 2020.").missing == ()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("[here](#)", "it leads nowhere"),
        ("[here]()", "it leads nowhere"),
        ("http:/ /a.org/b", "malformed"),
        ("https//a.org/b", "malformed"),
        ("htps://a.org/b", "malformed"),
        ("https://https://a.org", "two schemes"),
        ("https://port/b", "no such host"),
        ("https://www.port.org/very/long…", "cut short"),
    ],
)
def test_links_that_cannot_be_followed_are_told(words: str, why: str) -> None:
    (broken,) = listed(f"The port closes, see {words} for more.").broken
    assert (broken.why, words.startswith(broken.url) or broken.url in words) == (why, True)


@pytest.mark.parametrize(
    "url", ["https://a.org", "http://a.org/b_(c)?d=e#f", "www.port.example/a", "https://10.0.0.1/a"]
)
def test_sound_links_are_not_broken(url: str) -> None:
    assert listed(f"The port closes ({url}), as told at [{url}]({url}).").broken == ()


def test_five_thousand_notes_are_read_in_time_that_grows_with_them() -> None:
    seconds = []
    for count in (1_000, 5_000):
        body = " ".join(f"The port closed.[{number}]" for number in range(1, count + 1))
        notes = "\n".join(
            f"[{number}] Reuters, 5 May 2020, https://www.reuters.com/{number}" for number in range(1, count + 1)
        )
        document = Document(name="a.txt", text=f"{body}\n\n{notes}")
        parts = segments(document.text)
        start = time.process_time()
        found = references(document, parts)
        seconds.append(time.process_time() - start)
        assert (len(found.entries), found.missing, found.unused) == (count, (), ())
    assert seconds[1] < 12 * seconds[0] + 0.5  # five times the notes; a square would be twenty-five times


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


def test_an_entry_that_refers_to_another_is_called_as_that_one() -> None:
    text = (
        "It opens.[1] It closes.[2]\n\nNotes\n\n[1] Interview with a driver of the line, 3 May 2023.\n[2] See note 1.\n"
    )
    labels = [entry.label for entry in listed(text).entries]
    assert labels[0] == labels[1]


def test_ibid_in_brackets_of_the_text_is_the_entry_cited_before() -> None:
    text = (
        "It closed (Reed 2020). It reopened (ibid., p. 9). It is old.\n\n## References\n\n"
        "Reed, A. (2020). The port. Bergen Press.\n"
    )
    pointers = listed(text).pointers
    assert [text[pointer.start : pointer.end] for pointer in pointers] == ["Reed 2020", "(ibid., p. 9)"]
    assert pointers[0].entry is not None
    assert pointers[0].entry == pointers[1].entry
    assert listed("Nobody knows (ibid., p. 9).").pointers == ()
