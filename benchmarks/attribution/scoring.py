"""The scorers beside the data, run as they are; nothing of them is copied."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from benchmarks.attribution.figures import Figures

_SPANS = re.compile(r"\b(source|cue|content) ([\d.]+)/([\d.]+)/([\d.]+)")
_CODED = re.compile(r"^(recall of core statements|precision) +([\d.]+) \(", re.MULTILINE)


class BadScore(Exception):
    """A scorer refused a file, or printed what is not understood."""


def whole(script: Path, *, gold: Path, predicted: Path) -> Figures:
    """score_attribution.py: precision, recall and F1 of "whole relaxed", F1 of its three parts; 0-1.

    Raises BadScore.
    """
    said = json.loads(_run(script, gold, predicted, "--merge-cues", "--json"))
    try:
        parts = {f"{kind} F": said[f"{kind} relaxed"]["F"] for kind in ("direct", "mixed", "indirect")}
        return {f"whole {letter}": said["whole relaxed"][letter] for letter in "PRF"} | parts
    except KeyError as missing:
        raise BadScore(f"{script.name} gave no figure {missing}") from missing


def spans(script: Path, *, gold: Path, predicted: Path) -> Figures:
    """score_spans.py: F1 of exact source, cue and content spans; per cent.

    Raises BadScore.
    """
    found = {f"spans {role}": float(f1) for role, _, _, f1 in _SPANS.findall(_run(script, gold, predicted))}
    if len(found) != 3:
        raise BadScore(f"{script.name} gave {len(found)} of three figures")
    return found


def coded(script: Path, *, gold: Path, predicted: Path) -> Figures:
    """score_statements.py: recall and precision of core statements, 0-1; a figure it calls n/a is left out.

    Raises BadScore.
    """
    keys = {"recall of core statements": "coded R", "precision": "coded P"}
    return {keys[name]: float(share) for name, share in _CODED.findall(_run(script, gold, predicted))}


def _run(script: Path, *arguments: Path | str) -> str:
    line = [sys.executable, "-B", str(script), *map(str, arguments)]  # -B: the folder may be read-only
    done = subprocess.run(line, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BadScore(f"{script.name}: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else 'failed'}")
    return done.stdout
