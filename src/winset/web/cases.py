"""The cases that are served, open; and views of them: what is worked out of a case at one version, once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, cast

from fastapi import Depends, HTTPException, Request

from winset import pipeline
from winset.store.case_store import CaseStore
from winset.store.desk import Desk

if TYPE_CHECKING:
    from winset.brief.types import Brief
    from winset.issues import CaseSpec
    from winset.pipeline import Estimated, Material, Tabled
    from winset.sourcing.account import Account

BIG = 20_000  # statements above which a case is never loaded whole for a page

T = TypeVar("T")


class View:
    """A case at one version. Parts are worked out when they are first asked for, once, whoever asks.

    A big case has only `spec`: its pages read what they show, and no more.
    """

    def __init__(self, store: CaseStore, version: int, *, big: bool) -> None:
        self.version, self.big = version, big
        self._store = store
        self._lock = threading.RLock()
        self._made: dict[str, Any] = {}

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What `make` gives, remembered under `name` as long as the case does not change."""
        if name in self._made:
            return cast(T, self._made[name])
        with self._lock:
            if name not in self._made:
                self._made[name] = make()
            return cast(T, self._made[name])

    @property
    def spec(self) -> CaseSpec:
        """What the case is about."""
        return self.once("spec", self._store.spec)

    @property
    def material(self) -> Material:
        """Documents with their coding, persons' words applied."""
        return self.once("material", lambda: pipeline.kept_material(self._store))

    @property
    def account(self) -> Account:
        """What the documents rest on."""
        return self.once("account", lambda: pipeline.accounted(self.spec, self.material))

    @property
    def estimated(self) -> Estimated:
        """Where everybody stands, on which evidence."""
        return self.once("estimated", lambda: pipeline.estimated(self.spec, self.material))

    @property
    def tabled(self) -> Tabled:
        """What is put to the vote."""
        return self.once("tabled", lambda: pipeline.decided(self.spec, self.material))

    @property
    def brief(self) -> Brief:
        """The brief, as `winset brief` makes it."""
        return self.once("brief", lambda: pipeline.compose_brief(self.spec, self.material))


class OpenCase:
    """A kept case that is served."""

    def __init__(self, name: str, store: CaseStore) -> None:
        self.name, self.store, self.desk = name, store, Desk(store)
        self._lock = threading.Lock()
        self._view: View | None = None

    def view(self) -> View:
        """The case as it is now; the same view until something changes."""
        version = self.desk.version()
        with self._lock:
            if self._view is None or self._view.version != version:
                big = self.store.counts()["statement"] > BIG
                self._view = View(self.store, version, big=big)
            return self._view


class Cases(Mapping[str, OpenCase]):
    """All cases that are served, by their name in addresses."""

    def __init__(self, places: tuple[str, ...]) -> None:
        self._open: dict[str, OpenCase] = {}
        for place in places:
            name = base = place.rpartition("#")[2] if "://" in place else Path(place).stem
            times = 1
            while name in self._open:
                times += 1
                name = f"{base}-{times}"
            self._open[name] = OpenCase(name, CaseStore.open(Path(place)))

    def __getitem__(self, name: str) -> OpenCase:
        return self._open[name]

    def __iter__(self) -> Any:
        return iter(self._open)

    def __len__(self) -> int:
        return len(self._open)

    def close(self) -> None:
        """Let go of all of them."""
        for each in self._open.values():
            each.store.close()


def open_case(request: Request, case: str) -> OpenCase:
    """The case that an address names; 404 where there is none."""
    found = request.app.state.cases.get(case)
    if found is None:
        raise HTTPException(404, f"No case {case!r} is served here.")
    request.state.case = found
    return cast(OpenCase, found)


AtCase = Annotated[OpenCase, Depends(open_case)]
