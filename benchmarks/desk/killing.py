"""A server that is killed while people write to it, and what is left of the case."""

from __future__ import annotations

import functools
import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count

import httpx2
from benchmarks.desk.browsing import Browser, Card, cards
from benchmarks.desk.checks import Kept, wrong_in
from benchmarks.desk.coders import at_work
from benchmarks.desk.serving import Running

from winset.store.case_store import CaseStore

LONGEST = 1.0  # seconds between the first act that is acknowledged and a kill
FIRST_WITHIN = 60.0  # seconds for that first act
READ_EVERY = 5  # in one round of so many the kill waits until a document has been read
UPLOADED = "{number}. Estonia said that the levy of {number} crowns was agreed. Poland warned of delays.\n"


@dataclass(slots=True)
class Survived:
    """What several kills left."""

    kills: int = 0
    kept: list[Kept] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def killed(
    place: str,
    case: str,
    start: Callable[[], Running],
    *,
    times: int,
    names: Sequence[str],
    password: str = "",
    seed: int = 0,
    kill: Callable[[Running], None] = lambda desk: desk.kill(),
    uploader: str = "",
    longest: float = LONGEST,
    lives: bool = False,
) -> Survived:
    """Serve, let people write, kill at a random moment, look at the case; so many times.

    place: of the case.  case: its address on the desk.  names: who writes, at the same time.  kill: what is killed.
    uploader: who adds documents meanwhile, an editor; empty: nobody.  longest: seconds from the first act to a kill.
    lives: whether the desk itself lives on, and must serve again.
    """
    draw, found, numbers = random.Random(seed), Survived(), count(1)
    known: set[str] = set()
    for number in range(times):
        with start() as server:
            begun, gone = threading.Event(), threading.Event()
            uploads = _Uploads(browser=Browser(server.address), case=case, numbers=numbers, gone=gone)
            if uploader:
                uploads.begin(uploader, password)
            else:
                uploads.one_read.set()
            moment = draw.uniform(0, longest)

            kills = functools.partial(_kill, begun, gone, uploads.one_read if number % READ_EVERY == 0 else None)
            shown = _cards(server.address, case, names[0], password)
            killer = threading.Thread(target=kills, kwargs={"moment": moment, "kill": lambda: kill(server)})
            killer.start()
            work = at_work(
                server.address, case, names, shown, seconds=2 * FIRST_WITHIN, password=password,
                seed=draw.randrange(10**6), until=gone.is_set, begun=begun,
            )  # fmt: skip
            killer.join()
            uploads.end()
            if lives:
                found.wrong += _serves(server.address, case, names[0], password)
        found.documents += uploads.told
        found.wrong += uploads.wrong
        found.kills += 1
        for coder in work:
            found.kept += coder.kept
            found.wrong += coder.wrong
        with CaseStore.open(place) as store:
            lines = [line for line in wrong_in(store, found.kept, found.documents) if line not in known]
        known.update(lines)
        found.wrong += [f"kill {found.kills}: {line}" for line in lines]
    return found


def _kill(
    begun: threading.Event,
    gone: threading.Event,
    one_read: threading.Event | None,
    *,
    moment: float,
    kill: Callable[[], None],
) -> None:
    begun.wait(FIRST_WITHIN)
    if one_read is not None:
        one_read.wait(FIRST_WITHIN)
    time.sleep(moment)
    gone.set()
    kill()


def _serves(address: str, case: str, name: str, password: str) -> list[str]:
    try:
        return [] if _cards(address, case, name, password) else [f"kill: {case} shows no statements any more"]
    except RuntimeError as error:
        return [f"the desk does not serve again: {error}"]


def _cards(address: str, case: str, name: str, password: str) -> list[Card]:
    with Browser(address) as browser:
        if password:
            browser.log_in(name, password)
        return cards(browser.page(f"{case}/check?state=all", kind="page"))


@dataclass(slots=True)
class _Uploads:
    """Somebody who pastes one text after the other; `told` has the names of those that were reported as added."""

    browser: Browser
    case: str
    numbers: count[int]
    gone: threading.Event
    told: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    one_read: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    def begin(self, name: str, password: str) -> None:
        """Paste, beside what others do."""
        self.thread = threading.Thread(target=self._work, args=(name, password), daemon=True)
        self.thread.start()

    def end(self) -> None:
        """Wait until the last has come to nothing."""
        if self.thread is not None:
            self.thread.join()
        self.browser.close()

    def _work(self, name: str, password: str) -> None:
        try:
            if password:
                self.browser.log_in(name, password)
            self.browser.page(f"{self.case}/add", kind="page")
            while not self.gone.is_set():
                self._paste(next(self.numbers))
        except (httpx2.TransportError, RuntimeError) as error:
            if not self.gone.is_set():
                self.wrong.append(f"adding: {error!r}")
        self.one_read.set()

    def _paste(self, number: int) -> None:
        form = {"text": UPLOADED.format(number=number), "title": f"Pasted {number}"}
        answer = self.browser.http.post(f"{self.case}/add/text", data=form)
        if answer.status_code != 303:
            raise RuntimeError(f"a pasted text was answered with {answer.status_code}: {answer.text[:300]}")
        while True:
            page = self.browser.page(answer.headers["location"], kind="job")
            if not page.xpath("//article[contains(@class, 'job')]/@hx-get"):
                self.told += [str(name.text_content()) for name in page.xpath("//ul[@class='came']//a/bdi")]
                self.one_read.set()
                return
            time.sleep(0.05)
