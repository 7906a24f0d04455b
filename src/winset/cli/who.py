"""`winset who`: who is meant by some words, or by each line of a file of sources."""

from __future__ import annotations

import contextlib
import json as json_format
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from winset.cli import inputs, outputs
from winset.cli.attribute import Complaints, opened
from winset.cli.json_schemas import of_schema
from winset.cli.messages import BAD_INPUT, FINE, counted, one_line
from winset.errors import BadCase, NotText

if TYPE_CHECKING:
    from datetime import date

    from winset.actors.registry import Registry
    from winset.actors.types import Identification

Words = Annotated[
    list[str],
    typer.Argument(metavar="WORDS...", help="Who is meant, each in quotes; with --file, where the answers go."),
]
On = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="The day whose offices count, YYYY-MM-DD.  [default: today]"),
]
File = Annotated[
    str | None,
    typer.Option(
        "--file",
        metavar="SPANS",
        help='JSON lines of {"source": WORDS, "on": DATE} or {"text", "source": [start, end], "published": DATE};'
        " - for stdin. WORDS is then the file of answers, - for stdout.",
        show_default=False,
    ),
]


def who(
    words: Words,
    *,
    file: File = None,
    on: On = None,
    registry: inputs.Registries = None,
    json: inputs.AsJson = False,
) -> int:
    """Who is meant by some words. Whom they speak for, in what role, and what told so.

    Unresolved is an answer. In a file, spans of one text that follow each other are answered together.

    For example:

    winset who "the French foreign minister" "Hungary and Poland" --on 2023-07-11

    winset who --file spans.jsonl answers.jsonl
    """
    day, known = inputs.day(on), inputs.known(registry)
    if file is not None:
        return _file(file, words, known, on=day, json=json, beside=registry or ())
    from winset.actors.asking import who_is
    from winset.exchange.source_lines import identification_dict

    answers = [(phrase, who_is(phrase, known, on=day)) for phrase in words]
    if json:
        told = [
            {
                "words": phrase,
                "on": day.isoformat(),
                "who": [identification_dict(each, phrase, known, on=day) for each in found],
            }
            for phrase, found in answers
        ]
        print(json_format.dumps(told, ensure_ascii=False, indent=1))
        return FINE
    for phrase, found in answers:
        print(one_line(phrase))
        for each in found:
            print(f"  {one_line(_in_words(each, phrase, known, on=day))}")
    return FINE


def _in_words(each: Identification, phrase: str, known: Registry, *, on: date) -> str:
    """France | actor | foreign minister, Ann Bee | 0.92, office on the date."""
    from winset.actors.asking import offices_of

    told = ", ".join(filter(None, (each.role, each.speaker)))
    held = "; ".join(
        f"{office.title} {office.holder}, {office.start or 'start unknown'} to {office.end or 'now'}"
        for office in offices_of(each, phrase, known, on=on)
    )
    joint = ", joint" if each.joint else ""
    speaks_as = f"{each.speaks_as.value}{joint}"
    parts = (each.represents or "nobody in particular", speaks_as, told, f"holder: {held}" if held else "")
    return f"{' | '.join(filter(None, parts))} | {each.score:.2f}, {each.rule}"


def _file(source: str, words: list[str], known: Registry, *, on: date, json: bool, beside: Sequence[str]) -> int:
    """beside: further files that are read, none of which may be written over."""
    from winset.corpus.types import Rejected
    from winset.exchange.source_lines import answered, asked

    if len(words) != 1:
        raise BadCase("--file takes one name more, where the answers go: write winset who --file SPANS ANSWERS")
    (target,), complaints, count = words, Complaints(), 0
    name = "stdin" if source == outputs.STDOUT else source
    with opened(source, target) as stream, _written(target, [source, *beside]) as write:
        for answer in answered(asked(stream, name=name), known, on=on):
            if isinstance(answer, Rejected):
                complaints.tell(answer)
            else:
                write(answer)
                count += 1
        complaints.end()
        if complaints.told and not count:
            raise NotText(f"{name}: no line of it could be read, so nothing is written")
    told: dict[str, Any] = {"answers": count, "rejected": complaints.told}
    if json:
        print(json_format.dumps(of_schema("who", told)), file=sys.stderr if target == outputs.STDOUT else sys.stdout)
    elif target != outputs.STDOUT:
        print(one_line(f"{counted(count, 'answer')}: {target}"))
    return BAD_INPUT if complaints.told else FINE


@contextlib.contextmanager
def _written(target: str, sources: Sequence[str]) -> Iterator[Callable[[str], object]]:
    """Takes the answers: a file has all of them in the end or stays as it was; a pipe gets each at once."""
    if target != outputs.STDOUT:
        with outputs.output(target, sources=sources) as write:
            yield write
        return
    sys.stdout.flush()
    yield lambda line: sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()
