"""Who is told to have said or done what, in the constructions that negotiation reports use; sentences of our own."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.statements.negotiation.parsing import propositions
from winset.statements.negotiation.types import Polarity, Proposition, Role
from winset.statements.tokens import tokens

NAMES = ("Oslo", "RIGA", "the Marshall Islands", "Trinidad and Tobago", "the G-77/China")


def parsed(text: str) -> tuple[Proposition, ...]:
    return propositions(tokens(text, 0, len(text), ()))


def read(text: str) -> set[tuple[str, str, str, str]]:
    """(actor, predicate, point with its topic in brackets, first letter of the polarity) of each proposition."""

    def words(span: tuple[int, int] | None) -> str:
        return text[slice(*span)] if span else ""

    return {
        (
            words(each.actor),
            each.words,
            words(each.point) + (f" [{words(each.topic)}]" if each.topic else ""),
            each.polarity.value[0],
        )
        for each in parsed(text)
    }


def by(actors: str, predicate: str, point: str, polarity: str) -> set[tuple[str, str, str, str]]:
    return {(actor.strip(), predicate, point, polarity) for actor in actors.split(",")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The SAMI COUNCIL, supported by NORWAY and Peru, and opposed by the US and CHAD, asked for a vote.",
            by("SAMI COUNCIL, NORWAY, Peru", "asked", "for a vote", "r")
            | by("US, CHAD", "not asked", "for a vote", "o"),
            id="supporters and opponents",
        ),
        pytest.param(
            "Mali, for the LDCs, with Fiji, Tonga and others, preferred an earlier date.",
            by("Mali, LDCs, Fiji, Tonga", "preferred", "an earlier date", "s"),
            id="spoken for, and with",
        ),
        pytest.param(
            "However, Kenya, on behalf of the G-77/China, noted the delay, but requested that the fee be kept.",
            by("Kenya, G-77/China", "noted", "the delay", "r")
            | by("Kenya, G-77/China", "requested", "that the fee be kept", "r"),
            id="several verbs of one subject",
        ),
        pytest.param(
            "Chile welcomed the report and, with Cuba, opposed the fee, saying it was too high.",
            by("Chile", "welcomed", "the report", "s")
            | by("Chile, Cuba", "opposed", "the fee", "o")
            | by("Chile, Cuba", "saying", "it was too high", "r"),
            id="others join the second verb",
        ),
        pytest.param(
            "On the fee, Qatar, opposed by Japan, said it was needed.",
            by("Qatar", "said", "it was needed [On the fee]", "r")
            | by("Japan", "not said", "it was needed [On the fee]", "o"),
            id="topic before the subject",
        ),
        pytest.param(
            "Opposed by Ghana and Togo, the EU, with Iceland, proposed a new fund.",
            by("EU, Iceland", "proposed", "a new fund", "r") | by("Ghana, Togo", "not proposed", "a new fund", "o"),
            id="opponents first",
        ),
        pytest.param(
            "Supported by Niger, he called for a pause.", by("Niger", "called", "for a pause", "s"), id="pronoun leads"
        ),
        pytest.param(
            "Delegates could not agree, with Iran and Oman urging a vote, opposed by the EU.",
            by("Iran, Oman", "urging", "a vote", "s") | by("EU", "not urging", "a vote", "o"),
            id="with and a participle",
        ),
        pytest.param(
            "A joint fund was supported by Bhutan and many others, but opposed by Malta and Cyprus.",
            by("Bhutan", "supported", "A joint fund", "s") | by("Malta, Cyprus", "not supported", "A joint fund", "o"),
            id="passive",
        ),
        pytest.param(
            "In plenary, the text was opposed by Haiti, who asked for time.",
            by("Haiti", "opposed", "the text", "o") | by("Haiti", "asked", "for time", "r"),
            id="passive, and what its agent says",
        ),
        pytest.param(
            "Peru did not support the text and could not accept a vote.",
            by("Peru", "not support", "the text", "o") | by("Peru", "not accept", "a vote", "o"),
            id="negation",
        ),
        pytest.param(
            "Benin, opposed by Laos, said it could not support the merger.",
            by("Benin", "not support", "the merger", "o") | by("Laos", "support", "the merger", "s"),
            id="opposed to a refusal",
        ),
        pytest.param(
            "Malta said that the EU had not read the text, and could not accept it.",
            by("Malta", "said", "that the EU had not read the text, and could not accept it", "r")
            | by("EU", "not accept", "it", "o"),
            id="a further verb of whom the speaker speaks of",
        ),
        pytest.param(
            "They noted Nepal's new proposal to halve the fee and an objection from Togo to any vote.",
            by("Nepal", "proposal", "to halve the fee and an objection from Togo to any vote", "r")
            | by("Togo", "objection", "to any vote", "o"),
            id="nouns",
        ),
        pytest.param(
            "They met on a proposal by Peru, supported by Chile, to move the seat.",
            by("Peru, Chile", "proposal", "to move the seat", "r"),
            id="a noun with supporters",
        ),
        pytest.param(
            "The item closed after Gabon withdrew its request, and the rest was adopted.",
            by("Gabon", "withdrew", "its request", "o"),
            id="a clause about something else",
        ),
        pytest.param(
            "Japan preferred a list, while Kenya and Mali opposed it.",
            by("Japan", "preferred", "a list", "s") | by("Kenya, Mali", "opposed", "it", "o"),
            id="two clauses",
        ),
        pytest.param(
            "Malawi, for the LDCs; Nauru, for AOSIS; and Chile, for AILAC, urged haste.",
            by("Malawi, LDCs, Nauru, AOSIS, Chile, AILAC", "urged", "haste", "s"),
            id="semicolons in the list",
        ),
        pytest.param(
            "Noting the delay, Fiji, supported by Palau, amended the list.",
            by("Fiji", "noting", "the delay", "r") | by("Fiji, Palau", "amended", "the list", "r"),
            id="a verb of no list",
        ),
    ],
)
def test_a_construction(text: str, expected: set[tuple[str, str, str, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "In Africa and Asia, prices rose.",
        "The talks on Article 3, paragraph 2, continued.",
        "Work with Oslo, saying nothing, went on.",
        "The proposed text and Riga's budget were read.",
        "Parties could not agree on the date.",
        "",
    ],
)
def test_nobody_is_told_to_have_said_anything(text: str) -> None:
    assert read(text) == set()


def test_names_behind_a_preposition_are_no_subject() -> None:
    assert read("On Article 3, Brazil, with Samoa, said it was ready.") == by(
        "Brazil, Samoa", "said", "it was ready [On Article 3]", "r"
    )


def test_roles_and_cues_are_the_words_that_say_so() -> None:
    text = "Oslo, backed by Riga and opposed by Lima, proposed a break."
    found = {text[slice(*each.actor)]: (each.role, text[slice(*each.cue)], each.polarity) for each in parsed(text)}
    assert found == {
        "Oslo": (Role.LEADING, "proposed", Polarity.REPORT),
        "Riga": (Role.SUPPORTING, "proposed", Polarity.REPORT),
        "Lima": (Role.OPPOSING, "opposed by", Polarity.OPPOSE),
    }


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6, unique=True))
def test_everyone_in_a_list_says_it_once(names: list[str]) -> None:
    *first, last = names
    subject = f"{', '.join(first)} and {last}" if first else last
    text = f"Later, {subject}, opposed by Tuvalu, proposed a break."
    found = [text[slice(*each.actor)] for each in parsed(text) if each.role is Role.LEADING]
    assert found == [name.removeprefix("the ") for name in names]


@given(st.text(alphabet="AbC ,;.-'()/", max_size=60), st.sampled_from(("supported by", "opposed by", "on behalf of")))
def test_any_text_is_read_and_every_span_lies_in_it(noise: str, cue: str) -> None:
    text = f"Oslo, {cue} {noise}, said {noise} and, with {noise}, opposed the {noise}"
    for each in parsed(text):
        for span in (each.actor, each.cue, each.predicate, each.point, each.topic):
            assert span is None or (0 <= span[0] < span[1] <= len(text))


@pytest.mark.parametrize("piece", ["Oslo, Riga and ", "with Oslo, ", "supported by Oslo, ", "Oslo, for Riga; "])
def test_a_long_list_does_not_take_long(piece: str) -> None:
    text = piece * (4_000 // len(piece))
    started = time.perf_counter()
    parsed(text)
    assert time.perf_counter() - started < 10
