"""The page's eight sections as blocks for paper, and after them every statement with its exact words.

The short answer fits the first page; what is cited by number stands in the annex, where each number leads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from winset.actors.types import Standing
from winset.brief.account import Mover
from winset.brief.answer import support_words, verdict
from winset.brief.bargaining import model_rows
from winset.brief.charts import WIDE, option_letters, positions_in_words, positions_svg
from winset.brief.claims import Section, claims
from winset.brief.hanging import hinge_rows
from winset.brief.origin_rows import (
    ClaimRow,
    DiscrepancyRow,
    claim_rows,
    discrepancy_rows,
    precedent_rows,
    question_rows,
    split,
    work_rows,
)
from winset.brief.page import ActorRow, Page, StatementRow
from winset.brief.passing import distance, rungs
from winset.brief.printed import (
    Block,
    Column,
    Heading,
    Kind,
    Line,
    Paragraph,
    Picture,
    Printed,
    Row,
    Run,
    Said,
    Style,
    Table,
    joined,
    line,
    run,
)
from winset.brief.timeline import EventRow, PassageRow
from winset.brief.types import Brief, Claim
from winset.brief.wording import chance, count, day, on_day, percent, sentence, shortened, shown
from winset.decisions.types import Blocker

RUNS = 12  # of statements' numbers behind one sentence before the rest is counted
MOVERS = 4  # statements named for each member that decides
SILENT = 12  # members with nothing on record that get a row each
EVENTS, WORKS, SHARED, DIFFERENT, QUESTIONS = 40, 16, 12, 12, 12  # before the rest is counted
MOST_SAID = 1500  # statements of the annex: 150 pages, and some seconds
TOLD = 3  # passages quoted for one thing
SIDES = {"for": Style.FOR, "leaning for": Style.FOR, "against": Style.AGAINST, "leaning against": Style.AGAINST}


def printed(brief: Brief) -> Printed:
    """The brief for paper. The same brief gives the same blocks."""
    page = Page(brief)
    parts = {section.key: section for section in claims(brief)}
    made = brief.how_made
    when = f"Brief for the {brief.body.name}, decision {on_day(brief.issue.on)}"
    blocks: list[Block] = [
        Paragraph(kind=Kind.KICKER, words=_about(brief, when)),
        Heading(level=1, words=line(brief.issue.proposal), key="top"),
    ]
    sections = (
        ("answer", _answer),
        ("standing", _standing),
        ("passing", _passing),
        ("said", _said),
        ("when", _when),
        ("origins", _origins),
        ("unknown", _unknown),
        ("made", _made),
    )
    for number, (key, more) in enumerate(sections, start=1):
        blocks.append(Heading(level=2, words=line(f"{number}. {parts[key].title}"), key=key))
        blocks += more(page, parts[key])
    blocks += _annex(page)
    return Printed(
        title=run(f"{verdict(page.index)}: {brief.issue.proposal}").text,
        about=run(when).text,
        day=day(brief.issue.on),
        made=run(f"winset {made.winset_version}, {made.generated_at}").text,
        at=made.generated_at,
        keywords=tuple(run(word).text for word in (brief.body.name, brief.rule_name)),
        blocks=tuple(blocks),
    )


def _about(brief: Brief, when: str) -> Line:
    if brief.as_of is None:
        return line(when)
    return line(f"{when}; ", run(f"as of {day(brief.as_of)}", Style.STRONG), ": only what was said by then")


# sentences and what they cite


def _claims(page: Page, found: Iterable[Claim]) -> Iterator[Block]:
    yield from (_claim(page, claim) for claim in found)


def _claim(page: Page, claim: Claim) -> Paragraph:
    caveat = [run(f" {claim.caveat}", Style.QUIET)] if claim.caveat else []
    cited = _cites(page, claim.cites)
    kind = run(f"  {claim.kind}: ", Style.QUIET)
    return Paragraph(kind=Kind.CLAIM, words=line(claim.text, *caveat, kind, *cited))


def _cites(page: Page, ids: Iterable[str]) -> Line:
    """Statements by number, documents by title, registers and the literature by key; each opens what it names."""
    runs, others = page.cites(ids)
    titles = {str(document.id): document.title or document.name for document in page.brief.documents}
    found = [line(_number(first, last)) for first, last in runs[:RUNS]]
    if len(runs) > RUNS:
        found.append(line(run(f"and {count(len(runs) - RUNS, 'more run')} of them", Style.QUIET, to="annex")))
    named = [key for key in others if key in titles]
    if len(named) > TOLD:
        found.append(line(run(count(len(named), "document"), Style.QUIET, to="documents")))
    else:
        found += [line(_document(key, titles[key])) for key in named]
    found += [line(run(key, Style.QUIET)) for key in others if key not in titles]
    return joined(found)


def _number(first: StatementRow, last: StatementRow) -> Run:
    words = str(first.number) if first is last else f"{first.number}–{last.number}"
    return run(words, Style.QUIET, to=_place(first))


def _place(row: StatementRow) -> str:
    return f"statement-{row.number}"


def _document(id: str, title: str) -> Run:
    return run(title, Style.QUIET, to=f"document-{id}")


def _verbatim(row: StatementRow) -> Line:
    """The words stated, with source and cue as they stand around them."""
    return tuple(run(text, Style.EXACT if role == "content" else Style.AROUND) for role, text in row.parts)


def _words(row: PassageRow, *, to: int = 280) -> Line:
    """Words of a document with its title."""
    title = _document(str(row.document_id), row.document)
    return line(
        "“", run(shortened(row.words, to=to), Style.EXACT), "” ", run("(", Style.QUIET), title, run(")", Style.QUIET)
    )


def _more(number: int, what: str, where: str = "in the brief’s HTML and JSON") -> Iterator[Block]:
    if number > 0:
        yield Paragraph(kind=Kind.NOTE, words=line(run(f"{count(number, f'more {what}')} {where}.", Style.QUIET)))


# the sections


def _answer(page: Page, section: Section) -> Iterator[Block]:
    index, forecast = page.index, page.brief.forecast
    word = verdict(index)
    style = {"Adopted": Style.FOR, "Blocked": Style.AGAINST}.get(word, Style.STRONG)
    sure = f"  {chance(forecast.probability)}, {percent(forecast.probability)}"
    yield Paragraph(kind=Kind.VERDICT, words=line(run(word, style), run(sure, Style.QUIET)))
    headline = section.claims[0]
    yield _claim(page, replace(headline, text=headline.text.removeprefix(f"{word}. ")))
    for blocker in index.likely_blockers:
        yield from _blocker(page, blocker)
    yield from _claims(page, section.claims[1:])
    yield _counts(page)


def _blocker(page: Page, blocker: Blocker) -> Iterator[Block]:
    name = run(shown(page.index.name(blocker.actor_id)), Style.STRONG)
    alone = "" if blocker.alone else "; not enough alone"
    facts = f" {percent(blocker.probability)} likely to object; {support_words(page.index, blocker)}{alone}"
    behind = _cites(page, map(str, page.index.objection(blocker).statements))
    yield Paragraph(kind=Kind.ITEM, words=line(name, facts, *([run(": "), *behind] if behind else [])))
    quoted = page.quotation(blocker)
    if quoted is not None:
        told = "; ".join(part for part in (quoted.speaker, quoted.date, quoted.document) if part)
        number = run(f"  {quoted.number}; ", Style.QUIET, to=_place(quoted))
        yield Paragraph(kind=Kind.QUOTATION, words=(*_verbatim(quoted), number, run(told, Style.QUIET)))


def _counts(page: Page) -> Table:
    members = [row for row in page.actors if row.standing is Standing.MEMBER]
    recorded = [row for row in members if row.on_record]
    against = sum(row.stand in {"against", "leaning against"} for row in recorded)
    figures = {
        "members with a vote": len(members),
        "on record": len(recorded),
        "of these against": against,
        "unknown": len(members) - len(recorded),
        "statements about it": sum(row.stance != "none" for row in page.rows.values()),
        "independent origins": len(page.origins),
    }
    return Table(
        caption="In figures",
        columns=tuple(Column(head=head, number=True) for head in figures),
        rows=(Row(cells=tuple(line(str(figure)) for figure in figures.values())),),
    )


def _standing(page: Page, section: Section) -> Iterator[Block]:
    yield from _claims(page, section.claims)
    svg = positions_svg(page.brief, WIDE)
    if svg:
        yield Picture(svg=svg, words=positions_in_words(page.brief), caption=_legend(page.brief))
    yield from _members(page)
    yield from _without_vote(page)
    if page.deciding:
        yield Heading(level=3, words=line("What moved the members that decide"))
    for row in page.deciding:
        yield from _account(page, row)


def _legend(brief: Brief) -> Line:
    letters = [f"{letter} {label} ({value:.0f})" for letter, label, value in option_letters(brief)]
    options = f" Options: {'; '.join(letters)}." if letters else ""
    return line(
        "Point: estimated position; line: 90% interval. Blue: nearer the proposal; orange: nearer the status quo; grey:"
        " in between or assumed. Circle: has a vote; square: no vote; hollow diamond: commentator or medium."
        f"{options} The same in figures below."
    )


def _members(page: Page) -> Iterator[Block]:
    rows = [row for row in page.actors if row.standing is Standing.MEMBER]
    if not rows:
        return
    recorded = [row for row in rows if row.on_record]
    spoke = [row for row in rows if not row.on_record and row.about]
    silent = [row for row in rows if not row.on_record and not row.about]
    table = [_member(page, row) for row in (*recorded, *spoke)]
    if len(silent) <= SILENT:
        table += [_member(page, row) for row in silent]
    else:
        other = " other" if recorded or spoke else ""
        votes = sum(row.votes for row in silent)
        heads = (f"{len(silent)}{other} members", str(votes), "–", "unknown", "nothing on record")
        table.append(Row(cells=tuple(map(line, heads)), quiet=True))
        names = ", ".join(_voting(row) for row in silent)
        table.append(Row(cells=(line(names),), whole=True, quiet=True))
    columns = (
        Column(head="Member", share=3),
        Column(head="Votes", number=True, share=0),
        Column(head="Position", number=True, share=2),
        Column(head="Stands", share=2),
        Column(head="On record, statements", share=4),
    )
    yield Table(caption="Members with a vote", columns=columns, rows=tuple(table))


def _voting(row: ActorRow) -> str:
    votes = f" ({row.votes})" if row.votes != 1 else ""
    return f"{row.name}{votes}{f' ({row.position})' if row.stand else ''}"


def _member(page: Page, row: ActorRow) -> Row:
    return Row(
        cells=(line(row.name), line(str(row.votes)), *_where(page, row)),
        quiet=not row.on_record,
        key=row.key,
    )


def _where(page: Page, row: ActorRow) -> tuple[Line, Line, Line]:
    """Position, side and what is on record."""
    account = row.account
    if account is None:
        position = line("–")
    else:
        most = _place(page.moved_by(account.most)) if account.most else ""
        position = line(run(row.position, to=most if row.on_record else ""))
    if row.on_record:
        side = line(run(row.stand, SIDES.get(row.stand, Style.PLAIN)))
        alone = [run(", single origin", Style.WARN)] if row.single_origin else []
        numbers = _cites(page, map(str, account.position.evidence if account else ()))
        weight = [run(row.evidence), *alone, run(": ")] if row.evidence else []
        return position, side, (*weight, *numbers)
    record = f"{count(len(row.about), 'statement')} about it, no side" if row.about else "nothing on record"
    cited = _cites(page, (str(each.coded.id) for each in row.about))
    found = line(record, *([run(": "), *cited] if cited else []))
    return position, line("unknown"), found


def _without_vote(page: Page) -> Iterator[Block]:
    rows: list[Row] = []
    for group in page.groups:
        if not group.note:
            continue
        heading = line(run(group.title, Style.STRONG), run(f" ({group.note})", Style.QUIET))
        rows.append(Row(cells=(heading,), whole=True))
        told = [row for row in group.actors if row.on_record or row.about]
        rows += [Row(cells=(line(row.name), *_where(page, row)), quiet=not row.on_record, key=row.key) for row in told]
        rest = [row.name for row in group.actors if row not in told]
        if rest:
            rows.append(Row(cells=(line(f"Nothing about it: {', '.join(rest)}"),), whole=True, quiet=True))
    columns = (
        Column(head="Actor", share=3),
        Column(head="Position", number=True, share=2),
        Column(head="Stands", share=2),
        Column(head="On record, statements", share=4),
    )
    if rows:
        yield Table(caption="Without a vote", columns=columns, rows=tuple(rows))
    assumed = [row for row in page.actors if row.account and not row.on_record]
    if assumed:
        names = "; ".join(f"{row.name} {row.position} ({row.account.assumed})" for row in assumed if row.account)
        yield Paragraph(kind=Kind.CLAIM, words=line(f"Assumed, with no words behind them: {names}."))


def _account(page: Page, row: ActorRow) -> Iterator[Block]:
    """How the position of a member that decides came about, the words that moved it most first."""
    account = row.account
    if account is None:
        return
    when = f", {account.when}" if account.when else ""
    method = f" Estimated by {account.method}." if account.method else ""
    facts = (
        f" {account.figure}; 90% interval {account.interval_words}; nearest to {account.nearest.words}."
        f" {sentence(account.record)}{when}. Salience {account.salience}.{method} "
    )
    numbers = _cites(page, map(str, account.position.evidence))
    yield Paragraph(kind=Kind.CLAIM, words=line(run(row.name, Style.STRONG), facts, *numbers))
    if account.movers:
        told = "Moved by, in points it would go back were the statement left out (+ is towards 100):"
        yield Paragraph(kind=Kind.NOTE, words=line(run(told, Style.QUIET)))
        yield from (_mover(page, mover) for mover in account.movers[:MOVERS])
        yield from _more(len(account.movers) - MOVERS, "statement", "that moved it no more")
    yield from _claims(page, (*account.changes, *account.shifts))


def _mover(page: Page, mover: Mover) -> Paragraph:
    row = page.moved_by(mover)
    words = shortened("".join(text for _, text in row.parts), to=170)
    style = {"for": Style.FOR, "against": Style.AGAINST}.get(mover.side, Style.STRONG)
    facts = [*row.force]
    if mover.contribution is not None:
        facts += [f"speaks for {mover.contribution.value:.0f}", f"{mover.share} of the weight"]
    number = run(f" {row.number}", Style.QUIET, to=_place(row))
    rest = run(f"; {'; '.join(facts)}", Style.QUIET)
    quoted = run(f"“{words}”", Style.EXACT)
    return Paragraph(kind=Kind.ITEM, words=(run(f"{mover.moved or 'not told'}  ", style), quoted, number, rest))


def _passing(page: Page, section: Section) -> Iterator[Block]:
    index = page.index
    yield from _claims(page, section.claims)
    yield from _filled(
        Table(
            caption="Options, from the proposal down",
            columns=(
                Column(head="Option", share=4),
                Column(head="At", number=True, share=0),
                Column(head="Likely to object", share=4),
                Column(head="Passes", number=True, share=1),
            ),
            rows=tuple(
                _cells(
                    rung.option.label,
                    f"{rung.option.value:.0f}",
                    ", ".join(shown(index.name(id)) for id in rung.objectors) or "no member on record",
                    percent(rung.probability),
                )
                for rung in rungs(index)
            ),
        )
    )
    yield from _filled(
        Table(
            caption="What each possible blocker would accept",
            columns=(Column(head="Member", share=3), *_numbers("Objects", "Accepts up to", "Move needed"), _RESTS),
            rows=tuple(
                Row(
                    cells=(
                        line(shown(index.name(entry.actor_id))),
                        line(percent(entry.probability)),
                        line(f"{entry.consents_up_to:.0f}"),
                        line(count(round(distance(index, entry)), "point", none="no")),
                        _cites(page, map(str, index.objection(entry).statements)),
                    )
                )
                for entry in page.brief.forecast.blockers
            ),
        )
    )
    yield from _filled(
        Table(
            caption="What adoption would stand at, were one vote known",
            columns=(
                Column(head="Member", share=3),
                *_numbers("Objects", "If it objects", "If it does not", "Nor any above it"),
            ),
            rows=tuple(_cells(row.name, row.objects, row.if_no, row.if_yes, row.after) for row in hinge_rows(index)),
        )
    )
    yield from _filled(
        Table(
            caption="Where models of bargaining say it would end",
            columns=(Column(head="Model", share=3), *_numbers("At", "80% of draws", "The rule adopts it")),
            rows=tuple(
                _cells(row.model, f"{row.value:.0f}", f"{row.low:.0f} to {row.high:.0f}", percent(row.passes))
                for row in model_rows(index)
            ),
        )
    )


_RESTS = Column(head="Statements", share=3)


def _numbers(*heads: str) -> tuple[Column, ...]:
    return tuple(Column(head=head, number=True, share=2) for head in heads)


def _cells(*words: str) -> Row:
    return Row(cells=tuple(map(line, words)))


def _filled(table: Table) -> Iterator[Block]:
    if table.rows:
        yield table


def _said(page: Page, section: Section) -> Iterator[Block]:
    yield from _claims(page, section.claims)
    if page.rows:
        words = "Every statement with its exact words, source and document stands in the annex under its number."
        yield Paragraph(kind=Kind.NOTE, words=line(run(words, Style.QUIET, to="annex")))


def _when(page: Page, section: Section) -> Iterator[Block]:
    yield from _claims(page, section.claims)
    events = [(entry.date, row) for entry in page.foreground for row in entry.events]
    shown_last = events[-EVENTS:]
    left = sum(len(entry.events) for entry in page.timeline) - len(shown_last)
    yield from _filled(
        Table(
            caption="What led to the decision, and what is planned",
            columns=(Column(head="Date", share=2), Column(head="What is told, and where", share=9)),
            rows=tuple(_event(date, row) for date, row in shown_last),
        )
    )
    yield from _more(left, "earlier event")
    yield from _filled(
        Table(
            caption="Earlier instances named in the documents",
            columns=(Column(head="Where", share=3), Column(head="When", share=2), Column(head="Words", share=7)),
            rows=tuple(
                Row(
                    cells=(
                        line(f"{row.precedent.place}, {row.precedent.kind}"),
                        line(row.years or "not told"),
                        line(
                            *([run(f"{row.fate}: ")] if row.fate else []),
                            *joined((_words(words, to=140) for words in row.words[:TOLD]), "; "),
                        ),
                    )
                )
                for row in precedent_rows(page.index)
            ),
        )
    )


def _event(date: str, row: EventRow) -> Row:
    kind = run(f"{', '.join([row.kind, *row.marks])}: ", Style.QUIET)
    others = [line(run(f"{other.date}: " if other.date else ""), *_words(other, to=160)) for other in row.others]
    more = [run("; also "), *joined(others[:TOLD], "; ")] if others else []
    rest = [run(f"; and {len(others) - TOLD} more", Style.QUIET)] if len(others) > TOLD else []
    return Row(cells=(line(date), line(kind, *_words(row.best), *more, *rest)))


def _origins(page: Page, section: Section) -> Iterator[Block]:
    yield from _claims(page, section.claims)
    shared = claim_rows(page)
    if shared:
        yield Heading(level=3, words=line("Said in more than one document"))
        yield from (_shared(row) for row in shared[:SHARED])
        yield from _more(len(shared) - SHARED, "thing")
    different, loose = split(discrepancy_rows(page.index))
    if different:
        yield Heading(level=3, words=line("Told differently"))
        for row in different[:DIFFERENT]:
            yield from _discrepancy(row)
        yield from _more(len(different) - DIFFERENT, "discrepancy", "are in the brief’s HTML and JSON")
    yield from _more(len(loose), "loose end", "of notes and references are in the brief’s HTML and JSON")
    yield from _filled(
        Table(
            caption="Origins of what was said about the proposal",
            columns=(
                Column(head="Origin", share=5),
                Column(head="Carries", share=4),
                Column(head="Statements", share=2),
            ),
            rows=tuple(
                Row(cells=(line(row.label), line(", ".join(row.actors)), _cites(page, map(str, row.ids))))
                for row in page.origins
            ),
        )
    )
    works = [row for row in work_rows(page.index) if not row.person]
    yield from _filled(
        Table(
            caption="Sources that the documents credit",
            columns=(Column(head="Source", share=4), Column(head="Leaning on it, with the words", share=7)),
            rows=tuple(
                Row(
                    cells=(
                        line(
                            row.name,
                            run(f", {row.kind}", Style.QUIET),
                            *([run(f"; only origin of {count(row.alone, 'claim')}", Style.WARN)] if row.alone else []),
                        ),
                        joined((_words(leaning.words[0], to=110) for leaning in row.leaning), "; "),
                    )
                )
                for row in works[:WORKS]
            ),
        )
    )
    yield from _more(len(works) - WORKS, "source", "of one document each, in the brief’s HTML and JSON")
    yield from _filled(
        Table(
            caption="Documents read",
            key="documents",
            columns=(
                Column(head="Document", share=6),
                Column(head="Publisher", share=3),
                Column(head="Published", share=2),
                Column(head="Statements", number=True, share=2),
            ),
            rows=tuple(
                Row(
                    cells=(
                        line(one.title or one.name),
                        line(one.publisher or "–"),
                        line(day(one.published) if one.published else "no date"),
                        line(str(page.statements_in[one.id])),
                    ),
                    key=f"document-{one.id}",
                )
                for one in page.brief.documents
            ),
        )
    )


def _shared(row: ClaimRow) -> Paragraph:
    alone = [run(" single origin", Style.WARN)] if row.single else []
    numbers = joined(line(run(str(each.number), Style.QUIET, to=_place(each))) for each in row.statements)
    told = [line(run("statements ", Style.QUIET), *numbers)] if numbers else []
    told += [
        line(run("quoted in ", Style.QUIET), _document(str(words.document_id), words.document)) for words in row.quoted
    ]
    quoted = run(f"“{shortened(row.words, to=170)}”", Style.EXACT)
    labels = run(f" ({'; '.join(row.labels)}); ", Style.QUIET)
    return Paragraph(kind=Kind.ITEM, words=(quoted, run(f": {row.weight}"), *alone, labels, *joined(told, "; ")))


def _discrepancy(row: DiscrepancyRow) -> Iterator[Block]:
    why = run(f": {row.discrepancy.why}")
    yield Paragraph(
        kind=Kind.ITEM, words=line(run(f"{row.kind}, ", Style.QUIET), run(row.discrepancy.about, Style.STRONG), why)
    )
    for telling in row.tellings:
        value = run(shortened(telling.value, to=160) if telling.value else "not there", Style.STRONG)
        right = [run(" (borne out)", Style.FOR)] if telling.right else []
        yield Paragraph(kind=Kind.SUBITEM, words=line(value, *right, ": ", *_words(telling.words, to=320)))
    if row.settled:
        yield Paragraph(kind=Kind.SUBITEM, words=line(run(row.settled, Style.STRONG)))


def _unknown(page: Page, section: Section) -> Iterator[Block]:
    brief = page.brief
    if not section.claims:
        nothing = "Nothing was refused, no member is without a statement and nothing was assumed."
        yield Paragraph(kind=Kind.CLAIM, words=line(nothing))
    yield from _claims(page, section.claims)
    questions = question_rows(page.index)
    if questions:
        yield Heading(level=3, words=line("Questions that the documents ask"))
    for row in questions[:QUESTIONS]:
        answered = "" if row.passages else ": nothing here answers it"
        where = f", {row.where}" if row.where else ""
        yield Paragraph(kind=Kind.ITEM, words=line(*_words(row.words), f"{where}{answered}"))
        for passage in row.passages[:TOLD]:
            yield Paragraph(kind=Kind.SUBITEM, words=_words(passage))
    yield from _more(len(questions) - QUESTIONS, "question")
    yield from _filled(
        Table(
            caption="Assumptions and what they change",
            columns=(
                Column(head="Assumed", share=5),
                Column(head="Adopted with it", number=True, share=2),
                Column(head="Otherwise", share=5),
                Column(head="Adopted then", number=True, share=2),
            ),
            rows=tuple(
                _cells(each.name, percent(each.adopted_if_held), each.otherwise, percent(each.adopted_otherwise))
                for each in brief.forecast.assumptions
            ),
        )
    )
    for one in brief.rejected:
        yield Paragraph(kind=Kind.ITEM, words=line(f"Refused: {one.name}: {one.reason}"))
    for copy in brief.duplicates:
        same = "the same text as" if copy.similarity >= 1 else f"{percent(copy.similarity)} alike with"
        yield Paragraph(kind=Kind.ITEM, words=line(f"Copy: {copy.name}, {same} {page.index.title(copy.of)}"))


def _made(page: Page, section: Section) -> Iterator[Block]:
    brief, made = page.brief, page.brief.how_made
    yield from _claims(page, section.claims)
    issue = brief.issue
    rows = (
        ("made", line(f"{made.generated_at}, in {made.seconds:.1f} s by winset {made.winset_version}")),
        ("rule", line(f"{brief.rule_name}{f', {brief.rule_source}' if brief.rule_source else ''}")),
        ("members", line("; ".join(filter(None, (f"{brief.body.name} {on_day(issue.on)}", brief.body.source))))),
        (
            "scale",
            line(
                f"status quo at {issue.status_quo:.0f}, proposal at {issue.proposal_value:.0f}; ± is one standard"
                " error; “for” and “against” say that the position is on that side of the middle nine times in ten,"
                " “leaning” that it is so less often"
            ),
        ),
        ("draws, seed", line(f"{made.draws:,}, {made.seed}")),
        *((step, line(method)) for step, method in made.methods),
        ("command", line(run(made.command, Style.CODE))),
    )
    yield Table(
        caption="How to make it again",
        columns=(Column(head="Step", share=2), Column(head="How", share=9)),
        rows=tuple(Row(cells=(line(step), how)) for step, how in rows),
    )
    yield Paragraph(kind=Kind.NOTE, words=line(run(KNOWN, Style.QUIET)))


KNOWN = (
    "Sentences are marked by how they are known: quoted from a document, estimated from quoted words, modelled by the"
    " rule from estimates, assumed without evidence, recorded in a register or by the run itself. Words for"
    " probabilities follow ICD 203: likely is 55 to 80%, very likely 80 to 95%, almost certain above."
)


# the annex


def _annex(page: Page) -> Iterator[Block]:
    if not page.rows:
        return
    yield Heading(level=2, words=line("Annex: the statements, with their exact words"), key="annex")
    how = "What was stated stands in bold, with source and cue around it; […] marks words left out."
    yield Paragraph(kind=Kind.NOTE, words=line(run(how, Style.QUIET)))
    left = MOST_SAID
    for group in page.speaking:
        for actor in group.actors:
            if rows := actor.about[: max(0, left)]:
                yield Heading(level=3, words=line(actor.name, run(f" ({group.title.lower()})", Style.QUIET)))
                yield from map(_statement, rows)
            left -= len(actor.about)
    others = [row for row in page.rows.values() if row.stance == "none"]
    if rows := tuple(others[: max(0, left)]):
        yield Heading(level=3, words=line(f"About other things ({len(others)})"))
        yield from map(_statement, rows)
    yield from _more(len(page.rows) - MOST_SAID, "statement")


def _statement(row: StatementRow) -> Said:
    side = {"favour": Style.FOR, "oppose": Style.AGAINST}.get(row.stance, Style.QUIET)
    told = (row.speaker, row.identified, row.form_words, row.date)
    before = "; ".join(["", *filter(None, told), ""])
    after = f"; origin: {row.coded.origin.label}; confidence {row.certainty}; {row.coder}"
    facts = (
        run(row.stance_words, side),
        run(before, Style.QUIET),
        _document(str(row.document_id), row.document),
        run(after, Style.QUIET),
    )
    return Said(number=row.number, key=_place(row), words=_verbatim(row), facts=facts)
