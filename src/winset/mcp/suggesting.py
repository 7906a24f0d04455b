"""What an assistant may write where it was let: suggestions, which count for nothing until a person adopts them.

Kept under "assistant for NAME": a machine suggests, a person decides. Documents cannot be added: they are never removed
from a case, and a text that comes through a language model is not the document that was published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from winset.errors import BadJudgement, UnknownName
from winset.ids import EvidenceId, StatementId
from winset.mcp import models, untrusted
from winset.mcp.answered import Answered, more
from winset.mcp.deciding import supposing
from winset.mcp.paging import page
from winset.mcp.whom import meant
from winset.pipeline.clock import now
from winset.pipeline.scenarios import keep_scenario
from winset.positions.rulings import Codes
from winset.store.change_words import value_words
from winset.store.trail import codes_value

if TYPE_CHECKING:
    from winset.mcp.cases import ServedCase
    from winset.store.changes import Change


def suggest_codes(case: ServedCase, given: models.SuggestingCodes) -> Answered:
    """Codes of a statement."""
    actor = None if given.actor is None else meant(case, case.view(), given.actor).actor_id
    codes = Codes(
        stance=given.stance,
        firmness=given.firmness,
        hedged=given.hedged,
        conditional=given.conditional,
        actor=actor,
    )
    return _suggested(case, given.statement_id, {"codes": codes_value(codes)}, given.why)


def suggest_verdict(case: ServedCase, given: models.SuggestingVerdict) -> Answered:
    """That it is none, or one after all."""
    return _suggested(case, given.statement_id, {"verdict": given.verdict}, given.why)


def keep_what_if(case: ServedCase, given: models.KeepingWhatIf) -> Answered:
    """It moves nobody: what is supposed stays apart from what is on record."""
    supposed = supposing(case, given)
    change = keep_scenario(case.store, given.name, supposed, by=_by(case))
    return _kept(case, change, counts=True, adopt="", head="Kept, as a what-if: it moves nobody.")


def take_back(case: ServedCase, given: models.TakingBack) -> Answered:
    """Of this assistant's own acts alone.  Raises BadJudgement for one of somebody else."""
    by = _by(case)
    if case.desk.change(given.change).by != by:
        raise BadJudgement(f"change {given.change} is not this assistant's: a person takes it back")
    change = case.desk.undo(given.change, by=by, at=now())
    return _kept(case, change, counts=True, adopt="", head="Taken back.")


def suggestions(case: ServedCase, given: models.Paged) -> Answered:
    """All that hold, the newest last."""
    version = case.desk.version()
    rows = sorted(case.desk.suggestions(), key=lambda each: each.change)
    some, cursor = page(rows, cursor=given.cursor, limit=given.limit, version=version)
    found = []
    for each in some:
        value = each.value or {}
        found.append(
            models.Suggestion(
                statement_id=each.key.about,
                by=untrusted.shown(each.key.coder, at_most=untrusted.NAME),
                change=each.change,
                suggested=untrusted.shown(_words(value), at_most=untrusted.LINE),
                why=untrusted.shown(str(value.get("why", "")), at_most=untrusted.LINE),
            )
        )
    told = models.Suggestions(case=case.name, version=version, documents=[], next_cursor=cursor, suggestions=found)
    lines = tuple(_line(each) for each in found)
    return Answered(head=f"{len(found)} suggestions of assistants.{more(cursor)}", lines=lines, value=told)


def _suggested(case: ServedCase, statement: str, value: dict[str, Any], why: str) -> Answered:
    id = StatementId(EvidenceId(statement))
    kept = {**value, "why": " ".join(why.split())}
    change = case.desk.suggest(id, kept, by=_by(case), at=now(), why=kept["why"])
    return _kept(
        case,
        change,
        counts=False,
        adopt=f"winset check CASE adopt {id}",
        head="Suggested. It counts for nothing until a person adopts it: at a terminal, with the command told here.",
    )


def _kept(case: ServedCase, change: Change, *, counts: bool, adopt: str, head: str) -> Answered:
    value = models.Kept(
        case=case.name,
        version=change.number,
        documents=[],
        change=change.number,
        by=untrusted.shown(change.by, at_most=untrusted.NAME),
        counts=counts,
        adopt=adopt,
    )
    command = f" {adopt}" if adopt else ""
    return Answered(head=f"{head}{command} Change {change.number}.", lines=(), value=value)


def _words(value: Any) -> str:
    codes = value.get("codes")
    return value_words("codes", codes) if codes else f"the statement is {value.get('verdict', 'unclear')}"


def _line(each: models.Suggestion) -> str:
    return f"statement_id {each.statement_id} | {each.suggested} | by {each.by}, change {each.change} | {each.why}"


def _by(case: ServedCase) -> str:
    if case.by is None:
        raise UnknownName("this server only reads")
    return case.by
