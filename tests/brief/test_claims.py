from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import pytest

from winset.actors.types import Standing
from winset.brief.claims import claims
from winset.brief.index import Index, Stand, stand
from winset.brief.types import Brief, Claim, ClaimKind
from winset.brief.wording import chance, percent, the
from winset.corpus.types import Document
from winset.decisions.types import Assumption, Blocker, Outcome
from winset.ids import PartialDate


def section(brief: Brief, key: str) -> tuple[Claim, ...]:
    return next(part.claims for part in claims(brief) if part.key == key)


def prose(brief: Brief, key: str) -> str:
    return " ".join(f"{claim.text} {claim.caveat}" for claim in section(brief, key))


def test_the_sections_come_in_the_order_a_reader_needs_them(compact_brief: Brief) -> None:
    assert [part.title for part in claims(compact_brief)] == [
        "The answer",
        "Where everyone stands",
        "What could still pass",
        "What was said",
        "When",
        "What it rests on",
        "What we do not know",
        "How it was made",
    ]


def test_a_blocked_answer_reads_aloud(compact_brief: Brief) -> None:
    assert section(compact_brief, "answer")[0].text == (
        "Blocked. Under the Northern Compact Council’s rule of consensus under a silence procedure, the proposal would"
        " not be adopted on 20 May 2031: Arvenia objects (7 statements from 2 independent origins), and one objection"
        " is enough."
    )


def test_the_headline_cites_the_statements_of_the_blocker_and_the_rule(
    compact_brief: Brief, made_case: ModuleType
) -> None:
    cites = section(compact_brief, "answer")[0].cites
    arvenia = {
        coded.id
        for coded in compact_brief.statements
        if coded.identification.represents == "Arvenia" and coded.stance.word == "oppose"
    }
    assert arvenia < set(cites)
    assert {"compact", "CompactTreaty2004"} == set(cites) - arvenia


def test_evidence_is_counted_by_origin_and_not_by_article(compact_brief: Brief) -> None:
    index = Index(compact_brief)
    behind = index.objection(compact_brief.forecast.blockers[0])
    documents = {index.statements[id].statement.document_id for id in behind.statements}
    assert (len(documents), behind.origins) == (3, 2)


@pytest.mark.parametrize(
    ("probability", "verb"), [(0.97, "objects"), (0.85, "very probably objects"), (0.6, "probably objects")]
)
def test_how_surely_a_member_objects_is_in_the_verb(
    compact_brief: Brief, made_case: ModuleType, probability: float, verb: str
) -> None:
    blocker = replace(compact_brief.forecast.blockers[0], probability=probability)
    brief = replace(compact_brief, forecast=made_case.forecast(blockers=(blocker,)))
    assert f"Arvenia {verb} (7 statements" in section(brief, "answer")[0].text


def test_a_member_less_likely_than_not_to_object_is_not_named_as_a_blocker(compact_brief: Brief) -> None:
    assert "United Isles" not in section(compact_brief, "answer")[0].text


def test_two_blockers_are_both_named(compact_brief: Brief, made_case: ModuleType) -> None:
    both = tuple(replace(entry, probability=0.99) for entry in compact_brief.forecast.blockers)
    text = section(replace(compact_brief, forecast=made_case.forecast(blockers=both)), "answer")[0].text
    assert "Arvenia objects (7 statements from 2 independent origins) and the United Isles objects (1 statement" in text
    assert "from a single origin); either objection is enough." in text


def test_many_blockers_are_counted_after_the_third(compact_brief: Brief, made_case: ModuleType) -> None:
    many = tuple(
        replace(compact_brief.forecast.blockers[0], actor_id=made_case.actor_id(name)) for name in made_case.MEMBERS[:5]
    )
    text = section(replace(compact_brief, forecast=made_case.forecast(blockers=many)), "answer")[0].text
    assert "United Isles objects (1 statement from a single origin) and 2 more members; any one of these" in text


def test_blocked_without_a_likely_blocker_names_none_as_sure(compact_brief: Brief, made_case: ModuleType) -> None:
    maybe = tuple(replace(entry, probability=0.4) for entry in compact_brief.forecast.blockers)
    text = section(replace(compact_brief, forecast=made_case.forecast(blockers=maybe)), "answer")[0].text
    assert "one objection is enough and at least one of Arvenia and the United Isles is expected to object" in text


def test_blocked_for_want_of_votes_says_so(compact_brief: Brief, made_case: ModuleType) -> None:
    votes = (replace(compact_brief.forecast.blockers[0], alone=False),)
    text = section(replace(compact_brief, forecast=made_case.forecast(blockers=votes)), "answer")[0].text
    assert text.endswith("with the members known so far the proposal falls short of what the rule asks.")


def test_an_adopted_answer_does_not_say_that_silent_members_agree(compact_brief: Brief, made_case: ModuleType) -> None:
    adopted = made_case.forecast(outcome=Outcome.ADOPTED, probability=0.86, blockers=())
    brief = replace(compact_brief, forecast=adopted)
    assert section(brief, "answer")[0].text.endswith(
        "the proposal would be adopted on 20 May 2031: no member on record is more likely than not to object."
    )
    unknown = "6 of the 9 members with a vote have nothing on record for or against it."
    assert f"{unknown} They are counted as unknown, not as in favour." in prose(brief, "answer")
    assert "very likely: 86%" in prose(brief, "answer")


def test_adopted_over_an_objection_names_it(compact_brief: Brief, made_case: ModuleType) -> None:
    outvoted = (replace(compact_brief.forecast.blockers[0], alone=False),)
    brief = replace(compact_brief, forecast=made_case.forecast(outcome=Outcome.ADOPTED, blockers=outvoted))
    assert "although Arvenia objects (7 statements from 2 independent origins): too few votes to stop it." in (
        section(brief, "answer")[0].text
    )


def test_an_undecided_answer_is_called_undecided(empty_brief: Brief) -> None:
    text = section(empty_brief, "answer")[0].text
    assert text.startswith("Undecided. ")
    assert "does not settle whether the proposal would be adopted" in text
    assert "None of the 9 members with a vote has anything on record." in prose(empty_brief, "answer")


def test_an_answer_that_turns_on_an_assumption_says_so_at_once(compact_brief: Brief, made_case: ModuleType) -> None:
    hinge = Assumption(
        name="silent members do not object",
        text="Members with nothing on record are taken not to object.",
        otherwise="each is as likely to object as not",
        adopted_if_held=0.8,
        adopted_otherwise=0.02,
    )
    brief = replace(compact_brief, forecast=made_case.forecast(assumptions=(hinge,)))
    turning = [claim for claim in section(brief, "answer") if claim.kind is ClaimKind.ASSUMED]
    [claim] = turning
    assert claim.text == (
        "The answer turns on an assumption: silent members do not object. With it adoption stands at 80%;"
        " otherwise at 2%."
    )
    assert section(brief, "unknown")[-1].caveat == "The answer would be another."


@pytest.mark.parametrize(
    ("otherwise", "effect"),
    [
        (0.027, "No difference to the answer."),
        (0.017, "The same answer, 1 percentage point less for adoption."),
        (0.327, "The same answer, 30 percentage points more for adoption."),
    ],
)
def test_every_assumption_comes_with_its_measured_effect(
    compact_brief: Brief, made_case: ModuleType, otherwise: float, effect: str
) -> None:
    assumption = replace(compact_brief.forecast.assumptions[0], adopted_otherwise=otherwise)
    brief = replace(compact_brief, forecast=made_case.forecast(assumptions=(assumption,)))
    assert section(brief, "unknown")[-1].caveat == effect


def test_members_and_others_are_never_in_one_sentence(compact_brief: Brief) -> None:
    members, *others = section(compact_brief, "standing")
    assert members.text == (
        "Of 9 members with a vote, 3 are on record: Boresia is for it; the United Isles is leaning for it;"
        " Arvenia is against it. 6 have nothing on record."
    )
    assert "Outside powers (no vote): Dravia is against it." in [claim.text for claim in others]


def test_a_commentator_is_never_his_country(compact_brief: Brief) -> None:
    commentators = [claim for claim in section(compact_brief, "standing") if claim.text.startswith("Commentators")]
    [claim] = commentators
    assert "not for a country" in claim.text
    assert "Dravia" not in claim.text
    cited = {coded.id: coded for coded in compact_brief.statements}
    assert {cited[id].identification.standing for id in claim.cites if id in cited} == {Standing.COMMENTATOR}  # type: ignore[index]


def test_what_could_still_pass_names_the_rung_and_each_blockers_distance(compact_brief: Brief) -> None:
    free, *hanging, move, settled, models = section(compact_brief, "passing")
    assert (
        free.text
        == "No member on record is likely to object to “two visiting officers” at 20: passing is very likely (83%)."
    )
    assert free.caveat == "Members with nothing on record could still object."
    assert move.text == (
        "Arvenia is estimated to accept up to 24; the proposal stands at 100 and would have to move 76 points towards"
        " the status quo. The furthest option listed within that is “two visiting officers” (20). As it is, the rule"
        " leaves it abstaining or keeping silent."
    )
    assert [claim.text for claim in hanging] == [
        "If Arvenia let it pass, adoption would stand at 88%, against 3% as things stand.",
        (
            "Whether the United Isles objects is not settled (11% that it does): adoption would stand at under 1% if it"
            " objects, at 3% if it does not."
        ),
        "The vote of Arvenia would turn the outcome into the other.",
        (
            "The least concession, on the scale of 0 to 100: moved 75 points, to 25, it passes with a chance of 50%"
            " (the option within that is “two visiting officers”); moved 84 points, to 16, it passes with a chance of"
            " 80%. No move gives it a chance of 95%."
        ),
    ]
    assert settled.text.startswith(
        "Were it settled by bargaining among the 3 of 9 members on record, the default model (smoothed-median) puts"
    )
    assert "6 less than saying 50 always" in settled.caveat
    assert "its error there is not known" in settled.caveat
    assert models.text == "2 models put it between 54 (compromise) and 64 (median)."


def test_a_blocker_that_accepts_no_change_is_said_to_accept_none(compact_brief: Brief, made_case: ModuleType) -> None:
    stubborn = (replace(compact_brief.forecast.blockers[0], consents_up_to=0.0),)
    brief = replace(compact_brief, forecast=made_case.forecast(blockers=stubborn))
    moves = [claim.text for claim in section(brief, "passing") if "estimated to accept" in claim.text]
    [move] = moves
    assert move.startswith("Arvenia is estimated to accept nothing beyond the status quo.")


def test_the_status_quo_is_not_offered_as_something_that_could_pass(compact_brief: Brief) -> None:
    assert "“status quo”" not in prose(compact_brief, "passing")


def test_the_gaps_are_all_named(compact_brief: Brief) -> None:
    text = prose(compact_brief, "unknown")
    assert (
        "6 members have nothing on record for or against it: Fenmark, Gallia Nova, Hestia, Illyra, Jorland and Kesh."
        in text
    )
    assert "2 statements have a source that was not identified, 1 of them about the proposal." in text
    assert "The positions of Boresia and the United Isles each rest on a single origin" in text
    assert "1 document could not be read and is not part of this brief." in text
    assert "1 document is a copy, or nearly, of another" in text
    assert "2 proposed statements were refused" in text


def test_one_silent_member_is_spoken_of_in_the_singular(compact_brief: Brief) -> None:
    parties = tuple(
        entry
        for entry in compact_brief.parties
        if entry.name not in {"Fenmark", "Gallia Nova", "Hestia", "Illyra", "Jorland"}
    )
    brief = replace(compact_brief, parties=parties)
    assert "1 of the 4 members with a vote has nothing on record for or against it. It is counted as unknown" in prose(
        brief, "answer"
    )
    assert "1 member has nothing on record for or against it: Kesh. Its silence is not read as consent." in prose(
        brief, "unknown"
    )


def test_when_everybody_is_on_record_nothing_is_said_of_silence(compact_brief: Brief) -> None:
    parties = tuple(entry for entry in compact_brief.parties if entry.position)
    brief = replace(compact_brief, parties=parties)
    assert "nothing on record" not in prose(brief, "answer") + prose(brief, "standing")


def test_statements_coded_by_a_person_are_not_called_unchecked(compact_brief: Brief) -> None:
    assert "A machine found and read 19 of the 20 statements" in prose(compact_brief, "answer")


def test_a_person_who_said_whose_words_they_are_is_named(compact_brief: Brief) -> None:
    first, *others = compact_brief.statements
    judged = replace(first, identification=replace(first.identification, by="Ana", why="she was there"))
    brief = replace(compact_brief, statements=(judged, *others))
    assert "Ana said whose words 1 of them is." in prose(brief, "answer")
    assert "said whose words" not in prose(compact_brief, "answer")


def test_a_brief_with_nothing_on_record_still_has_its_eight_sections(empty_brief: Brief) -> None:
    assert all(part.claims for part in claims(empty_brief))
    assert "No statement was found in 3 documents." in prose(empty_brief, "said")
    assert "No member is on record" in prose(empty_brief, "passing")


def test_every_claim_cites_statements_of_the_brief_or_a_named_key(many_brief: Brief) -> None:
    ids = {coded.id for coded in many_brief.statements}
    for part in claims(many_brief):
        for claim in part.claims:
            assert all(claim.cites)
            if claim.kind is ClaimKind.QUOTED and part.key == "said":
                assert set(claim.cites) == ids


def test_a_partial_date_is_not_made_precise(compact_brief: Brief) -> None:
    brief = replace(compact_brief, issue=replace(compact_brief.issue, on=PartialDate("2031-05")))
    assert "in May 2031" in section(brief, "answer")[0].text


def test_a_scale_that_runs_down_is_read_the_right_way_round(compact_brief: Brief) -> None:
    issue = replace(compact_brief.issue, proposal_value=0.0, status_quo=100.0)
    near_zero = next(entry.position for entry in compact_brief.parties if entry.name == "Arvenia")
    assert near_zero is not None
    assert stand(near_zero, compact_brief.issue) is Stand.AGAINST
    assert stand(near_zero, issue) is Stand.FOR


def test_an_objection_without_outright_words_cites_what_the_position_rests_on(compact_brief: Brief) -> None:
    isles = compact_brief.forecast.blockers[1]
    assert len(Index(compact_brief).objection(isles).statements) == 1


def test_a_blocker_that_the_brief_does_not_list_is_shown_by_its_id(compact_brief: Brief, made_case: ModuleType) -> None:
    stranger = (Blocker(actor_id=made_case.actor_id("Nowhere"), probability=0.9, alone=True, consents_up_to=10),)
    brief = replace(compact_brief, forecast=made_case.forecast(blockers=stranger))
    assert "nowhere very probably objects (no statement on record)" in section(brief, "answer")[0].text


@pytest.mark.parametrize("probability", [0.0, 0.004, 0.5, 0.951, 0.9999, 1.0])
def test_no_probability_is_ever_certain_or_decimal(probability: float) -> None:
    assert percent(probability) not in {"0%", "100%"}
    assert "." not in percent(probability)
    assert chance(probability)


@pytest.mark.parametrize(
    "name", ["United Kingdom", "Czech Republic", "Solomon Islands", "European Union", "Philippines"]
)
def test_names_that_take_an_article_get_it(name: str) -> None:
    assert the(name) == f"the {name}"


FRENCH = """La ministre des transports a rejeté le plan jeudi devant la presse, après deux jours de débats au conseil du
port. « Nous ne pouvons pas accepter ce texte », a-t-elle dit."""
GERMAN = """Die Ministerin hat den Plan am Donnerstag vor der Presse abgelehnt, nachdem der Rat des Hafens zwei Tage
lang darüber beraten hatte. „Wir können diesen Text nicht annehmen“, sagte sie."""
ONLY_MARKS = "only quotation marks and speaker labels were read there, not indirect speech"


def with_texts(brief: Brief, *texts: str) -> Brief:
    added = (Document(name=f"{number}.txt", text=text) for number, text in enumerate(texts, 1))
    return replace(brief, documents=(*brief.documents, *added))


def test_documents_in_other_languages_are_named(compact_brief: Brief) -> None:
    both = with_texts(compact_brief, FRENCH, GERMAN)
    told = f"2 documents are in French and German: {ONLY_MARKS}: 1.txt (French) and 2.txt (German)."
    assert told in prose(both, "unknown")
    assert f"1 document is in French: {ONLY_MARKS}: 1.txt." in prose(with_texts(compact_brief, FRENCH), "unknown")
    assert ONLY_MARKS not in prose(compact_brief, "unknown")


def test_a_paragraph_in_another_language_is_named(compact_brief: Brief) -> None:
    mixed = "\n\n".join((compact_brief.documents[0].text, GERMAN))
    assert (
        f"1 document is partly in another language than English; {ONLY_MARKS}: 1.txt (1 paragraph in German)."
    ) in prose(with_texts(compact_brief, mixed), "unknown")


def test_a_long_text_that_says_no_language_is_named(compact_brief: Brief) -> None:
    names = ", ".join(["Arvenia", "Boresia", "Fenmark", "Gallia Nova", "Hestia", "Illyra", "Jorland", "Kesh"] * 4)
    told = "1 document does not say in which language it was written; it was read as English: 1.txt."
    assert told in prose(with_texts(compact_brief, names), "unknown")
    assert "does not say" not in prose(with_texts(compact_brief, "Arvenia, Boresia"), "unknown")
