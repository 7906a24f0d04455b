"""Passages of the documents that answer a question, or hold the words looked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from winset.actors.registry import registry
from winset.brief.wording import shown
from winset.mcp import models, untrusted
from winset.mcp.answered import Answered
from winset.mcp.whom import named
from winset.pipeline.asking import replied
from winset.sourcing.asking.asked import asked
from winset.sourcing.asking.terms import Named, beginnings
from winset.store.full_text import search
from winset.store.passage_index import index_of

if TYPE_CHECKING:
    from winset.mcp.cases import ServedCase, View
    from winset.mcp.citing import Cites
    from winset.sourcing.asking.replies import Heard


def search_passages(case: ServedCase, given: models.Searching) -> Answered:
    """By meaning where the case is small enough to be indexed whole, else by words."""
    view = case.view()
    cites = case.cites(view)
    by_meaning = given.by == "meaning" and not view.large
    if by_meaning:
        found, answered = _by_meaning(case, view, given, cites)
    else:
        found = list(_by_words(case, given.question, given.limit, cites))
        if not found and given.by == "meaning":  # a question's own words stand in few texts: "who", "why", "opposes"
            found = list(_by_words(case, " ".join(beginnings(given.question)), given.limit, cites))
        answered = bool(found)
    value = models.Passages(
        case=case.name, version=view.version, documents=cites.documents, answered=answered, passages=found
    )
    how = "answer it" if answered and by_meaning else "hold these words" if answered else "come nearest"
    head = f"{len(found)} passages that {how}." if found else "Nothing here answers this."
    if not answered and found:
        head = f"Nothing here answers this. {len(found)} passages come nearest; do not cite them as an answer."
    if given.by == "meaning" and view.large:
        head += " The case is large: words were looked for, not their meaning."
    return Answered(head=head, lines=(*_lines(found, cites), *cites.lines()), value=value)


def _by_meaning(
    case: ServedCase, view: View, given: models.Searching, cites: Cites
) -> tuple[list[models.Passage], bool]:
    known = view.once("named", lambda: Named(registry(view.additions)))
    question = asked(given.question, known)
    with index_of(tuple(view.texts.values()), known, case=case.store.database) as index:
        reply = replied(question, index, view.texts, known, material=lambda _telling: view.material, top=given.limit)
    return [_heard(each, cites) for each in reply.heard], reply.answered


def _heard(each: Heard, cites: Cites) -> models.Passage:
    who, said = each.identification, each.statement
    return models.Passage(
        words=cites.words(each.passage.anchor),
        score=round(each.passage.score, 3),
        actor=named(who.represents) if who and who.represents else None,
        speaker=untrusted.name(who.speaker) if who else None,
        said_on=said.said_on.text if said and said.said_on else None,
        origin=untrusted.name(shown(each.origin.label)) if each.origin else None,
        statement_id=said.id if said else None,
    )


def _by_words(case: ServedCase, words_wanted: str, limit: int, cites: Cites) -> Iterator[models.Passage]:
    """The sentences around the words, each once."""
    seen: set[tuple[str, int]] = set()
    for hit in search(case.store.database, words_wanted, limit=limit * 4, each=6):
        words = cites.around(hit.document_id, hit.start, hit.end)
        if (hit.document_id, words.start) in seen:
            continue
        seen.add((hit.document_id, words.start))
        yield models.Passage(
            words=words,
            score=None,
            actor=None,
            speaker=None,
            said_on=None,
            origin=None,
            statement_id=None,
        )
        if len(seen) == limit:
            return


def _lines(found: Iterable[models.Passage], cites: Cites) -> Iterator[str]:
    for number, each in enumerate(found, start=1):
        told = (
            each.actor,
            each.speaker if each.speaker != each.actor else None,
            f"said {each.said_on}" if each.said_on else None,
            f"origin: {each.origin}" if each.origin else None,
            f"score {each.score:.2f}" if each.score is not None else None,
            f"statement_id {each.statement_id}" if each.statement_id else None,
        )
        yield f"{number}. {cites.quoted(each.words)}"
        if any(told):
            yield "   " + " | ".join(filter(None, told))
