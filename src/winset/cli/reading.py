"""Reading what was asked for, with progress on a terminal and one line for each document that could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from winset.cli.inputs import Request
from winset.cli.messages import progress, say, say_rejected
from winset.errors import BadCase

if TYPE_CHECKING:
    from winset.pipeline import Material


def read(asked: Request, *, attributor: Sequence[str] = (), stance: str | None = None) -> Material:
    """The documents, coded by these attributors and this stance method, or the default ones.

    Raises BadCase where there is no document, after telling why, for methods of a kept case, which is coded, and
    for a stance method without a proposal; UnknownMethod, NotConfigured.
    """
    from winset.pipeline import attributors, kept_material, read_material

    for option, given in (("--attributor", attributor), ("--stance", stance is not None)):
        if asked.kept and given:
            raise BadCase(f"{asked.kept}: is coded already: leave out {option}, or give the documents themselves")
    if stance is not None and asked.spec is None:
        raise BadCase("--stance: nothing to be for or against: write --proposal, --body and --on, or leave it out")
    if asked.kept:
        from winset.store.case_store import CaseStore

        with CaseStore.open(asked.kept) as store:
            material = kept_material(store)
    else:
        by = attributors(attributor, stance=stance)
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
