"""What the rule makes of the positions, who can block it and on whose word, and what it would be if."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from winset.brief.wording import count, percent, sentence
from winset.errors import BadCase
from winset.exchange.answer_words import WORTH_A_RANGE, AnswerWords
from winset.exchange.answers import Answer, answered
from winset.exchange.supposed import Supposed
from winset.exchange.what_ifs import changed, scenarios
from winset.mcp import models, statement_values, untrusted
from winset.mcp.answered import Answered
from winset.mcp.whom import named
from winset.pipeline.deciding import question
from winset.pipeline.defaults import DRAWS, SEED
from winset.pipeline.estimating import estimated_as_of

if TYPE_CHECKING:
    from winset.decisions.types import Blocker
    from winset.exchange.position_cases import Question
    from winset.mcp.cases import ServedCase, View
    from winset.mcp.citing import Cites

BLOCKERS = 12  # of one answer
LIKELY = 0.5  # from which a member objects more likely than not
EVIDENCE = 2  # statements behind each blocker
OUTCOMES = 5  # what-ifs of one call: a range
LOOKED_AT = 60  # rows of a large case looked through for words of one blocker
UNKNOWN = 40  # names of one answer


def decide(case: ServedCase, given: models.Deciding) -> Answered:
    """As documented and, where something is supposed, with that."""
    view = case.view()
    cites = case.cites(view)
    documented = _answers(case, view, Supposed())
    supposed = Supposed.told(given.what_if, rule=given.rule, on=given.on, as_of=given.as_of)
    others = () if supposed.nothing else _answers(case, view, supposed)
    outcomes = [
        _outcome(case, view, cites, answer, words, cited=number == 0)
        for number, (answer, words) in enumerate((*documented, *others))
    ]
    value = models.Decision(case=case.name, version=view.version, documents=cites.documents, outcomes=outcomes)
    head = "The answer as documented."
    if others:
        head = "The answer as documented, and as supposed. What is supposed rests on no words; nothing was kept."
    lines = [line for each in outcomes for line in _lines(each, outcomes[0], cites)]
    return Answered(head=head, lines=(*lines, *cites.lines()), value=value)


def supposing(case: ServedCase, given: models.Deciding) -> Supposed:
    """What is supposed, checked against the case.  Raises BadCase, BadTable, UnknownName."""
    supposed = Supposed.told(given.what_if, rule=given.rule, on=given.on, as_of=given.as_of)
    if supposed.nothing:
        raise BadCase("nothing is supposed: write what is otherwise, as in France=60")
    _answers(case, case.view(), supposed)
    return supposed


def _answers(case: ServedCase, view: View, supposed: Supposed) -> Sequence[tuple[Answer, str]]:
    """The answers with the words by which they differ; a range has several."""
    return view.lately(supposed, lambda: list(_asked(case, view, supposed)))


def _asked(case: ServedCase, view: View, supposed: Supposed) -> Iterator[tuple[Answer, str]]:
    of = _question(case, view, supposed)
    frame = replace(supposed, changes="")
    framed = "" if frame.nothing else frame.words
    wanted = scenarios([supposed.changes], of) if supposed.changes else ()
    if len(wanted) > OUTCOMES:
        raise BadCase(f"{len(wanted)} what-ifs: at most {OUTCOMES} are asked at once")
    if not wanted:
        yield answered(of, draws=DRAWS, seed=SEED), framed or "as documented"
    for each in wanted:
        words = "; ".join(filter(None, (each.words, framed)))
        yield answered(changed(of, each), draws=DRAWS, seed=SEED), words


def _question(case: ServedCase, view: View, supposed: Supposed) -> Question:
    found = view.estimated
    if supposed.as_of is not None:
        if view.large:
            raise BadCase("a case this large is not asked as of a day: leave out as_of")
        found = estimated_as_of(view.spec, found, supposed.as_of)
    asked = question(view.spec, found, name=case.name, rule=supposed.rule, on=supposed.on, additions=view.additions)
    if not view.large:
        return asked
    seated = {seat.actor_id for seat in asked.rule.seats}  # thousands without a vote change nothing and cost time
    held = tuple(each for each in asked.cases[0].positions if each.actor_id in seated)
    return replace(asked, cases=(replace(asked.cases[0], positions=held),), outsiders=())


def _outcome(
    case: ServedCase, view: View, cites: Cites, answer: Answer, what_if: str, *, cited: bool
) -> models.Outcome:
    """cited: with the words behind blockers; those of a what-if are supposed, and rest on none."""
    told, put, words = answer.forecasts[0], answer.question.cases[0], AnswerWords(answer.question)
    blockers = told.blockers[:BLOCKERS]
    return models.Outcome(
        what_if=untrusted.shown(what_if, at_most=untrusted.LINE),
        rule=answer.question.rule.name,
        on=put.issue.on.text,
        outcome=told.outcome.value,
        probability=round(told.probability, 3),
        probability_adopted=round(told.probability_adopted, 3),
        adopted_range=[round(each, 3) for each in told.adopted_range],
        blockers=[
            _blocker(each, answer, words, evidence=_evidence(case, view, cites, each, answer) if cited else None)
            for each in blockers
        ],
        more_blockers=len(told.blockers) - len(blockers),
        unknown=[named(answer.question.names[id]) for id in told.unknown],
        turning=untrusted.shown(words.flips(told)),
        passing=untrusted.shown(words.passing(told)),
        assumptions=[
            models.Assumption(
                name=each.name,
                text=untrusted.shown(each.text, at_most=untrusted.LINE),
                otherwise=untrusted.shown(each.otherwise, at_most=untrusted.LINE),
                adopted_if_held=round(each.adopted_if_held, 3),
                adopted_otherwise=round(each.adopted_otherwise, 3),
            )
            for each in told.assumptions
        ],
    )


def _blocker(
    each: Blocker, answer: Answer, words: AnswerWords, *, evidence: tuple[list[models.Statement], int] | None
) -> models.Blocker:
    """evidence: the words behind it, and from how many origins; None: it is supposed."""
    held = answer.question.cases[0].position_of(each.actor_id)
    said, origins = evidence or ([], held.origins if held else 0)
    return models.Blocker(
        actor=named(answer.question.names[each.actor_id]),
        actor_id=each.actor_id,
        likely=each.probability >= LIKELY,
        probability=round(each.probability, 3),
        alone=each.alone,
        position=held.value if held else None,
        std_error=held.std_error if held else None,
        consents=untrusted.shown(words.ways(each.consents)),
        origins=origins,
        evidence=said,
    )


def _evidence(
    case: ServedCase, view: View, cites: Cites, blocker: Blocker, answer: Answer
) -> tuple[list[models.Statement], int]:
    """What a blocker said against it, else all that its position rests on; and from how many origins that is."""
    held = answer.question.cases[0].position_of(blocker.actor_id)
    if view.large:
        return _of_large(case, cites, blocker), held.origins if held else 0
    behind = statement_values.behind(view, held, against=True)
    weightiest = statement_values.weightiest(behind, most=EVIDENCE)
    said = [statement_values.of_evidence(each, cites, view) for each in weightiest]
    return said, len({each.origin.key for each in behind})


def _of_large(case: ServedCase, cites: Cites, blocker: Blocker) -> list[models.Statement]:
    """Words of its own against the proposal, the first ones that are found."""
    rows = case.desk.queue(coder="", actor=blocker.actor_id, limit=LOOKED_AT)
    against = [row for row in rows if row.counts and row.stance is not None and row.stance.word == "oppose"]
    return [statement_values.of_row(row, cites) for row in against[:EVIDENCE]]


def _lines(each: models.Outcome, first: models.Outcome, cites: Cites) -> Iterator[str]:
    """first: the one as documented, whose unknown members are not listed again."""
    low, high = each.adopted_range[0], each.adopted_range[-1]
    swing = f", between {percent(low)} and {percent(high)} as the unknown go" if high - low > WORTH_A_RANGE else ""
    yield (
        f"{sentence(each.what_if)}: {each.outcome}, {percent(each.probability)}; adopted"
        f" {percent(each.probability_adopted)}{swing}. Rule: {each.rule}, on {each.on}."
    )
    for one in each.blockers:
        alone = "alone enough" if one.alone else "not enough alone"
        stands = f", stands at {one.position:g} ± {one.std_error:g}" if one.position is not None else ", unknown"
        way = f"; {one.consents}" if one.consents else ""
        likely = "Likely blocker" if one.likely else "Possible blocker"
        yield (
            f"{likely}: {one.actor}, objects {percent(one.probability)}, {alone}{stands}, on"
            f" {count(one.origins, 'origin')}{way}"
        )
        for said in one.evidence:
            yield from statement_values.lines(said, cites, lead="  - ")
    if each.more_blockers:
        yield f"and {each.more_blockers} less likely ones"
    if not each.blockers:
        yield "No member on record objects."
    if each is not first and each.unknown == first.unknown:
        yield f"Unknown: the same {len(each.unknown)} members."
    elif each.unknown:
        more = f" and {len(each.unknown) - UNKNOWN} more" if len(each.unknown) > UNKNOWN else ""
        yield f"Unknown ({len(each.unknown)}): {', '.join(each.unknown[:UNKNOWN])}{more}"
    yield f"Turns on: {each.turning}. Passing: {each.passing}."
    for assumption in each.assumptions:
        yield (
            f"Assumed: {assumption.name} (adopted {percent(assumption.adopted_if_held)}; if {assumption.otherwise}:"
            f" {percent(assumption.adopted_otherwise)})"
        )
