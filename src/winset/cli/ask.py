"""`winset ask`: the passages of the documents that answer a question, word for word."""

from __future__ import annotations

import json as json_format
from typing import TYPE_CHECKING, Annotated, Any

import typer

from winset.cli import inputs
from winset.cli.json_schemas import of_schema
from winset.cli.messages import BAD_INPUT, FINE, one_line, progress, say, say_rejected
from winset.errors import BadCase, BadQuestion

if TYPE_CHECKING:
    from winset.sourcing.asking.replies import Heard, Reply

LONGEST = 10_000  # characters of an argument that are looked at at all
MOST = 50
NOTHING = "nothing here answers this"

Words = Annotated[
    list[str],
    typer.Argument(
        metavar="CASE... QUESTION",
        help="A kept case, a case file, or documents; and last the question, in quotes.",
        show_default=False,
    ),
]
Top = Annotated[int, typer.Option("--top", metavar="N", min=1, max=MOST, help="How many passages at most.")]
Nearest = Annotated[
    bool, typer.Option("--nearest", help="Where nothing answers, show the passages that come nearest all the same.")
]


def ask(
    words: Words,
    *,
    top: Top = 5,
    nearest: Nearest = False,
    registry: inputs.Registries = None,
    json: inputs.AsJson = False,
) -> int:
    """What the documents say to a question. Passages word for word, or "nothing here answers this".

    Each passage comes with who says it, when, and where that is from. Nothing is composed. A kept case keeps its index;
    documents are indexed anew by each call.

    For example:

    winset ask tokyo.winset "How does Seoul see it?"

    winset ask reports/ "Who opposes the office, and why?" --json
    """
    if len(words) == 1:
        raise BadCase("one thing is missing: write winset ask CASE 'QUESTION', the question last and in quotes")
    *documents, question = words
    if len(question) > LONGEST:
        raise BadQuestion(f"a question of {len(question):,} characters: ask in a sentence or two")
    reply = _reply(question, documents, top=top, registries=registry)
    shown = reply.heard if reply.answered or nearest else ()
    if json:
        print(json_format.dumps(of_schema("ask", _values(reply, shown)), ensure_ascii=False, indent=1))
    else:
        from winset.brief.wording import without_links

        if not reply.answered:
            print(f"{NOTHING}; nearest:" if shown else NOTHING)
        for each in shown:
            quoted = without_links(each.document.text, *each.passage.anchor.span)
            print(one_line(f"“{' '.join(quoted.split())}”"))
            print(one_line(f"  {_who(each)}"))
    return BAD_INPUT if reply.rejected else FINE


def _reply(question: str, documents: list[str], *, top: int, registries: list[str] | None) -> Reply:
    """Raises BadQuestion before anything is read, and what `inputs.request` raises."""
    from winset.pipeline.asking import asked
    from winset.sourcing.asking.asked import checked

    checked(question)
    wanted = inputs.request(documents, inputs.Stated.of_nothing(), may_lack_proposal=True, registries=registries)
    with progress("reading") as shown:
        if wanted.kept:
            from winset.store.case_store import CaseStore

            with CaseStore.open(wanted.kept) as store:
                reply = asked(question, store, top=top, progress=shown)
                every = store.counts()["document"]
        else:
            reply = asked(
                question, wanted.sources, top=top, spec=wanted.spec, progress=shown, additions=wanted.additions
            )
    if wanted.kept and reply.documents < every:
        say(f"a large case: of its {every:,} documents the {reply.documents} that hold most words of it were asked")
    for rejected in reply.rejected:
        say_rejected(rejected)
    if not reply.documents:
        if wanted.kept:
            raise BadCase(f"{wanted.kept}: holds no document yet: add some with `winset add {wanted.kept} DOCS...`")
        raise BadCase("no document could be read, so there is nothing to ask")
    return reply


def _who(each: Heard) -> str:
    """France, Ann Bee | 2023-06-05 | Evening Ledger, via a.txt | a.txt 120-260 | 0.81."""
    from winset.exchange.statement_lines import document_label

    who, said = each.identification, each.statement
    named = ", ".join(filter(None, (who.represents, who.speaker))) if who else ""
    day = said.said_on if said and said.said_on else None
    published = f"published {each.document.published}" if day is None and each.document.published else ""
    place = f"{document_label(each.document.name)} {each.passage.anchor.start}-{each.passage.anchor.end}"
    told = (named, str(day) if day else published, each.origin.label if each.origin else "", place)
    return f"{' | '.join(filter(None, told))} | score {each.passage.score:.2f}"


def _values(reply: Reply, shown: tuple[Heard, ...]) -> dict[str, Any]:
    from winset.exchange.reply_values import passage_values

    return {
        "question": reply.question,
        "answered": reply.answered,
        "score": round(reply.score, 4),
        "threshold": reply.threshold,
        "documents": reply.documents,
        "passages": [
            passage_values(each.passage, each.document, each.statement, each.identification, each.origin)
            for each in shown
        ],
        "rejected": [{"name": each.name, "reason": each.reason} for each in reply.rejected],
    }
