"""W3C Web Annotations (JSON-LD), as annotation servers and annotators exchange them; Hypothesis' own JSON too.

Nothing of a project gets lost, as long as the texts are written along.
"""

from __future__ import annotations

from winset.exchange.projects import Loss
from winset.exchange.web_annotation.reading import read_web_annotation
from winset.exchange.web_annotation.writing import write_web_annotation

__all__ = ["LOSSES", "is_annotations", "read_web_annotation", "write_web_annotation"]

LOSSES: tuple[Loss, ...] = ()


def is_annotations(path: str) -> bool:
    """Whether a source is a file of web annotations, by its suffix."""
    return "://" not in path and path.lower().endswith((".jsonld", ".annotations.json"))
