"""The cases that are served, open; and views of them: what is worked out of a case at one version, once."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, count
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, cast

from fastapi import Depends, HTTPException, Request

from winset.errors import WinsetError
from winset.pipeline.brief import compose_brief
from winset.pipeline.deciding import decided
from winset.pipeline.estimating import estimated
from winset.pipeline.kept_cases import kept_material
from winset.pipeline.material import accounted
from winset.pipeline.registries import own_registries
from winset.pipeline.seats import seats_of
from winset.store.addresses import CaseAddress, Place, ServerAddress, place
from winset.store.case_store import CaseStore
from winset.store.desk import Desk
from winset.store.servers import cases

if TYPE_CHECKING:
    from winset.brief.types import Brief
    from winset.issues import CaseSpec
    from winset.pipeline.deciding import Tabled
    from winset.pipeline.estimating import Estimated
    from winset.pipeline.material import Material
    from winset.sourcing.account import Account

BIG = 20_000  # statements above which a case is never loaded whole for a page

T = TypeVar("T")


class Rested:
    """The last account of a case: codes, settlements and scenarios leave what its documents rest on as it is."""

    def __init__(self) -> None:
        self._last: tuple[Material, Account] | None = None

    def account(self, spec: CaseSpec, material: Material) -> Account:
        """The account of this material: the last one, where that was of the same documents, statements and sources."""
        last = self._last
        found = last[1] if last and _rest_alike(last[0], material) else accounted(spec, material)
        self._last = material, found
        return found


def _rest_alike(one: Material, other: Material) -> bool:
    return (
        one.documents == other.documents
        and one.duplicates == other.duplicates
        and all(
            (was.statements, was.identifications) == (now.statements, now.identifications)
            for was, now in zip(one.codings, other.codings, strict=True)
        )
    )


class View:
    """A case at one version. Parts are worked out when they are first asked for, once, whoever asks.

    A big case has only `spec`: its pages read what they show, and no more.
    """

    def __init__(self, store: CaseStore, version: int, *, big: bool, rested: Rested | None = None) -> None:
        self.version, self.big = version, big
        self._store, self._rested = store, rested or Rested()
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
        return self.once("material", lambda: kept_material(self._store))

    @property
    def account(self) -> Account:
        """What the documents rest on."""
        return self.once("account", lambda: self._rested.account(self.spec, self.material))

    @property
    def estimated(self) -> Estimated:
        """Where everybody stands, on which evidence."""
        return self.once("estimated", lambda: estimated(self.spec, self.material))

    @property
    def tabled(self) -> Tabled:
        """What is put to the vote."""
        return self.once("tabled", lambda: decided(self.spec, self.material))

    @property
    def brief(self) -> Brief:
        """The brief, as `winset brief` makes it."""
        return self.once("brief", lambda: compose_brief(self.spec, self.material))


class OpenCase:
    """A kept case that is served."""

    def __init__(self, name: str, store: CaseStore) -> None:
        self.name, self.store, self.desk = name, store, Desk(store)
        self._lock = threading.Lock()
        self._view: View | None = None
        self._rested = Rested()
        self._big = False  # once it is, it stays so: nothing is ever removed

    def view(self) -> View:
        """The case as it is now; the same view until something changes."""
        version = self.desk.version()
        with self._lock:
            if self._view is None or self._view.version != version:
                self._big = self._big or self.store.counts()["statement"] > BIG
                self._view = View(self.store, version, big=self._big, rested=self._rested)
            return self._view

    def prepare(self) -> None:
        """Read, beside the first pages, what they would wait for in a big case: who coded what, and who speaks."""

        def read() -> None:
            from winset.web.whom import names

            with contextlib.suppress(WinsetError):  # whoever asks for it is told
                self.desk.prepare()
                names(self)

        if self.view().big:
            with contextlib.suppress(WinsetError):  # the registry: most of what the first page would wait for
                seats_of(self.view().spec, own_registries(self.store))
            threading.Thread(target=read, daemon=True).start()


class Cases(Mapping[str, OpenCase]):
    """All cases that are served, by their name in addresses: those of the given places, and all of a database.

    A case that is made in the database meanwhile is served too.
    """

    def __init__(self, places: Sequence[str], database: str | None = None) -> None:
        self._lock = threading.Lock()
        self._open: dict[str, OpenCase] = {}
        self._database = ServerAddress(database) if database else None
        with contextlib.ExitStack() as undone:
            undone.callback(self.close)
            for each in places:
                at = place(each)
                base = at.name if isinstance(at, CaseAddress) else at.stem
                names = chain([base], (f"{base}-{times}" for times in count(2)))
                self._add(next(name for name in names if name not in self._open), at)
            if self._database:
                cases(self._database)  # a database that cannot be asked is told now
            undone.pop_all()

    def __getitem__(self, name: str) -> OpenCase:
        with self._lock:
            if name not in self._open:
                if self._database is None or name not in cases(self._database):
                    raise KeyError(name)
                self._add(name, CaseAddress(self._database, name))
            return self._open[name]

    def __iter__(self) -> Iterator[str]:
        names = [*self._open, *(cases(self._database) if self._database else ())]
        return iter(dict.fromkeys(names))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def close(self) -> None:
        """Let go of all of them."""
        for each in self._open.values():
            each.store.close()

    def _add(self, name: str, at: Place) -> None:
        store = CaseStore.open(at)
        store.database.serve()
        self._open[name] = opened = OpenCase(name, store)
        opened.prepare()


def open_case(request: Request, case: str) -> OpenCase:
    """The case that an address names; 404 where there is none."""
    found = request.app.state.cases.get(case)
    if found is None:
        raise HTTPException(404, f"No case {case!r} is served here.")
    request.state.case = found
    return cast(OpenCase, found)


AtCase = Annotated[OpenCase, Depends(open_case)]
