"""A made case of a hundred thousand documents and more, in a file or on a server, the same for the same numbers.

python -m benchmarks.scale.cases PLACE [--documents 100000] [--worked 0] [--seed 0]

Its rows are those that winset writes, full text and trail included, but written in bulk. A document has some 250 words
of a made vocabulary whose words are as unevenly frequent as a language's, and in them ten statements.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.desk import cases as desk
from benchmarks.desk.cases import AT, AT_ONCE, COLUMNS, CUES, DECIDED, MACHINE, SAID, Maker, Portion

from winset.actors.registry import registry
from winset.actors.types import ActorKind, SpeaksAs, Standing
from winset.ids import IssueId, PartialDate, content_id
from winset.issues import CaseSpec, Issue
from winset.store import full_text
from winset.store.addresses import Place, place
from winset.store.case_store import CaseStore
from winset.store.changes import Key

DOCUMENTS = 100_000
IN_A_DOCUMENT = 10  # statements
FILLED = 6  # sentences between two statements' paragraphs that say nothing
VOCABULARY = 20_000  # words; of the ten most frequent there is one in nearly every document
MEMBERS, OTHERS, PEOPLE = 0.72, 0.93, 0.98  # shares of statements up to members, states, people; the rest is nobody's
AGENCIES = ("Reuters", "Associated Press", "Agence France-Presse", "ANSA", "EFE", "Belga")
PAPERS = tuple(f"{town} {kind}" for town in "Harbour Coast Valley Border River Island Northern Lake".split()
               for kind in "Gazette Wire Post Herald Courier Observer Record Sentinel".split())  # fmt: skip
FIRST = "Ann Bela Cleo Dino Edda Femi Gyan Hana Ivo Jana Kofi Lena Mara Nils Olga Pia".split()
LAST = "Ark Birn Cole Dorn Esk Fenn Gott Hale Ilves Jorn Kess Lund Moor Nagy Orr Pell Quist Rask Sand Toll".split()
INSTITUTES = "Harbour Institute|Centre for Fiscal Studies|Coast University|Policy Forum|Transport Society".split("|")
FORMS = ("indirect", "indirect", "indirect", "direct", "mixed")
ROLES = (None, None, "president", "foreign minister", "spokesperson", "ambassador")
SPAN = 1500  # days over which the documents came out


def made(place: Place, *, documents: int = DOCUMENTS, worked: int = 0, seed: int = 0) -> float:
    """A new kept case; returns the seconds that it took.

    worked: how many statements, from the first, a coder has worked through.
    """
    started = time.perf_counter()
    issue = Issue(proposal="Adopt a fuel levy", body="nato", rule="consensus", on=PartialDate(DECIDED.isoformat()))
    CaseStore.create(place, CaseSpec(issue=issue), created_at=AT).close()
    portions = _portions(issue.id, documents, worked, seed)
    if isinstance(place, Path):
        desk.into_file(place, portions)
    else:
        desk.onto_server(place, portions)
    return time.perf_counter() - started


@cache
def vocabulary(seed: int = 0) -> tuple[Sequence[str], Sequence[float]]:
    """Words that can be said, the most frequent first, and how frequent all up to each are together."""
    draw = random.Random(seed)
    heads, middles, ends = (
        "b d f g k l m n p r s t v br kl tr st".split(),
        "a e i o u ai ou".split(),
        "n r s l m".split(),
    )
    syllables = [head + middle + end for head in heads for middle in middles for end in ("", *ends)]
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        words["".join(draw.choices(syllables, k=2 + (len(words) > VOCABULARY // 10)))] = None
    return tuple(words), tuple(itertools.accumulate(1 / (rank + 5) for rank in range(VOCABULARY)))  # as Zipf has it


@cache
def speakers() -> tuple[tuple[tuple[Any, ...], ...], ...]:
    """(actor id, speaker, represents, words, standing, speaks as): of members, other states, people, nobody."""
    known = registry()
    members = {seat.actor_id for seat in known.seats("nato", DECIDED)}
    states = [actor for actor in known.actors.values() if actor.kind is ActorKind.STATE]
    people = [
        (f"{one} {other}", INSTITUTES[(at + to) % 5]) for at, one in enumerate(FIRST) for to, other in enumerate(LAST)
    ]
    actor, expert, nobody = SpeaksAs.ACTOR.value, SpeaksAs.EXPERT.value, SpeaksAs.COLLECTIVE.value
    member, outside, comments = Standing.MEMBER.value, Standing.OUTSIDE.value, Standing.COMMENTATOR.value
    return (
        tuple((each.id, None, each.name, each.name, member, actor) for each in states if each.id in members),
        tuple((each.id, None, each.name, each.name, outside, actor) for each in states if each.id not in members),
        tuple((None, name, f"expert: {home}", f"{name} of {home}", comments, expert) for name, home in people),
        ((None, None, None, "Some diplomats", Standing.UNKNOWN.value, nobody),),
    )


class _Big(Maker):
    """Rows of long documents in many words."""

    def __init__(self, issue_id: IssueId, worked: int, seed: int) -> None:
        super().__init__(issue_id, worked, seed=seed)
        self._groups = speakers()
        self._leaning = {who: self._draw.random() for group in self._groups for who in group}
        self._words, self._frequent = vocabulary(seed)

    def document(self, number: int, statements: int, to: Portion) -> None:
        """One document with so many statements."""
        draw = self._draw
        parts = [f"Report {number} on the fuel levy\n\n"]
        at, spans = len(parts[0]), []
        words = iter(draw.choices(self._words, cum_weights=self._frequent, k=18 * statements + 12 * FILLED))
        for count in range(statements):
            who, said = self._said()
            cue, tail = draw.choice(CUES), " ".join(itertools.islice(words, draw.randint(6, 18)))
            source, saying = who[3][0].upper() + who[3][1:], SAID[said][0]
            spans.append((who, said, at, len(source), cue))
            sentence = f"{source} {cue} that {saying}, {tail}."
            if count % 2 and count < 2 * FILLED:
                filler = " ".join(itertools.islice(words, 12)).capitalize()
                sentence = f"{sentence} {filler}."
            sentence += "\n\n" if count % 3 == 2 else " "
            at += len(sentence)
            parts.append(sentence)
        text = "".join(parts).rstrip()
        id, day = content_id("document", text), (DECIDED - timedelta(days=draw.randrange(SPAN))).isoformat()
        publisher = draw.choice(AGENCIES) if draw.random() < 0.3 else draw.choice((*PAPERS, None))
        to.add(
            "document", id=id, name=f"report-{number:07}.txt", text=text, title=f"Report {number}", authors="[]",
            publisher=publisher, published=day if number % 50 else None, language="en", media_type="text/plain",
            reader="text", found_in="[]", refused_spans=0,
        )  # fmt: skip
        to.add("full_text", document=number + 1, words=full_text.known(text))
        self._change(to, "add", Key("document", id), json.dumps({"name": f"report-{number:07}.txt"}))
        for span in spans:
            self._told(to, id, day, span)

    def _said(self) -> tuple[tuple[Any, ...], int]:
        """Who speaks, and which of SAID: for or against it as the speaker leans, one in four neither."""
        draw = self._draw
        drawn = draw.random()
        group = self._groups[(drawn >= MEMBERS) + (drawn >= OTHERS) + (drawn >= PEOPLE)]
        who = group[int(len(group) * draw.random() ** 2)]  # the first of them speak most
        if draw.random() < 0.25:
            return who, draw.choice((4, 5))
        return who, draw.choice((0, 2)) if draw.random() < self._leaning[who] else draw.choice((1, 3))

    def _told(self, to: Portion, document_id: str, day: str, span: tuple[Any, ...]) -> None:
        """A statement with whose it is and what it says, one row each."""
        draw = self._draw
        who, said, begins, length, cue = span
        words, direction, sure = SAID[said]
        source, named = (begins, begins + length), (begins + length + 1, begins + length + 1 + len(cue))
        content = (named[1] + 6, named[1] + 6 + len(words))  # " that " before it
        spans = [f"{start}-{end}" for start, end in (source, named, content)]
        id = content_id("statement", document_id, *spans, MACHINE)
        to.rows["statement"].append(
            (id, document_id, *source, *named, f"[[{content[0]}, {content[1]}]]", draw.choice(FORMS),
             draw.random() < 0.1, '["Reuters"]' if draw.random() < 0.08 else "[]",
             day if draw.random() < 0.5 else None, 0.8, MACHINE, "")
        )  # fmt: skip
        actor, speaker, represents, _, standing, speaks_as = who
        to.rows["identification"].append(
            (id, speaker, represents, actor, standing, 0.9, "made", "machine", draw.choice(ROLES), speaks_as, False)
        )
        sure = round(sure + draw.uniform(-0.1, 0.1), 2)
        relevance = 0.2 if sure < 0.5 else 0.9
        to.rows["stance"].append(
            (id, self._issue_id, relevance, direction, sure, "machine", "made", draw.choice((1.0, 0.7)), False,
             draw.random() < 0.05, draw.choice(("own", "reported", "reported", "ascribed")))
        )  # fmt: skip
        if self._made < self._worked:
            self._work(to, id, said)
        self._made += 1


def _portions(issue_id: IssueId, documents: int, worked: int, seed: int) -> Iterator[Portion]:
    maker, portion = _Big(issue_id, worked, seed), Portion()
    for number in range(documents):
        maker.document(number, IN_A_DOCUMENT, portion)
        if len(portion.rows["statement"]) >= AT_ONCE:
            yield portion
            portion = Portion()
    yield portion


assert COLUMNS["statement"][:2] == ("id", "document_id")


def main() -> int:
    """Make one and tell how long it took."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("place", help="a file, or an address as in postgresql://user@host/database#name")
    options.add_argument("--documents", type=int, default=DOCUMENTS, help="how many, each with ten statements")
    options.add_argument("--worked", type=int, default=0, help="statements that a coder has worked through")
    options.add_argument("--seed", type=int, default=0, help="another seed makes other documents")
    chosen = options.parse_args()
    seconds = made(place(chosen.place), documents=chosen.documents, worked=chosen.worked, seed=chosen.seed)
    print(f"{chosen.documents:,} documents, {chosen.documents * IN_A_DOCUMENT:,} statements in {seconds:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
