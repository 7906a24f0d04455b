"""Section 1: the answer, in words an official can read aloud, with the caveats that belong in the same breath."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from winset.brief.index import HALF_WAY, Index, by_machine
from winset.brief.types import Brief, Claim, ClaimKind, CodedStatement, Excerpt
from winset.brief.wording import chance, count, listing, on_day, percent, possessive, sentence, the
from winset.decisions.types import Assumption, Blocker, Outcome

NAMED = 3  # blockers named in the headline; the rest are counted
VERY_LIKELY, ALMOST_CERTAIN = 0.8, 0.95  # ICD203 bounds, for the adverb before "objects"

VERDICTS = {Outcome.ADOPTED: "Adopted", Outcome.BLOCKED: "Blocked", Outcome.PENDING: "Undecided"}


def answer(index: Index) -> tuple[Claim, ...]:
    """Headline first, then what an honest reader would add in the same breath."""
    told = (_headline(index), *_silence(index), *_hinges(index), _how_sure(index), *_hands(index))
    return (*told, *_excerpt(index))


def excerpt_words(excerpt: Excerpt) -> str:
    """How much the case holds, as a sentence: "The case holds 1,034,211 statements in 100,000 documents, ..."."""
    size = f"{excerpt.statements:,} statements in {excerpt.documents:,} documents"
    nobodys = f"; {excerpt.nobodys:,} are nobody’s in particular" if excerpt.nobodys else ""
    return f"The case holds {size}, {excerpt.about:,} of somebody about the proposal{nobodys}."


def verdict(index: Index) -> str:
    """One word: Adopted, Blocked or Undecided."""
    return VERDICTS[index.brief.forecast.outcome]


def objection_words(index: Index, blocker: Blocker) -> str:
    """One blocker with what stands behind it: "France objects (7 statements from 3 independent origins)"."""
    return f"{the(index.name(blocker.actor_id))} {_objects(blocker)} ({support_words(index, blocker)})"


def support_words(index: Index, blocker: Blocker) -> str:
    """How much is on record: "7 statements from 3 independent origins"."""
    behind = index.objection(blocker)
    if not behind.statements:
        return "no statement on record"
    origins = "a single origin" if behind.origins == 1 else f"{behind.origins} independent origins"
    return f"{count(behind.number, 'statement')} from {origins}"


def _headline(index: Index) -> Claim:
    brief = index.brief
    rule = f"Under {possessive(the(brief.body.name))} rule of {brief.rule_name.removeprefix('the rule ')}"
    cites = tuple(str(id) for blocker in index.likely_blockers for id in index.objection(blocker).statements)
    return Claim(
        text=f"{verdict(index)}. {rule}, {_because(index)}",
        kind=ClaimKind.MODELLED,
        cites=(*dict.fromkeys(cites), brief.body.key, *filter(None, [brief.rule_source])),
    )


def _because(index: Index) -> str:
    brief, blockers = index.brief, index.likely_blockers
    when = on_day(brief.issue.on)
    objections = _objections(index)
    match brief.forecast.outcome, bool(blockers):
        case Outcome.BLOCKED, True:
            return f"the proposal would not be adopted {when}: {objections}{_consequence(index, blockers)}."
        case Outcome.BLOCKED, False:
            return f"the proposal would not be adopted {when}: {_falls_short(index)}."
        case Outcome.ADOPTED, True:
            return f"the proposal would be adopted {when}, although {objections}: too few votes to stop it."
        case Outcome.ADOPTED, False:
            nobody = "no member on record is more likely than not to object"
            return f"the proposal would be adopted {when}: {nobody}."
        case _:
            opposed = f" So far {objections}." if blockers else ""
            return f"what is on record does not settle whether the proposal would be adopted {when}.{opposed}"


def _objections(index: Index) -> str:
    named = [objection_words(index, blocker) for blocker in index.likely_blockers[:NAMED]]
    more = len(index.likely_blockers) - len(named)
    return listing([*named, *([count(more, "more member")] if more else [])])


def _consequence(index: Index, blockers: tuple[Blocker, ...]) -> str:
    if all(blocker.alone for blocker in blockers):
        enough = {1: ", and one objection is enough", 2: "; either objection is enough"}
        return enough.get(len(blockers), "; any one of these objections is enough")
    if any(blocker.alone for blocker in blockers):
        return "; at least one of these is enough alone"
    if index.silent_members:
        return "; with the members known so far the proposal falls short of what the rule asks"
    return "; without these votes the proposal falls short of what the rule asks"


def _falls_short(index: Index) -> str:
    possible = [blocker for blocker in index.brief.forecast.blockers if blocker.alone]
    if not possible:
        return "the votes in sight fall short of what the rule asks"
    names = listing([the(index.name(blocker.actor_id)) for blocker in possible], at_most=NAMED)
    if len(possible) == 1:
        return f"{names} may object and one objection is enough"
    return f"one objection is enough and at least one of {names} is expected to object, though none is likely to alone"


def _objects(blocker: Blocker) -> str:
    if blocker.probability >= ALMOST_CERTAIN:
        return "objects"
    return "very probably objects" if blocker.probability >= VERY_LIKELY else "probably objects"


def _how_sure(index: Index) -> Claim:
    forecast = index.brief.forecast
    word, number = chance(forecast.probability), percent(forecast.probability)
    outcome = {
        Outcome.ADOPTED: "That it is adopted",
        Outcome.BLOCKED: "That it is blocked",
        Outcome.PENDING: "That the votes known leave it open",
    }[forecast.outcome]
    return Claim(
        text=f"{outcome} is {word}: {number}.",
        kind=ClaimKind.MODELLED,
        cites=(forecast.model, *filter(None, [str(forecast.run_id)])),
        caveat="The figure carries the uncertainty of the positions and the assumptions named in section 7."
        " It does not foresee bargaining or events.",
    )


def turns(assumption: Assumption) -> bool:
    """Whether the answer would be another one without it."""
    return (assumption.adopted_if_held >= HALF_WAY) != (assumption.adopted_otherwise >= HALF_WAY)


def _hinges(index: Index) -> Iterator[Claim]:
    for assumption in index.brief.forecast.assumptions:
        if turns(assumption):
            yield Claim(
                text=f"The answer turns on an assumption: {assumption.name}. With it adoption stands at"
                f" {percent(assumption.adopted_if_held)}; otherwise at {percent(assumption.adopted_otherwise)}.",
                kind=ClaimKind.ASSUMED,
                cites=(index.brief.forecast.model,),
            )


def _silence(index: Index) -> Iterator[Claim]:
    silent, members = len(index.silent_members), len(index.members)
    if not silent:
        return
    if silent == members:
        who = "The only member with a vote has" if members == 1 else f"None of the {members} members with a vote has"
        text = f"{who} {'nothing' if members == 1 else 'anything'} on record."
    else:
        have = "has" if silent == 1 else "have"
        text = f"{silent} of the {members} members with a vote {have} nothing on record for or against it."
    unknown = "It is" if silent == 1 else "They are"
    yield Claim(
        text=f"{text} {unknown} counted as unknown, not as in favour.",
        kind=ClaimKind.RECORDED,
        cites=(index.brief.body.key,),
    )


def _excerpt(index: Index) -> Iterator[Claim]:
    """What the brief of a large case shows and what it leaves out, and which figures rest on what."""
    brief, excerpt = index.brief, index.brief.excerpt
    if excerpt is None:
        return
    shown = f"{count(len(brief.statements), 'statement')} in {count(len(brief.documents), 'document')}"
    text = (
        f"{excerpt_words(excerpt)} Of these the brief shows {shown}: those that weigh most for each member and for the"
        f" others who say most, and their latest; of {excerpt.actors:,} who speak it shows {_shown(brief)}. Positions,"
        " what would change them and the forecast rest on all statements, each counted under the medium that is"
        " credited or published it, else under its document. Notes, links and copies as origins, discrepancies,"
        " events, precedents and questions are found in the documents shown alone; shifts of positions are not"
        " looked for."
    )
    yield Claim(
        text=text,
        kind=ClaimKind.RECORDED,
        cites=tuple(str(coded.id) for coded in brief.statements) or (brief.body.key,),
    )


def _shown(brief: Brief) -> int:
    return sum(bool(party.statements) for party in brief.parties)


def _hands(index: Index) -> Iterator[Claim]:
    statements = index.brief.statements
    unchecked = [coded for coded in statements if by_machine(coded.statement.coder) and by_machine(coded.stance.by)]
    if not unchecked:
        return
    if index.brief.excerpt is not None:
        shown = f"{len(unchecked)} of the {len(statements)} statements shown"
        text = f"A machine found and read {shown}; no person checked these."
    elif len(unchecked) == len(statements):
        what = "the statement" if len(statements) == 1 else f"all {len(statements)} statements"
        text = f"A machine found and read {what}; no person has checked {'it' if len(statements) == 1 else 'them'}."
    else:
        text = (
            f"A machine found and read {len(unchecked)} of the {len(statements)} statements; no person checked these."
        )
    text += _said_by_persons([coded for coded in unchecked if not by_machine(coded.identification.by)])
    yield Claim(text=sentence(text), kind=ClaimKind.RECORDED, cites=tuple(str(coded.id) for coded in unchecked))


def _said_by_persons(identified: Sequence[CodedStatement]) -> str:
    """Who said whose words the machine's statements are, as a sentence more."""
    if not identified:
        return ""
    who = listing(sorted({coded.identification.by for coded in identified}))
    return f" {who} said whose words {len(identified)} of them {'is' if len(identified) == 1 else 'are'}."
