"""Laws of origins: what else lies in the folder, and in which order, changes no origin; copies add none."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sourcing.made import Made, made, read_all

from winset.corpus.types import Duplicate
from winset.ids import StatementId
from winset.sourcing.tracing.claims import claims
from winset.sourcing.tracing.origins import origins
from winset.sourcing.tracing.works import works
from winset.sourcing.types import SharedClaim
from winset.statements.types import Form

LINES = (
    "The lake lies beyond the borders of the northern compact",
    "No ship of the isles will ever pay a toll in our waters",
    "We would rather close the strait than open a single office there",
    "a grave blunder that the council of elders will regret",
)
SPEAKERS = (("Ada Roe", "NOR"), ("Bo Lind", "SYL"), ("Cy Marsh", "ARV"))
DAYS = (None, "2031-05-03", "2031-05-04", "2031-07-09")
CREDITS = (
    None,
    ("Reuters reported", "Reuters", "medium"),
    ("Kyodo News reported", "Kyodo News", "medium"),
    ("At a briefing it was heard", "briefing of {}", "occasion"),
    ("In its 2029 Northern Compass", "2029 Northern Compass", "document"),
)

Row = tuple[list[tuple[int, int, int, int]], str | None, str | None]  # sentences, published, publisher

sentence = st.tuples(
    st.integers(0, len(LINES) - 1),
    st.integers(0, len(SPEAKERS) - 1),
    st.integers(0, len(DAYS) - 1),
    st.integers(0, len(CREDITS) - 1),
)
document = st.tuples(
    st.lists(sentence, min_size=1, max_size=3, unique_by=lambda row: row[0]),
    st.sampled_from([None, "2031-07-10", "2031-08-01"]),
    st.sampled_from([None, "Reuters", "Kyodo News"]),
)
bodies = st.lists(document, min_size=2, max_size=5)


def body(rows: Sequence[Row]) -> list[Made]:
    documents = []
    for number, (sentences, published, publisher) in enumerate(rows):
        parts = []
        for line, speaker, _, credit in sentences:
            told = CREDITS[credit]
            lead = f"{told[0]}: " if told else ""
            parts.append(f"{lead}{SPEAKERS[speaker][0]} said of matter {line}: “{LINES[line]}”.")
        text = f"Notes of day {number}.\n\n" + "\n\n".join(parts)
        each = made(f"{number}.txt", text, published=published, publisher=publisher)
        for line, speaker, day, credit in sentences:
            name, actor = SPEAKERS[speaker]
            on = DAYS[day]
            said = each.says(name, "said", LINES[line], speaker=name, actor=actor, on=on, form=Form.DIRECT)
            if told := CREDITS[credit]:
                each.credits_(told[0], told[1].format(name), told[2], dated=on, to=(said,))
        documents.append(each)
    return documents


def traced(
    documents: Sequence[Made], duplicates: Sequence[Duplicate] = ()
) -> tuple[dict[StatementId, str], tuple[SharedClaim, ...]]:
    read, credited = read_all(*documents)
    leaned_on = works(read, credited)
    shared = claims(read, leaned_on, duplicates)
    return {id: origin.key for id, origin in origins(read, leaned_on, shared, duplicates).items()}, shared


@settings(deadline=None, max_examples=60)
@given(rows=bodies, turn=st.randoms(use_true_random=False))
def test_keys_do_not_depend_on_the_order_of_documents(rows: list[Row], turn: object) -> None:
    documents = body(rows)
    shuffled = documents[:]
    turn.shuffle(shuffled)  # type: ignore[attr-defined]
    assert traced(documents)[0] == traced(shuffled)[0]


@settings(deadline=None, max_examples=60)
@given(rows=bodies)
def test_an_unrelated_document_changes_nothing(rows: list[Row]) -> None:
    documents = body(rows)
    stranger = made(
        "stranger", "Wheat grew dear in the far south, Di Ode said. “Nobody bakes bread any more”, she said."
    )
    stranger.says("Di Ode", "said", "Wheat grew dear in the far south", speaker="Di Ode", actor="TAN")
    before, after = traced(documents)[0], traced([*documents, stranger])[0]
    assert {id: after[id] for id in before} == before


@settings(deadline=None, max_examples=60)
@given(rows=bodies, which=st.integers(0, 4), headed=st.booleans())
def test_a_copy_adds_no_origin(rows: list[Row], which: int, headed: bool) -> None:
    documents = body(rows)
    number = which % len(documents)
    (copy,) = body([(rows[number][0], rows[number][1], None)])
    text = ("From our wires.\n\n" if headed else "By wire.\n\n") + copy.document.text
    again = made("copy", text, published="2031-09-01")
    for line, speaker, day, credit in rows[number][0]:
        name, actor = SPEAKERS[speaker]
        said = again.says(name, "said", LINES[line], speaker=name, actor=actor, on=DAYS[day], form=Form.DIRECT)
        if told := CREDITS[credit]:
            again.credits_(told[0], told[1].format(name), told[2], dated=DAYS[day], to=(said,))
    row = Duplicate(name="copy", document_id=again.document.id, of=documents[number].document.id, similarity=0.9)
    before, after = traced(documents)[0], traced([*documents, again], [row])[0]
    assert len(set(after.values())) == len(set(before.values()))
