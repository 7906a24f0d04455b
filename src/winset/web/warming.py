"""What the first to come would wait for, done beside the first requests: when a desk is served, and never in tests."""

from __future__ import annotations

import contextlib
from threading import Thread

from winset.corpus.types import Document
from winset.errors import WinsetError
from winset.pipeline.reading import code_document
from winset.pipeline.registries import own_registries
from winset.web.cases import Cases, OpenCase
from winset.web.rendering import compile_all
from winset.web.standing import standing

WORDS = "The minister said that her country would support it."  # read once, and thrown away
PATIENCE = 60.0  # seconds to wait for where everybody stands
SMALL = 2_000  # statements up to which that takes a second or two; of more it is worked out when somebody asks


def warm(cases: Cases) -> None:
    """Open every case, load templates, registry and trained models, and work out where everybody stands."""
    Thread(target=_warm, args=(cases,), name="warming", daemon=True).start()


def _warm(cases: Cases) -> None:
    compile_all()
    with contextlib.suppress(WinsetError):  # of a server that went away: whoever asks is told
        for number, name in enumerate(list(cases)):
            with contextlib.suppress(WinsetError, KeyError):
                _warm_case(cases[name], models=number == 0)


def _warm_case(case: OpenCase, *, models: bool) -> None:
    if models:
        spec, own = case.view().spec, own_registries(case.store)
        code_document(Document(name="warming", text=WORDS), spec, additions=own)
    case.desk.documents(coder="")  # so that a server has what every first page reads in its memory
    if case.store.counts()["statement"] <= SMALL:
        standing(case, wait=PATIENCE)
