"""What was not read for its language stands in every form of the brief."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from winset.brief.html import render as as_page
from winset.brief.json import as_dict
from winset.brief.language_names import LANGUAGE_NAMES, language_name
from winset.brief.markdown import render as as_markdown
from winset.brief.types import Brief
from winset.corpus.types import Document

FRENCH = """La ministre des transports a rejeté le plan jeudi devant la presse, après deux jours de débats au conseil du
port. « Nous ne pouvons pas accepter ce texte », a-t-elle dit."""
TOLD = (
    "1 document is in French: only quotation marks and speaker labels were read there, not indirect speech:"
    " ministre.txt."
)


@pytest.fixture(scope="module")
def with_french(compact_brief: Brief) -> Brief:
    added = Document(name="ministre.txt", text=FRENCH)
    return replace(compact_brief, documents=(*compact_brief.documents, added))


def test_the_page_says_it(with_french: Brief) -> None:
    assert TOLD in " ".join(as_page(with_french).split())


def test_markdown_says_it(with_french: Brief) -> None:
    assert TOLD in " ".join(as_markdown(with_french).replace("\\", "").split())


def test_json_says_it(with_french: Brief) -> None:
    unknown = next(section for section in as_dict(with_french)["sections"] if section["key"] == "unknown")
    (claim,) = [claim for claim in unknown["claims"] if claim["text"] == TOLD]
    assert claim["cites"] == [str(with_french.documents[-1].id)]
    assert json.dumps(unknown)


def test_every_language_has_a_name() -> None:
    assert all(tag.isalpha() and name[0].isalpha() for tag, name in LANGUAGE_NAMES.items())
    assert language_name("fr-CA") == "French"
