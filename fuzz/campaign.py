"""A campaign: a target in a process of its own under libFuzzer; what it found, and what is kept of what it tried."""

from __future__ import annotations

import hashlib
import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType
from typing import Any, TypeAlias

from fuzz.target import Target

FOLDER = Path(__file__).parent
CORPORA, REGRESSIONS, FIGURES = FOLDER / "corpora", FOLDER / "regressions", FOLDER / "figures.json"
MOST_SECONDS = 60  # of one input; longer is a finding
MOST_MEMORY = 3000  # MB
MOST_KEPT = 60_000  # bytes of one target's kept corpus
Step: TypeAlias = tuple[str, int, int]  # file, line before, line
Tracer: TypeAlias = Callable[[FrameType, str, Any], Any]
_STEP = re.compile(r"^#(\d+)\s+\w+\s+cov: (\d+) ft: (\d+)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What one campaign of a target came to."""

    target: str
    seconds: int
    cpu_seconds: int  # less where other work had the machine
    executions: int
    edges: int  # of instrumented Python code, covered
    features: int  # edges by how often they were passed
    slowest_seconds: int
    findings: tuple[str, ...]  # by kind and place


def campaign(target: Target, *, seconds: int, work: Path) -> Figures:
    """Fuzz for so long from the kept corpus and the seeds; what is found lies in `work`/TARGET/findings.

    Raises RuntimeError where the fuzzer did not start.
    """
    from fuzz.seeds import seeds

    corpus, findings = work / target.name / "corpus", work / target.name / "findings"
    for folder in (corpus, findings):
        folder.mkdir(parents=True, exist_ok=True)
    for number, (of, data) in enumerate(seeds()):
        if of == target.name:
            (corpus / f"seed-{number}").write_bytes(data)
    given = [str(each) for each in (CORPORA / target.name, REGRESSIONS / target.name) if each.is_dir()]
    started, used, said, left = time.monotonic(), _cpu(), [], seconds
    while left > 0:  # a crash of C code, a time-out or want of memory ends a process; the next one goes on
        options = [f"-max_total_time={left}", f"-dict={target.dictionary}", f"-artifact_prefix={findings}/raw-"]
        done = _fuzzed(target, findings, [*options, str(corpus), *given])
        said.append(done)
        if not _STEP.search(done):
            raise RuntimeError(f"{target.name}: the fuzzer did not start:\n{done[-3000:]}")
        left = seconds - int(time.monotonic() - started)
    steps = [_STEP.findall(each)[-1] for each in said]
    return Figures(
        target=target.name,
        seconds=int(time.monotonic() - started),
        cpu_seconds=int(_cpu() - used),
        executions=sum(int(runs) for runs, _, _ in steps),
        edges=max(int(edges) for _, edges, _ in steps),
        features=max(int(features) for _, _, features in steps),
        slowest_seconds=max(map(_slowest, said)),
        findings=tuple(sorted(each.name for each in findings.iterdir() if each.suffix != ".txt")),
    )


def minimised(target: Target, *, work: Path) -> int:
    """Replace the kept corpus by the shortest inputs that pass all steps of code that any found one passes.

    Returns their bytes, MOST_KEPT at most.
    """
    kept = CORPORA / target.name
    found = {path.read_bytes() for folder in (work / target.name / "corpus", kept) for path in folder.glob("*")}
    known: set[Step] = set()
    chosen: list[bytes] = []
    size = 0
    for data in sorted(found, key=lambda each: (len(each), each)):
        steps = _steps(target, data)
        if steps - known and size + len(data) <= MOST_KEPT:
            known |= steps
            chosen.append(data)
            size += len(data)
    kept.mkdir(parents=True, exist_ok=True)
    for old in kept.iterdir():
        old.unlink()
    for data in chosen:
        (kept / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
    return size


def _steps(target: Target, data: bytes) -> set[Step]:
    """The steps from line to line in winset's own code that an input takes."""
    passed: set[Step] = set()

    def look(frame: FrameType, event: str, _: object) -> Tracer | None:
        if "/winset/" not in frame.f_code.co_filename:
            return None
        if event == "line":
            key = id(frame)
            passed.add((frame.f_code.co_filename, last.get(key, 0), frame.f_lineno))
            last[key] = frame.f_lineno
        elif event == "call":
            last[id(frame)] = 0
        return look

    last: dict[int, int] = {}
    sys.settrace(look)
    try:
        target.run(data)
    finally:
        sys.settrace(None)
    return passed


def inputs(folders: Iterable[Path] = (CORPORA, REGRESSIONS)) -> Mapping[str, list[Path]]:
    """The kept inputs of each target, in one order on every machine."""
    found: dict[str, list[Path]] = {}
    for folder in folders:
        for each in sorted(folder.glob("*/*")):
            found.setdefault(each.parent.name, []).append(each)
    return found


def noted(figures: Figures) -> None:
    """Write a campaign into the figures that docs/reference/fuzzing.md shows."""
    held = known()
    held[figures.target] = asdict(figures)
    FIGURES.write_text(json.dumps(dict(sorted(held.items())), indent=1) + "\n", encoding="utf-8")


def known() -> dict[str, dict[str, object]]:
    """The figures of the last campaign of each target."""
    return json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}


def _fuzzed(target: Target, findings: Path, options: list[str]) -> str:
    """What libFuzzer says."""
    from fuzz.one import fuzzed  # atheris is there on Linux and macOS alone

    limits = [f"-max_len={target.most_bytes}", f"-timeout={MOST_SECONDS}", f"-rss_limit_mb={MOST_MEMORY}"]
    return fuzzed(target, findings, [*limits, "-report_slow_units=3600", "-print_final_stats=1", *options])


def _cpu() -> float:
    """Seconds of processor time of all processes that this one started and that have ended."""
    import resource  # not on Windows

    told = resource.getrusage(resource.RUSAGE_CHILDREN)
    return told.ru_utime + told.ru_stime


def _slowest(said: str) -> int:
    found = re.search(r"stat::slowest_unit_time_sec:\s+(\d+)", said)
    return int(found[1]) if found else MOST_SECONDS
