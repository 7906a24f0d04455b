"""`winset recode`: the documents of a kept case coded again, by this version or by other methods."""

from __future__ import annotations

import json as json_format
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from winset.cli import inputs
from winset.cli.json_schemas import of_schema
from winset.cli.messages import BAD_INPUT, FINE, counted, one_line, progress, say

if TYPE_CHECKING:
    from winset.bulk.recoding import Recoded
    from winset.store.case_store import CaseStore

MINUTE, HOUR = 60, 3_600

Older = Annotated[bool, typer.Option("--older", help="Only documents that another version of winset coded.")]
Anew = Annotated[bool, typer.Option("--anew", help="Give up a coding that was interrupted, and begin with this one.")]
Processes = Annotated[
    int | None,
    typer.Option("--processes", metavar="N", min=1, max=256, help="How many code.  [default: as many as pay]"),
]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who does it.  [default: your login name]")]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="Your reason.", show_default=False)]


def recode(
    case: inputs.KeptCase,
    *,
    attributor: inputs.Attributors = None,
    stance: inputs.StanceMethod = None,
    older: Older = False,
    anew: Anew = False,
    processes: Processes = None,
    by: By = None,
    why: Why = "",
    json: inputs.AsJson = False,
) -> int:
    """Code the documents of a kept case again: after an update of winset, or with other methods.

    What people coded, judged and marked stays: on the statement that has the same words, and where the new coding has
    none, on the old one, which then stays too. The case can be read and worked at meanwhile. Interrupted anywhere, the
    same command goes on where it stopped; `winset status` tells how far it is, and by what documents are coded.

    For example:

    winset recode tokyo.winset

    winset recode tokyo.winset --older --processes 4 --why "new version"
    """
    from winset.bulk.recoding import recode as code_again
    from winset.pipeline.reading import attributors
    from winset.store.case_store import CaseStore

    methods = attributors(inputs.names(attributor), stance=stance)
    with CaseStore.open(case) as store, progress("coding again") as shown:
        done = code_again(
            store,
            by=methods,
            who=inputs.person(by),
            why=why,
            older=older,
            anew=anew,
            processes=processes,
            progress=_progress(shown),
            tell=say,
        )
    for name, reason in done.left:
        say(f"{name}: stays as it was: {reason}")
    if json:
        print(json_format.dumps(of_schema("recode", {"case": str(case), **_values(done)}), ensure_ascii=False))
    else:
        print("\n".join(_lines(done)))
    return BAD_INPUT if done.left else FINE


def recoding_values(store: CaseStore) -> dict[str, Any]:
    """What `winset status` tells of it: by what the documents are coded, and how far a coding again is."""
    from winset.store.recoding import made_by, unfinished

    open_one = unfinished(store)
    return {
        "made_by": [
            {"step": each.step, "method": each.method, "version": each.version, "documents": each.documents}
            for each in made_by(store)
        ],
        "recoding": {
            "by": open_one.by,
            "started_at": open_one.started_at,
            "methods": list(open_one.methods),
            "stance": open_one.stance,
            "version": open_one.version,
            "older": open_one.older,
            "done": open_one.done,
            "failed": open_one.failed,
            "last": open_one.last,
            "until": open_one.until,
        }
        if open_one
        else None,
    }


def recoding_lines(store: CaseStore) -> Iterator[str]:
    """The same in words; nothing where all is by one version and no coding is open."""
    told = recoding_values(store)
    made, open_one = told["made_by"], told["recoding"]
    if open_one is not None or len({each["version"] for each in made}) > 1:
        for each in made:
            documents = counted(each["documents"], "document")
            yield one_line(f"  {each['step']}: {each['method']} of winset {each['version']}, {documents}")
    if open_one is not None:
        how = f"{open_one['last']:,} of {open_one['until']:,} documents"
        yield one_line(
            f"coding again, begun by {open_one['by']} on {open_one['started_at']}, has come to {how}: "
            "`winset recode` with the same options goes on"
        )


def _values(done: Recoded) -> dict[str, Any]:
    of, difference = done.recoding, done.difference
    return {
        "methods": list(of.methods),
        "stance": of.stance,
        "version": of.version,
        "documents": difference.documents,
        "left": [{"name": name, "reason": reason} for name, reason in done.left],
        "same": difference.same,
        "new": difference.new,
        "gone": difference.gone,
        "held": difference.held,
        "passed_over": difference.passed_over,
    }


def _lines(done: Recoded) -> Iterator[str]:
    found = done.difference
    yield (
        f"{counted(found.documents, 'document')} coded again: {counted(found.same, 'statement')} with the same words, "
        f"{found.new:,} new, {found.gone:,} gone"
    )
    if found.held:
        yield f"{counted(found.held, 'statement')} that are no longer found stay, for people stand for them"
    if found.passed_over:
        yield f"{counted(found.passed_over, 'new statement')} passed over, in the place of what people stand for"


def _progress(shown: Callable[[str], None] | None) -> Callable[[Recoded], None] | None:
    if shown is None:
        return None
    begins: list[int] = []

    def tell(done: Recoded) -> None:
        of = done.recoding
        begins[:] = begins or [of.last]
        come, left = of.last - begins[0], of.until - of.last
        rate = done.words / done.seconds if done.seconds else 0.0
        words = f"{of.last:,} of {of.until:,} documents, {rate:,.0f} words/s"
        shown(f"{words}, {_time(left * done.seconds / come)} left" if come else words)

    return tell


def _time(seconds: float) -> str:
    """As people say it.

    >>> _time(40), _time(150), _time(9_000)
    ('40 s', '2 min', '2.5 h')
    """
    if seconds < MINUTE:
        return f"{seconds:.0f} s"
    return f"{seconds / HOUR:.1f} h" if seconds >= HOUR else f"{seconds // MINUTE:.0f} min"
