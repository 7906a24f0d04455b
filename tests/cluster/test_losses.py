"""Workers and schedulers killed in mid-run: every document is in the result once, and what is done stays."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.cluster.conftest import Machines, rows_in, started
from tests.cluster.inline import inline

from winset.cluster import coding, dataset
from winset.cluster.coding import Reached
from winset.cluster.joining import joined
from winset.errors import NoCluster

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.firedrill, pytest.mark.usefixtures("small_shares")]


def once(act: Callable[[], None]) -> Callable[[Reached], None]:
    """Do it when the first share is done, and never again."""
    left = [act]

    def hear(reached: Reached) -> None:
        if left:
            left.pop()()

    return hear


def test_documents_of_a_killed_worker_are_done_again_and_are_in_the_result_once(
    machines: Machines, articles: Path, expected: dict[str, Any], question: Any, tmp_path: Path
) -> None:
    place = str(tmp_path / "said")
    with joined(machines.address, tell=print) as cluster:
        before = cluster.everywhere(os.getpid)

        def kill() -> None:
            os.kill(before[0], signal.SIGKILL)

        made = coding.written(cluster, [str(articles)], coding.setup(question), place, progress=once(kill))
        after = cluster.everywhere(os.getpid)
    assert before[0] not in after
    assert (made.documents, made.there_before) == (40, 0)
    assert rows_in(place) == expected


def test_after_the_schedulers_death_the_same_command_goes_on(
    articles: Path, expected: dict[str, Any], question: Any, tmp_path: Path
) -> None:
    place, asked = str(tmp_path / "said"), coding.setup(question)
    with started(tmp_path, workers=1) as machines:

        def kill() -> None:
            assert machines.scheduler is not None
            machines.scheduler.kill()
            machines.scheduler.wait()

        with joined(machines.address, tell=print) as cluster, pytest.raises(NoCluster) as refused:
            coding.written(cluster, [str(articles)], asked, place, progress=once(kill))
        assert str(refused.value) == (
            f"{machines.address}: the scheduler is gone: what is done stays; the same command goes on when it is back"
        )
        done = {name: _manifest(place, name).stat().st_mtime_ns for name in dataset.manifests(place)}
        assert done
        assert not (Path(place) / dataset.COMPLETE).exists()
        machines.start_scheduler()
        machines.start_worker()
        with joined(machines.address, tell=print) as cluster:
            made = coding.written(cluster, [str(articles)], asked, place)
    assert made.there_before >= len(done)
    assert {name: _manifest(place, name).stat().st_mtime_ns for name in done} == done
    assert rows_in(place) == expected


def _manifest(place: str, name: str) -> Path:
    return Path(place) / dataset.MANIFESTS / f"{name}.json"


def test_a_share_that_kills_is_done_document_by_document_and_who_kills_is_refused(
    articles: Path, expected: dict[str, Any], question: Any, tmp_path: Path
) -> None:
    place, asked = str(tmp_path / "said"), coding.setup(question)
    with inline(deadly="article-017") as cluster:
        made = coding.written(cluster, [str(articles)], asked, place)
    assert (made.documents, made.rejected) == (39, 1)
    assert made.told[0].reason == (
        "articles.jsonl line 18: kills the process that reads it, of memory or a fault of a parser: "
        "take it out, or split it up"
    )
    found = rows_in(place)
    assert found["documents"] == [row for row in expected["documents"] if row["name"] != "article-017"]


def test_a_cluster_without_workers_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("winset.cluster.joining.JOIN_SECONDS", 2.0)
    with (
        started(tmp_path, workers=0) as machines,
        pytest.raises(NoCluster, match="has no worker"),
        joined(machines.address, tell=print),
    ):
        pass


def test_nobody_at_an_address_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("winset.cluster.joining.JOIN_SECONDS", 1.0)
    with pytest.raises(NoCluster, match="no Dask scheduler answers there"), joined("tcp://127.0.0.1:9", tell=print):
        pass
