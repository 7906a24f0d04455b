"""Words are found where they stand, and alike wherever a case is kept."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.postgres import fresh

from winset.corpus.types import Document
from winset.errors import CannotWrite
from winset.ids import PartialDate
from winset.issues import CaseSpec, Issue
from winset.store import full_text
from winset.store.case_store import CaseStore
from winset.store.full_text import phrases, search, spans
from winset.store.types import Coding

SPEC = CaseSpec(issue=Issue(proposal="Dredge the harbour", body="Club", rule="consensus", on=PartialDate("2024")))
NOTHING = Coding(statements=(), identifications=())
TEXTS = {
    "harbour": "The harbour is deep. The Harbour-master's house stands by the old harbour road.",
    "fishing": "Fishing grounds would suffer; the fishing is poor, and grounds for hope are few.",
    "foreign": "Die Straße zum Hafen ist gesperrt. Ελλάς συμφωνεί. 日本政府は反対した。 Société d'État.",
    "long": f"{'word ' * 21_000}{'x' * 99} needle{'!' * 100_000} thread and {'y' * 80}z",
}
VOCABULARY = "a quay shallow Fuß rowing waters e mail l'Élan 李 élan FUSS of or not 12 1.5 x_y".split()
_DRAWN = random.Random(3)  # noqa: S311 - no secret
TEXTS |= {str(number): f"{number} {' '.join(_DRAWN.choices(VOCABULARY, k=20))}" for number in range(25)}


@pytest.fixture(scope="module")
def one_of_each(tmp_path_factory: pytest.TempPathFactory, postgres: str) -> Iterator[dict[str, CaseStore]]:
    """The same documents in a file, and on a server."""
    with contextlib.ExitStack() as opened:
        places = {
            "sqlite": str(tmp_path_factory.mktemp("search") / "a.winset"),
            "postgresql": opened.enter_context(fresh(postgres)),
        }
        stores = {name: opened.enter_context(CaseStore.create(place, SPEC)) for name, place in places.items()}
        for store in stores.values():
            for name, text in TEXTS.items():
                store.add(Document(name=name, text=text), NOTHING)
        yield stores


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, one_of_each: dict[str, CaseStore]) -> CaseStore:
    return one_of_each[request.param]


def found(store: CaseStore, question: str, **how: int) -> list[tuple[str, str]]:
    hits = search(store.database, question, **how)
    assert all(TEXTS[hit.name][hit.start : hit.end] == hit.exact for hit in hits)
    return [(hit.name, hit.exact) for hit in hits]


def test_words_are_found_whole_in_any_case_and_in_their_places(store: CaseStore) -> None:
    assert found(store, "HARBOUR") == [("harbour", "harbour"), ("harbour", "Harbour"), ("harbour", "harbour")]
    assert found(store, "harbour", each=1) == [("harbour", "harbour")]
    assert found(store, "harb") == []
    assert found(store, "harb*", each=1) == [("harbour", "harbour")]
    assert found(store, "STRASSE hafen") == [("foreign", "Straße"), ("foreign", "Hafen")]
    assert found(store, "ΕΛΛΆΣ") == [("foreign", "Ελλάς")]
    assert found(store, "政府") == [("foreign", "政府")]
    assert found(store, "d'état") == [("foreign", "d'État")]


def test_all_words_must_be_there_and_those_in_quotes_in_a_row(store: CaseStore) -> None:
    assert found(store, "road fishing") == []
    assert found(store, '"fishing grounds"') == [("fishing", "Fishing grounds")]
    assert found(store, '"grounds fishing"') == []
    assert found(store, '"fishing gro*"') == [("fishing", "Fishing grounds")]
    assert found(store, "master's") == [("harbour", "master's")]
    assert found(store, "harbour", limit=2) == [("harbour", "harbour"), ("harbour", "Harbour")]


def test_a_long_document_and_a_long_word_are_found_to_their_ends(store: CaseStore) -> None:
    assert found(store, "needle thread") == [("long", "needle"), ("long", "thread")]
    assert found(store, "x" * 99) == [("long", "x" * 99)]
    assert found(store, "x" * 98) == []
    assert found(store, f"{'y' * 70}*") == [("long", f"{'y' * 80}z")]
    hit = search(store.database, "needle")[0]
    assert (hit.before[-2:], hit.after[:2]) == ("x ", "!!")


HOSTILE = """
" "" * ** NEAR(a,b) NOT -a ^a full_text:a '; -- ( ) & !quay | '':* \\ %s %(a)s :a ? $$ quay' {quay} quay:A <->
""".split()
HOSTILE += ["", " ", "a OR quay", "a AND NOT quay", "'; DROP TABLE document; --", "quay\0", "\ud83d", "of " * 3_400_000]


def test_no_question_is_an_error(one_of_each: dict[str, CaseStore]) -> None:
    for question in HOSTILE:
        in_file, on_server = (search(store.database, question) for store in one_of_each.values())
        assert in_file == on_server


asked = st.lists(st.sampled_from("a quay shal* FUSS waters l'élan 李 12 1.5".split()), max_size=3).map(" ".join)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(question=asked | st.text(max_size=20))
def test_a_file_and_a_server_give_the_same_hits_and_those_that_reading_gives(
    one_of_each: dict[str, CaseStore], question: str
) -> None:
    in_file, on_server = (search(store.database, question, limit=999, each=99) for store in one_of_each.values())
    assert in_file == on_server
    wanted = phrases(question)
    read = {name: spans(text, wanted)[:99] for name, text in TEXTS.items()} if wanted else {}
    assert [(hit.name, (hit.start, hit.end)) for hit in in_file] == [
        (name, span) for name, places in read.items() for span in places
    ]


def test_a_document_that_is_not_kept_is_not_found(store: CaseStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **_further: object) -> None:
        raise CannotWrite("full")

    monkeypatch.setattr("winset.store.trail.record_each", full)
    with pytest.raises(CannotWrite):
        store.add(Document(name="lost", text="a whale came by"), NOTHING)
    assert search(store.database, "whale") == ()
    monkeypatch.undo()
    store.add(Document(name="kept", text="a whale came by"), NOTHING)
    assert [hit.name for hit in search(store.database, "whale")] == ["kept"]


def test_only_the_first_words_of_a_question_count() -> None:
    assert sum(len(phrase.words) for phrase in phrases("a b " * 100)) == full_text.MOST_WORDS


letters = st.sampled_from("aAßİǰŉµªº²éÉ _-'“”…\u2014\u0345ﬁ李λΣσς1½\n")
texts = st.lists(st.text(letters, max_size=4), max_size=12).map(" ".join)


@settings(max_examples=400)
@given(text=texts, question=texts, opened=st.booleans())
def test_places_are_the_same_read_word_by_word_and_all_at_once(text: str, question: str, opened: bool) -> None:
    wanted = phrases(f'"{question}{"*" if opened else ""}"')
    assert spans(text, wanted) == full_text._spans_by_words(text, wanted)
    assert not wanted or spans(question, wanted) == full_text._spans_by_words(question, wanted)


def test_where_a_text_is_searched_at_once_no_character_is_folded_to_one_of_another_kind() -> None:
    for number in range(0x110000):
        character = chr(number)
        folded = character.casefold()
        if len(folded) == 1 and not full_text._UNLIKE_LATIN.search(character):
            assert bool(full_text._WORD.match(character)) == bool(full_text._WORD.match(folded))
            assert bool(full_text._WORD.match(character)) == (character.isalnum())


def test_every_text_that_holds_words_in_a_row_has_the_sign_of_these() -> None:
    for text in TEXTS.values():
        words = [word.casefold() for word in full_text._WORD.findall(text)][:200]
        known = set(full_text.known(text))
        for at in range(len(words) - 1):
            (phrase,) = phrases(f'"{words[at]} {words[at + 1]}"')
            assert {word for word, _ in full_text._asked_of([phrase])} <= known


def test_pages_follow_one_another_and_end(store: CaseStore) -> None:
    every = search(store.database, "quay", limit=999, each=99)
    assert len({hit.name for hit in every}) > 3
    paged: list[full_text.Hit] = []
    after: int | None = 0
    while after is not None:
        page = full_text.searched(store.database, "quay", after=after, limit=999, each=99, documents=2)
        assert len({hit.name for hit in page.hits}) <= 2
        paged += page.hits
        after = page.onward
    assert tuple(paged) == every


def test_a_page_ends_after_so_many_texts_and_leads_on(store: CaseStore, monkeypatch: pytest.MonkeyPatch) -> None:
    every = search(store.database, "a quay", limit=999, each=99)
    monkeypatch.setattr(full_text, "MOST_READ", 3)
    assert search(store.database, "a quay", limit=999, each=99) == every


@pytest.mark.parametrize("block", [1, 3])
def test_blocks_of_documents_hold_what_the_whole_holds(
    block: int, monkeypatch: pytest.MonkeyPatch, served: str
) -> None:
    monkeypatch.setattr(full_text, "BLOCK", block)
    monkeypatch.setattr(full_text, "STEPS", (1, 2))
    monkeypatch.setattr(full_text, "NEXT", 4)
    monkeypatch.setattr(full_text, "MANY", 2)
    with CaseStore.create(served, SPEC) as store:
        for name, text in TEXTS.items():
            store.add(Document(name=name, text=text), NOTHING)
        for question in ("quay", "a quay", "needle thread", '"of or"', "quay*", "harbour"):
            wanted = phrases(question)
            read = [(name, span) for name, text in TEXTS.items() for span in spans(text, wanted)[:99]]
            hits = search(store.database, question, limit=999, each=99)
            assert [(hit.name, (hit.start, hit.end)) for hit in hits] == read
