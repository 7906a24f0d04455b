"""Section 2: where everyone stands; members with a vote, others and commentators never in one count."""

from __future__ import annotations

from collections.abc import Iterator

from winset.actors.types import Standing
from winset.brief.index import Index, Stand, on_record, stand
from winset.brief.types import Claim, ClaimKind, Party
from winset.brief.wording import count, listing, sentence, shown, the

# heading of a group, and how a sentence about it begins
GROUPS = {
    Standing.MEMBER: "Members with a vote",
    Standing.SECRETARIAT: "The body’s own officials",
    Standing.PARTNER: "Partners",
    Standing.OUTSIDE: "Outside powers",
    Standing.COMMENTATOR: "Commentators",
    Standing.MEDIUM: "Media",
    Standing.UNKNOWN: "Not identified or collective",
}
NOTES = {
    Standing.MEMBER: "",
    Standing.SECRETARIAT: "no vote",
    Standing.PARTNER: "no vote",
    Standing.OUTSIDE: "no vote",
    Standing.COMMENTATOR: "no vote; each speaks for himself or herself, not for a country",
    Standing.MEDIUM: "no vote; the medium’s own words",
    Standing.UNKNOWN: "no vote; not counted for any country",
}
OF_STATES = frozenset({Standing.SECRETARIAT, Standing.PARTNER, Standing.OUTSIDE})
IN_WORDS = {
    Stand.FOR: "for it",
    Stand.LEANS_FOR: "leaning for it",
    Stand.BETWEEN: "in between",
    Stand.LEANS_AGAINST: "leaning against it",
    Stand.AGAINST: "against it",
}


def standing(index: Index) -> tuple[Claim, ...]:
    """One sentence for the members, one for each group without a vote."""
    return (_members(index), *_others(index))


def _members(index: Index) -> Claim:
    speaking = [party for party in index.members if on_record(party)]
    silent = len(index.silent_members)
    heads = f"{'is' if len(speaking) == 1 else 'are'} on record: {_tally(index, speaking)}" if speaking else ""
    of_all = f"Of {count(len(index.members), 'member')} with a vote, "
    text = f"{of_all}{len(speaking)} {heads}." if speaking else f"{of_all}none is on record."
    rest = (
        f" {'One' if silent == 1 else silent} {'has' if silent == 1 else 'have'} nothing on record." if silent else ""
    )
    return Claim(
        text=text + (rest if speaking else ""),
        kind=ClaimKind.ESTIMATED if speaking else ClaimKind.RECORDED,
        cites=_cites(index, speaking),
    )


def _others(index: Index) -> Iterator[Claim]:
    for group, heading in GROUPS.items():
        if group is Standing.MEMBER:
            continue
        parties = [party for party in index.of(group) if on_record(party)]
        unplaced = [the(shown(party.name)) for party in index.of(group) if party.position is None]
        phrases = [sentence(_tally(index, parties))] if parties else []
        if unplaced and group in OF_STATES:
            phrases.append(f"{'no' if parties else 'No'} position on record for {listing(unplaced, at_most=8)}")
        if phrases:
            yield Claim(
                text=f"{heading} ({NOTES[group]}): {'; '.join(phrases)}.",
                kind=ClaimKind.ESTIMATED if parties else ClaimKind.RECORDED,
                cites=_cites(index, parties),
            )


def _tally(index: Index, parties: list[Party]) -> str:
    """Who is for, who against, in the order of `Stand`, each by name."""
    by_stand: dict[Stand, list[str]] = {}
    for party in parties:
        if party.position is not None:
            by_stand.setdefault(stand(party.position, index.brief.issue), []).append(the(shown(party.name)))
    phrases = []
    for way in Stand:
        if names := by_stand.get(way):
            phrases.append(f"{listing(names, at_most=8)} {'is' if len(names) == 1 else 'are'} {IN_WORDS[way]}")
    return "; ".join(phrases)


def _cites(index: Index, parties: list[Party]) -> tuple[str, ...]:
    evidence = [str(id) for party in parties if party.position for id in party.position.evidence]
    return tuple(dict.fromkeys(evidence)) or (index.brief.body.key,)
