"""All targets; the list is the table of contents."""

from __future__ import annotations

from fuzz import attribution, containers, importers, lines, questions, readers, stores
from fuzz.target import Target

TARGETS: dict[str, Target] = {
    target.name: target
    for target in (
        *readers.TARGETS,
        *attribution.TARGETS,
        *importers.TARGETS,
        *stores.TARGETS,
        *questions.TARGETS,
        *lines.TARGETS,
        *containers.TARGETS,
    )
}
