"""What of a model's answer is understood, and what is refused as a whole."""

from __future__ import annotations

import pytest

from winset.errors import NotAsAsked
from winset.statements.language_model.answer import MOST, SCHEMA, Answer, read_answer

ONE = '{"paragraph": 1, "source": "Riga", "cue": "said", "contents": ["no"]}'
WHOLE = f'{{"attributions": [{ONE}]}}'


@pytest.mark.parametrize(
    "said",
    [
        WHOLE,
        f"```json\n{WHOLE}\n```",
        f"Here is the JSON you asked for: {WHOLE} I hope it helps.",
        f"<think>A set {{1, 2}} of paragraphs.</think>{WHOLE}",
        WHOLE.replace('"contents"', '"confidence": 0.9, "contents"'),
    ],
)
def test_json_is_found_in_what_surrounds_it(said: str) -> None:
    (told,) = read_answer(said).attributions
    assert (told.paragraph, told.source, told.cue, told.contents) == (1, "Riga", "said", ["no"])


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("", "no whole JSON"),
        ("I cannot help with that.", "no whole JSON"),
        (WHOLE[:-20], "no whole JSON"),
        ("{" * 100_000, "no whole JSON"),
        ("[]", "no whole JSON"),
        ('{"quotes": []}', "another shape"),
        ('{"attributions": {"Riga": "no"}}', "another shape"),
        (WHOLE.replace("1", '"first"'), "another shape"),
        (WHOLE.replace('["no"]', '"no"'), "another shape"),
        (f'{{"attributions": [{",".join([ONE] * (MOST + 1))}]}}', "another shape"),
    ],
)
def test_anything_else_is_not_as_asked(said: str, why: str) -> None:
    with pytest.raises(NotAsAsked, match=why):
        read_answer(said)


def test_what_is_refused_is_not_repeated() -> None:
    with pytest.raises(NotAsAsked) as refused:
        read_answer('{"attributions": "the secret words"}')
    assert "secret" not in str(refused.value)


def test_the_schema_asks_for_what_the_reader_reads() -> None:
    asked = SCHEMA["properties"]["attributions"]["items"]
    read = Answer.model_json_schema()["$defs"]["Told"]["properties"]
    assert set(asked["properties"]) == set(asked["required"]) == set(read)


def test_empty_words_are_none() -> None:
    (told,) = read_answer(WHOLE.replace('"Riga"', '""').replace('"said"', "null")).attributions
    assert (told.source, told.cue) == (None, None)
