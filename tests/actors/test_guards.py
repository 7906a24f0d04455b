"""Words that look like a state's name and are none."""

from __future__ import annotations

import pytest

from winset.actors.registry import registry


def named(text: str) -> list[str]:
    return [mention.actor_id for mention in registry().mentions(text)]


@pytest.mark.parametrize(
    "text",
    [
        "They had turkey on china plates.",
        "Guinea pigs are kept there.",
        "She grew up in Georgia, the southern state.",
        "The fire reached Atlanta, Georgia.",
        "They crossed the Jordan river.",
        "They crossed the Jordan Valley.",
        "Chad said his mother was ill.",
        "Michael Jordan was there.",
        "Paris Hilton was there.",
        "Meeting Jack London was an honour.",
        "New Jersey is near.",
        "New Mexico is far.",
        "Northern Ireland was calm.",
        "South America was calm.",
        "Latin American poets met.",
        "Ships crossed the Gulf of Mexico, the South China Sea and the Panama Canal.",
        "The Paris Agreement and the Minsk agreements hold.",
        "The Korean Peninsula was calm.",
        "She studied at the University of Oslo; he read the Bank of Japan's notes.",
        "Write to someone@france.example or see about.China.example",
        "Polish the silver.",
        "I saw us, the chile and the jersey.",
        "Washington State grows apples.",
    ],
)
def test_a_word_that_is_no_name_of_a_state_is_left_alone(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Mexico City agreed.", ["MEX"]),
        ("South Korea and North Korea met.", ["KOR", "PRK"]),
        ("Korea agreed.", ["KOR"]),
        ("Chad said it would abstain.", ["TCD"]),
        ("Georgia's prime minister agreed.", ["GEO"]),
        ("Jordan voted yes.", ["JOR"]),
        ("Even Paris agreed, and both London and Kyiv.", ["FRA", "GBR", "UKR"]),
        ("The US, the U.S. and the United States of America", ["USA", "USA", "USA"]),
        ("The UK, Britain and Great Britain", ["GBR", "GBR", "GBR"]),
        ("The Democratic Republic of the Congo", ["COD"]),
        ("The Republic of China and the People's Republic of China", ["TWN", "CHN"]),
        ("Papua New Guinea, Guinea-Bissau, Equatorial Guinea, Guinea", ["PNG", "GNB", "GNQ", "GIN"]),
        ("Niger and Nigeria; Nigerien and Nigerian", ["NER", "NGA", "NER", "NGA"]),
        ("The Council of Europe, the European Council, the EU Council", ["council-of-europe", "eu", "eu"]),
        ("US-China talks; anti-Russian moods", ["USA", "CHN", "RUS"]),
        ("Côte d’Ivoire and Côte d'Ivoire", ["CIV", "CIV"]),
        ("The Group of Seven and the ‘Indo-Pacific Four’", ["g7", "ip4"]),
    ],
)
def test_the_longest_name_wins(text: str, actors: list[str]) -> None:
    assert named(text) == actors


def test_a_body_is_not_named_before_it_existed() -> None:
    from datetime import date

    text = "AUKUS was agreed."
    assert [mention.actor_id for mention in registry().mentions(text, on=date(2023, 1, 1))] == ["aukus"]
    assert registry().mentions(text, on=date(2019, 1, 1)) == ()


def test_mentions_keep_to_the_part_asked_for() -> None:
    text = "France, Spain and Italy"
    assert [mention.actor_id for mention in registry().mentions(text, 8, 13)] == ["ESP"]
