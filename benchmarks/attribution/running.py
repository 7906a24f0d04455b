"""One run of the benchmark over a folder of measuring data."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.attribution import calibration, parts, peers, scoring
from benchmarks.attribution.figures import PUBLISHED, Figures
from benchmarks.attribution.outcome import Outcome, System
from benchmarks.attribution.parts import Missing, Part
from benchmarks.attribution.speed import Speed, attribute, speed, write_texts
from benchmarks.bench_brief import QUESTION
from benchmarks.measuring import WINSET, cold
from benchmarks.peer_environments import NotInstalled

PEER_WORDS = 10_000  # a peer's speed is measured over so many
Row = dict[str, Any]


class Bench:
    """One run over a folder of measuring data, with what it has found so far."""

    def __init__(self, data: Path, *, part: str | None, folder: Path) -> None:
        self.data, self.part, self.folder = data, part, folder
        self.figures: dict[str, dict[str, float]] = {"winset": {}}
        self.parts: dict[str, Part] = {}
        self.remarks: list[str] = []
        self.versions: dict[str, str] = {}
        self.bins: tuple[calibration.Bin, ...] = ()
        self.speed: Speed | None = None
        self.news_texts = folder / "news.jsonl"
        self.coded_texts = folder / "coded.jsonl"
        self.coded_folder = folder

    def find(self) -> None:
        """See what there is to measure on; what is missing is remarked."""
        for need, look in (("news", self._find_news), ("coded", self._find_coded)):
            try:
                self.parts[need] = look()
            except Missing as why:
                self._remark(f"Skipped: {why}.")

    def winset(self) -> None:
        """winset on every part that is there."""
        if "news" in self.parts:
            say("winset attribute: the news")
            predicted = self.folder / "predicted.jsonl"
            attribute(self.news_texts, predicted)
            self.figures["winset"] |= self._news_figures(predicted)
            self._calibrate(predicted)
        if "coded" in self.parts:
            say("winset statements: the coded documents")
            rows = self.folder / "statements.jsonl"
            cold((WINSET, "statements", self.coded_folder, *QUESTION, "-o", rows), allowed=(0, 2))
            self.figures["winset"] |= self._coded_figures(rows)

    def winset_speed(self, *, runs: int) -> None:
        """winset over the news as long documents."""
        if "news" not in self.parts:
            return
        say(f"winset attribute: speed, {runs} runs")
        texts = [row["text"] for row in read_lines(self.news_texts)]
        self.speed = speed(texts, folder=self.folder, runs=runs)
        self.figures["winset"]["words a second"] = self.speed.words_a_second
        if self.speed.busy:
            self._remark("Speeds were measured while the machine was busy with other work, and are too low.")

    def peer(self, name: str, *, made: peers.Environment, timed: bool) -> None:
        """One peer on every part that is there."""
        found: dict[str, float] = {}
        failed = 0
        if "news" in self.parts:
            say(f"{name}: the news")
            predicted, told = peers.predictions(name, self.news_texts, made=made)
            found |= self._news_figures(predicted)
            failed += told.failed
        if "coded" in self.parts:
            say(f"{name}: the coded documents")
            predicted, told = peers.predictions(name, self.coded_texts, made=made)
            rows = self.folder / f"statements-{name}.jsonl"
            rows.write_text("".join(as_statements(predicted)), encoding="utf-8")
            found |= self._coded_figures(rows)
            failed += told.failed
        if timed and "news" in self.parts:
            say(f"{name}: speed")
            pace = peers.pace(name, self.news_texts, words=PEER_WORDS, made=made, out=self.folder / "peer.jsonl")
            found["words a second"] = pace.words_a_second
        if failed:
            self._remark(f"{name} failed on {failed} paragraphs, which count as without attributions.")
        self.figures[name] = found

    def outcome(self) -> Outcome:
        """What was found."""
        return Outcome(
            winset=System(name="winset", figures=self.figures["winset"], ran=True),
            peers=tuple(self._peer_system(name) for name in peers.NAMES),
            parts=self.parts,
            bins=self.bins,
            speed=self.speed,
            versions=self.versions,
            remarks=tuple(self.remarks),
        )

    def _find_news(self) -> Part:
        found = parts.news(self.data, part=self.part)
        for name in ("score_attribution", "score_spans"):
            parts.scorer(self.data, name)
        write_texts(self.news_texts, {row["id"]: row["text"] for row in read_lines(found.path)})
        return found

    def _find_coded(self) -> Part:
        found = parts.coded(self.data, part=self.part)
        parts.scorer(self.data, "score_statements")
        names = {row["doc"] for row in read_lines(found.path)}
        self.coded_folder = parts.documents(self.data, names)
        texts = {name: (self.coded_folder / name).read_bytes().decode("utf-8") for name in sorted(names)}
        write_texts(self.coded_texts, texts)
        return found

    def _news_figures(self, predicted: Path) -> Figures:
        gold = self.parts["news"].path
        whole = scoring.whole(parts.scorer(self.data, "score_attribution"), gold=gold, predicted=predicted)
        return {**whole, **scoring.spans(parts.scorer(self.data, "score_spans"), gold=gold, predicted=predicted)}

    def _coded_figures(self, rows: Path) -> Figures:
        scorer = parts.scorer(self.data, "score_statements")
        return scoring.coded(scorer, gold=self.parts["coded"].path, predicted=rows)

    def _calibrate(self, predicted: Path) -> None:
        scorer = calibration.load_scorer(parts.scorer(self.data, "score_attribution"))
        sample = calibration.judged(scorer, read_lines(self.parts["news"].path), read_lines(predicted))
        if not sample:
            self._remark("Skipped: no attribution has a confidence, so there is no calibration.")
            return
        self.bins = calibration.equal_width(sample)
        self.figures["winset"] |= {
            "ece": calibration.calibration_error(self.bins),
            "ece mass": calibration.calibration_error(calibration.equal_mass(sample)),
            "brier": calibration.brier_score(sample),
        }

    def _peer_system(self, name: str) -> System:
        ran = name in self.figures
        return System(name=name, figures=self.figures[name] if ran else PUBLISHED[name], ran=ran)

    def _remark(self, line: str) -> None:
        say(line)
        self.remarks.append(line)


def run_peers(bench: Bench, *, timed: bool) -> None:
    """Every peer that can be had; the others stand in the table with their published figures."""
    say("peers: their environment (made once, a minute or two)")
    try:
        made = peers.environment()
    except NotInstalled as why:
        say(f"peers: {why}")
        bench.remarks.append("The peers could not be installed; their figures are the published ones.")
        return
    bench.versions = made.shown
    for name in peers.NAMES:
        try:
            bench.peer(name, made=made, timed=timed)
        except subprocess.CalledProcessError as why:
            say(f"{name} ended in {why.returncode}")
            bench.remarks.append(f"{name} could not be run; its figures are the published ones.")


def say(line: str) -> None:
    """Progress, on stderr."""
    print(line, file=sys.stderr, flush=True)


def read_lines(path: Path) -> list[Row]:
    """The rows of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def as_statements(predicted: Path) -> list[str]:
    """A peer's attributions as lines for score_statements.py: one span from a source's first to its last word."""
    lines = []
    for row in read_lines(predicted):
        for one in row["attributions"]:
            source = [min(start for start, _ in one["source"]), max(end for _, end in one["source"])]
            lines.append(json.dumps({"doc": row["id"], "source": source, "contents": one["content"]}) + "\n")
    return lines
