"""What was done by clicks, as the line for a terminal or the Python that does the same.

Each function takes the case's place, a path or an address, as `store.place` tells it, and gives one line. Words are
quoted for a POSIX shell; a word that would be read as an option comes after `--`.

>>> accept("tokyo.winset", "9cdd0514860fd41c")
'winset check tokyo.winset accept 9cdd0514860fd41c'
>>> decide("tokyo.winset", ["Germany=20..80", "France=abstain"])
'winset decide tokyo.winset --what-if Germany=20..80 --what-if France=abstain'
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields

from winset.positions.rulings import PROPOSAL_ITSELF, Codes

Span = tuple[int, int]


def line(verb: str, *words: str, options: Iterable[tuple[str, str]] = ()) -> str:
    """`winset VERB WORDS... --OPTION VALUE...`, as a shell takes it.

    >>> line("ask", "tokyo.winset", "who pays?", options=[("--top", "3")])
    "winset ask tokyo.winset 'who pays?' --top 3"
    >>> line("actors", "a.winset", "is", "-5", "France")
    'winset actors a.winset is -- -5 France'
    """
    given = [part for name, value in options for part in _option(name, value)]
    first = next((number for number, word in enumerate(words) if word.startswith("-")), None)
    if first is None:
        return shlex.join(["winset", verb, *words, *given])
    return shlex.join(["winset", verb, *words[:first], *given, "--", *words[first:]])


def add_documents(place: str, sources: Sequence[str]) -> str:
    """Read documents into the case: files, folders and addresses."""
    return line("add", place, *sources)


def queue(place: str) -> str:
    """What is open to be checked."""
    return line("check", place, "queue")


def accept(place: str, statement: str) -> str:
    """Take over the machine's stance."""
    return line("check", place, "accept", statement)


def wrong(place: str, statement: str, *, why: str = "") -> str:
    """Mark a statement as none."""
    return line("check", place, "wrong", statement, options=_why(why))


def right(place: str, statement: str, *, why: str = "") -> str:
    """Mark a statement as one after all."""
    return line("check", place, "right", statement, options=_why(why))


def code(place: str, statement: str, codes: Codes, *, why: str = "") -> str:
    """Code a statement: the stance, and whatever else was coded.

    >>> code("a.winset", "9cdd0514860fd41c", Codes(stance="oppose", firmness=1.0, hedged=False))
    'winset check a.winset code 9cdd0514860fd41c oppose --firmness 1 --not-hedged'
    """
    given: list[tuple[str, str]] = []
    for field in fields(codes):
        value = getattr(codes, field.name)
        if value is not None and field.name != "stance":
            given.append(_coded(field.name, value))
    words = (codes.stance,) if codes.stance else ()
    return line("check", place, "code", statement, *words, options=[*given, *_why(why)])


def spans(
    place: str,
    statement: str,
    *,
    source: Span | None,
    cue: Span | None,
    contents: Sequence[Span],
    why: str = "",
) -> str:
    """Give a statement other words: offsets into the document's text.

    >>> spans("a.winset", "9cdd0514860fd41c", source=(0, 6), cue=None, contents=[(12, 30)])
    'winset check a.winset spans 9cdd0514860fd41c --source 0-6 --content 12-30'
    """
    return line("check", place, "spans", statement, options=[*_spans(source, cue, contents), *_why(why)])


def mark(
    place: str, document: str, *, source: Span | None, cue: Span | None, contents: Sequence[Span], why: str = ""
) -> str:
    """Add a statement that the machine did not find."""
    return line("check", place, "add", document, options=[*_spans(source, cue, contents), *_why(why)])


def undo(place: str, change: int | None = None, *, why: str = "") -> str:
    """Take back a change; without a number one's own last."""
    return line("check", place, "undo", *([str(change)] if change is not None else []), options=_why(why))


def log(place: str) -> str:
    """Who changed what, when."""
    return line("check", place, "log")


def is_actor(place: str, subject: str, actor: str, *, documents: Sequence[str] = (), why: str = "") -> str:
    """Say who a source is."""
    return line("actors", place, "is", subject, actor, options=[*_within(documents), *_why(why)])


def merge(place: str, subject: str, actor: str, *, why: str = "") -> str:
    """Say that two names are one."""
    return line("actors", place, "merge", subject, actor, options=_why(why))


def split(
    place: str,
    subject: str,
    actor: str,
    *,
    statements: Sequence[str] = (),
    documents: Sequence[str] = (),
    why: str = "",
) -> str:
    """Say that some statements of one are another's."""
    which = [("--statement", id) for id in statements]
    return line("actors", place, "split", subject, options=[*which, *_within(documents), ("--as", actor), *_why(why)])


def undo_judgement(place: str, number: int, *, why: str = "") -> str:
    """Take back what was said of a source."""
    return line("actors", place, "undo", str(number), options=_why(why))


def settle(place: str, discrepancy: str, said: str, *, why: str = "") -> str:
    """Say which telling is right: its number from 1, both, neither or none."""
    return line("discrepancies", place, "settle", discrepancy, said, options=_why(why))


def decide(place: str, what_ifs: Sequence[str] = (), *, cost: float = 0.0) -> str:
    """The answer, and what it would be if things were otherwise."""
    costs = [("--cost-of-objecting", f"{cost:g}")] if cost else []
    return line("decide", place, options=[*costs, *(("--what-if", change) for change in what_ifs)])


def brief(place: str, file: str) -> str:
    """The brief as a file; its ending says which kind."""
    return line("brief", place, options=[("-o", file)])


def tables(place: str, file: str, *, only: Sequence[str] = ()) -> str:
    """The tables as a workbook, an archive of CSV, JSON, or a folder with a / at its end."""
    return line("tables", place, options=[("-o", file), *(("--table", name) for name in only)])


def python_brief(place: str) -> str:
    """The brief as a value in Python; `winset.brief.pdf`, `word`, `html`, `markdown` and `json` lay it out.

    >>> print(python_brief("tokyo.winset"))
    from winset.pipeline.brief import compose_brief
    from winset.pipeline.kept_cases import kept_material
    from winset.store.case_store import CaseStore
    <BLANKLINE>
    with CaseStore.open('tokyo.winset') as store:
        brief = compose_brief(store.spec(), kept_material(store))
    """
    return (
        "from winset.pipeline.brief import compose_brief\n"
        "from winset.pipeline.kept_cases import kept_material\n"
        "from winset.store.case_store import CaseStore\n\n"
        f"with CaseStore.open({place!r}) as store:\n"
        "    brief = compose_brief(store.spec(), kept_material(store))"
    )


def _option(name: str, value: str) -> tuple[str, ...]:
    """As one word where the value alone would be read as an option."""
    if not value:
        return (name,)
    return (f"{name}={value}",) if value.startswith("-") and name.startswith("--") else (name, value)


def _why(why: str) -> list[tuple[str, str]]:
    return [("--why", why)] if why else []


def _within(documents: Sequence[str]) -> list[tuple[str, str]]:
    return [("--in", name) for name in documents]


def _spans(source: Span | None, cue: Span | None, contents: Sequence[Span]) -> list[tuple[str, str]]:
    named = [("--source", source), ("--cue", cue), *(("--content", each) for each in contents)]
    return [(name, f"{part[0]}-{part[1]}") for name, part in named if part is not None]


_FLAGS: Mapping[str, tuple[str, str]] = {
    "hedged": ("--hedged", "--not-hedged"),
    "conditional": ("--conditional", "--not-conditional"),
}


def _coded(name: str, value: object) -> tuple[str, str]:
    if name in _FLAGS:
        return _FLAGS[name][0 if value else 1], ""
    if name == "rung":
        return "--rung", "proposal" if value == PROPOSAL_ITSELF else str(value)
    return f"--{name}", f"{value:g}" if isinstance(value, float) else str(value)
