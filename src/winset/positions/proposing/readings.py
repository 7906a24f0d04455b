"""What a sentence asks for, objects to or plans: a deed, its object, and how plainly it is put."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from winset.positions.polarity import cue_polarity
from winset.positions.proposing.noun_phrases import (
    Phrase,
    core_stems,
    phrase_at,
    phrase_before,
    term_stems,
    written,
)
from winset.positions.proposing.sentences import Sentence
from winset.positions.proposing.types import Reading
from winset.positions.proposing.words import deed_nouns, issue_words, verb_forms
from winset.statements.lexicon import forms
from winset.statements.phrases import AUXILIARIES, DETERMINERS, TIME_WORDS
from winset.statements.tokens import Token

BACK = 7  # words before a deed in which the cue that asks for it stands
MODALS = frozenset(["should", "must", "would", "will", "shall", "could", "may", "can", "to", "might"])
BE_FORMS = frozenset(["be", "been", "is", "are", "was", "were", "being"])
ASKED, SIDED, BARE, MODAL = 1.0, 1.2, 0.45, 0.6
_ADJECTIVES = ("ary", "ic", "ive", "ous", "ful", "able", "ible", "ual", "cal", "nal", "ral")
PLAIN_SIDE = 0.8  # polarity of a word that takes a side outright
HEADLINE = 1.5  # times as much


def readings(sentence: Sentence) -> Iterator[Reading]:
    """Every deed with its object, and every object that is asked for, opposed or supported outright, in order."""
    taken: set[int] = set()
    for found in (*_deeds(sentence), *_objects(sentence)):
        if found.start not in taken:
            taken.add(found.start)
            yield found


def _deeds(sentence: Sentence) -> Iterator[Reading]:
    words = sentence.words
    verbs, nouns = verb_forms("deeds"), deed_nouns()
    for at, token in enumerate(words):
        if token.lower in verbs:
            found = _verbal(sentence, at, *verbs[token.lower])
            if found is not None:
                yield found
                continue
        if token.lower in nouns:
            yield from _nominal(sentence, at, nouns[token.lower])


def _verbal(sentence: Sentence, at: int, verb: str, particle: str, tense: str) -> Reading | None:
    """As in "to open an office", "opening an office", "should open an office", "the mandate should be extended"."""
    words, before = sentence.words, sentence.words[at - 1].lower if at else ""
    after = words[at + 1].lower if at + 1 < len(words) else ""
    if particle and after != particle and verb not in verb_forms_plain():
        return None
    has_particle = bool(particle) and after == particle
    deed = f"{verb} {particle}" if has_particle else verb
    if tense == "past":
        return _passive(sentence, at, deed) if before in BE_FORMS else None
    if tense == "s" or (tense == "base" and not _stands_as_verb(words, at)):
        return None
    if tense == "ing" and (before in BE_FORMS or (at + 1 < len(words) and after == "of")):
        return None  # "is opening" tells of what is done; "the opening of" is a noun
    phrase = phrase_at(words, at + 1 + has_particle)
    if phrase is None or not _is_object(words, phrase):
        return None
    weight, side = _cue_before(words, at)
    if not side:
        weight = MODAL if before in MODALS else BARE
    return _reading(sentence, at, phrase, deed, weight=weight, side=side, literal=True)


@cache
def verb_forms_plain() -> frozenset[str]:
    """Verbs that are deeds without their particle too."""
    return frozenset(entry for entry in issue_words("deeds") if " " not in entry)


def _stands_as_verb(words: Sequence[Token], at: int) -> bool:
    """Whether a base form is a verb there: behind "to" or a modal, "and", or a delegates' "that ... be"."""
    if at == 0:
        return False
    before = words[at - 1].lower
    if before in MODALS:
        return True
    return before in ("not", "jointly", "also", "only") and at > 1 and words[at - 2].lower in MODALS | AUXILIARIES


def _passive(sentence: Sentence, at: int, deed: str) -> Reading | None:
    words = sentence.words
    start = at - 1
    while start > 0 and words[start - 1].lower in MODALS | BE_FORMS | {"not", "being", "have", "has"}:
        start -= 1
    wished = any(word.lower in MODALS or word.lower == "be" for word in words[start:at])
    phrase = phrase_before(words, start)
    if phrase is None or not wished or not _is_object(words, phrase):
        return None
    weight, side = _cue_before(words, phrase.start)
    return _reading(sentence, phrase.start, phrase, deed, weight=weight if side else MODAL, side=side, upto=at + 1)


def _nominal(sentence: Sentence, at: int, deed: str) -> Iterator[Reading]:
    """As in "the opening of an office", "a ban on imports", "the extension", "a budget increase"."""
    words = sentence.words
    after = words[at + 1].lower if at + 1 < len(words) else ""
    start = at
    while start > 0 and (words[start - 1].is_word or words[start - 1].lower == "'s") and start > at - 6:
        if phrase_at(words, start - 1) is None or phrase_at(words, start - 1).end <= at:  # type: ignore[union-attr]
            break
        start -= 1
    weight, side = _cue_before(words, start)
    weight = weight if side else BARE
    if after in ("of", "on", "in", "to", "for"):
        phrase = phrase_at(words, at + 2)
        if phrase is not None and _is_object(words, phrase):
            yield _reading(sentence, start, phrase, deed, weight=weight, side=side)
            return
    named = Phrase(start, at, at)
    plain = DETERMINERS | issue_words("smaller") | {"'s", "new", "further", "possible"}
    tells = any(word.is_word and word.lower not in plain for word in words[start:at])
    if tells and not words[at - 1].lower.endswith(_ADJECTIVES) and _is_object(words, named):  # "mandate renewal"
        yield _reading(sentence, start, named, deed, weight=weight, side=side, upto=at + 1)
    elif start < at:
        yield _reading(sentence, start, None, deed, weight=weight, side=side, upto=at + 1)


def _objects(sentence: Sentence) -> Iterator[Reading]:
    """As in "oppose a NATO office", "objections to a new fund", "called for a survey", "the plan for an office"."""
    words = sentence.words
    for at in range(len(words)):
        cue = _cue_at(words, at)
        if cue is None:
            continue
        weight, side, end = cue
        phrase = phrase_at(words, end)
        if phrase is not None and _is_object(words, phrase, name=False):
            if any(word.lower in deed_nouns() for word in words[phrase.core_end - 1 : phrase.core_end]):
                continue  # read as a deed
            yield _reading(sentence, phrase.start, phrase, "", weight=weight, side=side)


@cache
def _cue_words() -> dict[str, tuple[float, str]]:
    """Each form of an asking or siding word -> (weight, side)."""
    found: dict[str, tuple[float, str]] = {}
    for verb in issue_words("ask_verbs"):
        found |= dict.fromkeys(forms(verb), (ASKED, "ask"))
    found |= dict.fromkeys(issue_words("ask_nouns"), (ASKED, "ask"))
    found |= dict.fromkeys(("planned", "planning", "planned", "sought", "seeking"), (ASKED, "ask"))
    for verb in issue_words("side_verbs"):
        found |= dict.fromkeys(forms(verb), (SIDED, "side"))
    found |= dict.fromkeys((*issue_words("side_nouns"), *issue_words("side_adjectives")), (SIDED, "side"))
    found |= {
        word: (SIDED, "side") for word, value in cue_polarity().items() if " " not in word and abs(value) >= PLAIN_SIDE
    }
    return found


def _cue_at(words: Sequence[Token], at: int) -> tuple[float, str, int] | None:
    """(weight, side, token behind it) of a cue with its particle."""
    found = _cue_words().get(words[at].lower)
    if found is None:
        return None
    end, noun = at + 1, words[at].lower in issue_words("ask_nouns") | issue_words("side_nouns")
    particle = end < len(words) and words[end].lower in issue_words("cue_particles")
    if particle:
        end += 1
    elif noun or words[at].lower in issue_words("side_adjectives"):
        return None
    if words[end - 1].lower == "to" and end < len(words) and words[end].lower in verb_forms("deeds"):
        return None  # read as a deed
    if end < len(words) and words[end].lower == "instead":
        end += 1
    if end < len(words) and words[end - 1].lower == "instead" and words[end].lower in issue_words("cue_particles"):
        end += 1
    return (*found, end)


def _cue_before(words: Sequence[Token], at: int) -> tuple[float, str]:
    """The nearest cue before a deed in its clause; a siding one counts more than one that asks."""
    best = (0.0, "")
    for back in range(at - 1, max(-1, at - BACK - 1), -1):
        word = words[back]
        if word.text in ";:.!?" or word.lower in ("but", "which", "who", "while"):
            break
        found = _cue_words().get(word.lower)
        if found and found[0] > best[0]:
            best = found
    return best


def _is_object(words: Sequence[Token], phrase: Phrase, *, name: bool = True) -> bool:
    """Whether something can be done to it: no pronoun, no bare number; `name`: a bare name will do."""
    core = [word for word in words[phrase.start : phrase.core_end] if word.is_word]
    telling = [word for word in core if word.lower not in DETERMINERS and word.lower != "'s"]
    if not telling or telling[-1].lower in issue_words("no_object"):
        return False
    if telling[-1].text[0].isdigit() or telling[-1].lower in TIME_WORDS:
        return False
    if len(telling) == 1 and telling[0].lower.endswith("ing"):
        return False  # "support strengthening"
    return name or not all(word.is_capital or "-" in word.text for word in telling)


def _reading(
    sentence: Sentence,
    at: int,
    phrase: Phrase | None,
    deed: str,
    *,
    weight: float,
    side: str,
    literal: bool = False,
    upto: int | None = None,
) -> Reading:
    words = sentence.words
    end = max(phrase.end if phrase else 0, upto or 0)
    return Reading(
        document_id=sentence.document.id,
        start=words[at].start,
        end=words[end - 1].end,
        deed=deed,
        deed_written=literal,
        phrase=written(words, phrase.start, phrase.end) if phrase else "",
        core=core_stems(words, phrase) if phrase else (),
        terms=term_stems(words, phrase) if phrase else frozenset(),
        weight=weight * (HEADLINE if sentence.heading else 1.0),
        side=side,
        prominent=sentence.prominent,
    )
