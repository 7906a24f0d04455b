"""Clues one by one, in sentences of our own: roles, people not named, those who speak for a group, collectives."""

from __future__ import annotations

import pytest
from tests.actors.test_resolution import case, heard

from winset.actors.types import SpeaksAs


@pytest.mark.parametrize(
    ("text", "represents", "speaker", "role", "speaks_as"),
    [
        ("[[Kenya's ambassador]] came.", "Kenya", None, "ambassador", SpeaksAs.ACTOR),
        ("[[Japanese Prime Minister Fumio Kishida]] came.", "Japan", "Fumio Kishida", "prime minister", SpeaksAs.ACTOR),
        (
            "[[Tom Bell, a senior research fellow at the Elm Institute]], came.",
            "expert: Elm Institute",
            "Tom Bell",
            "senior research fellow",
            SpeaksAs.EXPERT,
        ),
        (
            "[[Tom Bell, the former British ambassador to Chile]], came.",
            "expert: Tom Bell",
            "Tom Bell",
            "former ambassador",
            SpeaksAs.EXPERT,
        ),
        ("[[A former judge]] came.", "expert: former judge", None, "former judge", SpeaksAs.EXPERT),
        ("[[A Reuters report]] came.", "media: Reuters", None, None, SpeaksAs.MEDIUM),
        ("[[Analysts]] doubt it.", "experts (unspecified)", None, None, SpeaksAs.COLLECTIVE),
        ("[[Three people briefed on the talks]] said so.", "unspecified", None, None, SpeaksAs.ANONYMOUS),
        ("[[Someone close to the talks]] said so.", "unspecified", None, None, SpeaksAs.ANONYMOUS),
        ("[[The moon]] said so.", None, None, None, SpeaksAs.UNRESOLVED),
    ],
)
def test_what_a_source_is_and_in_what_role(
    text: str, represents: str | None, speaker: str | None, role: str | None, speaks_as: SpeaksAs
) -> None:
    (found,) = heard(text)
    assert (found.represents, found.speaker, found.role, found.speaks_as) == (represents, speaker, role, speaks_as)


@pytest.mark.parametrize(
    ("text", "represents", "speaker"),
    [
        ("[[Peru's envoy]] left. [[He]] was angry.", "Peru", None),
        ("Peru spoke up. [[It was reported]] so. [[It]] was reported that talks failed.", None, None),
        ("Peru lost. [[It]] said that the vote was rigged.", "Peru", None),
        ("Ghana, [[whose negotiator]] walked out, was angry.", "Ghana", None),
        ("[[Vienna-based envoys]] shrugged.", "Vienna-based envoys (unspecified)", None),
        ("[[The American business community]] is split.", "American business community (unspecified)", None),
        ("[[the diplomat]] shrugged.", "unspecified", None),
        ("[[The NATO secretary general's spokesman]] shrugged.", "NATO", "Oana Lungescu"),
        ("[[An envoy from a Central Asian country]] shrugged.", "unspecified", None),
        ("The Elm Institute called. [[Its head, Ana Lind]], was brief.", "expert: Elm Institute", "Ana Lind"),
        ("The trip of [[President Macron]]'s aides was long.", "France", "Emmanuel Macron"),
        ("[[Samoa]], on behalf of AOSIS, wanted more.", "Alliance of Small Island States", None),
        ("[[Ana Lio of Samoa]], speaking for the G77, wanted more.", "G77", "Ana Lio"),
        ("In the Hungarian capital, [[a government spokesman]] was brief.", "Hungary", None),
        ("Niger's junta met. Mali waited. [[The junta]] was brief.", "Niger", None),
        ("Mali waited. [[The junta]] was brief.", None, None),
        (
            "The WTO met. India left. [[The director-general]] was brief.",
            "World Trade Organization",
            "Ngozi Okonjo-Iweala",
        ),
        ("[[Moscow's UN envoy]] left.", "Russia", None),
        ("[[France's NATO ambassador]] left.", "France", None),
        ("[[The UN's Syria envoy]] left.", "United Nations", None),
        ("[[Chile's foreign minister]] left. [[Her Norwegian counterpart]] stayed.", "Norway", "Anniken Huitfeldt"),
        ("[[Chile's foreign minister]] left. [[His counterpart from Peru]] stayed.", "Peru", None),
        ("[[Macron]] left. [[An aide to Macron]] stayed.", "France", None),
        ("[[Macron's office]] was brief.", "France", None),
        ("[[The Biden administration]] was brief.", "United States", None),
        ("[[Ana Lio (Samoa)]] left.", "Samoa", "Ana Lio"),
        ("The envoy, [[Ana Lio]] (Samoa), left.", "Samoa", "Ana Lio"),
        ("TOKYO — Talks went on, China said. [[Transport minister Aki Mori]] left.", "Japan", "Aki Mori"),
        ("Ann Poe, China's envoy, sat. [[The joint envoy]] left.", "unspecified", None),
        ("An envoy of Peru came. [[The envoy]] was angry.", "Peru", None),
        ("A senior official at the Kremlin came. [[The same official]] was brief.", "Russia", None),
        ("An official came to Peru from abroad. [[The official]] was brief.", "unspecified", None),
        ("The official of Peru came. An envoy of Chile left. [[The minister]] was brief.", None, None),
        ("[[Chile's president]] left. [[The foreign minister]] stayed.", "Chile", None),
        ("Iceland's prime minister sat. [[The Secretary General]] left.", None, None),
        ("The NATO summit closed. [[The Heads of State and Government]] agreed.", "NATO members (all)", None),
        ("[[Some of my friends]] left.", "Some of my friends (unspecified)", None),
        ("[[State television]] was brief.", "media: State television", None),
        ("[[Policymakers]] were brief.", "Policymakers (unspecified)", None),
        ("[[Vladimir V. Putin]] was brief.", "Russia", "Vladimir Putin"),
        ("[[A US-born singer]] was brief.", "A US-born singer (unspecified)", None),
        ("[[Elm Street residents]] protested.", "Elm Street residents (unspecified)", None),
        ("[[One of them]] left.", "One of them (unspecified)", None),
    ],
)
def test_whom_the_words_mean(text: str, represents: str | None, speaker: str | None) -> None:
    found = heard(text)[-1]
    assert (found.represents, found.speaker) == (represents, speaker), found


def test_an_official_of_the_body_asked_about() -> None:
    (found,) = heard("[[A senior alliance official]] was brief.", spec=case("nato", "2023-07-11"))
    assert (found.represents, found.speaker) == ("NATO", None)


def test_the_first_person_of_a_document_is_its_author() -> None:
    (found,) = heard("In this essay [[I]] argue for the levy.")
    assert (found.represents, found.speaks_as) == ("author", SpeaksAs.AUTHOR)


def test_in_the_documents_own_voice_the_first_person_is_not_the_speaker_heard_last() -> None:
    found = heard("[[Tom Bell of the Elm Institute]] doubts it. In [[my]] view he is wrong.")
    assert (found[1].represents, found[1].speaks_as) == ("author", SpeaksAs.AUTHOR)


def test_an_office_is_that_of_the_day_even_where_only_the_year_is_told() -> None:
    text = "In 2004 the union grew. [[The German chancellor]] was pleased."
    assert heard(text, on="")[0].speaker == "Gerhard Schröder"


def test_who_was_in_office_then_speaks_for_it_then() -> None:
    (found,) = heard("The then Commission president, [[Romano Prodi]], was brief.", on="2010-05-01")
    assert (found.represents, found.speaker) == ("European Union", "Romano Prodi")


@pytest.mark.parametrize(
    "source",
    ["The head of the Coral Reef Fund", "The Secretary-General of the Lantern Society", "The Coral Reef Fund's chief"],
)
def test_the_head_of_another_organisation_is_not_the_head_of_the_body_that_decides(source: str) -> None:
    text = f"Estonia's foreign minister smiled. [[{source}]] told pupils so."
    (found,) = heard(text, on="2025-03-05", spec=case("nato", "2025-03-10"))
    assert (found.actor_id, found.speaker) == (None, None)


def test_the_head_of_the_body_that_decides_is_found_by_the_office_alone() -> None:
    (found,) = heard("[[The Secretary-General]] said so.", on="2025-03-05", spec=case("nato", "2025-03-10"))
    assert (found.actor_id, found.speaker) == ("nato", "Mark Rutte")
