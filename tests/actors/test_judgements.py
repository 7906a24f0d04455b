"""A person's word counts before the machine's, is never put over it, and can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from winset.actors.heard import Source, heard, to_check
from winset.actors.judgements import (
    NOBODY_KNOWN,
    Judgement,
    Scope,
    Verb,
    applied,
    check,
    holding,
    judged,
    somebody_new,
    subject,
    to_undo,
    whom,
)
from winset.actors.registry import registry
from winset.actors.rooms import Room, room_of
from winset.actors.types import MACHINE, Identification, SpeaksAs, Standing
from winset.corpus.types import Document, anchor
from winset.errors import BadJudgement, UnknownName
from winset.ids import ActorId, PartialDate
from winset.issues import CaseSpec, Issue
from winset.statements.types import Form, Statement

SPEC = CaseSpec(issue=Issue(proposal="Open a depot", body="nato", rule="consensus", on=PartialDate("2023-07-11")))
SMITH, OTHER = "expert: Hill Institute", "expert: Lake College"


@pytest.fixture(scope="module")
def room() -> Room:
    return room_of(registry(), SPEC)


def letter(name: str, *sources: str) -> tuple[Document, tuple[Statement, ...]]:
    """A document with one statement for each source."""
    text = "".join(f"{source} says no {number}.\n" for number, source in enumerate(sources)) + name
    document = Document(name=name, text=text)
    said, at = [], 0
    for number, source in enumerate(sources):
        words = anchor(document, at, at + len(source))
        content = anchor(document, at + len(source) + 6, at + len(f"{source} says no {number}"))
        said.append(Statement(document_id=document.id, source=words, cue=None, contents=(content,), form=Form.INDIRECT))
        at += len(f"{source} says no {number}.\n")
    return document, tuple(said)


def found(
    statement: Statement, represents: str | None = None, *, speaker: str | None = None, score: float = 0.8
) -> Identification:
    """What the machine made of it: a state by its name, anything else by its label."""
    actor = next((each for each in registry().actors.values() if each.name == represents), None)
    kind = (represents or "").partition(":")[0]
    told = {"expert": SpeaksAs.EXPERT, "media": SpeaksAs.MEDIUM, "collective": SpeaksAs.COLLECTIVE}
    return Identification(
        statement_id=statement.id,
        speaker=speaker,
        represents=represents,
        actor_id=actor.id if actor else None,
        standing=Standing.MEMBER if actor else Standing.UNKNOWN,
        speaks_as=SpeaksAs.ACTOR if actor else told.get(kind, SpeaksAs.UNRESOLVED),
        role="director" if speaker else None,
        score=score,
        rule="demonym",
    )


def word(number: int, verb: Verb, subject: str = "", object: str = "", **further: object) -> Judgement:  # noqa: A002
    return Judgement(number=number, verb=verb, subject=subject, object=object, by="Ada", at="2024-01-01", **further)  # type: ignore[arg-type]


def labels(identifications: Sequence[Identification]) -> list[str | None]:
    return [each.represents for each in identifications]


def test_what_a_person_says_carries_name_time_and_reason(room: Room) -> None:
    _, said = letter("a", "The envoy", "Oslo")
    machine = (found(said[0], score=0.3), found(said[1], "Norway"))
    of_norway = word(1, Verb.IS, "the envoy", "NOR", why="named in the caption")
    first, second = judged(machine, said, [of_norway], room)
    assert (first.represents, first.actor_id, first.standing) == ("Norway", "NOR", Standing.MEMBER)
    assert (first.by, first.at, first.why, first.score) == ("Ada", "2024-01-01", "named in the caption", 1.0)
    assert first.rule == "a person's word: judgement 1"
    assert first.speaks_as is SpeaksAs.ACTOR
    assert second is machine[1]
    assert machine[0].by == MACHINE


@pytest.mark.parametrize(
    ("key", "speaks_as", "standing", "affiliation"),
    [
        ("FRA", SpeaksAs.ACTOR, Standing.MEMBER, None),
        ("nato", SpeaksAs.ACTOR, Standing.SECRETARIAT, None),
        ("CHN", SpeaksAs.ACTOR, Standing.OUTSIDE, None),
        ("expert: Hill Institute", SpeaksAs.EXPERT, Standing.COMMENTATOR, "Hill Institute"),
        ("media: Evening Ledger", SpeaksAs.MEDIUM, Standing.MEDIUM, "Evening Ledger"),
        ("author", SpeaksAs.AUTHOR, Standing.COMMENTATOR, None),
        ("collective: some allies", SpeaksAs.COLLECTIVE, Standing.UNKNOWN, None),
        ("anonymous: a diplomat", SpeaksAs.ANONYMOUS, Standing.UNKNOWN, None),
        (NOBODY_KNOWN, SpeaksAs.UNRESOLVED, Standing.UNKNOWN, None),
    ],
)
def test_standing_and_voice_follow_from_whom_it_is(
    room: Room, key: str, speaks_as: SpeaksAs, standing: Standing, affiliation: str | None
) -> None:
    _, said = letter("a", "The envoy")
    (who,) = judged((found(said[0], "Japan"),), said, [word(1, Verb.IS, "The envoy", key)], room)
    assert (who.speaks_as, who.standing, who.affiliation) == (speaks_as, standing, affiliation)
    assert who.is_somebody == (speaks_as not in (SpeaksAs.COLLECTIVE, SpeaksAs.ANONYMOUS, SpeaksAs.UNRESOLVED))


@pytest.mark.parametrize("words", ["The envoy", "the ENVOY", "Zoë Tarn", "zoe tarn", "expert: Hill Institute"])
def test_a_source_is_named_by_its_words_its_speaker_or_its_label(room: Room, words: str) -> None:
    _, said = letter("a", "The envoy", "An envoy")
    machine = (found(said[0], SMITH, speaker="Zoë Tarn"), found(said[1]))
    assert labels(judged(machine, said, [word(1, Verb.IS, words, "NOR")], room)) == ["Norway", None]


def test_a_source_is_named_by_its_statements_id(room: Room) -> None:
    _, said = letter("a", "He", "He")
    machine = (found(said[0]), found(said[1]))
    assert labels(judged(machine, said, [word(1, Verb.IS, said[1].id, "NOR")], room)) == [None, "Norway"]


def test_a_states_name_is_a_sources_words_and_not_all_that_the_state_says(room: Room) -> None:
    _, said = letter("a", "Oslo", "Norway")
    machine = (found(said[0], "Norway"), found(said[1], "Norway"))
    is_word = word(1, Verb.IS, "Norway", "SWE")
    assert labels(judged(machine, said, [is_word], room)) == ["Norway", "Sweden"]
    assert labels(judged(machine, said, [word(1, Verb.MERGE, "NOR", "SWE")], room)) == ["Sweden", "Sweden"]


def test_a_word_about_one_document_is_not_about_another(room: Room) -> None:
    here, there = letter("a", "He"), letter("b", "He")
    said = (*here[1], *there[1])
    machine = tuple(found(each) for each in said)
    only = word(1, Verb.IS, "he", "NOR", scope=Scope(documents=(there[0].id,)))
    assert labels(judged(machine, said, [only], room)) == [None, "Norway"]


def test_two_people_of_one_name_are_split(room: Room) -> None:
    here, there = letter("a", "John Smith", "Smith"), letter("b", "John Smith")
    said = (*here[1], *there[1])
    machine = tuple(found(each, SMITH, speaker="John Smith") for each in said)
    other = word(1, Verb.SPLIT, "John Smith", OTHER, scope=Scope(documents=(there[0].id,)))
    counting = judged(machine, said, [other], room)
    assert labels(counting) == [SMITH, SMITH, OTHER]
    assert {each.speaker for each in counting} == {"John Smith"}
    one = replace(other, scope=Scope(statements=(said[1].id,)), object="expert: Jo Smith", speaker="Jo Smith")
    second = judged(machine, said, [one], room)[1]
    assert (second.represents, second.speaker, second.affiliation) == ("expert: Jo Smith", "Jo Smith", None)
    assert second.role is None


def test_two_spellings_of_one_person_become_one(room: Room) -> None:
    _, said = letter("a", "Tarn", "Zoë Tarn")
    machine = (found(said[0], speaker="Tarn"), found(said[1], SMITH, speaker="Zoë Tarn"))
    same = whom("Zoë Tarn", registry(), machine)
    counting = judged(machine, said, [word(1, Verb.MERGE, "Tarn", same.key, speaker=same.speaker)], room)
    assert [(each.speaker, each.represents) for each in counting] == [("Zoë Tarn", SMITH)] * 2


def test_merges_follow_one_another(room: Room) -> None:
    _, said = letter("a", "One", "Two", "Three")
    machine = tuple(found(each, f"expert: {name}") for each, name in zip(said, "ABC", strict=True))
    chain = [word(1, Verb.MERGE, "expert: A", "expert: B"), word(2, Verb.MERGE, "expert: B", "expert: C")]
    check(chain, registry())
    assert labels(judged(machine, said, chain, room)) == ["expert: C"] * 3


def test_a_circle_is_refused_even_when_an_undo_would_close_it() -> None:
    there, back = word(1, Verb.MERGE, "expert: A", "expert: B"), word(2, Verb.MERGE, "expert: B", "expert: A")
    with pytest.raises(BadJudgement, match="expert: A counts as expert: B by judgement 1"):
        check([there, back], registry())
    long = [there, word(2, Verb.MERGE, "expert: B", "expert: C"), word(3, Verb.MERGE, "expert: C", "expert: A")]
    with pytest.raises(BadJudgement):
        check(long, registry())
    undone = [there, word(2, Verb.UNDO, undoes=1), word(3, Verb.MERGE, "expert: B", "expert: A")]
    check(undone, registry())
    with pytest.raises(BadJudgement):
        check([*undone, word(4, Verb.UNDO, undoes=2)], registry())


def test_what_is_the_same_already_is_refused_by_its_name() -> None:
    with pytest.raises(BadJudgement, match="France is France"):
        check([word(1, Verb.MERGE, "FRA", "FRA")], registry())
    with pytest.raises(BadJudgement, match="counts as Norway"):
        check([word(1, Verb.MERGE, "SWE", "NOR"), word(2, Verb.IS, "the envoy", "SWE")], registry())


@pytest.mark.parametrize(
    "wrong",
    [
        {"by": " "},
        {"by": MACHINE},
        {"by": "machine: rules"},
        {"subject": " "},
        {"object": ""},
        {"verb": Verb.UNDO},
        {"undoes": 1},
        {"verb": Verb.UNDO, "undoes": 5},
        {"verb": Verb.SPLIT},
    ],
)
def test_a_judgement_that_says_nothing_cannot_be_built(wrong: dict[str, object]) -> None:
    with pytest.raises(BadJudgement):
        replace(word(5, Verb.IS, "he", "NOR"), **wrong)  # type: ignore[arg-type]


def test_the_last_that_changes_anything_is_taken_back_first() -> None:
    said = [word(1, Verb.IS, "he", "NOR"), word(2, Verb.IS, "she", "SWE")]
    assert to_undo(said, None).number == 2
    said.append(word(3, Verb.UNDO, undoes=2))
    assert to_undo(said, None).number == 1
    assert to_undo(said, 3).number == 3
    with pytest.raises(BadJudgement, match="taken back already, by 3"):
        to_undo(said, 2)
    with pytest.raises(BadJudgement, match="no judgement 9"):
        to_undo(said, 9)
    with pytest.raises(BadJudgement, match="nothing to take back"):
        to_undo([], None)


def test_names_are_looked_up_and_unknown_ones_get_the_nearest() -> None:
    _, said = letter("a", "Tarn")
    heard_here = (found(said[0], "Norway", speaker="Zoë Tarn"),)
    assert whom("fr", registry()).key == "FRA"
    assert whom(" expert:  Hill Institute ", registry()).key == SMITH
    assert whom("Nobody", registry()).key == NOBODY_KNOWN
    met = whom("zoe tarn", registry(), heard_here)
    assert (met.key, met.speaker) == ("NOR", "Zoë Tarn")
    assert subject("Zoë Tarn", registry(), heard_here) == "Zoë Tarn"
    assert subject("France", registry(), ()) == "FRA"
    assert somebody_new("Jo Smith").key == "expert: Jo Smith"
    with pytest.raises(UnknownName, match="'Zoë Tarn'"):
        whom("Zoe Tan", registry(), heard_here)
    with pytest.raises(UnknownName, match="'France'"):
        whom("Frnce", registry())
    with pytest.raises(UnknownName, match="expert: NAME"):
        whom("qqqqqq", registry())
    with pytest.raises(UnknownName):
        subject("nobody", registry(), ())
    with pytest.raises(BadJudgement):
        whom(" ", registry())


def test_an_actor_that_the_registry_lost_is_told_with_the_way_out(room: Room) -> None:
    _, said = letter("a", "He")
    with pytest.raises(UnknownName, match="undo 1"):
        judged((found(said[0]),), said, [word(1, Verb.IS, "he", "ruritania")], room)


def test_a_person_decided_so_there_is_nothing_left_to_check(room: Room) -> None:
    _, said = letter("a", "He", "the office", "The office", "Oslo", "some allies")
    machine = (
        found(said[0], "Norway", score=0.4),
        found(said[1]),
        found(said[2]),
        found(said[3], "Norway"),
        found(said[4], "collective: some allies", score=0.3),
    )
    before = [Source(statement=each, who=who) for each, who in zip(said, machine, strict=True)]
    assert [row.sources[0].words for row in to_check(before)] == ["the office", "He"]
    assert next((row.label, len(row.sources)) for row in heard(before)) == ("Norway", 2)
    decided = judged(machine, said, [word(1, Verb.IS, "the office", NOBODY_KNOWN)], room)
    after = [Source(statement=each, who=who) for each, who in zip(said, decided, strict=True)]
    assert [row.sources[0].words for row in to_check(after)] == ["He"]
    norway = heard(after)[0]
    assert (norway.lowest_score, norway.rules) == (0.4, (("demonym", 2),))


# Laws. A case is drawn from few names, so that judgements meet, follow and contradict one another.

SPEAKERS, SOURCES = ["Zoë Tarn", "Jo Smith", None], ["He", "Oslo", "Smith", "the office"]
LABELS = ["Norway", "Sweden", SMITH, OTHER, "media: Evening Ledger", "collective: allies", None]
KEYS = ["NOR", "SWE", "FRA", SMITH, OTHER, "collective: allies", NOBODY_KNOWN]
SUBJECTS = ["He", "Oslo", "Zoë Tarn", "Jo Smith", "NOR", SMITH, OTHER]


@st.composite
def cases(draw: st.DrawFn) -> tuple[tuple[Statement, ...], tuple[Identification, ...]]:
    """Two or three documents and what the machine made of them."""
    said: list[Statement] = []
    for name in "abc"[: draw(st.integers(2, 3))]:
        said += letter(name, *draw(st.lists(st.sampled_from(SOURCES), min_size=1, max_size=5)))[1]
    machine = [
        found(each, draw(st.sampled_from(LABELS)), speaker=draw(st.sampled_from(SPEAKERS)), score=draw(st.floats(0, 1)))
        for each in said
    ]
    return tuple(said), tuple(machine)


@st.composite
def words(draw: st.DrawFn, said: Sequence[Statement], *, most: int = 6) -> tuple[Judgement, ...]:
    """What persons might say of them, undos and their undos included."""
    made: list[Judgement] = []
    for number in range(1, draw(st.integers(0, most)) + 1):
        verb = draw(st.sampled_from(Verb)) if made else draw(st.sampled_from([Verb.IS, Verb.MERGE, Verb.SPLIT]))
        if verb is Verb.UNDO:
            made.append(word(number, verb, undoes=draw(st.integers(1, number - 1))))
            continue
        limited = Scope(
            documents=tuple({draw(st.sampled_from(said)).document_id}) if draw(st.booleans()) else (),
            statements=(draw(st.sampled_from(said)).id,) if verb is Verb.SPLIT or draw(st.booleans()) else (),
        )
        scope = Scope() if verb is Verb.MERGE else limited
        key = draw(st.sampled_from(KEYS))
        made.append(word(number, verb, draw(st.sampled_from(SUBJECTS)), key, scope=scope))
    return tuple(made)


@given(drawn=st.data(), case=cases())
def test_the_machines_rows_stay_what_they_are(
    drawn: st.DataObject, case: tuple[tuple[Statement, ...], tuple[Identification, ...]], room: Room
) -> None:
    said, machine = case
    before = tuple(replace(each) for each in machine)
    spoken = drawn.draw(words(said))
    counting = applied(machine, said, spoken, room)
    assert machine == before
    assert [each.statement_id for each in counting.identifications] == [each.statement_id for each in machine]
    touched = {id for ids in counting.touched.values() for id in ids}
    for was, now in zip(machine, counting.identifications, strict=True):
        assert now is was or (now.by == "Ada" and now.score == 1.0 and was.statement_id in touched)


@given(case=cases())
def test_without_a_word_the_machines_stand(
    case: tuple[tuple[Statement, ...], tuple[Identification, ...]], room: Room
) -> None:
    said, machine = case
    assert judged(machine, said, (), room) == machine


@given(drawn=st.data(), case=cases())
def test_to_judge_twice_is_to_judge_once(
    drawn: st.DataObject, case: tuple[tuple[Statement, ...], tuple[Identification, ...]], room: Room
) -> None:
    said, machine = case
    spoken = drawn.draw(words(said))
    once = judged(machine, said, spoken, room)
    assert judged(once, said, spoken, room) == once


@given(drawn=st.data(), case=cases())
def test_an_undo_restores_exactly_and_its_undo_brings_back(
    drawn: st.DataObject, case: tuple[tuple[Statement, ...], tuple[Identification, ...]], room: Room
) -> None:
    said, machine = case
    spoken = drawn.draw(words(said))
    assume(spoken)
    without = judged(machine, said, spoken[:-1], room)
    with_it = judged(machine, said, spoken, room)
    undo = word(len(spoken) + 1, Verb.UNDO, undoes=len(spoken))
    redo = word(len(spoken) + 2, Verb.UNDO, undoes=undo.number)
    assert judged(machine, said, [*spoken, undo], room) == without
    assert judged(machine, said, [*spoken, undo, redo], room) == with_it
    assert redo in holding([*spoken, undo, redo])


@given(drawn=st.data(), case=cases())
def test_the_order_of_words_about_different_statements_does_not_matter(
    drawn: st.DataObject, case: tuple[tuple[Statement, ...], tuple[Identification, ...]], room: Room
) -> None:
    said, machine = case
    one, other = drawn.draw(words(said, most=2)), drawn.draw(words(said, most=2))
    assume(one and other and Verb.UNDO not in {one[0].verb, other[0].verb})
    first, second = one[0], replace(other[0], number=2)
    alone = [set(applied(machine, said, [each], room).touched[each.number]) for each in (first, second)]
    assume(not alone[0] & alone[1])
    forwards = applied(machine, said, [first, second], room)
    assume([set(ids) for ids in forwards.touched.values()] == alone)  # neither makes what the other is about
    swapped = [replace(second, number=1), replace(first, number=2)]
    backwards = applied(machine, said, swapped, room)
    assume([set(backwards.touched[2]), set(backwards.touched[1])] == alone)
    assert [replace(each, rule="") for each in forwards.identifications] == [
        replace(each, rule="") for each in backwards.identifications
    ]


@given(drawn=st.data(), case=cases())
def test_a_word_holds_for_documents_that_come_later(
    drawn: st.DataObject, case: tuple[tuple[Statement, ...], tuple[Identification, ...]], room: Room
) -> None:
    said, machine = case
    spoken = drawn.draw(words(said))
    earlier = [n for n, each in enumerate(said) if each.document_id == said[0].document_id]
    part = judged([machine[n] for n in earlier], [said[n] for n in earlier], spoken, room)
    whole = judged(machine, said, spoken, room)
    assert part == tuple(whole[n] for n in earlier)


def test_the_same_words_in_a_later_document_are_the_same_source(room: Room) -> None:
    general = word(1, Verb.IS, "the envoy", "NOR")
    _, later = letter("later", "The envoy")
    assert labels(judged((found(later[0], "Japan"),), later, [general], room)) == ["Norway"]
    assert ActorId("NOR") in registry().actors
