"""The desk under load: a coder's acts on cases of 10,000 and a million statements, eight coders at once, and kill -9.

python -m benchmarks.bench_desk [--only speed coders kills] [--databases sqlite postgresql] [--folder DIR] [--json]
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from benchmarks.desk.browsing import Browser, cards
from benchmarks.desk.cases import CODER, made
from benchmarks.desk.checks import wrong_in
from benchmarks.desk.clusters import Cluster
from benchmarks.desk.coders import Coder, at_work
from benchmarks.desk.killing import Survived, killed
from benchmarks.desk.serving import PASSWORD, Forked, Server, with_accounts
from benchmarks.desk.walking import first_pages, slid, worked

from winset.errors import NotACase
from winset.store.addresses import CaseAddress, place
from winset.store.case_store import CaseStore

SIZES = {10_000: 50.0, 1_000_000: 150.0}  # statements -> milliseconds below which 95 of 100 acts must stay
PAGE, SLIDER, MANY = 300.0, 100.0, 200.0  # milliseconds
LIMITS = {"first page": PAGE, "page again": PAGE, "what if: slider": SLIDER}  # of what begins with these words
ACTS = ("act:", "undo", "type-ahead", "card")
SHOWN = (*LIMITS, *ACTS, "what if")
PEOPLE = ("ada", "bela", "cleo", "dino", "edda", "femi", "gyan", "hana")
TOGETHER = 60  # statements that eight coders work on
UP_FOR = 8.0  # seconds that a desk has been up when the first page is asked for
PAUSE = (0.1, 0.9)  # seconds between two acts of a coder: a quick one does one in half a second


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing that was measured."""

    what: str
    database: str
    measured: float
    must: float | None = None  # below this; None: told, not held against anything
    unit: str = "ms"
    detail: str = ""

    @property
    def missed(self) -> bool:
        """Whether it is not what it must be."""
        return self.must is not None and not self.measured < self.must

    def __str__(self) -> str:
        must = f"< {self.must:g}" if self.must is not None else ""
        verdict = "missed" if self.missed else ""
        told = f"{self.what:<46}{self.database:<12}{self.measured:>9.1f} {self.unit:<3}{must:>9}  {verdict:<7}"
        return told + self.detail


def none_wrong(what: str, database: str, wrong: Sequence[str], detail: str) -> Row:
    """That nothing went wrong, or the first things that did."""
    for line in wrong:
        print(f"{what}, {database}: {line[:600]}", file=sys.stderr)
    told = "; ".join([detail, *(line[:200] for line in wrong[:2])])
    return Row(what=what, database=database, measured=float(len(wrong)), must=1.0, unit="", detail=told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A kept case, and how it is served."""

    database: str
    kept: str  # where it is
    serve: Callable[[], Server]
    password: str = ""

    @property
    def case(self) -> str:
        """Its address on the desk."""
        at = place(self.kept)
        return f"/cases/{at.name if isinstance(at, CaseAddress) else at.stem}"

    @contextlib.contextmanager
    def browser(self) -> Iterator[tuple[Server, Browser]]:
        """A desk that was started some seconds ago, and somebody who is in."""
        with self.serve() as server, Browser(server.address, processor=lambda: server.cpu_seconds) as browser:
            time.sleep(UP_FOR)
            if self.password:
                browser.log_in(CODER, self.password)
            browser.page("/", kind="cases")
            yield server, browser


def speed(served: Served, statements: int, must: float) -> list[Row]:
    """What the acts of one coder take, and the pages that come first."""
    case, database = served.case, served.database
    wrong: list[str] = []
    with served.browser() as (server, browser):
        first_pages(browser, case)
        before = server.cpu_seconds
        wrong += worked(browser, case, statements=90)
        cpu = 1000 * (server.cpu_seconds - before)
        failed = server.said().count("Traceback")
    with served.browser() as (server, other):
        other.page(case, kind="first page: overview")
        try:
            slid(other, case, times=20)
        except RuntimeError as error:
            wrong.append(str(error))
        failed += server.said().count("Traceback")
        browser.spent.update(other.spent)
        browser.worked.update(other.worked)
    label = f"{statements:,} statements"
    acts = [each for kind, held in browser.spent.items() if kind.startswith(ACTS) for each in held]
    requests = len(acts) + len(browser.spent["page again: queue"])
    rows = [
        Row(
            what=f"{label}: one act, p95", database=database, measured=p95(acts), must=must,
            detail=f"of {len(acts)}: p50 {median(acts):.0f}, max {max(acts):.0f}; {cpu / requests:.0f} ms of processor",
        )
    ]  # fmt: skip
    for kind, held in browser.spent.items():
        if kind.startswith(SHOWN):
            name = f"{label}: {kind}" + (", p95" if len(held) > 1 else "")
            limit = next((limit for begins, limit in LIMITS.items() if kind.startswith(begins)), None)
            detail = f"p50 {median(held):.0f}, first {held[0]:.0f}, " if len(held) > 1 else ""
            detail += f"{median(browser.worked[kind]):.0f} ms of processor"
            rows.append(Row(what=name, database=database, measured=p95(held), must=limit, detail=detail))
    rows.append(none_wrong(f"{label}: refused or failed", database, [*wrong, *["traceback"] * failed], ""))
    return rows


def together(served: Served, seconds: float) -> list[Row]:
    """Eight coders on a few statements, at the same time."""
    case = served.case
    with served.serve() as server:
        with Browser(server.address) as browser:
            browser.log_in(PEOPLE[0], PASSWORD)
            shown = cards(browser.page(f"{case}/check?state=all", kind="page"))
            browser.whom("pol")
        coders = at_work(server.address, case, PEOPLE, shown, seconds=seconds, password=PASSWORD, pause=PAUSE)
        failed = server.said().count("Traceback")
    with CaseStore.open(served.kept) as store:
        wrong = wrong_in(store, [act for coder in coders for act in coder.kept])
    wrong += [line for coder in coders for line in coder.wrong] + ["traceback"] * failed
    acts = [each for coder in coders for held in coder.browser.spent.values() for each in held]
    return [
        Row(
            what=f"{len(PEOPLE)} coders, {seconds:g} s: one act, p95", database="postgresql", measured=p95(acts),
            must=MANY, detail=f"p50 {median(acts):.0f}, max {max(acts):.0f}; {len(acts) / seconds:.1f} acts a second",
        ),
        none_wrong(f"{len(PEOPLE)} coders: lost, half applied, failed", "postgresql", wrong, _told(coders)),
    ]  # fmt: skip


def _told(coders: Sequence[Coder]) -> str:
    kept, refused = sum(len(coder.kept) for coder in coders), sum(len(coder.refused) for coder in coders)
    return f"{kept} acknowledged, {refused} refused with the other's change"


def survived(what: str, database: str, found: Survived) -> Row:
    """That kills left nothing behind that is wrong."""
    detail = f"{found.kills} kills, {len(found.kept)} acts and {len(found.documents)} documents acknowledged"
    return none_wrong(f"{what}: lost or half applied", database, found.wrong, detail)


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    return sorted(values)[max(0, -(-95 * len(values) // 100) - 1)]


def there(kept: str, statements: int, worked_through: int | None = None) -> str:
    """A made case at a place, made where it is not there yet."""
    try:
        CaseStore.open(kept).close()
    except NotACase:
        seconds = made(place(kept), statements=statements, worked=worked_through)
        print(f"made {statements:,} statements in {seconds:.0f} s: {kept}", file=sys.stderr)
    return kept


def fresh_file(path: Path, statements: int) -> str:
    """A small new case in a file, nobody has worked on it."""
    for each in path.parent.glob(f"{path.name}*"):
        each.unlink()
    return there(str(path), statements, 0)


def measured(chosen: argparse.Namespace, folder: Path, cluster: Cluster | None) -> Iterator[Row]:
    """Row after row, as asked for."""
    sizes = {size: must for size, must in SIZES.items() if not chosen.statements or size in chosen.statements}
    in_file = "sqlite" in chosen.databases
    for size, must in sizes.items() if "speed" in chosen.only else ():
        if in_file:
            yield from speed(_file(there(str(folder / f"load-{size}.winset"), size)), size, must)
        if cluster is not None:
            yield from speed(_on_server(cluster, there(f"{cluster.address}#load-{size}", size)), size, must)
    if "coders" in chosen.only and cluster is not None:
        yield from together(_on_server(cluster, fresh_schema(cluster, "together", TOGETHER)), chosen.seconds)
    if "kills" in chosen.only and in_file:
        kept = fresh_file(folder / "killed.winset", TOGETHER)
        start = functools.partial(Forked, places=(kept,), single_user=CODER)  # 50 starts of `winset serve` take minutes
        found = killed(kept, "/cases/killed", start, times=chosen.kills, names=[CODER] * 3, uploader=CODER)
        yield survived("desk killed", "sqlite", found)
    if "kills" in chosen.only and cluster is not None:
        kept = fresh_schema(cluster, "killed", TOGETHER)
        start = functools.partial(Forked, database=cluster.address, accounts=cluster.address)
        killing = functools.partial(
            killed, kept, "/cases/killed", start, names=PEOPLE[:4], password=PASSWORD, uploader=PEOPLE[0]
        )
        yield survived("desk killed", "postgresql", killing(times=chosen.kills))
        crashed = killing(times=-(-chosen.kills // 5), kill=cluster.crash, seed=1, lives=True)
        yield survived("database server killed", "postgresql", crashed)


def _file(kept: str) -> Served:
    return Served(database="sqlite", kept=kept, serve=functools.partial(Server, kept))


def _on_server(cluster: Cluster, kept: str) -> Served:
    serve = functools.partial(Server, "--database", cluster.address)
    return Served(database="postgresql", kept=kept, serve=serve, password=PASSWORD)


def fresh_schema(cluster: Cluster, name: str, statements: int) -> str:
    """A small new case on the server, nobody has worked on it."""
    import psycopg

    address = CaseAddress.read(f"{cluster.address}#{name}")
    with psycopg.connect(cluster.address, autocommit=True) as connection:
        connection.execute(f'DROP SCHEMA IF EXISTS "{address.schema}" CASCADE'.encode())
    return there(f"{cluster.address}#{name}", statements, 0)


def main() -> int:
    """Print what was measured; exit status 1 where something is missed."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument(
        "--only", nargs="+", choices=["speed", "coders", "kills"], default=["speed", "coders", "kills"]
    )
    options.add_argument("--databases", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    options.add_argument(
        "--statements", nargs="+", type=int, choices=list(SIZES), help="sizes of the cases (default all)"
    )
    options.add_argument("--seconds", type=float, default=60, help="how long eight coders work (default 60)")
    options.add_argument("--kills", type=int, default=50, help="how often the desk is killed (default 50)")
    options.add_argument(
        "--folder", type=Path, default=Path(tempfile.gettempdir()) / "winset-desk",
        help="where made cases and the database server lie; what is there is used again",
    )  # fmt: skip
    options.add_argument("--json", action="store_true", help="print JSON")
    chosen = options.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    rows: list[Row] = []
    with contextlib.ExitStack() as open_:
        cluster = None
        if "postgresql" in chosen.databases:
            cluster = open_.enter_context(Cluster(chosen.folder / "postgresql"))
            with_accounts(cluster.address, PEOPLE, role="editor")
        for row in measured(chosen, chosen.folder, cluster):
            rows.append(row)
            if not chosen.json:
                print(row, flush=True)
    if chosen.json:
        busy = os.getloadavg() if hasattr(os, "getloadavg") else None
        print(json.dumps({"load": busy, "rows": [asdict(row) | {"missed": row.missed} for row in rows]}, indent=2))
    return 1 if any(row.missed for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
