"""Watcher: rounds of reading and looking back, on a schedule, one watcher to a case."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from winset.brief.digest import digest, remembered
from winset.brief.digest_types import Digest
from winset.brief.sight import Address, Sight, sight
from winset.errors import LockedCase, NoServer, WinsetError
from winset.exchange.digest_values import digest_of, digest_value, sight_of, sight_value
from winset.pipeline.registries import own_registries
from winset.pipeline.seats import body_of
from winset.store.case_store import CaseStore
from winset.store.watching import SIGHT, Holder, Watching
from winset.watch.looking import first_sight, looked_at
from winset.watch.reading import Looked, Reader, Tell
from winset.watch.settings import Clock, Settings, SystemClock

LEASE = timedelta(minutes=10)  # beyond the next round: so long a watcher that is gone keeps others away
KEPT = 50  # digests of the Atom feed


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one round came to."""

    digest: Digest  # of this round; empty where nothing changed
    handed_on: tuple[Digest, ...]  # all that nobody was told of yet, in order: those of stopped rounds, and this one
    addresses: dict[str, Address]
    waiting: int  # entries that another round will read

    @property
    def troubled(self) -> bool:
        """Whether anything could not be read, in this round or still."""
        return bool(self.digest.not_read) or any(each.trouble for each in self.addresses.values())


class Watcher:
    """Watches sources for one kept case; with it, the case is this watcher's alone to watch.

    with Watcher(store, settings) as watcher:
        for round in watcher.rounds():
            print(round.digest)
            watcher.handed_over(round)
    """

    def __init__(
        self,
        store: CaseStore,
        settings: Settings,
        *,
        clock: Clock | None = None,
        token: str | None = None,
        tell: Tell | None = None,
    ) -> None:
        """token: tells this watcher from others.  tell: hears what is being read."""
        self.store, self.settings = store, settings
        self.clock: Clock = clock or SystemClock()
        self.state = Watching(store, Holder.here(token or uuid.uuid4().hex))
        self._tell: Tell = tell or (lambda _: None)
        self._renewed: datetime | None = None

    def __enter__(self) -> Self:
        """Raises LockedCase where another watcher is at work."""
        now = self.clock.now()
        self.state.take(now=now, until=self._until(now))
        self._renewed = now
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            self.state.release()
        except (LockedCase, NoServer):
            return  # it ends with its time

    def rounds(self, *, once: bool = False, trouble: Callable[[str], None] | None = None) -> Iterator[Round]:
        """One round after another, for ever, or one.

        trouble: hears in one line why a round could not be ended; the next one goes on from there. Of one round, and
        where None, what went wrong is raised.
        """
        while True:
            began = self.clock.now()
            try:
                found = self.round()
            except WinsetError as error:
                if once or trouble is None or _hopeless(error):
                    raise
                trouble(str(error))
            else:
                yield found
            if once:
                return
            passed = (self.clock.now() - began).total_seconds()
            self.clock.sleep(max(1.0, self.settings.every.total_seconds() - passed))

    def round(self) -> Round:
        """Read what is new, and tell what changed.  Raises LockedCase, NoServer, CannotWrite, BadCase."""
        self._step(anyway=True)
        self._begin()
        reader = Reader(
            self.store, self.state, self.settings, self.clock, tell=self._tell, step=lambda: self._step(anyway=False)
        )
        looked = reader.read()
        found = self._look(looked)
        return Round(
            digest=found,
            handed_on=tuple(digest_of(each.value) for each in self.state.waiting()),
            addresses=dict(looked.addresses),
            waiting=looked.waiting,
        )

    def handed_over(self, round: Round) -> None:  # noqa: A002 - the word for it
        """Say that all of a round's digests reached the one they are for; else the next round hands them on again."""
        self.state.handed_over(each.number for each in round.handed_on)

    def latest(self, many: int = KEPT) -> tuple[Digest, ...]:
        """The last digests of the case, the newest first."""
        return tuple(digest_of(each.value) for each in self.state.latest(many))

    def feed_id(self) -> str:
        """The id of the case's own feed: urn:uuid:..., the same for ever."""
        held = self.state.value(SIGHT, "")
        return str(held["feed"]) if held else ""

    def begun(self) -> str:
        """When the case was first looked at, ISO 8601 in UTC."""
        held = self.state.value(SIGHT, "")
        return str(held["begun"]) if held else ""

    def _begin(self) -> None:
        """The case as it is before the first round, with which that round is compared."""
        if self.state.value(SIGHT, "") is not None:
            return
        at, change = _time(self.clock.now()), self.state.state()
        seen = first_sight(self.store, draws=self.settings.draws, at=at)
        made = uuid.uuid5(uuid.NAMESPACE_URL, f"{self.store.spec().issue.id} {self.store.place} {at}")
        first = {"feed": made.urn, "begun": at, "state": change, "sight": sight_value(seen)}
        self.state.keep(first, digest=None, at=at)

    def _look(self, looked: Looked) -> Digest:
        held = dict(self.state.value(SIGHT, "") or {})
        before, at, change = sight_of(held["sight"]), _time(self.clock.now()), self.state.state()
        number = self.state.last() + 1
        id = uuid.uuid5(uuid.UUID(held["feed"]), str(number)).urn
        if not self._news(held, before, change) and dict(before.addresses) == dict(looked.addresses):
            return self._nothing(before, id, at)
        brief, whole = looked_at(self.store, before, draws=self.settings.draws)
        found = digest(before, brief, id=id, number=number, addresses=looked.addresses, at=at)
        found = found if whole or found.empty else replace(found, whole=False)
        now = sight(brief, before=None if whole else before, addresses=looked.addresses, at=at)
        now = remembered(before, now, found)
        value = {**held, "state": change, "sight": sight_value(now)}
        self.state.keep(value, digest=None if found.empty else digest_value(found), at=at)
        return found

    def _news(self, held: dict[str, object], before: Sight, change: str) -> bool:
        from winset import __version__

        return held["state"] != change or before.version != __version__

    def _nothing(self, before: Sight, id: str, at: str) -> Digest:
        spec = self.store.spec()
        issue, body = spec.issue, body_of(spec, own_registries(self.store))
        return Digest(
            id=id,
            number=0,
            at=at,
            since=before.at,
            proposal=issue.proposal,
            body=body.name,
            on=issue.on.text,
            answer=before.outcome,
            adopted=before.adopted,
        )

    def _until(self, now: datetime) -> datetime:
        return now + self.settings.every + LEASE

    def _step(self, *, anyway: bool) -> None:
        """Keep the lease, from time to time."""
        now = self.clock.now()
        if anyway or self._renewed is None or now - self._renewed > LEASE / 4:
            self.state.renew(until=self._until(now))
            self._renewed = now


def _hopeless(error: WinsetError) -> bool:
    """Whether the next round would end in the same way: all but a case that is busy, or a server that is away."""
    return not isinstance(error, LockedCase | NoServer)


def _time(now: datetime) -> str:
    return now.strftime("%Y-%m-%dT%H:%M:%SZ")
