from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from winset.brief.passages import Mark, Role, marks, pieces, statement_key
from winset.brief.types import Brief

TEXT = "abcdefghijklmnopqrstuvwxyzäöü😀\n\nend"


@st.composite
def passages(draw: st.DrawFn) -> list[Mark]:
    found = []
    for number in range(draw(st.integers(0, 12))):
        start = draw(st.integers(0, len(TEXT) - 1))
        end = draw(st.integers(start + 1, len(TEXT)))
        key = f"k{draw(st.integers(0, 5))}" if number % 2 else f"own{number}"
        found.append(Mark(key=key, role=draw(st.sampled_from(Role)), start=start, end=end))
    return found


@given(passages())
def test_the_pieces_joined_are_the_text(found: list[Mark]) -> None:
    assert "".join(piece.text for piece in pieces(TEXT, found)) == TEXT


@given(passages())
def test_every_passage_is_marked_over_exactly_its_own_words(found: list[Mark]) -> None:
    wanted: dict[tuple[str, Role], set[int]] = {}
    for mark in found:
        wanted.setdefault((mark.key, mark.role), set()).update(range(mark.start, mark.end))
    held: dict[tuple[str, Role], set[int]] = {}
    place = 0
    for piece in pieces(TEXT, found):
        for role, keys in piece.roles:
            for key in keys:
                held.setdefault((key, role), set()).update(range(place, place + len(piece.text)))
        place += len(piece.text)
    assert held == wanted


@given(passages())
def test_every_passage_has_exactly_one_place_to_jump_to(found: list[Mark]) -> None:
    opened = [key for piece in pieces(TEXT, found) for key in piece.opens]
    assert sorted(opened) == sorted({mark.key for mark in found})


def test_a_link_jumps_to_what_was_stated_and_not_to_who_stated_it() -> None:
    source = Mark(key="a", role=Role.SOURCE, start=0, end=3)
    content = Mark(key="a", role=Role.CONTENT, start=10, end=12)
    assert [piece.text for piece in pieces(TEXT, [source, content]) if piece.opens] == ["kl"]


def test_a_text_without_passages_is_one_piece() -> None:
    assert [piece.text for piece in pieces(TEXT, [])] == [TEXT]
    assert pieces("", []) == ()


def test_every_statement_of_a_brief_has_its_passage(compact_brief: Brief) -> None:
    keys = {mark.key for found in marks(compact_brief).values() for mark in found}
    assert {statement_key(coded.id) for coded in compact_brief.statements} <= keys
