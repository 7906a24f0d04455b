"""What `winset attribute` may cost: ten times the text, 100 MB in one line and in many, one page from a cold start.

python -m benchmarks.bench_attribute_limits [--characters 20000] [--large] [--megabytes 100] [--seconds 120] [--json]
"""

from __future__ import annotations

import argparse
import io
import json
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.measuring import MEGABYTE, WINSET, cold

GROWTH = 12.0  # times the time, for ten times the text
MEGABYTES = 500.0  # of memory, for 100 MB of input
COLD_SECONDS = 1.5
INTERRUPTED = 130
PLAIN = (
    "Officials in Riga said on Friday that the levy was dead. “We will not sign,” Ana Lind told reporters. "
    "Berg, an economist at the Northern Institute, believes it will come back 😀.\n\n"
)

HOSTILE: dict[str, Callable[[int], str]] = {
    "plain": lambda n: PLAIN * (n // len(PLAIN)),
    "unclosed quotes": lambda n: "“no " * (n // 4),
    "unclosed straight quotes": lambda n: 'Ana said "no and ' * (n // 17),
    "nested quotes": lambda n: "“‘" * (n // 12) + " Ana said " + "’”" * (n // 12) + " that it was of the " * (n // 30),
    "one endless word": lambda n: "Ana said " + "x" * n,
    "one endless sentence": lambda n: "Ana said that Bo said that " * (n // 27),
    "blank lines": lambda n: "Ana\n\n" * (n // 5),
    "right to left": lambda n: "\u202eאמר\u202c Ana \u2067said\u2069 " * (n // 20),
    "control characters": lambda n: "Ana\x00said\x1b no\x07 " * (n // 15),
}
LINES: dict[str, Callable[[int], bytes]] = {  # through the reader of lines alone; about so many bytes, or so much work
    "escapes": lambda n: b'{"id": 1, "text": "%s"}' % (b"\\u00e9\\n" * (n // 8)),
    "escaped quotes": lambda n: b'{"id": 1, "text": "%s"}' % (b'\\"' * (n // 2)),
    "backslashes": lambda n: b'{"id": 1, "text": "%s"}' % (b"\\\\" * (n // 2)),
    "surrogates": lambda n: b'{"id": 1, "text": "%s"}' % (b"\\ud83d\\ude00" * (n // 12)),
    "short rows": lambda n: b'{"id": 1, "text": "No."}\n' * (n // 250),
    "bad rows": lambda n: b"[[[[\n" * (n // 250),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One measured value against what it may be."""

    name: str
    value: float
    limit: float
    unit: str
    remark: str = ""

    @property
    def holds(self) -> bool:
        """Whether it is within the limit."""
        return self.value < self.limit

    def __str__(self) -> str:
        verdict = "holds" if self.holds else "OVER THE LIMIT"
        remark = f" ({self.remark})" if self.remark else ""
        return f"{self.name}: {self.value:.2f} {self.unit}, limit {self.limit:g}{remark}: {verdict}"


def growth(name: str, small: Callable[[], object], large: Callable[[], object]) -> Held:
    """Times the time that the large one takes; the better of two for the small one, whose time is the noisier."""
    before = min(_seconds(small), _seconds(small))
    after = _seconds(large)
    return Held(
        name=f"ten times {name}", value=after / before, limit=GROWTH, unit="x", remark=f"{before:.2f} s, {after:.2f} s"
    )


def texts(characters: int, shapes: Iterable[str] = HOSTILE) -> Iterator[Held]:
    """Each hostile shape, of so many characters and of ten times as many."""
    from winset.statements.attribution import attributions

    def read(text: str) -> None:
        for _ in attributions(text):
            pass

    read(PLAIN)
    for name in shapes:
        small, large = HOSTILE[name](characters), HOSTILE[name](characters * 10)
        yield growth(f"{name}, {characters:,} characters", lambda text=small: read(text), lambda text=large: read(text))  # type: ignore[misc]


def lines(size: int) -> Iterator[Held]:
    """Each hostile shape of lines, of so many bytes and of ten times as many, parsed and decoded."""
    from winset.exchange.attribution_lines import Row, rows

    def read(content: bytes) -> None:
        for row in rows(io.BytesIO(content), name="bench"):
            if isinstance(row, Row):
                for _ in row.parts():
                    pass

    for name, shape in LINES.items():
        small, large = shape(size), shape(size * 10)
        yield growth(f"{name} in lines", lambda one=small: read(one), lambda one=large: read(one))  # type: ignore[misc]


def memory(megabytes: int, *, seconds: float, folder: Path) -> Iterator[Held]:
    """The peak over an input of one line, and over one of many; interrupted after `seconds`, as memory does not grow.

    The line is ASCII but for quotation marks and emoji, in which Python's own string of it would take 400 MB.
    """
    text = json.dumps(PLAIN, ensure_ascii=False)[1:-1].encode()
    for name, paragraphs in (("one line", megabytes * MEGABYTE // len(text)), ("many lines", 20)):
        source, target = folder / "in.jsonl", folder / "out.jsonl"
        with source.open("wb") as stream:  # a paragraph at a time: a child's peak counts that of its parent in
            while stream.tell() < megabytes * MEGABYTE * 0.99:
                stream.write(b'{"id": 1, "text": "')
                for _ in range(paragraphs):
                    stream.write(text)
                stream.write(b'"}\n')
        spent = cold((WINSET, "attribute", source, target), allowed=(0, INTERRUPTED), stop_after=seconds)
        size = source.stat().st_size / MEGABYTE
        remark = f"{size:.0f} MB, " + ("whole" if target.exists() else f"stopped after {spent.seconds:.0f} s")
        yield Held(name=f"memory over {name}", value=spent.peak_megabytes, limit=MEGABYTES, unit="MB", remark=remark)
        for path in folder.iterdir():
            path.unlink()


def cold_start(folder: Path, *, runs: int = 5) -> Held:
    """One page in a new process, the smallest of some runs after one that is not counted."""
    source = folder / "page.jsonl"
    source.write_text(json.dumps({"id": 1, "text": PLAIN * 12}), encoding="utf-8")
    command = (WINSET, "attribute", source, folder / "page.out.jsonl")
    cold(command)
    seconds = sorted(cold(command).seconds for _ in range(runs))
    remark = f"smallest of {runs}, largest {seconds[-1]:.2f} s"
    return Held(name="one page, cold", value=seconds[0], limit=COLD_SECONDS, unit="s", remark=remark)


def _seconds(work: Callable[[], object]) -> float:
    """Seconds of CPU: a ratio of wall times says nothing on a busy machine."""
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> int:
    """Print what was measured; exit status 1 where a limit does not hold."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--characters", type=int, default=20_000, help="of each hostile text, and ten times as many")
    options.add_argument("--large", action="store_true", help="also 1 MB and 10 MB of plain text in one line (minutes)")
    options.add_argument("--megabytes", type=int, default=100, help="of the inputs whose memory is measured; 0: none")
    options.add_argument("--seconds", type=float, default=120, help="after which these two are interrupted; 0: never")
    options.add_argument("--json", action="store_true", help="print JSON")
    chosen = options.parse_args()
    found: list[Held] = []

    def told(measured: Iterator[Held]) -> None:
        for each in measured:
            found.append(each)
            if not chosen.json:
                print(each, flush=True)

    with tempfile.TemporaryDirectory() as name:
        told(iter([cold_start(Path(name))]))
        told(lines(5_000_000))  # longer than PLAIN, so that both are read in one way
        told(texts(chosen.characters))
        if chosen.large:
            told(texts(MEGABYTE, ["plain"]))
    with tempfile.TemporaryDirectory() as name:
        if chosen.megabytes:
            told(memory(chosen.megabytes, seconds=chosen.seconds, folder=Path(name)))
    if chosen.json:
        print(json.dumps([{**asdict(each), "holds": each.holds} for each in found], indent=2))
    return 0 if all(each.holds for each in found) else 1


if __name__ == "__main__":
    raise SystemExit(main())
