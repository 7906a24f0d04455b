"""`winset watch`: feeds, pages and folders read on a schedule into a kept case, and a digest of what changed."""

from __future__ import annotations

import json as json_format
import re
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from winset.cli import inputs, outputs
from winset.cli.messages import BAD_INPUT, FINE, counted, one_line, progress, say
from winset.errors import BadCase

if TYPE_CHECKING:
    from winset.brief.digest_types import Digest
    from winset.watch.watcher import Round, Watcher

UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=31)

Feeds = Annotated[
    list[str],
    typer.Argument(
        metavar="FEED...",
        help="RSS or Atom addresses, pages, local feed files, folders and globs.",
        show_default=False,
    ),
]
Every = Annotated[
    str, typer.Option("--every", metavar="TIME", help="Between two rounds: 15m, 2h, 1d; a minute at least.")
]
Once = Annotated[bool, typer.Option("--once", help="One round, as for cron or a systemd timer.")]
Atom = Annotated[
    str | None,
    typer.Option(
        "-o", "--atom", metavar="FILE", help="Keep the last digests as an Atom feed in FILE.", show_default=False
    ),
]
Last = Annotated[int, typer.Option("--last", metavar="N", min=1, max=1_000, help="Digests in the Atom feed.")]
NoFollow = Annotated[
    bool, typer.Option("--no-follow", help="Take the text of a feed's entries; do not follow their links.")
]
Delay = Annotated[
    float, typer.Option("--delay", metavar="SECONDS", min=0.5, max=600, help="Between two questions to one host.")
]
Most = Annotated[
    int, typer.Option("--most", metavar="N", min=1, max=10_000, help="Entries read in one round; the others wait.")
]
Seed = Annotated[int, typer.Option("--seed", metavar="N", help="Of the spread of waits after errors.")]


def watch(
    case: inputs.KeptCase,
    feeds: Feeds,
    *,
    every: Every = "30m",
    once: Once = False,
    json: inputs.AsJson = False,
    atom: Atom = None,
    last: Last = 50,
    no_follow: NoFollow = False,
    delay: Delay = 1.0,
    most: Most = 200,
    seed: Seed = 0,
) -> int:
    """Read feeds, pages and folders on a schedule into a kept case, and tell what changed.

    New documents are added as `winset add` would; entries lead to their articles. A digest tells, with the words
    behind each line: who blocks now and who no longer, who moved, what was said, what was corrected, what was changed
    at its address, what is told differently, what could not be read. Where nothing changed nothing is printed; --json
    prints one object a round, empty ones too. Stopped anywhere, it goes on where it was.

    For example:

    winset watch tokyo.winset https://example.org/news.rss inbox/ --every 30m

    winset watch tokyo.winset https://example.org/news.rss --once -o digest.atom

    With --once it ends with status 0; 2 where a source or a document could not be read, or another watcher is at work.
    """
    from winset.store.case_store import CaseStore
    from winset.watch.settings import Settings
    from winset.watch.watcher import Watcher

    inputs.refuse_addresses(feeds)
    settings = Settings(
        sources=tuple(feeds), follow=not no_follow, every=_time(every), delay=delay, most=most, seed=seed
    )
    status = FINE
    with CaseStore.open(case) as store, progress("watching") as shown, Watcher(store, settings, tell=shown) as watcher:
        hand_over = _hand_over(watcher, atom=atom, last=last, as_json=json, sources=feeds)
        for each in watcher.rounds(once=once, trouble=say):
            hand_over(each)
            status = BAD_INPUT if each.troubled else FINE
    return status


def _hand_over(
    watcher: Watcher, *, atom: str | None, last: int, as_json: bool, sources: list[str]
) -> Callable[[Round], None]:
    def tell(round: Round) -> None:  # noqa: A002 - the word for it
        from winset.exchange.digest_values import digest_value
        from winset.exchange.digest_words import text_of

        if atom is not None:
            _write_feed(watcher, atom, last=last, sources=sources)
        told: tuple[Digest, ...] = round.handed_on
        if as_json and round.digest.empty:
            told = (*told, round.digest)
        for digest in told:
            if as_json:
                print(json_format.dumps(digest_value(digest), ensure_ascii=False))
            elif atom != outputs.STDOUT:
                print("\n".join(one_line(line) for line in text_of(digest)), end="\n\n")
        sys.stdout.flush()
        watcher.handed_over(round)
        if round.waiting:
            say(f"{counted(round.waiting, 'entry')} still to be read: the next round goes on")

    return tell


def _write_feed(watcher: Watcher, atom: str, *, last: int, sources: list[str]) -> None:
    """The feed whole or not at all, and only where it is another than what is there."""
    from pathlib import Path

    from winset.exchange.digest_atom import atom as feed

    issue = watcher.store.spec().issue
    made = feed(
        watcher.latest(last), id=watcher.feed_id(), proposal=issue.proposal, body=issue.body, begun=watcher.begun()
    )
    path = Path(atom)
    if atom != outputs.STDOUT and path.is_file() and path.read_bytes() == made:
        return
    with outputs.output(atom, sources=sources) as write:
        write(made)


def _time(given: str) -> timedelta:
    """Of "30m".  Raises BadCase.

    >>> _time("90s"), _time("2h")
    (datetime.timedelta(seconds=90), datetime.timedelta(seconds=7200))
    """
    found = re.fullmatch(r"(\d{1,6}(?:\.\d{1,3})?)\s*([smhd])", given.strip().lower())
    named = timedelta(seconds=float(found[1]) * UNITS[found[2]]) if found else None
    if named is None or not SHORTEST <= named <= LONGEST:
        raise BadCase(
            f"--every {given}: write a number with s, m, h or d, as in 30m; a minute at least, 31 days at most"
        )
    return named
