from __future__ import annotations

from typing import Any

from winset.corpus.types import Document
from winset.statements.attributors import ATTRIBUTORS
from winset.statements.extraction import extract
from winset.statements.segmentation import segments
from winset.statements.types import Form

ID = "negotiation-reports"
RECORD = (
    "Norway, supported by Chile, asked for time. Japan, opposed by Cuba, proposed a vote. "
    "Mali, on behalf of the LDCs, welcomed the text. "
)


def test_each_actor_has_a_statement_of_its_own(proposed: Any) -> None:
    text = "Norway, supported by Chile and opposed by Qatar, proposed a new fund."
    assert proposed(ID, text) == [
        ("Norway", "proposed", "a new fund"),
        ("Chile", "proposed", "a new fund"),
        ("Qatar", "opposed by", "a new fund"),
    ]


def test_whoever_opposes_an_opponent_is_not_said_to_oppose_the_thing(proposed: Any) -> None:
    assert proposed(ID, "Norway, opposed by Qatar, opposed the fund.") == [
        ("Norway", "opposed", "the fund"),
        ("Qatar", "", "the fund"),
    ]


def test_the_topic_is_part_of_the_content(proposed: Any) -> None:
    found = proposed(ID, "On the fund, Norway, supported by Chile, said it was late.")
    assert found[0] == ("Norway", "said", "On the fund … it was late")


def test_with_and_for_count_only_among_other_signs_of_such_a_report(proposed: Any) -> None:
    weak = "Ana Lind, with the Weather Service, said it would rain."
    assert proposed(ID, weak) == []
    assert ("Weather Service", "said", "it would rain") in proposed(ID, RECORD + weak)
    assert proposed(ID, f"{weak} Norway, supported by Chile, took notes.")[0][0] == "Norway"


def test_a_sentence_with_one_speaker_is_left_to_the_other_methods(proposed: Any) -> None:
    assert not any("Peru" in source for source, _, _ in proposed(ID, RECORD + "Peru opposed the fee."))


def test_opposition_is_an_act() -> None:
    document = Document(name="text", text="Norway, opposed by Qatar, said it was late.")
    forms = [each.form for each in ATTRIBUTORS[ID](document, segments(document.text))]
    assert forms == [Form.INDIRECT, Form.ACT]


def test_an_extraction_hears_all_of_them() -> None:
    document = Document(name="text", text="The group met. " + RECORD)
    found = {
        (each.source.exact, each.cue.exact, each.words)
        for each in extract(document).statements
        if each.source and each.cue and each.coder == f"machine: {ID}"
    }
    assert {
        ("Chile", "asked", "for time"),
        ("Cuba", "opposed by", "a vote"),
        ("LDCs", "welcomed", "the text"),
    } <= found
