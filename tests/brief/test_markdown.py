from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from winset.brief.claims import claims
from winset.brief.markdown import escaped, render
from winset.brief.types import Brief


def test_the_same_sections_in_the_same_order(compact_brief: Brief) -> None:
    headings = re.findall(r"^## \d\. (.*)$", render(compact_brief), flags=re.MULTILINE)
    assert headings == [section.title for section in claims(compact_brief)]


def test_statements_stand_verbatim_with_their_numbers(compact_brief: Brief) -> None:
    text = render(compact_brief)
    assert '> The Arvenian president told \\[…\\] "**would be a grave mistake**" and, she added, ' in text
    assert "> 3: opposed; Mira Solen; direct quotation; 2 May 2031" in text


def test_members_without_words_are_unknown(compact_brief: Brief) -> None:
    assert "| Kesh | 1 | – | unknown | nothing on record |" in render(compact_brief)


def test_a_strangers_markup_stays_words(hostile_brief: Brief) -> None:
    text = render(hostile_brief)
    assert re.search(r"(?<!\\)<\w", text) is None
    assert re.search(r"(?<!\\)\]\(", text) is None
    assert "\x00" not in text


def test_a_table_row_stays_one_row(hostile_brief: Brief) -> None:
    lines = [line for line in render(hostile_brief).splitlines() if line.startswith("|")]
    widths = [len(re.findall(r"(?<!\\)\|", line)) for line in lines]
    assert set(widths) <= {3, 4, 5, 6}


def test_a_brief_with_nothing_on_record_is_still_whole(empty_brief: Brief) -> None:
    assert render(empty_brief).count("\n## ") == 8


@given(st.text())
def test_escaped_words_are_one_line_and_open_nothing(words: str) -> None:
    line = escaped(words)
    assert "\n" not in line
    assert re.search(r"(?<!\\)(?:\\\\)*[<>\[\]`*_|]", line) is None
    assert re.match(r"[-+=]|\d+[.)]", line) is None
