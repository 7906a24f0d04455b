"""Which proposal stands: the network's words before the rules', the record's own form before both."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from winset.statements.settling import LEAST, settled
from winset.statements.types import Form, Proposal

MODEL, VERBS, ATTITUDES, LABELS = "trained-model", "reporting-verbs", "attitudes", "speaker-labels"
SURE = Proposal(source=(0, 4), cue=(5, 9), contents=((10, 40),), form=Form.INDIRECT, confidence=0.8)
LONGER = replace(SURE, contents=((10, 44),), confidence=0.9)
ELSEWHERE = Proposal(source=(30, 34), cue=(35, 38), contents=((39, 60),), form=Form.INDIRECT, confidence=0.9)
ATTITUDE = replace(ELSEWHERE, form=Form.ACT, names=True)


def test_the_networks_words_stand_and_a_rule_that_agrees_makes_them_surer() -> None:
    ((stands, coder),) = settled([(LONGER, VERBS), (SURE, MODEL)])
    assert (stands.contents, coder) == (SURE.contents, MODEL)
    assert SURE.confidence < stands.confidence < 1


def test_a_rule_that_reads_the_same_words_otherwise_gives_way() -> None:
    assert settled([(SURE, MODEL), (ELSEWHERE, VERBS)]) == [(SURE, MODEL)]


def test_a_named_attitude_inside_what_another_says_stays() -> None:
    assert settled([(SURE, MODEL), (ATTITUDE, ATTITUDES)]) == [(SURE, MODEL), (ATTITUDE, ATTITUDES)]


def test_a_record_tells_itself_who_speaks() -> None:
    assert settled([(SURE, MODEL), (LONGER, LABELS)])[0][1] == LABELS


def test_what_only_the_network_proposes_must_be_likely_enough() -> None:
    doubtful = replace(SURE, confidence=LEAST - 0.01)
    assert settled([(doubtful, MODEL)]) == []
    assert [coder for _, coder in settled([(doubtful, MODEL), (LONGER, VERBS)])] == [MODEL]


def test_a_language_model_ranks_with_the_network_and_the_surer_stands() -> None:
    assert settled([(SURE, MODEL), (LONGER, "language-model (any)")])[0][0].contents == LONGER.contents


def test_rules_alone_settle_by_confidence() -> None:
    assert settled([(SURE, VERBS), (LONGER, ATTITUDES)]) == [(LONGER, ATTITUDES)]


SPAN = st.tuples(st.integers(0, 2_000), st.integers(1, 60)).map(lambda pair: (pair[0], pair[0] + pair[1]))
PROPOSAL = st.builds(
    Proposal,
    source=st.none() | SPAN,
    cue=st.none() | SPAN,
    contents=st.tuples(SPAN),
    form=st.sampled_from(Form),
    confidence=st.floats(LEAST, 1),
    names=st.booleans(),
)


@given(st.lists(st.tuples(PROPOSAL, st.sampled_from([MODEL, VERBS, ATTITUDES, LABELS])), max_size=12))
def test_settling_invents_nothing(proposed: list[tuple[Proposal, str]]) -> None:
    offered = [(found.cue, found.contents, coder) for found, coder in proposed]
    sources = {found.source for found, _ in proposed} | {None}
    for found, coder in settled(proposed):
        assert (found.cue, found.contents, coder) in offered
        assert found.source in sources


def test_a_rule_names_the_source_where_the_network_saw_none() -> None:
    nobody = replace(SURE, source=None, cue=(5, 9))
    ((stands, coder),) = settled([(nobody, MODEL), (LONGER, VERBS)])
    assert (stands.source, stands.contents, coder) == (LONGER.source, SURE.contents, MODEL)


def test_of_what_nobody_is_named_for_another_cue_is_another_attribution() -> None:
    nobody = replace(SURE, source=None, cue=(41, 44))
    assert len(settled([(nobody, MODEL), (replace(ATTITUDE, contents=SURE.contents), ATTITUDES)])) == 2


def test_a_clause_in_which_the_network_read_nothing_goes_unless_it_is_an_attitude() -> None:
    apart = replace(ELSEWHERE, source=(100, 104), cue=(105, 109), contents=((110, 130),))
    assert settled([(SURE, MODEL), (apart, VERBS)]) == [(SURE, MODEL)]
    opposed = replace(apart, form=Form.ACT, names=True)
    assert settled([(SURE, MODEL), (opposed, VERBS)]) == [(SURE, MODEL), (opposed, VERBS)]
    assert settled([(apart, VERBS)]) == [(apart, VERBS)]
