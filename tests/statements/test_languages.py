"""What is not English is found, left to quotation marks, and never read with English words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from winset.corpus.types import Document
from winset.statements.extraction import extract
from winset.statements.languages import ANY_LANGUAGE, foreign, is_whole, left_out, untold
from winset.statements.segmentation import segments
from winset.statements.types import Form, SegmentKind, Statement

ENGLISH = (
    "The minister said that the plan would be rejected by the council before the end of the year, and that the port"
    " had to wait for the law. Riga opposes it."
)
TEXTS = {
    "fr": "La ministre des transports a rejeté le plan jeudi à Porthaven, après deux jours de débats. « Nous ne pouvons"
    " pas accepter ce texte », a déclaré Lena Marsh devant la presse. Selon elle, le conseil doit attendre.",
    "de": "Die Ministerin hat den Plan am Donnerstag in Porthaven abgelehnt, nach zwei Tagen der Beratung. „Wir können"
    " diesen Text nicht annehmen“, sagte Lena Marsh vor der Presse. Der Rat müsse warten, hieß es.",
    "ja": "大臣は木曜日に計画を拒否した。「この文章は現在の形では受け入れられない」と大臣は記者団に述べた。"
    "議長によれば、評議会は待たなければならない。",
    "ar": "رفض الوزير الخطة يوم الخميس بعد يومين من المناقشات. وقال للصحفيين: «لا يمكننا قبول هذا النص في شكله الحالي»."
    " وبحسب الوزير يجب على المجلس أن ينتظر.",
}
QUOTED = {
    "fr": "Nous ne pouvons pas accepter ce texte",
    "de": "Wir können diesen Text nicht annehmen",
    "ja": "この文章は現在の形では受け入れられない",
    "ar": "لا يمكننا قبول هذا النص في شكله الحالي",
}


def statements(text: str, language: str | None = None) -> tuple[Statement, ...]:
    return extract(Document(name="text", text=text, language=language)).statements


@pytest.mark.parametrize("tongue", TEXTS)
@pytest.mark.parametrize("known", [True, False])
def test_in_another_language_only_what_is_quoted_is_a_statement(tongue: str, known: bool) -> None:
    (found,) = statements(TEXTS[tongue], tongue if known else None)
    assert found.words == QUOTED[tongue]
    assert (found.source, found.cue, found.form) == (None, None, Form.DIRECT)
    assert found.coder == "machine: quotation-marks"


@pytest.mark.parametrize("tongue", TEXTS)
def test_a_long_paragraph_in_another_language_is_left_to_its_quotation_marks(tongue: str) -> None:
    text = f"{ENGLISH}\n\n{TEXTS[tongue]}\n\n{ENGLISH}"
    blocks = segments(text)
    assert foreign(text, blocks) == {1: tongue}
    assert not is_whole(blocks, {1: tongue})
    inside = [found for found in statements(text) if blocks[1].start <= found.start < blocks[1].end]
    assert [found.words for found in inside] == [QUOTED[tongue]]


def test_an_english_paragraph_is_read_in_any_document() -> None:
    text = f"{TEXTS['fr']}\n\n{ENGLISH}\n\n{TEXTS['fr']}"
    assert foreign(text, segments(text), tongue="fr") == {0: "fr", 2: "fr"}


def test_short_paragraphs_have_the_language_of_what_stands_around_them() -> None:
    text = f"{TEXTS['fr']}\n\nQui paie ?\n\n{TEXTS['fr']}\n\n{ENGLISH}\n\nWho pays?\n\n{ENGLISH}"
    assert foreign(text, segments(text), tongue="fr") == {0: "fr", 1: "fr", 2: "fr"}
    assert foreign(text, segments(text), tongue="en") == {0: "fr", 1: "fr", 2: "fr"}


@pytest.mark.parametrize(
    "text",
    [
        "Macron, Scholz, Meloni talk Ukraine aid",
        "Lind Harbour Levy Rules Put Before U.N. Panel",
        "Ferry Permit Scheme Extended Despite Complaints of Waste",
        "Oslo opposes.",
        "Merkel, Macron, Rutte, Orbán, Morawiecki, Sánchez, Conte, Löfven, Frederiksen, Michel, Bettel, Kurz, Babiš",
        "The programme was honoured with scepticism; organised labour favoured it and its neighbours rejected it.",
        "",
    ],
)
def test_short_english_and_names_are_no_other_language(text: str) -> None:
    assert foreign(text, segments(text)) == {}


def test_what_is_left_out_states_nothing_and_stands_where_it_stood() -> None:
    text = f"{ENGLISH}\n\n{TEXTS['de']}"
    blocks = segments(text)
    readable = left_out(blocks, {1: "de"})
    assert [block.kind for block in readable] == [SegmentKind.BODY, SegmentKind.BOILERPLATE]
    assert [(block.start, block.end) for block in readable] == [(block.start, block.end) for block in blocks]


def test_speaker_labels_are_read_in_any_language() -> None:
    record = "\n\n".join(f"{name}: {TEXTS['de'][:95]}." for name in ("Der Vorsitzende", "Frau Berg", "Herr Lind"))
    record = record.replace("Der Vorsitzende", "Vorsitzende")
    found = extract(Document(name="text", text=record, language="de"), methods=ANY_LANGUAGE).statements
    assert {statement.coder for statement in found} == {"machine: speaker-labels"}
    assert len(found) == 3


def test_reference_lists_may_be_in_any_language() -> None:
    text = f"{ENGLISH}\n\nReferences\n\n[1] {TEXTS['fr']} 2021."
    assert foreign(text, segments(text)) == {}


def test_only_a_long_text_is_missed_for_its_language() -> None:
    names = "Arvenia, Boresia, Fenmark, Hestia, Illyra, Jorland, Kesh. "
    assert untold(Document(name="text", text=names * 5))
    assert not untold(Document(name="text", text=names))
    assert not untold(Document(name="text", text=ENGLISH * 3))
    assert not untold(Document(name="text", text=names * 5, language="en"))


def test_no_coded_article_is_taken_for_another_language(shared: Path) -> None:
    path = shared / "data" / "polnear" / "dev.jsonl"
    if not path.is_file():
        pytest.skip("needs dev.jsonl of ../shared/data/polnear")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows if foreign(row["text"], segments(row["text"]))] == []
