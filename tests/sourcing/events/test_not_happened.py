"""What is told with a date and did not come about: it keeps its passage and loses its kind."""

from __future__ import annotations

import pytest

from winset.corpus.types import Document
from winset.ids import PartialDate
from winset.sourcing.events.kinds import MENTION
from winset.sourcing.events.not_happened import did_not_happen
from winset.sourcing.events.timeline import timeline
from winset.sourcing.types import ReadDocument
from winset.statements.segmentation import segments


def kinds(text: str) -> list[str]:
    document = Document(name="note.txt", text=text, published=PartialDate("2024-06-03"), language="en")
    read = ReadDocument(document=document, segments=tuple(segments(text)), statements=(), identifications=())
    return [event.kind for event in timeline([read]) if event.kind != "publication"]


@pytest.mark.parametrize(
    "text",
    [
        "The treaty was not signed on 5 May 2020.",
        "The council never met in 2019.",
        "The hubs debated in the 1990s were never built.",
        "No agreement was reached on 4 May 2022.",
        "The ministers failed to agree on 6 May 2022.",
        "The summit planned for 8 May 2022 was called off.",
        "The talks didn't open in 2013.",
    ],
)
def test_what_did_not_happen_is_only_mentioned(text: str) -> None:
    assert kinds(text) == [MENTION]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The treaty was signed on 5 May 2020.", "agreement"),
        ("The councils did not meet until May 2019.", "meeting"),
        ("The mayor did not speak of it during the summit in May 2022.", "summit"),
        ("The minister said on 6 May 2022 that no treaty was signed.", "statement"),
        ("The port was not only opened in 2013 but praised.", "opening"),
    ],
)
def test_what_did_happen_keeps_its_kind(text: str, kind: str) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "This article was amended on 8 May 2024.",
        "The page was last updated on 9 May 2024.",
        "This story was first published on 10 May 2024.",
        "Sources: the agency, 5 March; minutes of the same day.",
    ],
)
def test_the_lines_of_a_page_are_no_events(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize("words", ["", "not " * 50_000, "no treaty " * 30_000, "was not" * 30_000, "Had " * 50_000])
def test_any_words_are_judged(words: str) -> None:
    assert did_not_happen(words, head="treaty", noun=True) in (True, False)
    assert did_not_happen(words, head="", noun=False) in (True, False)
