"""What the shipped network reads, whatever comes in: exact spans, the same for any number of threads."""

from __future__ import annotations

import pytest

from winset.statements.attribution import SLICE, attributions
from winset.statements.types import Form, Proposal

PLAIN = (
    "Norway's foreign minister said on Tuesday that Oslo would oppose the plan. “We were not asked,” she added. "
    "Latvian officials believe the office will open next year, according to a diplomat.\n\n"
    "The ministry declined to comment."
)


def shown(text: str, found: Proposal) -> tuple[str | None, str | None, list[str], Form]:
    source = text[slice(*found.source)] if found.source else None
    cue = text[slice(*found.cue)] if found.cue else None
    return source, cue, [text[start:end] for start, end in found.contents], found.form


def test_direct_and_indirect_speech_in_one_paragraph() -> None:
    found = [shown(PLAIN, each) for each in attributions(PLAIN)]
    assert ("Norway's foreign minister", "said", ["that Oslo would oppose the plan"], Form.INDIRECT) in [
        (source, "said" if cue and "said" in cue else cue, [content.rstrip(".") for content in contents], form)
        for source, cue, contents, form in found
    ]
    assert ("she", "added", ["We were not asked,"], Form.DIRECT) in found


def test_threads_change_nothing() -> None:
    text = "\n\n".join([PLAIN] * 30)
    one, two = list(attributions(text)), list(attributions(text, threads=2))
    assert one == two
    assert one


def test_a_long_text_is_read_in_slices_and_offsets_go_on() -> None:
    text = ("Riga had no view. " * 10 + "\n\n") * (SLICE // 180 + 20) + PLAIN
    last = [shown(text, each) for each in attributions(text)][-4:]
    assert any(contents == ["We were not asked,"] for _, _, contents, _ in last)


@pytest.mark.parametrize("text", ["", " \n ", "...", "\u0000", "\ud800", "“", "\u202eOslo said no\u202c", "a" * 3_000])
def test_nothing_to_read_is_no_error(text: str) -> None:
    for found in attributions(text):
        assert all(text[start:end].strip() for start, end in found.contents)


def test_confidence_is_a_probability() -> None:
    assert all(0 < each.confidence < 1 for each in attributions(PLAIN))


def test_other_languages_are_searched_for_quotations_only() -> None:
    french = (
        "Le ministre a déclaré mardi que le gouvernement ne soutiendrait pas ce projet, qui lui paraît précipité. "
        "« Nous ne voulons pas d'un tel bureau », a-t-il ajouté devant les députés réunis à Paris."
    )
    text = f"{PLAIN}\n\n{french}"
    found = [shown(text, each) for each in attributions(text) if text.find("Le ministre") <= each.contents[0][0]]
    assert found == [(None, None, ["Nous ne voulons pas d'un tel bureau"], Form.DIRECT)]


def test_sources_and_cues_come_without_the_signs_around_them() -> None:
    text = "Ana Lind, envoy (Riga), said: “We will not sign this treaty.”"
    assert [shown(text, each)[:2] for each in attributions(text)] == [("Ana Lind, envoy (Riga)", "said")]


def test_what_is_not_quoted_ends_with_its_sentence() -> None:
    text = f"{PLAIN} Riga said that it would wait. Nobody knew why. Oslo said that it would not."
    for found in attributions(text):
        assert all(". " not in text[start:end] for start, end in found.contents)
