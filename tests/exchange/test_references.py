"""References go out and come back the same in each format, but for what the format says it loses."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import TextIO

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.corpus.types import Document
from winset.errors import InvalidValue, Unreadable
from winset.exchange import bibtex, csl_json, ris
from winset.exchange.bibtex import read_bibtex, write_bibtex
from winset.exchange.csl_json import read_csl, write_csl
from winset.exchange.latex_text import escaped, plain_text
from winset.exchange.references import (
    KINDS,
    Author,
    Library,
    Reference,
    author_of,
    built,
    dated,
    institution,
    joined_keywords,
    line,
    person,
    reference_of,
    references_of,
    split_keywords,
)
from winset.ids import PartialDate

Write = Callable[[Iterable[Reference], TextIO], int]
Read = Callable[..., Library]
FORMATS: dict[str, tuple[Write, Read]] = {
    "csl": (write_csl, read_csl),
    "ris": (ris.write_ris, ris.read_ris),
    "bibtex": (write_bibtex, read_bibtex),
}
SIGNS = "ab {}\\~^%&$#_-'\"`,;:/@=()|and\u00e9e\u0301"

words = st.one_of(st.just(""), st.text(min_size=1, max_size=20), st.text(alphabet=SIGNS, max_size=25))
authors = st.one_of(st.builds(person, words, words), st.builds(institution, words))
dates = st.one_of(
    st.dates().map(str),
    st.dates().map(lambda day: str(day)[:7]),
    st.dates().map(lambda day: str(day)[:4]),
    st.sampled_from(["", "circa 2019", "summer 2020", "1998 to 2001", "May 2020", "in press"]),
    words,
).map(dated)
references = st.builds(
    built,
    key=words,
    kind=st.sampled_from(sorted(KINDS)),
    title=words.map("T{}".format),
    authors=st.lists(authors, max_size=3),
    container=words,
    publisher=words,
    date=dates,
    language=st.sampled_from(["", "en", "de-AT", "eng", "Klingonese"]),
    url=st.one_of(st.just(""), words.map("https://example.org/{}".format)),
    accessed=st.dates().map(str),
    abstract=words,
    keywords=st.lists(words, max_size=3),
    note=st.one_of(words, st.just("winset-document: 0123456789abcdef; seen twice")),
    files=st.lists(words, max_size=2),
)


def written(references: Iterable[Reference], write: Write) -> str:
    file = io.StringIO()
    write(references, file)
    return file.getvalue()


def without_lost(reference: Reference) -> Reference:
    """What BibTeX keeps of it; see `bibtex.LOSSES`."""
    return replace(reference, files=tuple(path for path in reference.files if not set(path) & set("{}%#\\")))


@pytest.mark.parametrize("kind", FORMATS)
@settings(max_examples=60, deadline=None)
@given(told=st.lists(references, min_size=1, max_size=3))
def test_what_is_written_is_read_back(kind: str, told: list[Reference]) -> None:
    write, read = FORMATS[kind]
    library = read(written(told, write).encode(), name="library")
    assert not library.rejected
    kept = map(without_lost, told) if kind == "bibtex" else told
    assert library.references == tuple(kept)


@pytest.mark.parametrize("kind", FORMATS)
@settings(max_examples=40, deadline=None)
@given(
    payload=st.one_of(
        st.binary(max_size=300), st.text(alphabet=SIGNS + '@\n[]TYER0123 "', max_size=300).map(str.encode)
    )
)
def test_no_bytes_end_in_anything_but_a_refusal(kind: str, payload: bytes) -> None:
    with suppress(Unreadable):
        library = FORMATS[kind][1](payload, name="library")
        assert library.references or library.rejected or kind == "csl"


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=40).map(line))
def test_text_survives_latex(text: str) -> None:
    assert plain_text(escaped(text)) == text


@settings(max_examples=60, deadline=None)
@given(keywords=st.lists(words.map(lambda word: line(word.replace(";", ","))).filter(bool), max_size=4))
def test_keywords_survive_one_field(keywords: list[str]) -> None:
    assert list(split_keywords(joined_keywords(tuple(keywords)))) == keywords


def test_formats_say_what_they_lose() -> None:
    assert csl_json.LOSSES == ris.LOSSES == ()
    assert all("files" in words for words in bibtex.LOSSES)


def office() -> Document:
    return Document(
        name="report.html",
        text="The harbour board met.\n",
        title="Harbour board opens an office",
        authors=("Ana de Lima", "Ministry of Ports", "Bo Berg"),
        publisher="Strelsau Courier",
        published=PartialDate("2019-05-06"),
        language="en",
        source_url="https://example.org/office?a=1&b={2}",
        retrieved_at="2019-05-07T10:00:00Z",
    )


def test_a_document_becomes_a_reference_that_finds_it_again() -> None:
    found = reference_of(office())
    assert found.key == f"delima2019harbour-{office().id[:8]}"
    assert found.kind == "webpage"
    assert found.authors == (
        Author(family="de Lima", given="Ana"),
        Author(literal="Ministry of Ports"),
        Author(family="Berg", given="Bo"),
    )
    assert found.outlet == "Strelsau Courier"
    assert found.url == "https://example.org/office?a=1&b=%7B2%7D"
    assert found.accessed == PartialDate("2019-05-07")
    for write, read in FORMATS.values():
        (again,) = read(written([found], write).encode(), name="library").references
        assert again == found
        assert again.document_id == office().id


def test_keys_of_documents_are_stable_and_differ() -> None:
    others = [replace(office(), text=f"Text {number}.\n") for number in range(300)]
    keys = [each.key for each in references_of([office(), *others])]
    assert len(set(keys)) == len(keys)
    assert keys[0] == next(references_of([office()])).key


@pytest.mark.parametrize(
    ("name", "language", "family"),
    [
        ("Ana Lima", "en", "Lima"),
        ("Xi Example", "zh", ""),  # which part is the family's, the words do not tell
        ("Harbour Ministry", "en", ""),
        ("Reuters", "en", ""),
        ("Jan van der Berg", "nl", "van der Berg"),
    ],
)
def test_names_are_parted_only_where_that_is_sure(name: str, language: str, family: str) -> None:
    found = author_of(name, language=language)
    assert found is not None
    assert found.family == family
    assert found.in_words == name


CSL_SCHEMA = {  # of csl-data.json 1.0.2, the part that winset writes
    "type": "array",
    "items": {
        "type": "object",
        "required": ["type", "id"],
        "additionalProperties": False,
        "properties": {
            "type": {"enum": sorted(KINDS)},
            "id": {"type": ["string", "number"]},
            "author": {"type": "array", "items": {"$ref": "#/definitions/name"}},
            "issued": {"$ref": "#/definitions/date"},
            "accessed": {"$ref": "#/definitions/date"},
            "custom": {"type": "object"},
            **{
                name: {"type": "string"}
                for name in "abstract container-title keyword language note publisher title URL".split()
            },
        },
    },
    "definitions": {
        "name": {
            "type": "object",
            "additionalProperties": False,
            "properties": {name: {"type": "string"} for name in ("family", "given", "literal")},
        },
        "date": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "literal": {"type": "string"},
                "date-parts": {
                    "type": "array",
                    "maxItems": 2,
                    "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "number"}},
                },
            },
        },
    },
}


@settings(max_examples=30, deadline=None)
@given(told=st.lists(references, max_size=3))
def test_csl_is_as_its_schema_says(told: list[Reference]) -> None:
    jsonschema.validate(json.loads(written(told, write_csl)), CSL_SCHEMA)


@pytest.mark.parametrize(
    "fields",
    [
        {"key": "two words"},
        {"kind": "tweet"},
        {"title": ""},
        {"title": "two\nlines"},
        {"url": "see page 4"},
        {"url": "javascript:alert(1)"},
        {"language": "English language"},
        {"date_words": "May 2020"},
        {"date_words": "circa 2019", "published": PartialDate("2019")},
        {"keywords": ("a;b",)},
        {"note": "winset-document: 0123456789abcdef"},
        {"files": ("https://example.org/a.pdf",)},
        {"abstract": "x" * 100_001},
    ],
)
def test_an_invalid_reference_cannot_be_built(fields: dict[str, object]) -> None:
    told: dict[str, object] = {"key": "k", "title": "T", **fields}
    with pytest.raises(InvalidValue):
        Reference(**told)  # type: ignore[arg-type]


@pytest.mark.parametrize("parts", [{"family": "Lima"}, {}, {"family": "A", "given": "B", "literal": "C"}])
def test_an_author_has_two_names_or_one(parts: dict[str, str]) -> None:
    with pytest.raises(InvalidValue):
        Author(**parts)


def test_an_author_has_no_comma_in_a_name() -> None:
    with pytest.raises(InvalidValue):
        Author(family="Lima, A.", given="Ana")
