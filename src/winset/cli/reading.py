"""Reading what was asked for, with progress on a terminal and one line for each document that could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from winset.cli.inputs import Request
from winset.cli.messages import progress, say, say_rejected
from winset.errors import BadCase

if TYPE_CHECKING:
    from winset.pipeline import Material


def read(asked: Request, *, attributor: Sequence[str] = ()) -> Material:
    """The documents, coded by these attributors or the default ones.

    Raises BadCase where there is no document, after telling why, and for attributors of a kept case, which is coded;
    UnknownMethod, NotConfigured.
    """
    from winset.pipeline import attributors, kept_material, read_material

    if asked.kept and attributor:
        raise BadCase(f"{asked.kept}: is coded already: leave out --attributor, or give the documents themselves")
    if asked.kept:
        from winset.store.case_store import CaseStore

        with CaseStore.open(asked.kept) as store:
            material = kept_material(store)
    else:
        by = attributors(attributor)
        with progress("reading") as shown:
            own = asked.additions
            material = read_material(asked.sources, asked.spec, progress=shown, by=by, tell=say, additions=own)
        for rejected in material.rejected:
            say_rejected(rejected)
    if material.documents:
        return material
    if asked.kept:
        raise BadCase(f"{asked.kept}: holds no document yet: add some with `winset add {asked.kept} DOCS...`")
    raise BadCase("no document could be read, so nothing is written")
