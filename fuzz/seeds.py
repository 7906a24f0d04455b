"""What a campaign starts from: sound inputs of each kind, written here or by winset's own writers."""

from __future__ import annotations

import datetime
import gzip
import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from fuzz import packing, questions, readers
from fuzz.made import TEXT, documents, project
from winset.corpus.confined.answers import documents_told, feed_told, refusal_told
from winset.corpus.readers import READERS
from winset.errors import Damaged
from winset.exchange.bibtex import write_bibtex
from winset.exchange.csl_json import write_csl
from winset.exchange.qda import write_qdpx
from winset.exchange.references import references_of
from winset.exchange.ris import write_ris
from winset.exchange.web_annotation import write_web_annotation

ARTICLE = (
    "The ministers of the Northern Compact met on Thursday to discuss a common coast guard station. "
    "Freedonia supports "
    "the plan, its foreign minister Ana Lima said, while Sylvania opposes it. “We will not pay for "
    "it,” a spokesperson "
    "told the Harbour Post on Monday. According to diplomats, Osterlich proposed deleting the third paragraph."
)
NEGOTIATION = (
    "FREEDONIA, for the G-77/CHINA, opposed, and the EU, with SWITZERLAND, supported, a new text. "
    "Delegates agreed.\n\n"
    "Ana Lima: No. Not “ever”.\nBen Berg (Guild): Perhaps, he said, and asked whether «it» (the "
    "quay) is “wide ‘enough’"
)
FOREIGN = "Der Minister sagte: „Wir sind dagegen.“ Die Regierung will das nicht, so Lima.\n\n部長は「反対だ」と述べた。"
PAGE = (
    '<!doctype html><html lang="en"><head><title>Station talks</title><meta property="article:published_time" '
    'content="2023-06-14"><script type="application/ld+json">{"@graph": [{"datePublished": '
    '"2023-06-14"}]}</script></head>'
    f'<body><nav><a href="/">Home</a></nav><article><h1>Talks</h1><p class="byline">Posted by Ana '
    f"Lima, on 14 June 2023</p>"
    f'<p>{ARTICLE} <a href="https://example.org/">More</a></p><table><tr><td>a</td></tr></table></arti'
    f"cle></body></html>"
)
RSS = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><item><title>Talks</title><guid>a</guid>'
    f"<link>https://example.org/a</link><pubDate>Wed, 14 Jun 2023 10:00:00 GMT</pubDate><author>a@b.c (Ana)</author>"
    f"<description>{ARTICLE}</description></item></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/"><title>News</title><entry><id>a</id>'
    '<title type="html">&lt;b&gt;Talks</title><updated>2023-06-14T10:00:00Z</updated><link '
    'href="a"/><author><name>Ana'
    f"</name></author><content type='html'><![CDATA[<p>{ARTICLE}</p>]]></content></entry></feed>"
)
DOCX = (
    f"<w:p><w:r><w:t>{ARTICLE}</w:t></w:r></w:p><w:p><w:ins><w:r><w:t>in</w:t></w:r></w:ins><w:del><w:"
    f"r><w:delText>out"
    '</w:delText></w:r></w:del><w:hyperlink r:id="h"><w:r><w:t>link</w:t></w:r></w:hyperlink><w:r>'
    '<w:footnoteReference w:id="1"/></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr>'
    '</w:tbl>\n==== word/footnotes.xml\n<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordp'
    "rocessingml/2006/"
    'main"><w:footnote w:id="1"><w:p><w:r><w:t>Note.</w:t></w:r></w:p></w:footnote></w:footnotes>'
)
PDF = (
    "BT /F1 10 Tf 72 700 Td (Freedonia supports the plan, its minister said.) Tj 0 -14 Td "
    "[(Syl)-300(vania opposes it.)] TJ "
    "ET q .7 .7 -.7 .7 200 500 cm BT /F1 8 Tf (stamp) Tj ET Q /Fm Do\n==== 6\n<< /Type /XObject /Subtype /Form /BBox "
    "[0 0 99 99] /Length 33 >>\nstream\nBT /F1 10 Tf 9 9 Td (form) Tj ET \nendstream"
)
CASES = (
    (
        "proposal: Open a liaison office\nbody: nato\non: 2023-07-11\nrule: consensus\nstatus_quo: 0\noptions:\n"
        "  contact point: 20\ndocuments: [reports/*.txt, https://example.org/a]\n"
    ),
    (
        "proposal: Sail\nbody: Club\non: 2024-05\nrule: qualified-majority\nmembers:\n  - {name: Ann, "
        "votes: 4, veto: true, "
        "weights: {population: 20}}\n  - Bob\nthresholds:\n  - {of: members, share: 55%, more_than: false}\n"
    ),
)
REGISTRIES = (
    "kind,name,aliases,since,until,of\nbody,Harbour Board,HB; the Board,2001,,\nperson,Ida Holm,,2019-05-01,2024,\n",
    (
        "actors:\n- name: Harbour Board\n  kind: body\n  rule: simple-majority\n  members:\n  - {name: "
        "Ruritania, start: 1990}\n"
        "- name: Ann Example\n  kind: person\n  aliases: [A. Example]\n  memberships:\n  - {body: Hill "
        "Institute, role: senior "
        "fellow, start: 2021-03}\n  offices:\n  - {title: foreign minister, of: Ruritania, start: 2015, end: 2019}\n"
    ),
    (
        '{"id": "a", "schema": "PublicBody", "properties": {"name": ["Harbour Board"], "alias": ["HB"], '
        '"country": ["no"]}}\n'
    ),
    (
        '{"head": {"vars": ["item", "itemLabel"]}, "results": {"bindings": [{"item": {"type": "uri", "value": '
        '"http://www.wikidata.org/entity/Q1"}, "itemLabel": {"type": "literal", "value": "Harbour Board"}}]}}'
    ),
)
DNA = (
    "STATEMENTS Start 1 18\nSTATEMENTS Stop 1 30\nDOCUMENTS Text - 'Other \\n words 🐟 here'\n",
    "DATABOOLEAN Value 1 0\nENTITIES Value 2 NULL\nCODERS Name 1 ''\nDOCUMENTS Date 1 1704067200\n",
    "VARIABLES DataType 2 'integer'\nSTATEMENTS DocumentId 1 9\nENTITIES Value 1 x'ff00'\n",
)
KEPT = (
    "statement contents 1 '[[1, 2]]'\nidentification score - 0.5\ncase options - '[]'\n",
    "document text 1 'Other words'\nstance direction - NULL\n",
    "change effects - '{}'\nruling codes 1 'x'\n",
)
SHEETS = (
    (
        "id,text_hash,coder,stance,direction,relevance\n{id},{text},Ada,favour,,\n{id},{text},Ben,,-0.5,0"
        ".9\nnone,x,Ada,oppose,,\n"
    ),
    "id;text_hash;place;firmness;hedged;voice;rung;actor;why\n{id};{text};20;1;yes;;proposal;Germany;'=odd\n",
)
ROWS = '<row r="1">{head}</row><row r="2">{first}</row>'
DECIDE = (
    "#A\tFreedonia\tF\n#A\tSylvania\tS\n#P\tmesh size\tm\n#M\tmesh size\t0\n#M\tmesh size\t100\n"
    "#D\tFreedonia\tmesh size\t80\t0.5\t10\n#D\tSylvania\tmesh size\t20\t0.9\t5\n"
)
KTAB = "Quota,,2,1,\nActor,Description,Power,Pstn1,Sal1,\nFreedonia,F,10,80,50,\nSylvania,S,5,20,90,\n"
BIB = (
    '@string{hp = "Harbour Post"}\n@article{a1, author = {Lind, {\\AA}sa and Ben Berg and {Guild}}, '
    "title = {The {Quay}: "
    '\\"{o}, wide}, journal = hp # " daily", year = 2024, month = jun, file = '
    "{a.pdf:a.pdf:application/pdf}, keywords = {a, b}}\n"
    '@misc{b, title = "T", date = {2024-01-02}, url = {https://example.org/}, urldate = '
    "{2024-05-06}, langid = {ngerman}}\n"
)
RIS = (
    "TY  - NEWS\nAU  - Lind, \u00c5sa\nAU  - Guild\nTI  - The quay\nT2  - Harbour Post\nPY  - "
    "2024/06/14/\nUR  - https://example.org/\n"
    "KW  - a\nL1  - file://a.pdf\nN1  - note\nER  - \nTY  - RPRT\nTI  - Other\nDA  - circa 2019\nER  - \n"
)
CSL = json.dumps(
    [
        {
            "id": "a",
            "type": "article-newspaper",
            "title": "The <i>quay</i>",
            "author": [{"family": "Lind", "given": "A", "non-dropping-particle": "van"}, {"literal": "Guild"}],
            "issued": {"date-parts": [["2024", 6]]},
            "accessed": {"raw": "2024-05-06"},
            "URL": "https://example.org/",
            "language": "de-DE",
        },
        {"id": 2, "type": "no-such-kind", "title": "x", "issued": {"literal": "circa 2019"}, "note": "n"},
    ]
)
BACKTEST = """\
issue,proposal,council_vote,intro,final,reference_point,outcome
q1i1,q1,QMV,1999-02-01,2000-03-01,0,70
q2i1,q2,Unan,2005-02-01,2007-06-01,100,50
q3i1,q3,QMV,2016-02-01,2018-06-01,,
==== positions.csv
issue,actor,position,salience
q1i1,com,100,80
q1i1,de,0,50
q2i1,ep,30,60
q2i1,bu,90,10
q3i1,cr,10,90
q3i1,uk,,
"""
REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "claimReviewed": "The quay is wide.",
    "url": "https://example.org/r",
    "datePublished": "2024-01-02",
    "author": {"@type": "Organization", "name": "Harbour Post"},
    "reviewRating": {"@type": "Rating", "ratingValue": 1, "bestRating": 5, "worstRating": 1, "alternateName": "False"},
    "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Ida Holm"}},
}
RULES = ("[39; 7x5, 1x10]", "[6; A=4, B=4, C=2]", "55% of members and 65% of population or 2 of members",
         "more than 1/2 of votes", "at least all of members", "a majority of population")  # fmt: skip
WHAT_IFS = ("Freedonia=60", "Sylvania.salience=0.2; cost=5", "quota: Freedonia=20..80", "Freedonia=out",
            "status quo=20", "Osterlich, North=abstain", "Freedonia.capability=1/3")  # fmt: skip
DOCUMENT_LINES = (
    (
        '{"id": "a", "text": "Oslo said no.", "title": "T", "published": "2023-06-14", "authors": '
        '["Ana"], "language": "en", '
        '"source_url": "https://example.org/", "publisher": "P"}\n\n{"id": 2, "text": "By Ana Lima\\n\\nNo."}\nno\n'
    ),
)
MANIFEST = (
    '{"format": "winset-backup/1", "schema": 1, "winset_version": "1", "created_at": "2024-01-02T03:04:05Z", '
    '"place": "a.winset", "proposal": "Widen the quay", "size": SIZE, "sha256": "SHA256", "rows": {"document": 0}}'
)
BACKUPS = (MANIFEST, MANIFEST + "\n==== case.winset\nissue proposal 1 'Widen it'", "{}", "[]")
LINES = (
    '{"id": 1, "text": "A said b. And c\\u00e9 \\ud83d\\ude00"}\n\n{"id": "x", "text": ""}\r\n{"text": 1}\nno\n',
    '{"id": "a", "text": "' + "Oslo said no. " * 20 + '", "more": [1, {"b": null}]}',
)


def seeds() -> Iterator[tuple[str, bytes]]:
    """(target, input)."""
    for target, texts in _texts().items():
        for text in texts:
            yield target, text.encode("utf-8")
    yield "text", b"\xff\xfe" + ARTICLE.encode("utf-16-le")
    yield "text", ARTICLE.encode("cp1252")
    yield "any-document", PAGE.encode("utf-16") + b"\x02"
    yield "html", PAGE.encode("latin-1", "xmlcharrefreplace")
    yield "docx", packing.docx(b"<w:p><w:r><w:t>Short.</w:t></w:r></w:p>")
    yield "pdf", packing.pdf(b"BT /F1 10 Tf 72 700 Td (Short.) Tj ET")
    yield "document-lines", gzip.compress(DOCUMENT_LINES[0].encode(), mtime=0)
    yield "web-archive", gzip.compress(_archive(("response", PAGE)).encode(), mtime=0)
    yield from (("parquet", table) for table in _tables())
    yield from _answers()
    yield from _written()


def _texts() -> dict[str, tuple[str, ...]]:
    id = project().documents[0].statements[0].statement.id  # type: ignore[index]
    text = documents()[0].id
    cells = "".join(f'<c t="inlineStr"><is><t>{word}</t></is></c>' for word in ("id", "text_hash", "coder", "stance"))
    first = "".join(f'<c t="inlineStr"><is><t>{word}</t></is></c>' for word in (id, text, "Ada", "favour"))
    return {
        "text": (f"Station talks\nBy Ana Lima\nPublished: 14 June 2023\n\n{ARTICLE}", FOREIGN),
        "markdown": (f"---\ntitle: Talks\ndate: 2023-06-14\n---\n# Talks\n\n{ARTICLE} [more](https://example.org)",),
        "html": (PAGE,),
        "pdf": (PDF,),
        "docx": (DOCX,),
        "feed": (RSS, ATOM),
        "feed-entries": (RSS, ATOM),
        "any-document": (PAGE, RSS, ARTICLE, "{\\rtf", "PK\x03\x04"),
        "attribution": (ARTICLE, NEGOTIATION, FOREIGN, TEXT),
        "dna": DNA,
        "kept-case": KEPT,
        "positions": (questions.TABLE, DECIDE, KTAB, "a;b\n1;2\n", "actor\tposition\tstd_error\nA\t1/2\t5%\n"),
        "backtest": (BACKTEST,),
        "bibtex": (BIB,),
        "ris": (RIS,),
        "csl-json": (CSL,),
        "claim-review": (json.dumps(REVIEW), json.dumps({"@graph": [REVIEW, {"@type": ["ClaimReview"]}]})),
        "coding-sheet": tuple(each.format(id=id, text=text) for each in SHEETS),
        "coding-workbook": (ROWS.format(head=cells, first=first),),
        "rules": RULES,
        "case-files": CASES,
        "registries": REGISTRIES,
        "what-ifs": WHAT_IFS,
        "json-lines": LINES,
        "document-lines": DOCUMENT_LINES,
        "backup": BACKUPS,
        "web-archive": (_archive(("response", PAGE), ("resource", ARTICLE), ("request", ""), ("conversion", "Oslo")),),
    }


def _answers() -> Iterator[tuple[str, bytes]]:
    """What the confined parser says of a page, of a feed, of one that is watched, and of bytes that are none."""
    for reader, text in (("html", PAGE), ("feed", RSS)):
        found = READERS[reader](text.encode(), name=readers.NAME, limits=readers.LIMITS)
        yield "parser-answers", documents_told(found)
    yield "parser-answers", feed_told("News", [("k", "m", None, found[0])], 0)
    yield "parser-answers", refusal_told(Damaged("fuzzed: does not open"))


def _archive(*records: tuple[str, str]) -> str:
    """Of the web: a page as a server answered, and what else there is."""
    found = ""
    for kind, text in records:
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{text}" if kind == "response" else text
        heads = (
            f"WARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789012>\r\n"
            "WARC-Target-URI: https://example.org/a\r\nWARC-Date: 2024-01-02T03:04:05Z\r\n"
            f"Content-Type: {'application/http; msgtype=response' if kind == 'response' else 'text/plain'}\r\n"
        )
        found += f"WARC/1.0\r\n{heads}Content-Length: {len(answer.encode())}\r\n\r\n{answer}\r\n\r\n"
    return found


def _tables() -> Iterator[bytes]:
    """Documents as Parquet: of the columns that are known, of others, and of other types."""
    import pyarrow
    from pyarrow import parquet

    texts = [ARTICLE[:200], "Oslo said no.", ""]
    for columns in (
        {"id": ["a", "b", "c"], "text": texts, "published": ["2023-06-14", None, "?"], "more": [1, 2, 3]},
        {"id": [1, 2, 3], "text": texts, "published": [datetime.date(2023, 6, 14)] * 3, "authors": [["Ana"], [], None]},
        {"id": ["a"], "words": ["no text"]},
    ):
        file = io.BytesIO()
        parquet.write_table(pyarrow.table(columns), file, row_group_size=2, compression="none")
        yield file.getvalue()


def _written() -> Iterator[tuple[str, bytes]]:
    """What winset's own writers make of the project."""
    references = tuple(references_of([each.document for each in project().documents]))
    for target, write in (("csl-json", write_csl), ("bibtex", write_bibtex), ("ris", write_ris)):
        file = io.StringIO()
        write(references, file)
        yield target, file.getvalue().encode("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made"
        write_web_annotation(project(), path)
        yield "web-annotation", path.read_bytes()
        write_qdpx(project(), path)
        with zipfile.ZipFile(path) as archive:
            parts = [(name, archive.read(name)) for name in sorted(archive.namelist(), key=lambda name: "/" in name)]
        first, *others = parts
        yield "refi-qda", first[1] + b"".join(packing.MARK + name.encode() + b"\n" + part for name, part in others)
