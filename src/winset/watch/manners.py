"""How addresses are asked: one after another, no host twice within a second, none before the time that it named."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from winset.corpus.fetching import BAD_STATUS, Answer, Validators, ask
from winset.corpus.robots import Robots, read_robots
from winset.errors import TooLarge, Unreachable
from winset.store.watching import HOST, Watching
from winset.watch.settings import AGENT, READER, Clock, Settings

SLOW_DOWN = frozenset((429, 503))  # RFC 6585, 4; RFC 9110, 15.6.4: the host is busy, whatever is asked of it
SERVER_ERROR = 500
PASSING = frozenset((408, 425)) | SLOW_DOWN  # and all from 500 on: another time it may go well
LONGEST_REST = timedelta(days=7)  # whatever a Retry-After says
LONGEST_WAIT = timedelta(days=1)  # between two tries of what goes on failing
ROBOTS_LAST = timedelta(days=1)  # RFC 9309, 2.4


class Resting(Unreachable):
    """A host that said it is too busy, and is left alone until then."""


class Manners:
    """Asks on behalf of one watcher; what hosts said of when to come again is kept with the case."""

    def __init__(self, state: Watching, settings: Settings, clock: Clock) -> None:
        self._state, self._settings, self._clock = state, settings, clock
        self._asked: dict[str, datetime] = {}  # when each host last answered
        self._robots: dict[str, tuple[datetime, Robots | None]] = {}  # None: it could not be told

    def ask(self, url: str, known: Validators | None = None) -> Answer:
        """What the address answers.  Raises Resting, Unreachable, TooLarge."""
        host = _host(url)
        held = self._state.value(HOST, host)
        if held is not None and datetime.fromisoformat(held["until"]) > self._clock.now():
            raise Resting(f"{url}: {host} asked for fewer questions: it is asked again after {held['until'][:16]} UTC")
        if host in self._asked:
            passed = (self._clock.now() - self._asked[host]).total_seconds()
            if 0 <= passed < self._settings.delay:
                self._clock.sleep(self._settings.delay - passed)
        try:
            answer = ask(url, limits=self._settings.limits, permit=self._settings.permit, known=known, agent=AGENT)
        except Unreachable as error:
            if error.status in SLOW_DOWN:
                self._rest(host, held, error)
            raise
        finally:
            self._asked[host] = self._clock.now()
        if held is not None:
            self._state.put({(HOST, host): None})
        return answer

    def may_follow(self, url: str) -> bool | None:
        """Whether the host lets robots read that address; None where it cannot be told now.

        Source: RFC 9309, 2.3.1: no robots.txt (400 to 499) allows all, one that cannot be had forbids all for now.
        Raises Resting.
        """
        parts = urlsplit(url)
        root = f"{parts.scheme}://{parts.netloc}"
        held = self._robots.get(root)
        if held is None or held[0] <= self._clock.now():
            found = self._robots_of(root)
            lasts = ROBOTS_LAST if found is not None else min(ROBOTS_LAST, self._settings.every)
            held = self._robots[root] = self._clock.now() + lasts, found
        return None if held[1] is None else held[1].allows(url)

    def _robots_of(self, root: str) -> Robots | None:
        try:
            answer = self.ask(f"{root}/robots.txt")
        except Resting:
            raise
        except TooLarge:
            return Robots()
        except Unreachable as error:
            refused = error.status is not None and BAD_STATUS <= error.status < SERVER_ERROR
            return Robots() if refused and error.status not in PASSING else None
        return read_robots(answer.payload or b"", reader=READER)

    def _rest(self, host: str, held: Mapping[str, Any] | None, error: Unreachable) -> None:
        failures = (int(held["failures"]) if held else 0) + 1
        until = self._clock.now() + max(
            wait(failures, every=self._settings.every, seed=self._settings.seed, about=host),
            retry_after(error.retry_after, now=self._clock.now()),
        )
        self._state.put({(HOST, host): {"until": until.isoformat(), "failures": failures}})


def passing(error: Unreachable) -> bool:
    """Whether it may go well another time: no answer, or a status that says so."""
    return error.status is None or error.status in PASSING or error.status >= SERVER_ERROR


def wait(failures: int, *, every: timedelta, seed: int, about: str) -> timedelta:
    """How long to wait after so many failures in a row: doubled each time, and spread, at most a day.

    every: the wait after the first one, at most.  about: what failed, so that not all come back at once.
    Source: exponential back-off with equal jitter: half of it fixed, half of it drawn.

    >>> [round(wait(n, every=timedelta(minutes=30), seed=0, about="h") / timedelta(minutes=30), 1) for n in (1, 2, 3)]
    [0.9, 1.9, 2.5]
    """
    whole: timedelta = min(LONGEST_WAIT, every * 2 ** min(failures - 1, 16))
    drawn = random.Random(f"{seed} {about} {failures}").random()  # noqa: S311 - spreads requests, guards nothing
    return whole * (0.5 + drawn / 2)


def retry_after(value: str, *, now: datetime) -> timedelta:
    """What a Retry-After says, in seconds or as a date; zero where it says nothing, at most a week.

    Source: RFC 9110, 10.2.3.

    >>> retry_after("120", now=datetime(2031, 5, 3, tzinfo=UTC))
    datetime.timedelta(seconds=120)
    >>> retry_after("Sat, 03 May 2031 00:10:00 GMT", now=datetime(2031, 5, 3, tzinfo=UTC))
    datetime.timedelta(seconds=600)
    """
    if value.isascii() and value.isdecimal():
        return min(LONGEST_REST, timedelta(seconds=min(int(value[:12]), int(LONGEST_REST.total_seconds()))))
    try:
        named = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return timedelta()
    if named.tzinfo is None:
        named = named.replace(tzinfo=UTC)
    return min(LONGEST_REST, max(timedelta(), named - now))


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
