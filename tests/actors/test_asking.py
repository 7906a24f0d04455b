"""Asking who is meant, without a case and without statements."""

from __future__ import annotations

from datetime import date

import pytest

from winset.actors.asking import offices_of, who_are, who_is
from winset.actors.registry import registry
from winset.actors.rolls import groups, roll
from winset.corpus.types import Document
from winset.errors import BadCase, BadSpan, NotYetFounded, UnknownBody
from winset.ids import PartialDate

DAY = date(2023, 7, 11)


def test_the_same_words_of_the_same_day_are_asked_once() -> None:
    assert who_is("the Latvian president", registry(), on=DAY) is who_is("the Latvian president", registry(), on=DAY)


def test_white_space_around_the_words_counts_for_nothing() -> None:
    (plain,), (spaced,) = who_is("Riga", registry(), on=DAY), who_is("  Riga\r\n", registry(), on=DAY)
    assert plain.actor_id == spaced.actor_id == "LVA"


def test_no_words_are_no_question() -> None:
    with pytest.raises(BadSpan, match="no words"):
        who_is(" \n", registry(), on=DAY)


def test_the_same_span_twice_and_spans_in_any_order() -> None:
    document = Document(name="text", text="Riga and Oslo met. Riga said no.")
    riga, oslo = (19, 23), (9, 13)
    first, second, third = who_are(document, [riga, oslo, riga], registry(), on=DAY)
    assert first == third
    assert (first[0].actor_id, second[0].actor_id) == ("LVA", "NOR")
    assert who_are(document, [], registry()) == ()


def test_a_joint_source_inside_another_span_is_not_mixed_up_with_it() -> None:
    document = Document(name="text", text="Latvia and Norway said no.")
    (both, one) = who_are(document, [(0, 17), (0, 6)], registry(), on=DAY)
    assert [each.actor_id for each in both] == ["LVA", "NOR"]
    assert [each.actor_id for each in one] == ["LVA"]


def test_a_documents_own_date_counts_before_the_one_given() -> None:
    document = Document(name="text", text="The NATO chief said no.", published=PartialDate("2025-01-15"))
    ((each,),) = who_are(document, [(0, 14)], registry(), on=DAY)
    assert each.speaker == "Mark Rutte"


def test_a_span_outside_the_text_is_refused() -> None:
    with pytest.raises(BadSpan):
        who_are(Document(name="text", text="Riga"), [(2, 9)], registry())


def test_offices_of_a_person_named_with_another_office() -> None:
    words = "Jens Stoltenberg"
    (each,) = who_is(words, registry(), on=DAY)
    assert [office.title for office in offices_of(each, words, registry(), on=DAY)] == ["secretary general"]
    (expert,) = who_is("an analyst", registry(), on=DAY)
    assert offices_of(expert, "an analyst", registry(), on=DAY) == ()


def test_a_roll_agrees_with_the_registrys_seats() -> None:
    for body in registry().bodies.values():
        found = roll(body.key, registry(), on=DAY)
        assert tuple(sitting.seat for sitting in found.members) == registry().seats(body.key, DAY)
        assert {partner.actor.id for partner in found.partners} == registry().partners(body.key, DAY)
        assert all(sitting.since is None or sitting.since <= DAY for sitting in found.members)


def test_a_roll_of_a_group_agrees_with_its_members() -> None:
    for group in groups(registry()):
        found = roll(group, registry(), on=DAY)
        assert {sitting.seat.actor_id for sitting in found.members} == registry().members(group, DAY)


def test_rolls_that_cannot_be_called() -> None:
    with pytest.raises(NotYetFounded):
        roll("quad", registry(), on=date(1950, 1, 1))
    with pytest.raises(UnknownBody, match="is a state"):
        roll("Latvia", registry(), on=DAY)
    with pytest.raises(UnknownBody, match="no body or group"):
        roll("qqqqqq", registry(), on=DAY)
    with pytest.raises(BadCase, match="not shipped"):
        roll("iaea", registry(), on=DAY)
