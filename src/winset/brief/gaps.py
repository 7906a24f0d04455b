"""Section 7: what we do not know, each gap with its size, each assumption with its measured effect."""

from __future__ import annotations

from collections.abc import Iterator

from winset.brief.answer import turns
from winset.brief.index import HALF_WAY, Index, on_record, relevant
from winset.brief.resting import asked
from winset.brief.types import Claim, ClaimKind
from winset.brief.wording import count, listing, percent, sentence, the
from winset.corpus.disguises import alphabets, hidden
from winset.decisions.types import Assumption
from winset.positions import stance_taking
from winset.statements.attributing import ASKED
from winset.statements.languages import untold

SAME = 0.005  # probabilities that print alike
NAMED = 8  # of what is disguised; all are cited
UNSURE = HALF_WAY  # an identification more likely wrong than right


def gaps(index: Index) -> tuple[Claim, ...]:
    """Members, sources, single origins, then what was refused and who coded; assumptions last."""
    return (
        *_silent(index),
        *_sources(index),
        *_single_origin(index),
        *_undecided(index),
        *_questions(index),
        *_other_languages(index),
        *_disguised(index),
        *_rejected(index),
        *_duplicates(index),
        *_refused(index),
        *_language_model(index),
        *(_assumed(index, assumption) for assumption in index.brief.forecast.assumptions),
    )


def effect(assumption: Assumption) -> str:
    """What the answer would be otherwise: "no difference", "12 points", or that it turns."""
    held, otherwise = assumption.adopted_if_held, assumption.adopted_otherwise
    if turns(assumption):
        return "the answer would be another"
    if abs(held - otherwise) < SAME:
        return "no difference to the answer"
    points = max(1, round(abs(held - otherwise) * 100))
    return f"the same answer, {count(points, 'percentage point')} {'less' if otherwise < held else 'more'} for adoption"


def _silent(index: Index) -> Iterator[Claim]:
    names = [the(party.name) for party in index.silent_members]
    if names:
        who = "1 member has" if len(names) == 1 else f"{len(names)} members have"
        yield Claim(
            text=f"{who} nothing on record for or against it: {listing(names)}. Their silence is not read as consent."
            if len(names) > 1
            else f"{who} nothing on record for or against it: {names[0]}. Its silence is not read as consent.",
            kind=ClaimKind.RECORDED,
            cites=(index.brief.body.key,),
        )


def _sources(index: Index) -> Iterator[Claim]:
    lost = [coded for coded in index.brief.statements if not coded.identification.is_somebody]
    about = sum(relevant(coded) for coded in lost)
    if lost:
        stated = f"{about or 'none'} of them about the proposal" if len(lost) > 1 else _about_it(about)
        yield Claim(
            text=f"{count(len(lost), 'statement')} {'has' if len(lost) == 1 else 'have'} a source that was not"
            f" identified, {stated}. {'It moves' if len(lost) == 1 else 'They move'} no member’s position.",
            kind=ClaimKind.RECORDED,
            cites=tuple(str(coded.id) for coded in lost),
        )
    doubtful = [
        coded
        for coded in index.brief.statements
        if coded.identification.is_somebody and coded.identification.score < UNSURE and relevant(coded)
    ]
    if doubtful:
        yield Claim(
            text=f"{count(len(doubtful), 'statement')} about the proposal"
            f" {'is' if len(doubtful) == 1 else 'are'} ascribed to an actor on weak grounds.",
            kind=ClaimKind.ESTIMATED,
            cites=tuple(str(coded.id) for coded in doubtful),
        )


def _about_it(about: int) -> str:
    return "and it is about the proposal" if about else "and it is not about the proposal"


def _single_origin(index: Index) -> Iterator[Claim]:
    alone = [party for party in index.members if party.position and on_record(party) and party.position.origins == 1]
    if alone:
        names = listing([the(party.name) for party in alone])
        rests = f"The position of {names} rests" if len(alone) == 1 else f"The positions of {names} each rest"
        yield Claim(
            text=f"{rests} on a single origin: were that report wrong, nothing else would hold it.",
            kind=ClaimKind.RECORDED,
            cites=tuple(dict.fromkeys(str(id) for party in alone if party.position for id in party.position.evidence)),
        )


def _undecided(index: Index) -> Iterator[Claim]:
    """What the documents tell differently without deciding it, and no person settled."""
    settled = index.brief.settled
    left = [
        each
        for each in index.brief.discrepancies
        if each.right is None and len(each.tellings) > 1 and each.id not in settled
    ]
    if left:
        told = "thing is" if len(left) == 1 else "things are"
        yield Claim(
            text=f"{len(left)} {told} told differently, and nothing in the documents says which is right.",
            kind=ClaimKind.ESTIMATED,
            cites=tuple(dict.fromkeys(str(each.anchor.document_id) for row in left for each in row.tellings)),
        )


def _questions(index: Index) -> Iterator[Claim]:
    """What the documents ask themselves."""
    if open_ones := asked(index):
        left = sum(not each.passages for each in open_ones)
        rest = f"nothing here answers {left} of them" if left else "each has passages that speak to it"
        if len(open_ones) == 1:
            rest = "nothing here answers it" if left else "passages here speak to it"
        elif left == len(open_ones):
            rest = "nothing here answers any of them"
        yield Claim(
            text=f"The documents ask {count(len(open_ones), 'question')}; {rest}.",
            kind=ClaimKind.QUOTED,
            cites=tuple(dict.fromkeys(str(each.document_id) for each in open_ones)),
        )


def _other_languages(index: Index) -> Iterator[Claim]:
    """Documents and paragraphs that are not in English, and texts that do not say what they are in."""
    elsewhere = index.other_languages
    whole = {id: found for id, found in elsewhere.items() if found.whole}
    partly = {id: found for id, found in elsewhere.items() if not found.whole}
    only = "only quotation marks and speaker labels were read there, not indirect speech"
    if whole:
        tongues = list(dict.fromkeys(name for found in whole.values() for name in found.names))
        named = [
            index.title(id) + (f" ({listing(found.names)})" if len(tongues) > 1 else "") for id, found in whole.items()
        ]
        yield Claim(
            text=f"{count(len(whole), 'document')} {'is' if len(whole) == 1 else 'are'} in {listing(tongues)}: {only}:"
            f" {listing(named)}.",
            kind=ClaimKind.RECORDED,
            cites=tuple(map(str, whole)),
        )
    if partly:
        named = [
            f"{index.title(id)} ({count(found.paragraphs, 'paragraph')} in {listing(found.names)})"
            for id, found in partly.items()
        ]
        yield Claim(
            text=f"{count(len(partly), 'document')} {'is' if len(partly) == 1 else 'are'} partly in another language"
            f" than English; {only}: {listing(named)}.",
            kind=ClaimKind.RECORDED,
            cites=tuple(map(str, partly)),
        )
    unsure = [document for document in index.brief.documents if untold(document) and document.id not in elsewhere]
    if unsure:
        it, was = ("it", "was") if len(unsure) == 1 else ("they", "were")
        yield Claim(
            text=f"{count(len(unsure), 'document')} {'does' if len(unsure) == 1 else 'do'} not say in which language"
            f" {it} {was} written; {it} {was} read as English: {listing([index.title(each.id) for each in unsure])}.",
            kind=ClaimKind.RECORDED,
            cites=tuple(str(document.id) for document in unsure),
        )


def _disguised(index: Index) -> Iterator[Claim]:
    """Sources written in two alphabets that look alike, and documents with characters that turn or hide writing."""
    odd = {
        coded.statement.source.exact: (found, str(coded.id))
        for coded in index.brief.statements
        if coded.statement.source and (found := alphabets(coded.statement.source.exact))
    }
    if odd:
        named = _first([f"“{words}” ({' and '.join(found)})" for words, (found, _) in odd.items()])
        yield Claim(
            text=f"{count(len(odd), 'source')} {'is' if len(odd) == 1 else 'are'} written with letters of several"
            f" alphabets that look alike, and so may look like a name that {'it is' if len(odd) == 1 else 'they are'}"
            f" not: {listing(named)}.",
            kind=ClaimKind.RECORDED,
            cites=tuple(id for _, id in odd.values()),
        )
    holding = {str(each.id): many for each in index.brief.documents if (many := hidden(each.text))}
    if holding:
        titles = {str(each.id): index.title(each.id) for each in index.brief.documents}
        named = _first([f"{titles[id]} ({many:,})" for id, many in holding.items()])
        yield Claim(
            text=f"{count(len(holding), 'document')} {'holds' if len(holding) == 1 else 'hold'} characters that turn"
            f" the direction of writing or do not show; each is shown as \ufffd: {listing(named)}.",
            kind=ClaimKind.RECORDED,
            cites=tuple(holding),
        )


def _first(named: list[str]) -> list[str]:
    return named if len(named) <= NAMED else [*named[: NAMED - 1], f"{len(named) - NAMED + 1:,} more"]


def _rejected(index: Index) -> Iterator[Claim]:
    if rejected := index.brief.rejected:
        yield Claim(
            text=f"{count(len(rejected), 'document')} could not be read and"
            f" {'is' if len(rejected) == 1 else 'are'} not part of this brief.",
            kind=ClaimKind.RECORDED,
            cites=tuple(row.name for row in rejected),
        )


def _duplicates(index: Index) -> Iterator[Claim]:
    if copies := index.brief.duplicates:
        yield Claim(
            text=f"{count(len(copies), 'document')} {'is a copy' if len(copies) == 1 else 'are copies'},"
            " or nearly, of another; what a copy repeats is counted once.",
            kind=ClaimKind.RECORDED,
            cites=tuple(copy.name for copy in copies),
        )


def _refused(index: Index) -> Iterator[Claim]:
    if refused := index.brief.refused_spans:
        yield Claim(
            text=f"{count(refused, 'proposed statement')} {'was' if refused == 1 else 'were'} refused because the words"
            " did not stand where they were said to stand.",
            kind=ClaimKind.RECORDED,
            cites=tuple(method for step, method in index.brief.how_made.methods if step.startswith("statement"))
            or (index.brief.how_made.winset_version,),
        )


def _language_model(index: Index) -> Iterator[Claim]:
    """Which model read the documents, and where; which of them were coded without it."""
    for step, method in index.brief.how_made.methods:
        if step == ASKED:
            yield Claim(
                text=f"Documents were coded by a language model, {method}, which was sent their text. Each of its words"
                " was found again in them; asked again, it may find others.",
                kind=ClaimKind.RECORDED,
                cites=(f"{step}: {method}",),
            )
        if step == stance_taking.ASKED:
            yield Claim(
                text=f"Statements were judged for or against by a language model, {method}, which was sent their text."
                " Each of the words it says decided was found again there; asked again, it may judge otherwise.",
                kind=ClaimKind.RECORDED,
                cites=(f"{step}: {method}",),
            )
    yield from _not_by_the_model(index)
    if unanswered := index.brief.unanswered:
        was = "was" if len(unanswered) == 1 else "were"
        yield Claim(
            text=f"{count(len(unanswered), 'document')} {was} coded without the language model, which gave no answer:"
            f" {listing([index.title(id) for id in unanswered])}.",
            kind=ClaimKind.RECORDED,
            cites=tuple(str(id) for id in unanswered),
        )


def _not_by_the_model(index: Index) -> Iterator[Claim]:
    """Statements that a language model was to judge, and of which it told nothing that holds."""
    asked = {stance_taking.ASKED, stance_taking.UNANSWERED} & {step for step, _ in index.brief.how_made.methods}
    others = [
        coded
        for coded in index.brief.statements
        if coded.stance.by.startswith("machine") and not coded.stance.by.startswith("machine: language-model")
    ]
    if asked and others:
        was, them = ("was", "it") if len(others) == 1 else ("were", "them")
        otherwise = others[0].stance.by.removeprefix("machine: ")
        yield Claim(
            text=f"{count(len(others), 'statement')} {was} judged by {otherwise} instead of the language model, which"
            f" told nothing of {them} whose words stand there.",
            kind=ClaimKind.RECORDED,
            cites=tuple(str(coded.id) for coded in others),
        )


def _assumed(index: Index, assumption: Assumption) -> Claim:
    text = assumption.text.rstrip(". ")
    return Claim(
        text=f"Assumed: {text}. With it adoption stands at {percent(assumption.adopted_if_held)};"
        f" otherwise ({assumption.otherwise.rstrip('. ')}) at {percent(assumption.adopted_otherwise)}.",
        kind=ClaimKind.ASSUMED,
        cites=(index.brief.forecast.model,),
        caveat=sentence(effect(assumption)) + ".",
    )
