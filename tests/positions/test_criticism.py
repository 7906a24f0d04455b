"""Who is criticised in a speech, and whom it is aimed at."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from winset.actors.registry import registry
from winset.positions import criticism
from winset.positions.criticism import OVER, Criticism, criticisms
from winset.positions.stance_network.network import Reading

DAY = date(2022, 3, 1)
SPEECH = [
    "We thank the Secretary-General for his briefing.",
    "Russia has bombed hospitals and murdered children, in flagrant violation of the Charter.",
    "This is a shameful crime and its authors must answer for it.",
    "Norway has given ten million to the fund.",
    "Iran continues to arm the militias, in contempt of this Council.",
]


def told(units: list[str], speaker: str = "Norway") -> tuple[Criticism, ...]:
    return criticisms(units, speaker=speaker, registry=registry(), on=DAY)


class Network:
    """Stands in for the network: finds criticism where a unit shouts."""

    def __init__(self) -> None:
        self.contexts: list[str] = []

    def read(self, *, proposal: str, context: str, statement: str) -> Reading:
        assert proposal
        self.contexts.append(context)
        return Reading(0.0, 1.0, 0.0, conflict=0.9 if "!" in statement else 0.1, about=0.5)


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Network:
    made = Network()
    monkeypatch.setattr(criticism, "stance_network", lambda: made)
    return made


def test_the_shipped_network_finds_what_is_plain() -> None:
    found = told(SPEECH)
    assert [each.found for each in found][::3] == [False, False]
    assert found[-1].target == "Iran"
    assert {each.target for each in found if each.found} <= {"Russia", "Iran"}


@pytest.mark.parametrize("speaker", ["Norway", "Russia", "", "\0", "(" * 10_000, "Nobody knows"])
def test_only_what_counts_has_a_target_and_never_the_speaker(speaker: str) -> None:
    for each in told(SPEECH, speaker):
        assert 0 <= each.probability <= 1
        assert each.found == (each.probability > OVER)
        assert each.found or each.target is None
        assert each.target != speaker


@pytest.mark.usefixtures("network")
def test_the_state_that_a_unit_names_is_its_target() -> None:
    assert [each.target for each in told(["Iran lies!", "Chad lies!"])] == ["Iran", "Chad"]


@pytest.mark.usefixtures("network")
def test_a_speaker_goes_on_with_the_state_criticised_last() -> None:
    found = told(["Chad is near Iran, and Chad is near.", "Iran lies!", "They lie!", "Chad is far.", "Shame!"])
    assert [each.target for each in found] == [None, "Iran", "Iran", None, "Iran"]


@pytest.mark.usefixtures("network")
def test_before_anybody_is_criticised_it_is_the_state_named_most() -> None:
    assert [each.target for each in told(["Shame!", "Iran is near.", "Chad is far.", "Chad again."])] == [
        "Chad",
        None,
        None,
        None,
    ]


@pytest.mark.usefixtures("network")
def test_the_speakers_own_state_is_no_target() -> None:
    assert [each.target for each in told(["Norway suffers!", "Norway and Iran disagree!"])] == ["Iran", "Iran"]
    assert [each.target for each in told(["Norway suffers!"])] == [None]


def test_each_unit_is_read_with_the_one_before(network: Network) -> None:
    told(["One.", "Two.", "Three."])
    assert network.contexts == ["", "One.", "Two."]


def test_no_unit_has_no_criticism() -> None:
    assert told([]) == ()


@pytest.mark.parametrize(
    "unit",
    ["", "\0" * 1_000, "\ud800", "(" * 10_000, "\u202e\u200f" * 5_000, "a" * 1_000_000, "Iran lies. " * 20_000],
    ids=["nothing", "nulls", "surrogate", "brackets", "right-to-left", "a word of a megabyte", "a long unit"],
)
def test_whatever_comes_in_is_read(unit: str) -> None:
    found = told([unit, "Shame on Iran."])
    assert len(found) == 2
    assert all(0 <= each.probability <= 1 for each in found)


def test_threads_change_nothing() -> None:
    alone = told(SPEECH)
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda _: told(SPEECH), range(6))) == [alone] * 6
