"""A case in Python: its tables, the words behind every row, what follows from it; the same as on the command line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from typer.testing import CliRunner

import winset as ws
from winset.api.tables import sheet_rows
from winset.cli.app import app
from winset.ids import PartialDate
from winset.issues import CaseSpec, Issue
from winset.pipeline import kept_cases
from winset.pipeline.tables import kept_tables
from winset.store.case_store import CaseStore

TABLES = (
    *("documents", "statements", "positions", "contributions", "discrepancies", "timeline", "origins", "sources"),
    *("over_time", "rejected"),
)
OPENED = tuple(name for name in TABLES if name not in ("documents", "rejected"))
TEXTS = {
    "monday.txt": "Norway supports the training centre in Tbilisi, its foreign minister said on 6 May 2024.",
    "tuesday.txt": "Hungary opposes the training centre in Tbilisi. Prime Minister Viktor Orbán rejected the centre.",
}
ASKED: dict[str, Any] = {"proposal": "Open a NATO training centre in Tbilisi", "body": "nato", "on": "2024-07-09"}


@pytest.fixture(scope="module")
def own() -> ws.Case:
    """A case of two texts."""
    return ws.case(TEXTS, **ASKED)


@pytest.fixture
def empty(tmp_path: Path) -> ws.Case:
    """A kept case without a document."""
    issue = Issue(proposal="Adopt a levy", body="nato", rule="consensus-silence", on=PartialDate("2023-07-11"))
    CaseStore.create(tmp_path / "levy.winset", CaseSpec(issue=issue)).close()
    return ws.read(tmp_path / "levy.winset")


# -- tables


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_the_same_in_pandas_polars_and_arrow(tokyo: ws.Case, name: str) -> None:
    table = getattr(tokyo, name)
    rows = table.to_dicts()
    polars, arrow, pandas = table.to_polars(), table.to_arrow(), table.to_pandas()
    assert isinstance(polars, pl.DataFrame)
    assert isinstance(arrow, pa.Table)
    assert isinstance(pandas, pd.DataFrame)
    assert polars.to_dicts() == arrow.to_pylist() == rows
    assert list(pandas.columns) == polars.columns == arrow.column_names == list(table.columns)
    missing = pandas.astype(object).where(pandas.notna(), None).to_dict("records")
    assert [{str(key): value for key, value in row.items()} for row in missing] == rows
    assert tuple(table) == tuple(rows)
    assert len(table) == len(rows)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_without_rows_keeps_its_columns_and_their_types(tokyo: ws.Case, name: str) -> None:
    table = getattr(tokyo, name)
    none = table[:0]
    assert list(none.to_pandas().columns) == list(table.columns)
    full, bare = table.to_polars().schema, none.to_polars().schema
    numbers = {column for column, kind in full.items() if kind.is_numeric() or kind == pl.Boolean}
    if len(table):
        assert numbers <= {column for column, kind in bare.items() if kind.is_numeric() or kind == pl.Boolean}
    assert repr(none).startswith(f"{table.name}: 0 rows")
    assert "<table>" not in none._repr_html_()


@pytest.mark.parametrize("name", OPENED)
def test_every_row_opens_onto_exact_words(tokyo: ws.Case, name: str) -> None:
    table = getattr(tokyo, name)
    texts = {each.id: each.text for each in tokyo.source.material.documents}
    for number, row in enumerate(table):
        words = table.words(number)
        assert words or not row.get("evidence", row.get("content", True))
        for each in words:
            assert texts[each.document_id][each.start : each.end] == each.exact == str(each)
            assert each.exact in each.context(10)


def test_tables_are_those_that_winset_tables_writes(tokyo: ws.Case, kept_tokyo: Path) -> None:
    with CaseStore.open(kept_tokyo) as store:
        written = {sheet.name: list(sheet_rows(sheet)) for sheet in kept_tables(store)}
    for name in ("statements", "documents", "blockers", "options", "discrepancies", "refused"):
        assert tokyo.table(name).to_dicts() == written[name], name
    for name in ("positions", "timeline"):  # in another order
        assert sorted(map(str, tokyo.table(name))) == sorted(map(str, written[name]))
    assert set(tokyo.table("positions").columns) == set(written["positions"][0])


def test_a_statement_opens_by_its_id_and_by_its_number_in_the_brief(tokyo: ws.Case) -> None:
    row = tokyo.statements.where(represents="France", stance="oppose")[0]
    statement = tokyo.statement(row["id"])
    assert statement == tokyo.statement(row["number"])
    assert (statement.document_id, statement.words[0].start) == (row["document_id"], row["start"])
    assert [part.role for part in statement.words].count("content") == len(statement.contents)
    assert statement.exact == row["content"]
    assert statement.row["origin"] == row["origin"]
    with pytest.raises(ws.errors.UnknownName, match="no statement 'ffff'"):
        tokyo.statement("ffff")


def test_a_position_holds_the_statements_that_moved_it_and_all_others(tokyo: ws.Case) -> None:
    france = tokyo.position(" france ")
    assert france == tokyo.position("FRA")
    assert france.value is not None
    assert france.low is not None
    assert france.high is not None
    assert france.low <= france.value <= france.high
    assert {row["stance"] for row in france.evidence} <= {"favour", "oppose"}
    assert len(france.evidence) <= len(france.statements)
    assert {row["represents"] for row in france.statements} == {"France"}
    assert tokyo.position("Albania").value is None
    assert str(tokyo.position("Albania")) == "Albania: nothing on record"
    with pytest.raises(ws.errors.UnknownName, match="did you mean 'France'"):
        tokyo.position("Frnace")


def test_who_is_on_record_comes_first_and_silence_is_no_position(tokyo: ws.Case) -> None:
    places = tokyo.positions.to_pandas()["position"]
    assert places.notna().sum() == 5
    assert places.notna().tolist() == sorted(places.notna().tolist(), reverse=True)
    assert len(tokyo.positions.where(votes=1)) == 31


def test_a_document_comes_with_its_text_and_its_statements(tokyo: ws.Case) -> None:
    document = tokyo.document("04-paris-objects.md")
    assert document == tokyo.document(document.id) == tokyo.document(document.title or "")
    assert len(document.statements) == tokyo.documents.where(id=document.id)[0]["statements"]
    words = document.words(128, 134)
    assert words.exact == document.text[128:134] == "France"
    for start, end in ((5, 5), (-1, 4), (0, 10**6)):
        with pytest.raises(ws.errors.BadSpan, match="no words at"):
            document.words(start, end)
    with pytest.raises(ws.errors.UnknownName, match="no document"):
        tokyo.document("nowhere.md")


def test_origins_count_what_rests_on_one_report_once(tokyo: ws.Case) -> None:
    first = tokyo.origins[0]
    assert first["origin"] == "Financial Times of 5 June 2023"
    assert first["statements"] == len(first["evidence"]) > 1
    counted = sum(row["statements"] + row["other"] for row in tokyo.origins)
    assert counted == len(tokyo.statements)


def test_as_of_a_day_less_is_on_record(tokyo: ws.Case) -> None:
    early = tokyo.as_of("2023-06-05")
    assert [row["actor"] for row in early.positions.where(on_record=True)] == ["France"]
    assert early.position("France").value == tokyo.over_time.where(actor="France")[0]["position"]
    assert len(tokyo.positions.where(on_record=True)) == 5, "the case itself is as it was"
    assert "as of 2023-06-05" in repr(early)
    with pytest.raises(ws.errors.BadDate):
        tokyo.as_of("June")
    with pytest.raises(ws.errors.BadDate):
        tokyo.as_of(5)  # type: ignore[arg-type]


# -- what follows


def test_a_case_is_decided_as_on_the_command_line(tokyo: ws.Case, project: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(project)
    monkeypatch.setattr("winset.cli.decide_scenarios.read", lambda _: tokyo.source.material)
    words = ["--what-if", "France=60", "--rule", "absolute-majority", "--draws", "500", "--json"]
    found = CliRunner().invoke(app, ["decide", "examples/tokyo-office/case.yaml", *words])
    assert found.exit_code == 0, found.output
    told = json.loads(found.stdout)
    made = ws.decide(tokyo, what_if="France=60", rule="absolute-majority", draws=500).as_dict()
    assert made["issues"] == told["issues"]
    assert made["what_if"] == told["what_if"]


def test_the_answer_to_a_case_comes_in_tables_that_open_onto_words(tokyo: ws.Case) -> None:
    decision = ws.decide(tokyo, what_if={"France at 60": {"France": 60}}, draws=500)
    assert isinstance(decision.blockers(), ws.Table)
    assert decision.blockers()[0]["actor"] == "France"
    assert decision.blockers().words(0) == tokyo.position("France").words
    assert decision.summary().to_pandas()["what_if"].tolist() == ["as given", "France at 60"]
    assert decision.plot("what-if").to_dict()
    assert "blocked" in decision._repr_html_()
    assert repr(decision).startswith("<Decision Open a NATO")
    silent = ws.decide(tokyo, what_if={"Albania": 0}, draws=100).positions()
    place = [row["actor"] for row in silent].index("Albania")
    assert silent.words(place) == ()


def test_a_case_is_decided_as_of_a_day(tokyo: ws.Case) -> None:
    asked, early = ws.decide(tokyo, as_of="2023-06-05", draws=200), ws.decide(tokyo.as_of("2023-06-05"), draws=200)
    assert asked.as_dict() == early.as_dict()
    assert [row["actor"] for row in asked.positions()] == ["France"]


@pytest.mark.parametrize("given", [{"body": "nato"}, {"issue": "x"}, {"proposal": 70}, {"outsiders": ["China"]}])
def test_what_a_case_states_itself_is_refused(own: ws.Case, given: dict[str, Any]) -> None:
    with pytest.raises(ws.errors.BadCase, match="leave out"):
        ws.decide(own, **given)


def test_a_rule_that_is_not_there_is_refused(own: ws.Case) -> None:
    with pytest.raises(ws.errors.UnknownMethod, match="did you mean 'consensus'"):
        ws.decide(own, rule="consenus")


def test_the_brief_is_the_one_of_the_command_line(tokyo: ws.Case, tmp_path: Path) -> None:
    brief = tokyo.brief()
    assert str(brief).startswith("Blocked. Under the North Atlantic Council’s rule")
    assert brief.claims[0]["text"] in str(brief)
    for suffix, start in ((".html", b"<!"), (".md", b"<!-- winset brief"), (".json", b"{"), (".docx", b"PK")):
        brief.save(tmp_path / f"brief{suffix}")
        assert (tmp_path / f"brief{suffix}").read_bytes().lstrip().startswith(start)
    assert json.loads((tmp_path / "brief.json").read_text(encoding="utf-8")) == brief.to_dict()
    assert "winset brief" in brief.html()
    with pytest.raises(ws.errors.CannotWrite, match="end its name"):
        brief.save(tmp_path / "brief.txt")
    with pytest.raises(ws.errors.CannotWrite, match="there is no folder"):
        brief.save(tmp_path / "nowhere" / "brief.html")
    (tmp_path / "folder.md").mkdir()
    with pytest.raises(ws.errors.CannotWrite, match="is a folder"):
        brief.save(tmp_path / "folder.md")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *("brief.docx", "brief.html", "brief.json", "brief.md", "folder.md"),
    ]


def test_a_network_opens_onto_words_and_goes_to_networkx(tokyo: ws.Case, tmp_path: Path) -> None:
    network = tokyo.network(kind="subtract")
    graph = network.to_networkx()
    assert graph.number_of_edges() == len(network.edges)
    assert {graph.nodes[node]["name"] for node in graph} == {row["actor"] for row in network.actors}
    assert network.edges.words(0)
    two = tokyo.network(kind="two-mode").to_networkx()
    assert {values["mode"] for _, values in two.nodes(data=True)} == {"actor", "concept"}
    for suffix in (".graphml", ".csv", ".json", ".svg"):
        network.save(tmp_path / f"n{suffix}")
    with pytest.raises(ws.errors.CannotWrite, match="end its name"):
        network.save(tmp_path / "n.png")
    both = ws.network([tokyo, tokyo.as_of("2023-07-11").as_of("2023-07-11")][:1])
    assert both.kind == "congruence"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"kind": "friends"}, "allowed is congruence, conflict"),
        ({"normalise": "much"}, "allowed is none, average"),
        ({"duplicates": "never"}, "allowed is include, origin"),
        ({"window": 0}, "1 or more"),
        ({"normalise": "activity"}, "cannot be normalised"),
    ],
)
def test_a_network_there_is_none_of_is_one_line(tokyo: ws.Case, asked: dict[str, Any], words: str) -> None:
    with pytest.raises(ws.errors.BadCase, match=words) as refused:
        tokyo.network(**asked)
    assert "\n" not in str(refused.value)


def test_networks_are_of_cases_as_of_one_day(tokyo: ws.Case) -> None:
    with pytest.raises(ws.errors.BadCase, match="as of different days"):
        ws.network([tokyo, tokyo.as_of("2023-06-05")])
    for given in ([], ["tokyo.winset"]):
        with pytest.raises(ws.errors.BadCase, match="made of cases"):
            ws.network(given)  # type: ignore[arg-type]


def test_a_question_is_answered_with_words_or_with_nothing(tokyo: ws.Case) -> None:
    found = tokyo.ask("Why is France against the office?", top=2)
    assert found.answered
    assert len(found.passages) == 2
    assert found.passages.words(0)[0].exact == found.passages[0]["exact"]
    nothing = tokyo.ask("What does Türkiye say about the office?")
    assert not nothing.answered
    assert str(nothing) == "Nothing here answers this."
    assert "Nothing here answers this." in nothing._repr_html_()
    with pytest.raises(ws.errors.BadQuestion):
        tokyo.ask("?")
    with pytest.raises(ws.errors.BadCase, match="1 or more"):
        tokyo.ask("Who objects?", top=0)


# -- opening and keeping


def test_a_kept_case_is_the_case_that_was_kept(tokyo: ws.Case, kept_tokyo: Path) -> None:
    kept = ws.read(kept_tokyo)
    for name in TABLES:
        assert getattr(kept, name).to_dicts() == getattr(tokyo, name).to_dicts(), name
    assert len(kept.table("changes")) == len(kept.documents)
    assert len(tokyo.table("changes")) == len(kept.table("codes")) == 0
    with pytest.raises(ws.errors.BadCase, match="is kept already"):
        kept.keep("elsewhere.winset")
    with pytest.raises(ws.errors.CaseExists):
        tokyo.keep(kept_tokyo)


def test_reading_changes_no_case(kept_tokyo: Path, tmp_path: Path) -> None:
    path = tmp_path / "copy.winset"
    shutil.copy(kept_tokyo, path)
    before = path.read_bytes()
    case = ws.read(path)
    case.positions.to_dicts()
    case.ask("Who objects?")
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["copy.winset"]


def test_a_case_is_kept_on_a_server_as_in_a_file(served: str, own: ws.Case) -> None:
    case = own.keep(served)
    assert case.positions.to_dicts() == own.positions.to_dicts()
    assert case.name.startswith("postgresql://")


def test_documents_come_as_texts_frames_files_or_folders(own: ws.Case, tmp_path: Path) -> None:
    frames: list[Callable[[Any], Any]] = [pd.DataFrame, pa.Table.from_pylist, list]
    rows = [{"name": name, "text": text, "published": None} for name, text in TEXTS.items()]
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    expected = own.positions.to_dicts()
    for frame in frames:
        assert ws.case(frame(rows), **ASKED).positions.to_dicts() == expected
    for given in (str(tmp_path), sorted(tmp_path.iterdir())):
        assert ws.case(given, **ASKED).positions.to_dicts() == expected


def test_what_a_frame_knows_of_a_document_is_taken_over() -> None:
    row = {
        "text": TEXTS["monday.txt"],
        "title": "Monday",
        "publisher": "Ledger",
        "published": pd.Timestamp("2024-05-07"),
    }
    told = ws.case(pd.DataFrame([row]), **ASKED).documents[0]
    assert (told["title"], told["publisher"], told["published"], told["name"]) == (
        *("Monday", "Ledger", "2024-05-07", "row 0"),
    )


def test_a_document_that_cannot_be_read_is_told_and_the_others_count() -> None:
    rows = [
        {"name": "good.txt", "text": TEXTS["monday.txt"], "published": "2024-05-06"},
        {"name": "empty.txt", "text": "  ", "published": "2024-05-06"},
        {"name": "number", "text": 3, "published": None},
        {"name": "undated.txt", "text": TEXTS["tuesday.txt"], "published": "in May"},
    ]
    case = ws.case(rows, **ASKED)
    assert [row["name"] for row in case.rejected] == ["empty.txt", "number", "undated.txt"]
    assert "3 could not be read" in repr(case)
    assert "3 could not be read" in case._repr_html_()


def test_progress_is_told(tmp_path: Path) -> None:
    heard: list[str] = []
    ws.case(TEXTS, progress=heard.append, **ASKED)
    assert heard == list(TEXTS)


@pytest.mark.parametrize(
    ("place", "kind", "words"),
    [
        ("nowhere.winset", "Missing", "there is no such file"),
        ("nowhere.yaml", "Missing", "there is no such file"),
        ("README.md", "BadCase", "is no case"),
        ("examples", "BadCase", "is no case"),
        ("", "BadCase", "is no place"),
        (3, "BadCase", "is no place"),
        ("postgresql://nobody:secret@127.0.0.1:1/none", "BadCase", "which case of that database"),
        ("postgresql://nobody:secret@127.0.0.1:1/none#tokyo", "NoServer", "127.0.0.1"),
    ],
)
def test_a_place_without_a_case_is_one_line(
    place: Any, kind: str, words: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    with pytest.raises(ws.WinsetError, match=words) as refused:
        ws.read(place)
    assert type(refused.value).__name__ == kind
    assert "\n" not in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_file_that_is_no_case_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "odd.winset").write_text("no database", encoding="utf-8")
    with pytest.raises(ws.errors.NotACase):
        ws.read(tmp_path / "odd.winset")
    (tmp_path / "odd.yaml").write_text("proposal: 3\nbody: [", encoding="utf-8")
    with pytest.raises(ws.errors.BadCase, match=r"odd\.yaml"):
        ws.read(tmp_path / "odd.yaml")
    (tmp_path / "bare.yaml").write_text("{proposal: Sail, body: nato, on: 2024-01-01}", encoding="utf-8")
    with pytest.raises(ws.errors.BadCase, match="names no 'documents:'"):
        ws.read(tmp_path / "bare.yaml")


@pytest.mark.parametrize("given", [{"attributor": "cues"}, {"stance": "lexicon"}, {"registry": "own.csv"}])
def test_a_kept_case_is_coded_already(kept_tokyo: Path, given: dict[str, Any]) -> None:
    with pytest.raises(ws.errors.BadCase, match="is coded already"):
        ws.read(kept_tokyo, **given)


@pytest.mark.parametrize(
    ("documents", "change", "words"),
    [
        ([], {}, "no documents"),
        ({}, {}, "no document could be read"),
        ("nowhere.txt", {}, "no document could be read: nowhere.txt"),
        (3, {}, "no eager data frame"),
        (pd.DataFrame({"words": ["a"]}), {}, "text: the column is missing"),
        (TEXTS, {"body": "nata"}, "did you mean"),
        (TEXTS, {"rule": "consenus"}, "did you mean 'consensus'"),
        (TEXTS, {"on": "soon"}, "soon"),
        (TEXTS, {"on": "1900-01-01"}, "1949"),
        (TEXTS, {"proposal": " "}, "give words"),
        (TEXTS, {"body": None}, "give words"),
        (TEXTS, {"options": {"half": 150}}, "150"),
        (TEXTS, {"estimator": "guess"}, "guess"),
        (TEXTS, {"attributor": "guess"}, "guess"),
        (TEXTS, {"stance": "guess"}, "guess"),
        (TEXTS, {"registry": "nowhere.csv"}, "nowhere.csv"),
    ],
)
def test_a_case_that_cannot_be_made_is_one_line(documents: Any, change: dict[str, Any], words: str) -> None:
    with pytest.raises(ws.WinsetError) as refused:
        ws.case(documents, **(ASKED | change))
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


# -- nothing, and too much


def test_a_case_without_documents_has_empty_tables_and_no_brief(empty: ws.Case) -> None:
    for name in TABLES:
        table = getattr(empty, name)
        assert len(table) == (31 if name == "positions" else 0), name
        assert list(table.to_pandas().columns) == list(table.columns)
        assert table._repr_html_()
    assert "no documents, no statements" in repr(empty)
    assert "31 of 31 members have nothing on record" in empty._repr_html_()
    assert str(ws.decide(empty, draws=50)).startswith("Adopt a levy:")
    for refused in (empty.brief, empty.network, lambda: empty.ask("Who objects?")):
        with pytest.raises(ws.errors.BadCase):
            refused()


def test_a_case_in_which_nobody_takes_a_side_has_no_positions() -> None:
    case = ws.case({"a.txt": "It rained in Tbilisi. “The weather is bad,” said Ann Bee."}, **ASKED)
    assert len(case.positions.where(on_record=True)) == len(case.over_time) == len(case.contributions) == 0
    assert "members have nothing on record" in case._repr_html_()
    assert case.positions._repr_html_()
    with pytest.raises(ws.errors.BadCase, match="nobody is joined"):
        case.network()


@pytest.fixture
def large(kept_tokyo: Path, monkeypatch: pytest.MonkeyPatch) -> ws.Case:
    """The example, as if it were too large to be held."""
    monkeypatch.setattr(kept_cases, "WHOLE", 20)
    monkeypatch.setattr("winset.api.tables.MOST_ROWS", 20)
    return ws.read(kept_tokyo)


def test_a_large_case_is_read_in_batches(large: ws.Case, tokyo: ws.Case) -> None:
    assert len(large.statements) == len(tokyo.statements) == sum(1 for _ in large.statements)
    parts = list(large.statements.batches(30))
    assert [len(part) for part in parts] == [30, 30, 14]
    expected = tokyo.statements.to_pandas()["id"].tolist()
    assert [row["id"] for part in parts for row in part] == expected
    assert pd.concat(part.to_pandas() for part in parts)["id"].tolist() == expected
    assert large.statements[3]["id"] == large.statements[-71]["id"] == expected[3]
    assert [row["id"] for row in large.statements[4:10:2]] == expected[4:10:2]
    assert len(large.statements.head(7).to_pandas()) == 7
    row = large.statements[0]
    assert large.statements.words(0) == large.statement(row["id"]).words == tokyo.statement(row["id"]).words
    assert "more rows" in large.statements._repr_html_()
    assert "Large" in large._repr_html_()
    assert len(large.documents) == len(tokyo.documents)
    assert {row["actor"] for row in large.positions} == {"France", "United States", "China", "Russia"} | {
        row["actor"] for row in large.positions if row["actor"].startswith("Philip")
    }
    assert large.position("France").value is not None


def test_what_a_large_case_cannot_give_is_one_line(large: ws.Case) -> None:
    refusals: list[Callable[[], object]] = [
        large.statements.to_pandas,
        large.statements.to_dicts,
        lambda: large.statements[:50],
        lambda: large.statements[50],
        lambda: large.statements[-1],
        lambda: large.statements[::-1],
        lambda: large.statements.where(form="indirect"),
        lambda: large.timeline,
        lambda: large.origins,
        lambda: large.discrepancies,
        lambda: large.document("04-paris-objects.md"),
        lambda: large.as_of("2023-06-05").statements,
        large.brief,
        large.network,
        lambda: large.ask("Who objects?"),
    ]
    for refused in refusals:
        with pytest.raises(ws.errors.BadCase, match=r"too (?:many|large)") as error:
            refused()
        assert "\n" not in str(error.value)
    assert str(ws.decide(large, draws=50)).startswith("Open a NATO liaison office in Tokyo:")


# -- tables by themselves


def test_rows_are_picked_by_their_values(tokyo: ws.Case) -> None:
    assert tokyo.statements.where(form="nothing").to_dicts() == []
    with pytest.raises(ws.errors.BadCase, match="did you mean 'stance'"):
        tokyo.statements.where(stances="oppose")
    with pytest.raises(ws.errors.BadCase, match="1 or more"):
        list(tokyo.statements.batches(0))
    with pytest.raises(IndexError):
        tokyo.statements[10**6]
    with pytest.raises(ws.errors.BadCase, match="stand on no words"):
        tokyo.documents.words(0)
    with pytest.raises(ws.errors.UnknownName, match="did you mean 'forecast'"):
        tokyo.table("forcast")
    assert tokyo.table("origins").name == "origins"
    assert tokyo.table("forecast").to_dicts()


def test_a_table_that_is_changed_outside_stays_as_it_is(tokyo: ws.Case) -> None:
    row = tokyo.statements[0]
    row["represents"] = "somebody else"
    assert tokyo.statements[0]["represents"] != "somebody else"


@pytest.mark.parametrize(("library", "extra"), [("pandas", "pandas"), ("pyarrow", r"winset\[tables\]")])
def test_without_a_library_one_line_says_what_to_install(
    tokyo: ws.Case, monkeypatch: pytest.MonkeyPatch, library: str, extra: str
) -> None:
    monkeypatch.setitem(__import__("sys").modules, library, None)
    with pytest.raises(ws.errors.NotConfigured, match=extra):
        tokyo.positions.to_pandas() if library == "pandas" else tokyo.positions.to_arrow()
    monkeypatch.setitem(__import__("sys").modules, "narwhals", None)
    with pytest.raises(ws.errors.NotConfigured, match=r"winset\[frames\]"):
        tokyo.positions.to_polars()


# -- words, names and bodies without a case


def test_who_said_what_in_one_text() -> None:
    text = "“No,” said Ann Bee. The minister added that the talks would resume."
    said = ws.attribute(text)
    assert [row["source"] for row in said] == ["Ann Bee", "The minister"]
    for number in range(len(said)):
        for words in said.words(number):
            assert text[words.start : words.end] == words.exact
    assert len(ws.attribute("")) == 0
    with pytest.raises(ws.errors.BadCase, match="give words"):
        ws.attribute(["a"])  # type: ignore[arg-type]


def test_members_of_a_body_and_who_is_meant() -> None:
    council = ws.members("unsc", on="2020-01-01").to_pandas()
    assert council["veto"].sum() == 5
    assert len(ws.members("nato", on="2023-04-03")) == 30
    assert "population" in ws.members("eu-council", on="2019-01-01").columns
    (found,) = ws.who("the French president", on="2023-07-11")
    assert (found["actor_id"], found["speaker"]) == ("FRA", "Emmanuel Macron")
    with pytest.raises(ws.errors.UnknownBody):
        ws.members("nowhere")
    with pytest.raises(ws.errors.BadSpan):
        ws.who(" ")
    with pytest.raises(ws.errors.BadCase):
        ws.who(3)  # type: ignore[arg-type]
