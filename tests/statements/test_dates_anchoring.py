"""What a date in words counts from: publication, another date of the text, or nothing; in English and elsewhere."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.corpus.types import Document
from winset.ids import PartialDate
from winset.statements.date_mentions import date_mentions
from winset.statements.dates import said_on
from winset.statements.extraction import RULES, extract
from winset.statements.foreign_dates import foreign_dates
from winset.statements.later_dates import later_dates
from winset.statements.segmentation import segments

FRIDAY = PartialDate("2021-03-12")  # a Friday
WEDNESDAY = PartialDate("2023-07-05")  # a Wednesday


def dates(text: str, published: PartialDate | None = FRIDAY) -> list[str]:
    return [str(mention.date) for mention in date_mentions(text, published=published)]


def later(text: str, published: PartialDate | None = FRIDAY) -> list[str]:
    return [str(mention.date) for mention in later_dates(text, 0, len(text), published=published)]


def elsewhere(text: str, language: str, published: PartialDate | None = WEDNESDAY) -> list[str]:
    found = foreign_dates(text, 0, len(text), language=language, published=published)
    return [str(mention.date) for mention in found]


def said(text: str, source: str, cue: str, content: str, published: PartialDate | None = FRIDAY) -> str:
    """When the last such words of a text were said."""
    spans = [(text.rindex(words), text.rindex(words) + len(words)) for words in (source, cue, content)]
    document = Document(name="a.txt", text=text, published=published)
    return str(said_on(document, source=spans[0], cue=spans[1], contents=spans[2:], segments=segments(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wednesday last, they met", ["2021-03-10"]),
        ("on Wednesday last week, on Monday of this week", ["2021-03-03", "2021-03-08"]),
        ("this past Monday, Last Friday, This Wednesday", ["2021-03-08", "2021-03-05", "2021-03-10"]),
        ("It will vote on Friday", ["2021-03-12"]),  # published on that day
        ("Tues., Jan 3rd", ["2021-01-03"]),
        ("on Monday, 15 March, and Monday, 20 November", ["2021-03-15", "2020-11-20"]),  # the weekday tells the year
        ("over the weekend, at the weekend, last weekend", ["2021-03"] * 3),
        ("three days ago, a fortnight ago, a couple of months ago", ["2021-03-09", "2021", "2021-01"]),
        ("more than two years ago", []),
        ("tonight", ["2021-03-12"]),
        ("In January; late May; at the end of February", ["2021-01", "2020-05", "2021-02"]),
        ("at a June summit, in a May interview", ["2020-06", "2020-05"]),
        ("in mid-2020, in the spring of 2019, in autumn", ["2020", "2019", "2020"]),
        (
            "6/6/20, 6/7/20, 13/6/20, 06.06.2020 and 2020-06-06",
            ["2020-06-06", "2020", "2020-06-13", *["2020-06-06"] * 2],
        ),
        ("June '20 and January the 3rd", ["2020-06", "2021-01-03"]),
        ("in May of last year, in May that year", ["2020-05"]),
        ("They would leave by the end of April", ["2021-04"]),
        ("over the past year, the next month, every Friday, Black Friday, USA Today, Wednesday week", []),
    ],
)
def test_words_count_from_the_publication(text: str, expected: list[str]) -> None:
    assert dates(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was signed on 3 May 2020. The day after, it broke.", ["2020-05-04"]),
        (
            "It was signed on 3 May 2020. A day later it broke, and the next day it was mended.",
            ["2020-05-04", "2020-05-05"],
        ),
        ("On 3 May 2020 it came, two days earlier it left; the same day it rained.", ["2020-05-01", "2020-05-01"]),
        ("On 3 May 2020 it came. The following week it left.", ["2020-05"]),
        ("In May 2020 it came. Two months later it left, a day later it was back.", ["2020-07"]),
        ("In 2018 it came and the following year it left.", ["2019"]),
        ("The vote was on 3 May 2020, the feast on 9 June 2020. The day after the vote it left.", ["2020-05-04"]),
        ("It left over the following week, and within the next year it was forgotten. It was 2019.", []),
        ("The next day nothing happened.", []),
        ("It has stood since 3 May 2020. The next day it fell.", []),
        ("On 11 March it came. Three days later it left.", []),  # after the publication
    ],
)
def test_words_count_from_the_last_date_of_the_text(text: str, expected: list[str]) -> None:
    assert later(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At the March 5 meeting, Reed said it would close.", "2021-03-05"),
        ("At Monday's debate, Reed said it would close.", "2021-03-08"),
        ("Ahead of the March 5 meeting, Reed said it would close.", "None"),
        ("Reed, who came on Monday, said it would close.", "None"),
        ("Reed, who spoke on Monday, said it would close.", "2021-03-08"),
        ("The 2016 laureate Reed said it would close.", "None"),
        ("The 2016 law of Reed said it would close.", "2016"),
        ("In a letter of 5 March, Reed said it would close.", "2021-03-05"),
        ("The pier has stood since 1998, when Reed said it would close.", "1998"),
        ("She gave an interview in January, during which Reed said it would close.", "2021-01"),
        ("Reed wrote to the port on Monday, and said it would close.", "2021-03-08"),
        ("OSLO, March 11 (Fjord News) - Reed said it would close.", "None"),  # when the report was filed
        ("Oslo, 11 March 2021 - Reed said it would close.", "2021-03-11"),  # a release's own date
        ("OSLO, March 11 (Fjord News) - Reed said on Wednesday it would close.", "2021-03-10"),
        ("In May, Reed has said it would close.", "None"),
        ("Reed will have said it would close on Monday.", "None"),
        ("“On Monday we knew,” Reed said it would close.", "None"),
        ("Last updated on 11 March 2021\n\nReed said it would close.", "None"),
        ("On Monday, Lee said it stays. Later, Reed said it would close.", "None"),
        ("It was dug on 3 March. The day after, Reed said it would close.", "2021-03-04"),
        ("Reed said it would close.", "None"),
    ],
)
def test_only_an_occasion_dates_what_is_said(text: str, expected: str) -> None:
    assert said(text, "Reed", "said", "it would close") == expected


def test_a_date_right_behind_quoted_words_is_theirs() -> None:
    assert said("“It closes” (Reed, 5 March 2021).", "Reed", "5", "It closes") == "2021-03-05"
    assert said("Reed called it “a disgrace” on Monday.", "Reed", "called", "a disgrace") == "2021-03-08"


def test_he_is_whom_the_sentence_before_names() -> None:
    text = "Lee told a hearing on Monday that it stays. Ann Reed disagreed. He said it would close."
    assert said(text, "He", "said", "it would close") == "None"
    assert said(text.replace("Ann Reed disagreed. ", ""), "He", "said", "it would close") == "2021-03-08"


@pytest.mark.parametrize("speaker", ["some members", "critics", "other ports", "her deputy"])
def test_who_is_new_to_the_text_inherits_no_occasion(speaker: str) -> None:
    assert said(f"Lee told a hearing on Monday that it stays. So {speaker} said no.", speaker, "said", "no") == "None"


def test_both_sides_inherit_their_meeting() -> None:
    text = "Lee met Reed on 3 March. Both sides agreed to dig."
    assert said(text, "sides", "agreed", "to dig") == "2021-03-03"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Hearing of the port committee\n\n3 March 2021", "2021-03-03"),
        ("Hearing of the port committee, 3 March 2021", "2021-03-03"),
        ("Hearings of the port committee\n\n3 March 2021\n\n4 March 2021", "None"),
        ("Hearing of the port committee\n\nMarch 2021", "None"),
        ("Hearing of the port committee", "None"),
    ],
)
def test_turns_of_a_transcript_have_the_one_day_above_them(head: str, expected: str) -> None:
    turns = "".join(f"\n\nMR {name}: We met on 1 March and want to dig." for name in ("REED", "LEE", "HOLM"))
    assert said(head + turns, "MR HOLM", "MR HOLM", "want to dig") == expected


def test_the_day_of_remarks_in_the_title_is_that_of_the_person_named_there() -> None:
    text = "# Remarks by Commissioner Ann Reed, Oslo, 3 March 2021\n\n{} said it would close."
    assert said(text.format("Reed"), "Reed", "said", "it would close") == "2021-03-03"
    assert said(text.format("Lee"), "Lee", "said", "it would close") == "None"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "mardi dernier; le 12 mai; en janvier; hier; l’année dernière", "07-04 05-12 01 07-04 2022"),
        ("fr", "mercredi 3 mai; 1er juin 2022; 06/07/2022; mercredi prochain; la mer", "05-03 2022-06-01 2022-07-06"),
        ("de", "am Mittwoch; vorgestern; im Januar; Mittwoch, den 3. Mai", "07-05 07-03 01 05-03"),
        ("es", "el martes; 3 de mayo de 2022; ayer; Plácido Domingo", "07-04 2022-05-03 07-04"),
        ("it", "lunedì scorso; 12 maggio; ieri; a gennaio", "07-03 05-12 07-04 01"),
        ("pt", "na quarta-feira; 12 de maio; ontem; pela segunda vez", "07-05 05-12 07-04"),
        ("nl", "afgelopen dinsdag; 12 mei; gisteren", "07-04 05-12 07-04"),
        ("pl", "w środę; 12 maja; wczoraj; w styczniu; ochrona środowiska", "07-05 05-12 07-04 01"),
        ("ru", "в пятницу; 12 мая; вчера; окружающая среда", "06-30 05-12 07-04"),
        ("uk", "у вівторок; 3 травня 2022 року; вчора", "07-04 2022-05-03 07-04"),
        ("zh", "2022年6月6日表示，6月6日，昨天，周二，去年", "2022-06-06 06-06 07-04 07-04 2022"),
        ("ja", "2022年6月6日、6月6日に、昨日、火曜日", "2022-06-06 06-06 07-04 07-04"),
        ("no", "tirsdag; 12. mai", "07-04 05-12"),
        ("xx", "6.7.2022; 13.7.2022", "2022 2022-07-13"),
    ],
)
def test_other_languages_are_read_with_their_own_words(language: str, text: str, expected: str) -> None:
    days = [day if day.startswith("2022") else f"2023-{day}" for day in expected.split()]
    assert elsewhere(text, language) == days


@pytest.mark.parametrize("language", ["fr", "de", "es", "it", "pt", "nl", "pl", "ru", "uk", "sv", "tr", "cs"])
def test_months_agree_with_what_dateparser_reads(language: str) -> None:
    import dateparser
    from dateparser.languages.loader import default_loader

    table = default_loader.get_locale(language).info
    for number, key in enumerate(("january", "march", "august", "december"), 0):
        words = f"14 {table[key][-1] if len(table[key][-1]) > 3 else table[key][0]} 2021"
        read = dateparser.parse(words, languages=[language])
        if read is not None:
            assert elsewhere(words, language) == [read.date().isoformat()], (words, number)


def test_quotations_in_another_language_are_dated() -> None:
    text = (
        "„Wir werden dieses Abkommen über die Häfen nicht unterschreiben“, sagte die Ministerin am Dienstag vor der "
        "Presse in der Hauptstadt. Der Verband begrüßte die Entscheidung, die viele überrascht hatte.\n\nAm 12. Mai "
        "hatte der Kommissar noch gewarnt: „Ohne ein Abkommen ist das Jahr für alle verloren.“ Seit Montag schweigt er "
        "und auch seine Sprecher wollten sich zu den Folgen für die Küste nicht äußern."
    )
    document = Document(name="a.txt", text=text, published=WEDNESDAY, language="de")
    found = extract(document, methods=RULES).statements
    assert [str(statement.said_on) for statement in found] == ["2023-07-04", "2023-05-12"]


WORDS = st.sampled_from(
    [
        *("on Wednesday", "last Friday", "the day after", "two days later", "a year ago", "last week", "in January"),
        *("on 5 March", "in 2019", "tonight", "tomorrow", "the same day", "over the weekend", "by May", "6/7/20"),
        *("Reed said", "Lee", "“", "”", ". ", "\n\n", ", ", "that", "it would close", "# Talks", "who", "(", ")"),
    ]
)


@given(st.lists(WORDS, max_size=14), st.dates(date(1990, 1, 1), date(2030, 12, 31)))
def test_nothing_was_said_after_its_publication(parts: list[str], day: date) -> None:
    text = " ".join([*parts, "Reed said it stays."])
    published = PartialDate(day.isoformat())
    answer = said(text, "Reed", "said", "it stays", published)
    assert answer == "None" or PartialDate(answer).earliest <= day


@given(st.lists(WORDS, max_size=14))
def test_without_a_day_of_publication_no_day_is_made_up(parts: list[str]) -> None:
    text = " ".join(part for part in [*parts, "Reed said it stays."] if "5 March" not in part and "6/7" not in part)
    assert len(said(text, "Reed", "said", "it stays", None)) <= len("2021-03")


@given(st.lists(WORDS, max_size=8), st.integers(0, 3), st.integers(0, 3))
def test_paragraphs_without_dates_around_it_change_nothing(parts: list[str], before: int, behind: int) -> None:
    inner = " ".join(part for part in parts if part not in ("\n\n", "# Talks")) + " On Monday, Reed said it stays."
    filler = "The harbour is old and grey."
    text = "\n\n".join([filler] * before + [inner] + [filler] * behind)
    assert said(text, "Reed", "said", "it stays") == said(inner, "Reed", "said", "it stays")


@given(st.text(max_size=200), st.sampled_from(["en", "de", "ru", "zh", "pt", "xx"]))
def test_any_text_in_any_language_has_dates_or_none(text: str, language: str) -> None:
    for mention in foreign_dates(text, 0, len(text), language=language, published=WEDNESDAY):
        assert text[mention.start : mention.end].strip()
    later_dates(text, 0, len(text), published=WEDNESDAY)
