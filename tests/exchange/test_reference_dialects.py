"""Files of Zotero, Better BibTeX, JabRef, Mendeley and EndNote, and files that mean harm."""

from __future__ import annotations

import json

import pytest

from winset.corpus.types import Limits
from winset.errors import NotText, TooLarge
from winset.exchange.bibtex import read_bibtex
from winset.exchange.csl_json import read_csl
from winset.exchange.references import MOST_REJECTED, Reference, dated
from winset.exchange.ris import read_ris


def bib(text: str) -> Reference:
    library = read_bibtex(text.encode(), name="own.bib")
    assert not library.rejected
    (found,) = library.references
    return found


def ris(text: str) -> Reference:
    library = read_ris(text.encode(), name="own.ris")
    assert not library.rejected
    (found,) = library.references
    return found


def csl(**fields: object) -> Reference:
    library = read_csl(json.dumps([{"id": 1, "type": "webpage", "title": "T", **fields}]).encode(), name="own.json")
    assert not library.rejected
    (found,) = library.references
    return found


def test_zotero_writes_bibtex_with_files() -> None:
    found = bib(r"""
@article{lima_harbour_2019,
	title = {The {NATO} harbour \& its {\textless}port{\textgreater}},
	url = {https://example.org/a_b%20c},
	language = {en-GB},
	urldate = {2019-05-07},
	journal = {Strelsau Courier},
	author = {Lima, Ana and {Ministry of Trade and Ports} and von Berg, Bo},
	month = may,
	year = {2019},
	keywords = {harbours, ports},
	file = {Full Text\: the pdf:files/12/Lima - 2019\; final.pdf:application/pdf;Snapshot:files/13/a.html:text/html},
}
""")
    assert found.title == "The NATO harbour & its <port>"
    assert [author.in_words for author in found.authors] == ["Ana Lima", "Ministry of Trade and Ports", "Bo von Berg"]
    assert (str(found.published), found.container, found.language) == ("2019-05", "Strelsau Courier", "en-GB")
    assert found.url == "https://example.org/a_b%20c"
    assert found.files == ("files/12/Lima - 2019; final.pdf", "files/13/a.html")
    assert found.keywords == ("harbours", "ports")


def test_better_bibtex_writes_biblatex() -> None:
    found = bib(r"""
@online{berg2020,
  title = {{{Ports}} of {{Ruritania}}},
  author = {family=Berg, given=Bo, prefix=von, useprefix=true and Doe, Jr., Jo},
  date = {2020-06-01},
  langid = {ngerman},
  organization = {Hill Institute},
  url = {https://example.org/a\_b},
  file = {/home/me/Zotero/storage/ABC/x.pdf}
}""")
    assert found.title == "Ports of Ruritania"
    assert [author.in_words for author in found.authors] == ["Bo von Berg", "Jo Doe Jr."]
    assert (found.kind, found.language, found.outlet) == ("webpage", "de", "Hill Institute")
    assert found.url == "https://example.org/a_b"
    assert found.files == ("/home/me/Zotero/storage/ABC/x.pdf",)  # refused when it is to be read


def test_old_bibtex_is_understood() -> None:
    found = bib(r"""
@STRING{jan_issue = "January issue"}
@string( courier = {Strelsau } # "Courier" )
@comment{ @article{not, title = {nothing}} }
Text between entries is a comment.
@Article(goedel,
  author = "Kurt G{\"o}del and Mar{\'\i}a de la {Cruz Vega} and Plato and others",
  title = "On {\AA}ngstr{\"{o}}m, \c{c}a, na{\"\i}ve \emph{ports} -- and ``quotes'' 5\%",
  journal = courier, year = 1931, month = jan # "~5", note = jan_issue
)""")
    assert found.key == "goedel"
    assert found.title == "On Ångström, ça, naïve ports – and “quotes” 5%"
    assert [author.in_words for author in found.authors] == ["Kurt Gödel", "María de la Cruz Vega", "Plato", "others"]
    assert found.authors[1].family == "de la Cruz Vega"
    assert (found.container, str(found.published), found.note) == ("Strelsau Courier", "1931-01-05", "January issue")


@pytest.mark.parametrize(
    ("fields", "published", "words"),
    [
        ("year = {2020}", "2020", ""),
        ("year = 2020, month = 6", "2020-06", ""),
        ("year = 2020, month = {June}, day = 3", "2020-06-03", ""),
        ("date = {2020-06/2020-08}", "2020", "2020-06/2020-08"),
        ("date = {2020-06~}", "None", "2020-06~"),
        ("year = {in press}", "None", "in press"),
        ("year = {c. 1990}", "None", "c. 1990"),
        ("year = {ca. 1990}", "None", "ca. 1990"),
    ],
)
def test_dates_of_bibtex(fields: str, published: str, words: str) -> None:
    found = bib(f"@misc{{k, title = {{T}}, {fields}}}")
    assert (str(found.published), found.date_words) == (published, words)


def test_names_in_the_order_in_which_they_are_spoken() -> None:
    found = bib(
        "@misc{k, title={T}, author = {Ludwig van Example and de Example and Ann B. Example and {von} Example}}"
    )
    assert [(author.family, author.given, author.literal) for author in found.authors] == [
        ("van Example", "Ludwig", ""),
        ("", "", "de Example"),
        ("Example", "Ann B.", ""),
        ("Example", "von", ""),  # in braces: no particle
    ]


def test_jabref_and_mendeley_write_files_their_own_way() -> None:
    assert bib(r"@misc{k, title={T}, file = {:papers/x.pdf:PDF}}").files == ("papers/x.pdf",)
    assert bib(r"@misc{k, title={T}, file = {:C$\backslash$:/Users/me/x.pdf:pdf}}").files == ("C:/Users/me/x.pdf",)


def test_zotero_and_endnote_write_ris() -> None:
    found = ris(
        "TY  - NEWS\r\nTI  - Harbour board opens an office\r\nAU  - Lima, Ana\r\nAU  - Ministry of Ports\r\n"
        "T2  - Strelsau Courier\r\nDA  - 2019/05/06/\r\nPY  - 2019\r\nLA  - en\r\nUR  - https://example.org/a\r\n"
        "Y2  - 2019/05/07/10:00:00\r\nL1  - files/12/office.pdf\r\nL2  - https://example.org/b\r\nKW  - ports\r\n"
        "KW  - harbours\r\nAB  - It opens\r\nin the port.\r\nER  - \r\n"
    )
    assert (found.kind, found.container, str(found.published)) == (
        "article-newspaper",
        "Strelsau Courier",
        "2019-05-06",
    )
    assert [author.in_words for author in found.authors] == ["Ana Lima", "Ministry of Ports"]
    assert (found.abstract, found.keywords) == ("It opens in the port.", ("ports", "harbours"))
    assert (found.files, found.url, str(found.accessed)) == (
        ("files/12/office.pdf",),
        "https://example.org/a",
        "2019-05-07",
    )


def test_a_line_of_an_abstract_is_not_taken_for_a_tag() -> None:
    assert ris("TY  - RPRT\nTI  - T\nAB  - Members said\nEU - all of it - agreed\nER  -\n").abstract == (
        "Members said EU - all of it - agreed"
    )


def test_commas_of_institutions_are_told_as_endnote_does() -> None:
    found = ris("TY  - RPRT\nAU  - Ministry of Trade,, Ports\nA1  - Harbour Board,\nER  -\n")
    assert [author.literal for author in found.authors] == ["Ministry of Trade, Ports", "Harbour Board"]


def test_ris_of_catalogues() -> None:
    found = ris("\ufeffTY - BOOK\rID - 7\rT1 - Ports\rA1 - Lima, Ana, Jr.\rY1 - 2014//\rPB - Hill\rER - \r")
    assert (found.title, str(found.published), found.outlet) == ("Ports", "2014", "Hill")
    assert found.authors[0].in_words == "Ana Lima Jr."
    assert ris("TY  - JOUR\nTI  - T\nPY  - 2020\nDA  - May 1\nER  - \n").published == dated("2020-05-01")[0]


def test_a_record_without_an_end_costs_no_other() -> None:
    library = read_ris(b"TY  - BOOK\nTI  - A\nTY  - BOOK\nTI  - B\nER  - \nTY  - BOOK\nTI  - C\n", name="own.ris")
    assert [each.title for each in library.references] == ["A", "B"]
    assert [each.name for each in library.rejected] == ["own.ris: line 6"]
    assert "breaks off" in library.rejected[0].reason


@pytest.mark.parametrize(
    ("issued", "published", "words"),
    [
        ({"date-parts": [[2020, 5, 1]]}, "2020-05-01", ""),
        ({"date-parts": [["2020", "5"]]}, "2020-05", ""),
        ({"date-parts": [[2020]], "season": 2}, "2020", "summer 2020"),
        ({"date-parts": [[2019]], "circa": True}, "None", "circa 2019"),
        ({"date-parts": [[1998], [2001]]}, "None", "1998 to 2001"),
        ({"date-parts": [[2020, 5, 1], [2020, 5, 3]]}, "2020-05", "1 May 2020 to 3 May 2020"),
        ({"raw": "2020-05-01"}, "2020-05-01", ""),
        ({"literal": "May 2020"}, "2020-05", ""),
        ({"literal": "n.d."}, "None", "n.d."),
        ({"date-parts": [[2020, 13, 45]]}, "None", ""),
        ("2020-05", "2020-05", ""),
        (None, "None", ""),
    ],
)
def test_dates_of_csl(issued: object, published: str, words: str) -> None:
    found = csl(issued=issued)
    assert (str(found.published), found.date_words) == (published, words)


def test_names_of_csl() -> None:
    names = [
        {"family": "Berg", "given": "Bo", "non-dropping-particle": "von"},
        {"literal": "Ministry of Ports"},
        {"family": "Plato"},
    ]
    assert [author.in_words for author in csl(author=names).authors] == ["Bo von Berg", "Ministry of Ports", "Plato"]
    assert csl(DOI="10.1000/xyz").url == "https://doi.org/10.1000/xyz"
    assert csl(id="http://zotero.org/users/1/items/AB").key == "http://zotero.org/users/1/items/AB"


def test_a_bad_entry_is_told_with_its_place_and_costs_no_other() -> None:
    rows = [{"id": "a", "type": "book", "title": "A"}, 7, {"id": "c"}, {"id": "d", "title": {"x": 1}}]
    library = read_csl(json.dumps(rows).encode(), name="own.json")
    assert [each.title for each in library.references] == ["A"]
    assert [each.name for each in library.rejected] == [
        "own.json: entry 2",
        "own.json: entry 3 (c)",
        "own.json: entry 4 (d)",
    ]
    broken = "@book{a, title={A}}\n@book{b, title={open\n@book{c, title=unknown}\n@book{d, title={D}}\n@book{, }\n"
    found = read_bibtex(broken.encode(), name="own.bib")
    assert [each.key for each in found.references] == ["a", "d"]
    assert [each.name for each in found.rejected] == ["own.bib: line 2", "own.bib: line 3", "own.bib: line 5"]
    assert "close its brace" in found.rejected[0].reason
    assert "@string" in found.rejected[1].reason


def test_legacy_encodings_are_read_or_refused_never_garbled() -> None:
    title = "Größere Häfen für Österreich und die Schweiz: über die Brücken"
    (found,) = read_bibtex(f"@book{{k, title={{{title}}}}}".encode("cp1252"), name="own.bib").references
    assert found.title == title
    with pytest.raises(NotText, match=r"own\.ris"):
        read_ris(b"TY  - BOOK\x00\nTI  - A\nER  - \n", name="own.ris")


HOSTILE = {
    "deep JSON": (read_csl, b"[" * 200_000),
    "many digits": (read_csl, b'[{"id": ' + b"9" * 50_000 + b"}]"),
    "Zotero's own JSON": (read_csl, b'{"items": [{"itemType": "book", "title": "T", "attachments": []}]}'),
    "no references": (read_csl, b'{"a": 1}'),
    "broken JSON": (read_csl, b'[{"id": "a",\n "type": }]'),
    "no entries": (read_bibtex, b"nothing here"),
    "no records": (read_ris, b"nothing here"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_files_that_hold_no_references_are_refused_in_one_line(what: str) -> None:
    read, payload = HOSTILE[what]
    with pytest.raises(NotText, match=r"^own[^\n]*$"):
        read(payload, name="own")


def test_strings_that_double_are_refused() -> None:
    bomb = "@string{a0 = {" + "x" * 1000 + "}}\n" + "".join(f"@string{{a{n + 1} = a{n} # a{n}}}\n" for n in range(40))
    library = read_bibtex(f"{bomb}@misc{{k, title = a40}}\n@misc{{l, title = {{L}}}}".encode(), name="own.bib")
    assert [each.key for each in library.references] == ["l"]
    assert "characters" in library.rejected[0].reason


@pytest.mark.parametrize(
    "payload",
    [
        b"@misc{k, title = {" + b"{" * 100_000 + b"}" * 100_000 + b"}}",
        b"@a{k, x={\n" * 30_000,
        b"@misc{k, author = {" + b" " * 900_000 + b"and}}",
        b"@misc{k, author = {" + b"{a} and " * 5_000 + b"}}",
        b"@misc{k,title={a}}" * 3_000,
        b"@misc{k" + b" " * 500_000,
        b"@" * 300_000,
    ],
)
def test_bibtex_that_would_take_long_does_not(payload: bytes) -> None:
    """It ends at all: each of these takes hours where a reader goes over it again and again."""
    try:
        library = read_bibtex(payload, name="own.bib")
    except NotText:
        return
    assert len(library.rejected) <= MOST_REJECTED + 1


def test_files_and_fields_over_the_limit_are_refused() -> None:
    with pytest.raises(TooLarge, match="in parts"):
        read_bibtex(b"x" * 101, name="own.bib", limits=Limits(file_bytes=100))
    library = read_ris(b"TY  - BOOK\nTI  - " + b"x" * 200_000 + b"\nER  - \n", name="own.ris")
    assert "200,000 characters" in library.rejected[0].reason


def test_signs_that_turn_words_round_are_left_out() -> None:
    assert csl(title="Ann \u202eexample\u2066 \u0000end\ud800").title == "Ann example end\ufffd"
    assert bib("@misc{k, title={a\u202eb}}").title == "a b"
