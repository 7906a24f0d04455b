"""REFI-QDA projects (.qdpx), as NVivo, MAXQDA, ATLAS.ti, Quirkos, QualCoder and others exchange them.

Nothing of a project gets lost: what the standard has no field for is noted in descriptions, beside words for people.
"""

from __future__ import annotations

from winset.exchange.projects import Loss
from winset.exchange.qda.reading import read_qdpx
from winset.exchange.qda.writing import write_qdpx

__all__ = ["LOSSES", "is_qdpx", "read_qdpx", "write_qdpx"]

LOSSES: tuple[Loss, ...] = ()


def is_qdpx(path: str) -> bool:
    """Whether a source is a REFI-QDA project, by its suffix."""
    return "://" not in path and path.lower().endswith(".qdpx")
