"""The case that is served, and views of it: what is worked out at one version, once, and again when it changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from winset.errors import BadCase
from winset.mcp import untrusted
from winset.mcp.citing import Cites, held
from winset.mcp.naming import case_name
from winset.pipeline.brief import compose_brief
from winset.pipeline.estimating import estimated, estimated_from_columns
from winset.pipeline.kept_cases import is_large, kept_material
from winset.pipeline.material import accounted
from winset.pipeline.registries import own_registries
from winset.store.desk import Desk

if TYPE_CHECKING:
    from winset.actors.additions import Addition
    from winset.brief.index import Index
    from winset.corpus.types import Document
    from winset.ids import ActorId, DocumentId, StatementId
    from winset.issues import CaseSpec
    from winset.pipeline.estimating import Estimated
    from winset.pipeline.material import Material
    from winset.positions.estimation import Evidence
    from winset.sourcing.account import Account
    from winset.store.case_store import CaseStore

STILL = frozenset({"scenario", "suggestion"})  # kinds of things whose changes move nothing that is worked out here
AT_MOST = 50  # changes that are looked through for one that does
REMEMBERED = 32  # answers to what-ifs
LARGE = "this case is too large to be worked out whole: take decide, positions, statements and search_passages"

T = TypeVar("T")


class View:
    """A case at one version. Parts are worked out when they are first asked for, once, whoever asks."""

    def __init__(self, store: CaseStore, version: int, *, large: bool) -> None:
        self.version, self.large = version, large
        self._store = store
        self._lock = threading.RLock()
        self._made: OrderedDict[Any, Any] = OrderedDict()
        self._answers: OrderedDict[Any, Any] = OrderedDict()

    def once(self, key: str, make: Callable[[], T]) -> T:
        """What `make` gives, remembered as long as nothing changes."""
        with self._lock:
            if key not in self._made:
                self._made[key] = make()
            return cast(T, self._made[key])

    def lately(self, key: Any, make: Callable[[], T]) -> T:
        """The same, of the last REMEMBERED keys."""
        with self._lock:
            if key not in self._answers:
                self._answers[key] = make()
                while len(self._answers) > REMEMBERED:
                    self._answers.popitem(last=False)
            self._answers.move_to_end(key)
            return cast(T, self._answers[key])

    @property
    def spec(self) -> CaseSpec:
        """What the case is about."""
        return self.once("spec", self._store.spec)

    @property
    def additions(self) -> tuple[Addition, ...]:
        """The user's own registries."""
        return self.once("additions", lambda: own_registries(self._store))

    @property
    def material(self) -> Material:
        """Documents with their coding, persons' words applied.  Raises BadCase for a large case."""
        return self.once("material", lambda: kept_material(self._whole()))

    @property
    def texts(self) -> Mapping[DocumentId, Document]:
        """The documents by id; none of a large case, whose texts are read one by one."""
        if self.large:
            return {}
        return self.once("texts", lambda: {each.id: each for each in self.material.documents})

    @property
    def estimated(self) -> Estimated:
        """Where everybody stands; of a large case without the evidence."""
        if self.large:
            return self.once("estimated", lambda: estimated_from_columns(self._store))
        return self.once("estimated", lambda: estimated(self.spec, self.material))

    @property
    def evidence(self) -> Mapping[StatementId, Evidence]:
        """The statements by id, with all that was made of them; none of a large case."""
        return self.once("evidence", lambda: {each.statement.id: each for each in self.estimated.evidence})

    @property
    def account(self) -> Account:
        """What the documents rest on.  Raises BadCase for a large case."""
        return self.once("account", lambda: accounted(self.spec, self.material))

    @property
    def index(self) -> Index:
        """The brief, ready for questions.  Raises BadCase for a large case."""
        from winset.brief.index import Index

        return self.once("index", lambda: Index(compose_brief(self.spec, self.material)))

    @property
    def members(self) -> frozenset[ActorId]:
        """Those with a vote on the day of decision."""
        return frozenset(self.estimated.members)

    def _whole(self) -> CaseStore:
        if self.large:
            raise BadCase(LARGE)
        return self._store


class ServedCase:
    """A kept case that is served to an assistant."""

    def __init__(self, store: CaseStore, *, by: str | None = None) -> None:
        """by: the person for whom an assistant suggests; None: nothing is written."""
        store.database.serve()
        self.store, self.desk = store, Desk(store)
        self.name = untrusted.shown(case_name(str(store.place)), at_most=untrusted.NAME)
        self.by = None if by is None else f"assistant for {by}"
        self._lock = threading.Lock()
        self._seen = -1
        self._view: View | None = None

    def view(self) -> View:
        """The case as it is now; the same view until something changes that counts in it."""
        version = self.desk.version()
        with self._lock:
            if self._view is None or (version != self._seen and self._moved(self._seen)):
                large = is_large(self.store)
                self._view = View(self.store, version, large=large)
            self._seen = max(self._seen, version)
            return self._view

    def cites(self, view: View) -> Cites:
        """The citations of one answer."""
        return Cites(held(view.texts, self.desk.document))

    def tactful(self, message: str) -> str:
        """A message without the place of the case on this machine, in one line."""
        place = str(self.store.place)
        line = message.replace(place, self.name)
        folder = place.replace("\\", "/").rpartition("/")[0]
        return line.replace(f"{folder}/", "") if len(folder) > 1 and "://" not in folder else line

    def _moved(self, seen: int) -> bool:
        lacking = self.desk.changes(after=seen, limit=AT_MOST)
        kinds = {effect.key.kind for change in lacking for effect in change.effects}
        return len(lacking) == AT_MOST or not kinds <= STILL
