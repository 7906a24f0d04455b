"""The table, its verdicts, the page and the plot."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from benchmarks.attribution.calibration import Judged, equal_width
from benchmarks.attribution.figures import MEASURES, PUBLISHED
from benchmarks.attribution.outcome import Outcome, System
from benchmarks.attribution.page import notes, page, plot, write_whole
from benchmarks.attribution.parts import Part
from benchmarks.attribution.table import markdown, table, verdict

DEV = Part(path=Path("polnear/dev.jsonl"), digest="ff688f7a0336d320")
OTHER = Part(path=Path("polnear/test.jsonl"), digest="0123456789abcdef")
BY_KEY = {measure.key: measure for measure in MEASURES}


def outcome(part: Part, **figures: float) -> Outcome:
    held = [
        Judged(confidence=confidence, right=right) for confidence, right in ((0.95, True), (0.4, False), (0.42, True))
    ]
    return Outcome(
        winset=System(
            name="winset", figures={key.replace("_", " "): figure for key, figure in figures.items()}, ran=True
        ),
        peers=(System(name="textacy", figures={"whole F": 0.25}, ran=True),),
        parts={"news": part},
        bins=equal_width(held) if "ece" in figures else (),
        remarks=("Skipped: no seeds_gold/statements_*.jsonl.",),
    )


def test_columns_are_aligned_and_figures_flush_right() -> None:
    assert markdown(["measure", "a"], [["one", "0.5"], ["the second", "12"]]) == (
        "| measure    |   a |\n| ---------- | --: |\n| one        | 0.5 |\n| the second |  12 |\n"
    )


def test_the_table_says_what_is_reached_what_is_not_and_what_was_not_measured() -> None:
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in table(outcome(DEV, whole_F=0.71, ece=0.05)).splitlines()
    ]
    head, by_label = rows[0], {row[0]: row for row in rows[2:]}
    assert head[:5] == ["measure", "winset", "must reach", "reached", "textacy"]
    assert head[5:] == ["sayswho †", "Citron †", "GenderGapTracker †", "CofeNet BERT †"]
    assert by_label["whole relaxed: F1"][1:7] == ["0.710", "0.700", "yes", "0.250", "0.283", "0.548"]
    assert by_label["calibration error, 15 bins of equal width"][1:4] == ["0.050", "under 0.050", "NO"]
    assert by_label["its indirect part: F1"][1:5] == ["–", "0.600", "not measured", "–"]
    assert by_label["whole relaxed: recall"][1:4] == ["–", "", ""]


def test_limits_hold_within_a_tolerance_on_other_parts_only() -> None:
    assert [measure.key for measure in outcome(DEV, whole_F=0.68, spans_cue=71.5).short] == ["whole F", "spans cue"]
    assert outcome(OTHER, whole_F=0.67, spans_cue=71.0, ece=0.2).short == ()
    assert [measure.key for measure in outcome(OTHER, whole_F=0.669, spans_cue=70.9).short] == ["whole F", "spans cue"]
    assert verdict(BY_KEY["coded R"], 0.70, known=False) == "yes"
    assert verdict(BY_KEY["coded R"], 0.70, known=True) == "NO"
    assert verdict(BY_KEY["words a second"], 7999.0, known=True) == "NO"


def test_published_figures_are_of_measures_that_exist() -> None:
    assert {key for figures in PUBLISHED.values() for key in figures} <= set(BY_KEY)


def test_the_page_names_the_part_and_what_was_skipped() -> None:
    written = page(outcome(OTHER, whole_F=0.7, ece=0.04))
    assert "`test` (SHA-256 0123456789abcdef…); not the development part" in written
    assert "- Skipped: no seeds_gold/statements_*.jsonl.\n" in written
    assert "## Calibration" in written
    assert "## Calibration" not in page(outcome(DEV, whole_F=0.7))
    assert written == page(outcome(OTHER, whole_F=0.7, ece=0.04))
    assert notes(outcome(DEV))[0].endswith("`dev` (SHA-256 ff688f7a0336d320…).")


def test_the_plot_has_a_bar_and_a_count_for_each_bin_that_holds_anything() -> None:
    drawn = plot(outcome(DEV, ece=0.04))
    root = ET.fromstring(drawn)  # noqa: S314 - our own text
    space = "{http://www.w3.org/2000/svg}"
    assert [root.find(f"{space}{tag}") is not None for tag in ("title", "desc")] == [True, True]
    assert len(root.findall(f"{space}circle")) == 2
    assert [text.text for text in root.iter(f"{space}text") if text.get("font-size") == "10"] == ["2", "1"]
    assert drawn == plot(outcome(DEV, ece=0.04))


def test_a_file_is_written_whole_or_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    write_whole(path, "first\n")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "broken \ud800")
    assert path.read_text(encoding="utf-8") == "first\n"
    assert [left.name for left in tmp_path.iterdir()] == ["page.md"]
