"""What comes back: tables that hold every value, partitions that are there or not, a case as one process makes it."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet
from tests.cluster.conftest import Machines, rows_in, rows_of_one_process, text_of, write_lines
from tests.cluster.inline import inline

from winset.bulk.keeping import keep
from winset.cluster import coding, dataset, tables, work
from winset.cluster.keeping import kept
from winset.cluster.sources import pieces_of, shares
from winset.cluster.tables import Coded, Result
from winset.corpus.types import Duplicate
from winset.errors import BadCase, CannotWrite, NotConfigured
from winset.exchange.registry_files import RegistryText
from winset.pipeline.reading import read_material
from winset.store.case_store import CaseStore

ALPHA = """\
actors:
  - id: lake-authority
    name: Lake Authority
    kind: organisation
"""


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Lines, files, a text that comes three times, one that is no text."""
    folder = tmp_path / "mixed"
    folder.mkdir()
    write_lines(folder / "a.jsonl", range(12))
    (folder / "b.txt").write_text(text_of(3))  # article-003 again
    (folder / "c.txt").write_bytes(b"\x00\x01binary")
    (folder / "d.txt").write_text(text_of(50))
    (folder / "e.txt").write_text(text_of(50))
    return folder


def test_tables_hold_every_value(articles: Path, question: Any) -> None:
    asked = coding.setup(question)
    [share] = shares(pieces_of([str(articles)]), 10**9)
    result = work.coded(asked, share)
    assert len(result.coded) == 40
    made = tables.tables(result)
    again = tables.result_of(made, words=result.words)
    assert again == result
    assert tables.tables(again) == made  # the same bytes: who does a share again changes nothing
    assert tables.unpacked(tables.packed(made, {"words": 3})) == (made, {"words": 3})


def test_columns_say_what_they_mean_and_words_stand_beside_offsets(articles: Path, question: Any) -> None:
    [share] = shares(pieces_of([str(articles)]), 10**9)
    made = tables.tables(work.coded(coding.setup(question), share))
    for name, payload in made.items():
        schema = parquet.read_schema(io.BytesIO(payload))
        assert schema.names == list(tables.COLUMNS[name])
        assert schema.metadata[b"schema"] == tables.SCHEMA.encode()
    texts = {row["id"]: row["text"] for row in tables.rows_of(made["documents"])}
    for row in tables.rows_of(made["statements"]):
        text = texts[row["document_id"]]
        assert [text[start:end] for start, end in row["contents"]] == row["content"]
        assert row["source"] is None or text[row["source_start"] : row["source_end"]] == row["source"]


@pytest.mark.usefixtures("small_shares")
def test_a_text_is_in_one_partition_only_and_the_first_keeps_it(mixed: Path, question: Any, tmp_path: Path) -> None:
    place = str(tmp_path / "said")
    with inline() as cluster:
        made = coding.written(cluster, [str(mixed)], coding.setup(question), place)
    expected = read_material([str(mixed)], question)
    assert rows_in(place) == rows_of_one_process(expected)
    assert (made.documents, made.rejected, made.duplicates) == (13, 1, 2)
    assert made.partitions > 2
    complete = json.loads((Path(place) / dataset.COMPLETE).read_text())
    assert (complete["documents"], complete["partitions"]) == (13, made.partitions)


@pytest.mark.usefixtures("small_shares")
def test_a_partition_without_its_manifest_is_made_again_and_others_are_left(
    mixed: Path, question: Any, tmp_path: Path
) -> None:
    place, asked = str(tmp_path / "said"), coding.setup(question)
    with inline() as cluster:
        coding.written(cluster, [str(mixed)], asked, place)
        before = rows_in(place)
        lost = sorted(dataset.manifests(place))[1]
        (Path(place) / dataset.MANIFESTS / f"{lost}.json").unlink()
        Path(dataset.file_of(place, "statements", lost)).write_bytes(b"half of a fi")
        made = coding.written(cluster, [str(mixed)], asked, place)
        assert made.there_before == made.partitions - 1
        assert rows_in(place) == before
        (mixed / "f.txt").write_text(text_of(60))
        (mixed / "d.txt").unlink()
        made = coding.written(cluster, [str(mixed)], asked, place)
    assert rows_in(place) == rows_of_one_process(read_material([str(mixed)], question))
    assert made.there_before > 0
    for table in tables.NAMES:  # nothing is left of what is no longer asked for
        there = {file.stem for file in (Path(place) / table).iterdir()}
        assert there == dataset.manifests(place)


@pytest.mark.usefixtures("small_shares")
def test_a_text_comes_back_to_a_partition_when_the_one_that_had_it_is_gone(question: Any, tmp_path: Path) -> None:
    folder, place, asked = tmp_path / "lines", str(tmp_path / "said"), coding.setup(question)
    folder.mkdir()
    write_lines(folder / "x.jsonl", range(8))
    write_lines(folder / "y.jsonl", range(4, 12))
    with inline() as cluster:
        assert coding.written(cluster, [str(folder)], asked, place).documents == 12
        write_lines(folder / "x.jsonl", range(20, 28))
        again = coding.written(cluster, [str(folder)], asked, place)
    assert (again.documents, again.rejected) == (16, 0)
    assert rows_in(place) == rows_of_one_process(read_material([str(folder)], question))


def test_a_folder_of_something_else_is_left_alone(articles: Path, question: Any, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("dear")
    with inline() as cluster:
        with pytest.raises(CannotWrite, match="holds other things: name a new folder"):
            coding.written(cluster, [str(articles)], coding.setup(question), str(tmp_path / "full"))
        dataset.begin(str(tmp_path / "said"), {"case": "another"}, size=1)
        with pytest.raises(BadCase, match="holds the results of another question"):
            coding.written(cluster, [str(articles)], coding.setup(question), str(tmp_path / "said"))
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["letter.txt"]


def test_a_store_in_memory_takes_partitions(articles: Path, question: Any, expected: dict[str, Any]) -> None:
    import fsspec

    fsspec.filesystem("memory").store.clear()
    with inline() as cluster:
        coding.written(cluster, [str(articles)], coding.setup(question), "memory://said")
    assert rows_in("memory://said") == expected
    fsspec.filesystem("memory").store.clear()


@pytest.mark.usefixtures("small_shares")
def test_a_case_is_the_one_that_one_process_makes(
    mixed: Path, question: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    with CaseStore.create(tmp_path / "one.winset", question) as one:
        keep(one, [str(mixed)], by="me")
    with CaseStore.create(tmp_path / "two.winset", question) as two, inline() as cluster:
        first = list(kept(cluster, two, [str(mixed)], by="me"))
        assert [each.name for each in first if each.new] == [*(f"article-{n:03d}" for n in range(12)), "d.txt"]
        assert _all_of(two) == _all_of(one)
        again = list(kept(cluster, two, [str(mixed)], by="me"))
        assert not any(each.new for each in again)
        assert [each.name for each in again] == [each.name for each in first]
        (mixed / "f.txt").write_text(text_of(60))
        assert [each.name for each in kept(cluster, two, [str(mixed)]) if each.new] == ["f.txt"]


def _all_of(store: CaseStore) -> tuple[Any, ...]:
    from winset.store import tables as stored

    unlike = {"taken_in"}
    with store.database.transaction(writes=False) as connection:
        return tuple(
            (table.name, connection.execute(table.select()).fetchall())
            for table in stored.metadata.sorted_tables
            if table.name not in unlike
        )


def test_a_known_text_is_not_coded_again(articles: Path, question: Any) -> None:
    [share] = shares(pieces_of([str(articles)]), 10**9)
    whole = work.coded(coding.setup(question), share)
    import numpy as np

    some = np.sort(np.array([int(each.document.id, 16) for each in whole.coded[::2]], np.uint64)).tobytes()
    found = work.coded(coding.setup(question, known=some), share)
    assert [each.coding is None for each in found.coded] == [True, False] * 20
    assert [each for each in found.coded if each.coding] == list(whole.coded[1::2])


def test_a_setup_travels_as_one_line_of_words_and_numbers(question: Any) -> None:
    own = RegistryText(name="own.yaml", format="yaml", text=ALPHA)
    asked = coding.setup(question, registries=[own], attributors=["attitudes"], known=b"\x01" * 16)
    again = work.Setup.from_text(asked.text())
    assert again == asked
    assert "\n" not in asked.text()
    assert again.spec == question
    assert again.by.methods == ("attitudes",)
    assert [addition.name for addition in again.additions] == ["own.yaml"]


def test_a_worker_with_another_winset_is_refused(question: Any) -> None:
    from dataclasses import replace

    other = replace(coding.setup(question), fingerprint="0" * 64)
    with pytest.raises(NotConfigured, match="install the same version on all machines"):
        work.set_up("run", other.text())


def test_half_a_surrogate_pair_is_refused_and_keeps_out_no_other(tmp_path: Path, question: Any) -> None:
    rows = ['{"id": "odd", "title": "half \\ud83d of one", "text": "France said no."}']
    rows.append(json.dumps({"id": "fine", "text": text_of(1)}))
    (tmp_path / "odd.jsonl").write_text("\n".join(rows))
    [share] = shares(pieces_of([str(tmp_path / "odd.jsonl")]), 10**9)
    result = work.coded(coding.setup(question), share)
    assert tables.result_of(tables.tables(result), words=result.words) == result
    assert "fine" in [each.document.name for each in result.coded]


def test_a_result_keeps_the_order_in_which_things_came(mixed: Path, question: Any) -> None:
    [share] = shares(pieces_of([str(mixed)]), 10**9)
    result = tables.result_of(tables.tables(work.coded(coding.setup(question), share)))
    assert isinstance(result, Result)
    names = [each.document.name if isinstance(each, Coded) else each.name for each in result.in_order()]
    assert names == [*(f"article-{number:03d}" for number in range(12)), "b.txt", "c.txt", "d.txt", "e.txt"]
    assert [type(each) for each in result.in_order()][-4:][::3] == [Duplicate, Duplicate]


def test_machines_that_do_not_see_the_documents_are_told(
    machines: Machines, articles: Path, question: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from winset.cluster.joining import joined

    with joined(machines.address, tell=print) as cluster:
        monkeypatch.setattr(type(cluster), "everywhere", lambda *given: [[], list(given[-1])])
        with pytest.raises(BadCase, match=r"not every worker of .* sees it: put the documents where all machines see"):
            coding.written(cluster, [str(articles)], coding.setup(question), str(tmp_path / "said"))
    assert not (tmp_path / "said").exists()
