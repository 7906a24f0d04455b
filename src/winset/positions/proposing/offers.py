"""What is offered instead of a proposal or in between, and what the documents say is the case now."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from winset.corpus.types import Anchor, anchor
from winset.ids import DocumentId
from winset.positions.proposing.noun_phrases import (
    Phrase,
    core_stems,
    is_vague,
    phrase_at,
    phrase_before,
    term_stems,
    written,
)
from winset.positions.proposing.sentences import Sentence
from winset.positions.proposing.subjects import Subject
from winset.positions.proposing.types import ProposedRung, RungKind
from winset.positions.proposing.words import deed_nouns, issue_words, verb_forms
from winset.statements.lexicon import forms
from winset.statements.phrases import DETERMINERS, PREPOSITIONS
from winset.statements.tokens import Token, next_word

NEAR = 4  # sentences from one that speaks of the proposal
MOST_RUNGS, MOST_QUOTES = 5, 3
_NAMED_AFTER = frozenset(["alternative", "compromise", "fallback"])  # "a compromise of ..."
ENOUGH = ("suffice", "suffices", "enough", "sufficient", "do")
PLAINLY, LIKELY = 1.0, 0.6
_ORDER = list(RungKind)


Spoken: TypeAlias = Mapping[DocumentId, Sequence[int]]  # numbers of the sentences that speak of a subject


@dataclass(frozen=True, slots=True)
class Offer:
    """One mention of something else."""

    sentence: Sentence
    start: int  # tokens
    end: int
    label: str
    head: str
    terms: frozenset[str]
    kind: RungKind
    weight: float

    @property
    def anchor(self) -> Anchor:
        """Its words."""
        words = self.sentence.words
        return anchor(self.sentence.document, words[self.start].start, words[self.end - 1].end)


def rungs(
    subject: Subject,
    read: Mapping[DocumentId, Sequence[Sentence]],
    origin_of: Mapping[DocumentId, str],
    *,
    spoken: Spoken,
    others: Sequence[Spoken] = (),
) -> tuple[ProposedRung, ...]:
    """The best supported offers as rungs, in the order of the scale: their values are placeholders.

    Declared rule: delay, then what exists already, then something else, then a smaller form of the proposal;
    within a kind the better supported nearer to the proposal; evenly spaced between 0 and 100.
    spoken: where the subject is spoken of.  others: where further ones are; paragraphs that are about one of them
    and not about this one are left out.
    """
    groups: dict[tuple[str, str], list[Offer]] = defaultdict(list)
    foreign = _about_others(spoken, others, read)
    for sentence in _near(subject, spoken, read):
        if sentence.document.id in foreign and sentence.paragraph in foreign[sentence.document.id]:
            continue
        for offer in _offers(sentence, subject):
            delay = offer.kind is RungKind.DELAY
            groups[("delay", "") if delay else ("", offer.head)].append(offer)
    scored = []
    for rows in groups.values():
        origins = {origin_of[row.sentence.document.id] for row in rows}
        best = max(rows, key=lambda row: (row.weight, -len(row.label), row.label))
        scored.append((round(sum(row.weight for row in rows) * (1 + 0.5 * (len(origins) - 1)), 3), best, rows))
    scored.sort(key=lambda entry: (-entry[0], entry[1].label))
    scored = list({entry[1].label.casefold(): entry for entry in reversed(scored)}.values())[::-1]
    kept = sorted(scored[:MOST_RUNGS], key=lambda entry: (_ORDER.index(entry[1].kind), entry[0], entry[1].label))
    step = 100 / (len(kept) + 1)
    return tuple(
        ProposedRung(
            label=best.label,
            value=round(step * number),
            kind=best.kind,
            score=score,
            evidence=tuple(row.anchor for row in rows[:MOST_QUOTES]),
        )
        for number, (score, best, rows) in enumerate(kept, 1)
    )


def speaking_of(subject: Subject, read: Mapping[DocumentId, Sequence[Sentence]]) -> Spoken:
    """For each document that asks for it or takes sides, the numbers of the sentences that speak of the subject."""
    found: dict[DocumentId, list[int]] = {}
    starts: dict[DocumentId, list[int]] = defaultdict(list)
    for reading in subject.readings:
        starts[reading.document_id].append(reading.start)
    for id, places in starts.items():
        wanted = sorted(places)
        found[id] = [
            sentence.number
            for sentence in read[id]
            if bisect_left(wanted, sentence.start) < bisect_left(wanted, sentence.end) or subject.head in sentence.stems
        ]
    return found


def _about_others(
    own: Spoken, others: Sequence[Spoken], read: Mapping[DocumentId, Sequence[Sentence]]
) -> dict[DocumentId, frozenset[int]]:
    """Paragraphs in which another subject comes in two sentences or more, and this one in none."""
    found: dict[DocumentId, set[int]] = defaultdict(set)
    for other in others:
        for id, numbers in other.items():
            mine = {read[id][number].paragraph for number in own.get(id, ())}
            theirs = Counter(read[id][number].paragraph for number in numbers)
            found[id] |= {paragraph for paragraph, times in theirs.items() if times > 1} - mine
    return {id: frozenset(numbers) for id, numbers in found.items()}


def _near(subject: Subject, spoken: Spoken, read: Mapping[DocumentId, Sequence[Sentence]]) -> Iterator[Sentence]:
    telling = subject.heads | set(subject.terms[:6])
    for id, numbers in spoken.items():
        near = {number + step for number in numbers for step in range(-NEAR, NEAR + 1)}
        for sentence in read[id]:
            if sentence.number in near or len(sentence.stems & telling) > 1:
                yield sentence


def _offers(sentence: Sentence, subject: Subject) -> Iterator[Offer]:
    seen: set[int] = set()
    for found in (
        *_delays(sentence),
        *_kept(sentence),
        *_kept_so_far(sentence),
        *_instead(sentence),
        *_offered(sentence),
    ):
        if found.phrase.start in seen:
            continue
        offer = _offer(sentence, subject, found)
        if offer is not None:
            seen.add(found.phrase.start)
            yield offer


@dataclass(frozen=True, slots=True)
class _Raw:
    """Words that may be an offer: a range of tokens, and the thing they speak of."""

    start: int
    end: int
    kind: RungKind
    weight: float
    label: str
    phrase: Phrase


def _offer(sentence: Sentence, subject: Subject, raw: _Raw) -> Offer | None:
    """The offer, its kind settled; None for the proposal itself, a name, or a thing that says nothing."""
    words, phrase, kind = sentence.words, raw.phrase, raw.kind
    core, terms = core_stems(words, phrase), term_stems(words, phrase)
    if not core:
        return None
    head, own = core[-1], set(subject.terms[:8])
    inside = {word.lower for word in words[phrase.start : phrase.end]}
    if kind is RungKind.OTHER:
        same = head in subject.heads and bool(terms & own)
        carved = bool(inside & issue_words("carve_outs"))
        is_smaller = carved or bool(inside & issue_words("smaller"))
        its_deed = _names_deed(words, phrase, subject)
        is_name = all(word.is_capital for word in words[phrase.start : phrase.core_end] if word.is_word)
        if is_name or ((same or its_deed) and not is_smaller):
            return None
        if is_vague(head) and not is_smaller and raw.weight < PLAINLY:
            return None
        if is_smaller and (same or its_deed or carved or head in own):
            kind = RungKind.SMALLER
    return Offer(sentence, raw.start, raw.end, raw.label, head, terms, kind, raw.weight)


def _names_deed(words: Sequence[Token], phrase: Phrase, subject: Subject) -> bool:
    """Whether the phrase names the proposal's own deed: "the extension", "a shorter extension"."""
    return any(deed_nouns().get(word.lower) in subject.deeds for word in words[phrase.start : phrase.core_end])


def _shown(sentence: Sentence, start: int, end: int) -> str:
    """As written; an article at the head of a sentence in lower case."""
    label = written(sentence.words, start, end)
    return label[0].lower() + label[1:] if sentence.words[start].lower in DETERMINERS else label


def _delays(sentence: Sentence) -> Iterator[_Raw]:
    """As in "postpone the decision until spring", "the decision should be postponed until the next session"."""
    words, table = sentence.words, verb_forms("delays")
    for at, token in enumerate(words):
        if token.lower not in table:
            continue
        verb, particle, tense = table[token.lower]
        if particle and (at + 1 == len(words) or words[at + 1].lower != particle):
            continue
        begin = at + 1 + bool(particle)
        if tense == "past" and at and words[at - 1].lower in ("be", "been"):
            left = at - 1
            while left and words[left - 1].lower in ("should", "must", "could", "to", "would", "may", "might", "can"):
                left -= 1
            phrase = phrase_before(words, left)
        else:
            phrase = phrase_at(words, begin)
        if phrase is None:
            continue
        label = f"{verb} {particle} ".replace("  ", " ") + _shown(sentence, phrase.start, phrase.end)
        yield _Raw(min(phrase.start, at), max(phrase.end, at + 1), RungKind.DELAY, PLAINLY, label, phrase)


def _kept(sentence: Sentence) -> Iterator[_Raw]:
    """As in "the consulate in Bern has served as a post box": an arrangement that there is."""
    words = sentence.words
    for at in range(1, len(words) - 1):
        two = f"{words[at].lower} {words[at + 1].lower}"
        if two in issue_words("kept"):
            left = at - 1 if words[at - 1].lower in ("has", "have", "had", "already", "now", "also") else at
            subject, role = phrase_before(words, left), phrase_at(words, _past_marks(words, at + 2))
            if subject is not None and role is not None:
                label = (
                    f"{_shown(sentence, subject.start, subject.end)} as {_shown(sentence, role.start, role.core_end)}"
                )
                yield _Raw(subject.start, role.core_end, RungKind.KEPT, PLAINLY, label, subject)
        elif two in ("provided by", "handled by", "handled through", "done by", "covered by") and _tells_now(sentence):
            agent = phrase_at(words, at + 2)
            if agent is not None:
                label = _shown(sentence, agent.start, agent.end)
                yield _Raw(agent.start, agent.end, RungKind.KEPT, LIKELY, label, agent)


def _kept_so_far(sentence: Sentence) -> Iterator[_Raw]:
    """As in "Until now the consulate has been its post box"."""
    words = sentence.words
    if not (sentence.has("since_then") or any(word.lower == "already" for word in words)):
        return
    for at in range(1, len(words) - 1):
        two = f"{words[at].lower} {words[at + 1].lower}"
        if two not in ("has been", "have been") and words[at].lower not in ("is", "are", "was", "were"):
            continue
        begin = at + (2 if two.endswith(" been") else 1)
        role = phrase_at(words, begin)
        subject = phrase_before(words, at)
        opens = begin < len(words) and words[begin].lower in ("the", "a", "an", "its", "their", "our")
        if subject is None or role is None or not opens:
            continue
        label = f"{_shown(sentence, subject.start, subject.end)} as {_shown(sentence, role.start, role.core_end)}"
        yield _Raw(subject.start, role.core_end, RungKind.KEPT, LIKELY, label, subject)


def _past_marks(words: Sequence[Token], at: int) -> int:
    while at < len(words) and (not words[at].is_word or words[at].lower in ("a", "an", "the", "its", "their")):
        at += 1
    return at


def _tells_now(sentence: Sentence) -> bool:
    return sentence.has("now") or sentence.has("since_then")


def _instead(sentence: Sentence) -> Iterator[_Raw]:
    """As in "X instead of a ban", "expand aid rather than create a fund", "X would suffice", "X as an alternative"."""
    words = sentence.words
    for at, token in enumerate(words):
        two = f"{token.lower} {words[at + 1].lower}" if at + 1 < len(words) else ""
        if two in ("instead of", "rather than"):
            yield from _ending_at(sentence, at, PLAINLY)
        elif token.lower in ("would", "could", "should", "will", "might") and at + 1 < len(words):
            next_two = [word.lower for word in words[at + 1 : at + 3]]
            if next_two[:1] == ["suffice"] or (next_two[:1] == ["be"] and next_two[1:] and next_two[1] in ENOUGH):
                yield from _ending_at(sentence, at, PLAINLY)
        elif two in ("as a", "as an", "as the") and next_word(words, at + 2) in issue_words("fallback_nouns"):
            yield from _ending_at(sentence, at, PLAINLY)
        elif token.lower in _NAMED_AFTER and next_word(words, at + 1) in ("of", "is", "was", ":", "would"):
            yield from _beginning_at(sentence, at + 2 + (next_word(words, at + 1) == "would"), LIKELY)


def _ending_at(sentence: Sentence, end: int, weight: float) -> Iterator[_Raw]:
    """The phrase, with the deed before it, that ends there."""
    words = sentence.words
    phrase = phrase_before(words, end)
    if phrase is not None:
        start = phrase.start
        if start and words[start - 1].lower in PREPOSITIONS - {"of", "for"}:
            return
        deed = start and words[start - 1].lower in verb_forms("deeds") and _base(words[start - 1].lower)
        start -= 1 if deed else 0
        yield _Raw(start, phrase.end, RungKind.OTHER, weight, _shown(sentence, start, phrase.end), phrase)


def _base(form: str) -> bool:
    return verb_forms("deeds")[form][2] == "base"


def _beginning_at(sentence: Sentence, start: int, weight: float) -> Iterator[_Raw]:
    """The phrase, with "to" and a deed before it, that begins there."""
    words, begin = sentence.words, start
    if begin + 1 < len(words) and words[begin].lower == "to" and words[begin + 1].lower in _any_base():
        begin += 1
        phrase = phrase_at(words, begin + 1)
        if phrase is None and begin + 2 < len(words) and words[begin + 1].lower in PREPOSITIONS:
            phrase = phrase_at(words, begin + 2)
    elif begin < len(words) and _is_deed(words[begin].lower, rather=words[begin - 1].lower == "rather"):
        phrase = phrase_at(words, begin + 1)
    elif begin < len(words) and words[begin].lower in verb_forms("delays"):
        return
    else:
        phrase = phrase_at(words, begin)
    if phrase is not None:
        yield _Raw(begin, phrase.end, RungKind.OTHER, weight, _shown(sentence, begin, phrase.end), phrase)


def _is_deed(word: str, *, rather: bool) -> bool:
    """Whether a verb of a deed stands there without "to": "prefers limiting", "would rather limit"."""
    return word in verb_forms("deeds") and (word.endswith("ing") or rather) and word not in verb_forms("delays")


def _any_base() -> frozenset[str]:
    return issue_words("deeds")


def _offered(sentence: Sentence) -> Iterator[_Raw]:
    """As in "would prefer a quota", "offers a cap", "could live with X", "proposed X instead"."""
    words = sentence.words
    has_instead = any(word.lower == "instead" for word in words)
    verbs = {form: verb for verb in issue_words("fallback_verbs") for form in forms(verb)}
    for at, token in enumerate(words):
        verb = verbs.get(token.lower)
        two = f"{token.lower} {words[at + 1].lower}" if at + 1 < len(words) else ""
        begin, weight = at + 1, 0.0
        if two in issue_words("fallback_phrases"):
            begin, weight = (
                at + 2,
                PLAINLY if two in ("settle for", "live with", "content with", "would rather") else 0.4,
            )
        elif verb in ("prefer", "offer", "accept"):
            weight = PLAINLY
        elif verb is not None:
            weight = 0.3
        if not weight:
            continue
        if begin < len(words) and words[begin].lower == "instead":
            begin += 1
            begin += begin < len(words) and words[begin].lower in ("for", "on", "to") and words[begin].lower == "for"
        for raw in _beginning_at(sentence, begin, weight):
            inside = {word.lower for word in words[raw.start : raw.end]}
            carved = bool(inside & (issue_words("smaller") | issue_words("carve_outs")))
            given = words[raw.start].lower in ("the", "this", "these", "its")  # "accept the offer": no new thing
            weight = weight / 2 if given else weight
            total = weight + (0.7 if has_instead else 0.0) + (0.5 if carved else 0.0)
            if total >= LIKELY:
                yield replace(raw, weight=total)
            break


def status_quo(
    subject: Subject, read: Mapping[DocumentId, Sequence[Sentence]], *, spoken: Spoken
) -> tuple[Anchor, ...]:
    """Sentences near the proposal that say what is the case now, those that share most words with it first."""
    telling = set(subject.terms[:10])
    found: list[tuple[int, int, Sentence]] = []
    for order, sentence in enumerate(_near(subject, spoken, read)):
        lower = f" {sentence.text.lower()} "
        elsewhere = "?" in lower or " instead" in lower or "rather than" in lower
        if sentence.heading or elsewhere or not (_tells_now(sentence) or sentence.has("now_verbs")):
            continue
        shared = len(sentence.stems & telling)
        if shared or sentence.has("since_then"):
            plain = sentence.has("since_then") or sentence.has("now_verbs") or " already " in lower
            found.append((-shared - 2 * plain, order, sentence))
    chosen = [sentence for _, _, sentence in sorted(found, key=lambda entry: entry[:2])[:MOST_QUOTES]]
    return tuple(anchor(sentence.document, sentence.start, sentence.end) for sentence in chosen)
