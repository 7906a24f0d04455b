"""Speeches sentence by sentence: each the same alone, and learned debates beside what is read without them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from winset.positions.stance_network import speech
from winset.positions.stance_network.debates import LEARNED, mixed
from winset.positions.stance_network.network import Reading
from winset.positions.stance_network.speech import Said, readings

PROPOSAL = "Adopt a fuel levy on shipping"
COAL = "Extend subsidies to unprofitable coal mines"
SPEECH = [
    Said("We welcome the levy."),
    Said("It would be a mistake to wait.", "We welcome the levy."),
    Said("The weather was fine."),
    Said(""),
    Said("\ud800\0\u202e", "(" * 10_000),
    Said("word " * 20_000, "word " * 20_000),
]


def test_no_sentence_has_no_reading() -> None:
    assert readings([], proposal=PROPOSAL) == ()
    assert readings([], proposal=COAL) == ()


@pytest.mark.parametrize("proposal", [PROPOSAL, COAL])
def test_company_and_threads_change_nothing(proposal: str) -> None:
    whole = readings(SPEECH, proposal=proposal)
    with ThreadPoolExecutor(4) as pool:
        alone = list(pool.map(lambda said: readings([said], proposal=proposal)[0], SPEECH * 2))
    for one, other in zip(alone, whole * 2, strict=True):
        assert shares(one) == pytest.approx(shares(other), abs=1e-6)


@pytest.mark.parametrize("proposal", [PROPOSAL, COAL, "", "\0", "(" * 10_000])
def test_readings_are_probabilities_whatever_comes_in(proposal: str) -> None:
    for found in readings(SPEECH, proposal=proposal):
        assert sum(shares(found)) == pytest.approx(1, abs=1e-5)
        assert min(shares(found)) >= 0


def test_a_long_run_of_brackets_is_read() -> None:
    (found,) = readings([Said("(" * 10_000 + "We reject the levy." + ")" * 10_000)], proposal=PROPOSAL)
    assert sum(shares(found)) == pytest.approx(1, abs=1e-5)


def test_words_for_and_against_are_told_apart() -> None:
    against, favour = readings([Said("We reject the levy."), Said("We welcome the levy.")], proposal=PROPOSAL)
    assert against.lean < 0 < favour.lean


def test_a_learned_debate_is_weighed_with_what_is_read_without_it() -> None:
    given = Reading(0.2, 0.3, 0.5, conflict=0.4, about=0.6)
    assert shares(mixed(given, (0.2, 0.3, 0.5))) == pytest.approx(shares(given))
    found = mixed(given, (1.0, 0.0, 0.0))
    assert found.against == pytest.approx(LEARNED + (1 - LEARNED) * 0.2)
    assert (found.conflict, found.about) == (0.4, 0.6)


def test_a_learned_debate_speaks_only_for_its_own_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {proposal: readings(SPEECH[:3], proposal=proposal) for proposal in (PROPOSAL, COAL)}
    monkeypatch.setattr(speech, "debate", lambda _: None)
    without = {proposal: readings(SPEECH[:3], proposal=proposal) for proposal in (PROPOSAL, COAL)}
    assert without[PROPOSAL] == before[PROPOSAL]
    assert without[COAL] != before[COAL]


@pytest.mark.parametrize("sides", [(1.0, 0.0, 0.0), (0.1, 0.2, 0.7)])
def test_mixing_prefers_no_side(sides: tuple[float, float, float]) -> None:
    given, other = Reading(0.2, 0.3, 0.5, 0.0, 0.0), Reading(0.5, 0.3, 0.2, 0.0, 0.0)
    assert shares(mixed(given, sides)) == pytest.approx(shares(mixed(other, sides[::-1]))[::-1])


def shares(reading: Reading) -> tuple[float, float, float]:
    return reading.against, reading.neutral, reading.favour
