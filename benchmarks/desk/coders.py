"""Simulated coders: they work on the same few statements at the same time, and often look at what is no longer so."""

from __future__ import annotations

import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import httpx2
from benchmarks.desk.browsing import Answer, Browser, Card
from benchmarks.desk.checks import Kept

ACTS = {"accept": 6, "code": 5, "wrong": 3, "right": 2, "spans": 2, "undo": 3, "actor": 1, "look": 3}  # how often
READY_WITHIN = 120.0  # seconds until the last has logged in
STANCES = ("-2", "-1", "0", "+1", "+2", "none", "unclear")
FASTER = re.compile(r"(\S+) was faster")


@dataclass(slots=True)
class Pool:
    """The statements that all work on; those that get other words are followed by the new ones."""

    cards: list[Card]
    lock: threading.Lock = field(default_factory=threading.Lock)

    def any(self, draw: random.Random) -> Card:
        """One of them, as it was when somebody last put it here: often no longer so."""
        with self.lock:
            return draw.choice(self.cards)

    def put(self, old: str, card: Card) -> None:
        """How one looks now."""
        with self.lock:
            self.cards = [card if each.id == old else each for each in self.cards]


@dataclass(slots=True)
class Coder:
    """One of them, with a browser of its own."""

    name: str
    browser: Browser
    pool: Pool
    draw: random.Random
    kept: list[Kept] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)  # the words of each refusal because somebody else was faster
    answers: Counter[int] = field(default_factory=Counter)  # how many of each status
    wrong: list[str] = field(default_factory=list)  # answers that must not come
    mine: dict[str, Card] = field(default_factory=dict)  # cards as this browser shows them
    until: Callable[[], bool] = lambda: False  # whether something was killed by now

    def act(self) -> None:
        """Do one thing, of whatever is on the page, which may be old."""
        (act,) = self.draw.choices(list(ACTS), list(ACTS.values()))
        if act == "undo":
            answer = self.browser.undo()
            self._heard(answer, act, "", None)
            return
        shared = self.pool.any(self.draw)
        card = self.mine.get(shared.id, shared)
        if act == "look":
            answer = self.browser.card(card.id)
            self.answers[answer.status] += 1
        elif act in ("wrong", "right"):
            answer = self.browser.act(card, "verdict", kind=act, verdict=act)
        elif act == "code":
            answer = self.browser.act(card, "code", kind=act, stance=self.draw.choice(STANCES))
        elif act == "actor":
            answer = self.browser.act(card, "actor", kind=act, actor=self.draw.choice(("France", "Poland")))
        elif act == "spans":
            words = {"source": card.source, "cue": card.cue, "content": self._other(card)}
            answer = self.browser.act(card, "spans", kind=act, **words)
        else:
            answer = self.browser.act(card, act, kind=act)
        if act != "look":
            seen = card.codes if act in ("accept", "code", "actor") else card.version
            self._heard(answer, act, card.id, int(seen))
        if answer.card is not None and self.draw.random() < 0.8:  # else this browser goes on with what it had
            self.mine[answer.card.id] = answer.card
            if act == "spans" and answer.status == 200:
                self.pool.put(card.id, answer.card)

    def _other(self, card: Card) -> str:
        """The content some characters shorter."""
        start, _, end = card.contents.rpartition(",")[2].partition("-")
        return f"{start}-{max(int(start) + 4, int(end) - self.draw.randrange(1, 6))}"

    def _heard(self, answer: Answer, act: str, about: str, seen: int | None) -> None:
        self.answers[answer.status] += 1
        if answer.status == 200 and answer.undo is not None:
            self.kept.append(Kept(change=answer.undo, by=self.name, act=act, about=about, seen=seen))
        elif answer.status == 409:
            self.refused.append(answer.text)
            shown = answer.card is not None and answer.card.state == "conflict" and FASTER.search(answer.card.words)
            if act != "undo" and not shown:
                self.wrong.append(f"{act} {about}: refused, and the other's change is not shown: {answer.text[:300]}")
        elif answer.status not in (200, 400, 422) and not (answer.status == 503 and self.until()):
            self.wrong.append(f"{act} {about}: answered with {answer.status}: {answer.text[:300]}")


def at_work(
    address: str,
    case: str,
    names: Sequence[str],
    cards: Sequence[Card],
    *,
    seconds: float,
    password: str = "",
    pause: tuple[float, float] = (0.0, 0.0),
    seed: int = 0,
    until: Callable[[], bool] = lambda: False,
    begun: threading.Event | None = None,
) -> list[Coder]:
    """Let one coder for each name work for some seconds, once all are in, or until the server has gone; returns them.

    case: its address on the desk.  cards: what they work on.  pause: seconds between two acts, from and to.
    begun: set when somebody's first act was acknowledged.
    """
    pool = Pool(list(cards))
    coders = [
        Coder(
            name=name,
            browser=Browser(address, desk=case),
            pool=pool,
            draw=random.Random(f"{seed} {name}"),
            until=until,
        )
        for name in names
    ]
    ready = threading.Barrier(len(coders))

    def work(coder: Coder) -> None:
        try:
            if password:
                coder.browser.log_in(coder.name, password)
            coder.browser.page(f"{case}/check", kind="page")
            coder.browser.spent.clear()
            ready.wait(READY_WITHIN)
            ends = time.monotonic() + seconds
            while time.monotonic() < ends and not until():
                coder.act()
                if begun is not None and coder.kept:
                    begun.set()
                time.sleep(coder.draw.uniform(*pause))
        except httpx2.TransportError as error:
            if not until():
                coder.wrong.append(f"{coder.name}: the server has gone: {error!r}")
        except RuntimeError as error:
            if not until():
                coder.wrong.append(f"{coder.name}: {error}")
        finally:
            ready.abort()  # nobody waits for one who does not come
            coder.browser.close()

    threads = [threading.Thread(target=work, args=(coder,)) for coder in coders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return coders
