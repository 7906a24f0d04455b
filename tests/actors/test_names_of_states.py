"""Every state by its names, demonyms, capitals and codes; none by a word that is no name."""

from __future__ import annotations

from datetime import date

import pytest

from winset.actors.names import Alias, NameKind, name_index
from winset.actors.registry import registry
from winset.actors.states import successions
from winset.actors.tables import parts, rows
from winset.actors.types import ActorKind
from winset.ids import ActorId

SENTENCES = (
    "{} voted against the plan.",
    "{} said it would vote against the plan.",
    "Yesterday {} proposed an amendment.",
)
OF_NAMES = (
    *SENTENCES,
    "The {} government opposed the plan.",
    "Officials in {} opposed the plan.",
    "The plan was opposed by {}, Fiji's envoy added.",
)
TWO_STATES = {"Congolese": ("COD", "COG"), "Dominican": ("DOM", "DMA")}
SEATS = {"Brussels": "BEL", "Addis Ababa": "ETH"}  # of organisations, which come first
MEMBERS = tuple(row for row in rows("countries/countries.csv") if row["un_member"] == "1")


def named(text: str, on: date | None = None) -> list[str]:
    return [mention.actor_id for mention in registry().mentions(text, on=on)]


def meant(text: str) -> list[tuple[ActorId, ...]]:
    return [mention.alias.actor_ids for mention in registry().mentions(text)]


@pytest.mark.parametrize("column", ["name", "official", "aliases", "demonyms", "capital"])
def test_every_member_of_the_united_nations_is_found_by_its_names(column: str) -> None:
    assert len(MEMBERS) == 193
    missed = [
        sentence.format(words)
        for row in MEMBERS
        for words in parts(row[column])
        for sentence in OF_NAMES
        if row["iso3"] not in (meant(sentence.format(words)) or [()])[0]
    ]
    assert missed == []


@pytest.mark.parametrize("column", ["iso3", "iso2"])
@pytest.mark.parametrize("sentence", SENTENCES[:2])
def test_every_member_of_the_united_nations_is_found_by_its_codes(column: str, sentence: str) -> None:
    missed = [row[column] for row in MEMBERS if named(sentence.format(row[column])) != [row["iso3"]]]
    assert missed == []


def test_every_member_of_the_united_nations_has_a_demonym_and_a_capital() -> None:
    kinds: dict[str, set[NameKind]] = {row["iso3"]: set() for row in MEMBERS}
    for aliases in registry().names.by_first_word.values():
        for alias in aliases:
            for actor in alias.actor_ids:
                kinds.setdefault(actor, set()).add(alias.kind)
    of_their_own_name = {"DJI", "SGP", "SMR", "MCO"}  # the capital is called like the state
    kinds["BEL"].add(NameKind.CAPITAL)  # Brussels is listed as the seat of the EU and of NATO
    for row in MEMBERS:
        assert NameKind.NAME in kinds[row["iso3"]], row["name"]
        assert NameKind.CAPITAL in kinds[row["iso3"]] or row["iso3"] in of_their_own_name, row["name"]
        assert kinds[row["iso3"]] & {NameKind.DEMONYM, NameKind.PEOPLE}, row["name"]


@pytest.mark.parametrize(
    ("words", "actor"),
    [
        ("Burma", "MMR"),
        ("Ivory Coast", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("Cape Verde", "CPV"),
        ("Cabo Verde", "CPV"),
        ("Swaziland", "SWZ"),
        ("Eswatini", "SWZ"),
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("Turkiye", "TUR"),
        ("Czechia", "CZE"),
        ("The Czech Republic", "CZE"),
        ("The Republic of Korea", "KOR"),
        ("ROK", "KOR"),
        ("S. Korea", "KOR"),
        ("N Korea", "PRK"),
        ("DPRK", "PRK"),
        ("The U.S.", "USA"),
        ("The US", "USA"),
        ("The USA", "USA"),
        ("America", "USA"),
        ("The United States", "USA"),
        ("The UK", "GBR"),
        ("Britain", "GBR"),
        ("Great Britain", "GBR"),
        ("East Timor", "TLS"),
        ("Timor Leste", "TLS"),
        ("The Netherlands", "NLD"),
        ("Holland", "NLD"),
        ("DRC", "COD"),
        ("DR Congo", "COD"),
        ("The Democratic Republic of the Congo", "COD"),
        ("The Republic of the Congo", "COG"),
        ("Congo-Brazzaville", "COG"),
        ("St. Lucia", "LCA"),
        ("St Vincent and the Grenadines", "VCT"),
        ("Antigua & Barbuda", "ATG"),
        ("Guinea Bissau", "GNB"),
        ("Macedonia", "MKD"),
        ("FYROM", "MKD"),
        ("The former Yugoslav Republic of Macedonia", "MKD"),
        ("Viet Nam", "VNM"),
        ("The Lao PDR", "LAO"),
        ("Zaire", "COD"),
        ("Upper Volta", "BFA"),
        ("Dahomey", "BEN"),
        ("Ceylon", "LKA"),
        ("Rhodesia", "ZWE"),
        ("Kampuchea", "KHM"),
        ("West Germany", "DEU"),
        ("Palestine", "PSE"),
        ("The Holy See", "VAT"),
        ("The Vatican", "VAT"),
        ("Kosovo", "XKX"),
        ("Taiwan", "TWN"),
        ("Chinese Taipei", "TWN"),
        ("Hong Kong", "HKG"),
        ("Greenland", "GRL"),
        ("Western Sahara", "ESH"),
        ("Puerto Rico", "PRI"),
        ("Gibraltar", "GIB"),
        ("The Falklands", "FLK"),
        ("The Virgin Islands", "VIR"),
        ("The British Virgin Islands", "VGB"),
        ("Turks and Caicos", "TCA"),
        ("A Dane", "DNK"),
        ("The Danes", "DNK"),
        ("The Danish", "DNK"),
        ("A Swede", "SWE"),
        ("A Finn", "FIN"),
        ("A Pole", "POL"),
        ("Poles", "POL"),
        ("A Spaniard", "ESP"),
        ("Britons", "GBR"),
        ("Turks", "TUR"),
        ("A Filipino", "PHL"),
        ("Filipinas", "PHL"),
        ("A Motswana", "BWA"),
        ("The Batswana", "BWA"),
        ("The I-Kiribati", "KIR"),
        ("An i-Kiribati", "KIR"),
        ("A Monégasque", "MCO"),
        ("Frenchmen", "FRA"),
        ("Dutchwomen", "NLD"),
        ("Kosovars", "XKX"),
        ("Azeris", "AZE"),
        ("Kyiv", "UKR"),
        ("Kiev", "UKR"),
        ("Nur-Sultan", "KAZ"),
        ("Washington, D.C.", "USA"),
        ("The Hague", "NLD"),
        ("Abidjan", "CIV"),
        ("Malé", "MDV"),
        ("Ndjamena", "TCD"),
        ("San José", "CRI"),
        ("The Kremlin", "RUS"),
        ("A Bosnian Serb", "BIH"),
        ("Kosovo Serbs", "XKX"),
        ("Turkish Cypriots", "CYP"),
        ("Bujumbura", "BDI"),
        ("The Quai d’Orsay", "FRA"),
        ("The Élysée Palace", "FRA"),
        ("Foggy Bottom", "USA"),
        ("The Department of War", "USA"),
        ("Whitehall", "GBR"),
        ("Downing Street", "GBR"),
        ("No. 10", "GBR"),
        ("The Farnesina", "ITA"),
        ("Palazzo Chigi", "ITA"),
        ("The Quirinale", "ITA"),
        ("The Moncloa", "ESP"),
        ("Bellevue Palace", "DEU"),
        ("The Maximos Mansion", "GRC"),
        ("The Binnenhof", "NLD"),
        ("Prague Castle", "CZE"),
        ("The Bankova", "UKR"),
        ("The Rada", "UKR"),
        ("Zhongnanhai", "CHN"),
        ("The Kantei", "JPN"),
        ("Kasumigaseki", "JPN"),
        ("The Blue House", "KOR"),
        ("Cheong Wa Dae", "KOR"),
        ("South Block", "IND"),
        ("Wisma Putra", "MYS"),
        ("The Akorda", "KAZ"),
        ("The IRGC", "IRN"),
        ("The Itamaraty", "BRA"),
        ("The Planalto", "BRA"),
        ("The Casa Rosada", "ARG"),
        ("La Moneda", "CHL"),
        ("Torre Tagle", "PER"),
        ("Miraflores Palace", "VEN"),
        ("Rideau Hall", "CAN"),
        ("The Beehive", "NZL"),
        ("The Berlaymont", "eu"),
        ("Turtle Bay", "un"),
    ],
)
def test_the_press_has_many_names_for_a_state(words: str, actor: str) -> None:
    assert named(f"{words} agreed.") == [actor]


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("FR, DE and IT opposed the text.", ["FRA", "DEU", "ITA"]),
        ("The text was opposed by FR/DE/PL.", ["FRA", "DEU", "POL"]),
        ("EL and UK entered a reservation.", ["GRC", "GBR"]),
        ("France (FR) and Italy (IT) agreed.", ["FRA", "FRA", "ITA", "ITA"]),
        ("FR: cannot support the text.", ["FRA"]),
        ("IT voted against.", ["ITA"]),
        ("NO abstained.", ["NOR"]),
        ("Talks with DEU failed.", ["DEU"]),
        ("CHN's envoy left.", ["CHN"]),
        ("Macron (FRA) spoke.", ["FRA"]),
    ],
)
def test_a_code_names_a_state_where_the_words_around_tell(text: str, actors: list[str]) -> None:
    assert named(text) == actors


@pytest.mark.parametrize(
    ("text", "on", "actor"),
    [
        ("Czechoslovakia", date(1975, 1, 1), "CSK"),
        ("Czechoslovakia", date(2023, 1, 1), "CSK"),
        ("Czechoslovakia", None, "CSK"),
        ("Prague", date(1992, 12, 31), "CSK"),
        ("Prague", date(1993, 1, 1), "CZE"),
        ("Yugoslavia", date(1985, 1, 1), "YUG"),
        ("Yugoslavia", date(1992, 4, 26), "YUG"),
        ("Yugoslavia", date(1992, 4, 27), "SCG"),
        ("Yugoslavia", date(1999, 3, 24), "SCG"),
        ("Yugoslavia", date(2003, 2, 3), "SCG"),
        ("Yugoslavia", date(2023, 1, 1), "YUG"),
        ("Belgrade", date(1985, 1, 1), "YUG"),
        ("Belgrade", date(1999, 1, 1), "SCG"),
        ("Belgrade", date(2006, 6, 5), "SRB"),
        ("Serbia and Montenegro", date(2005, 1, 1), "SCG"),
        ("The Soviet Union", date(1962, 10, 22), "SUN"),
        ("The USSR", date(2020, 1, 1), "SUN"),
        ("Moscow", date(1980, 1, 1), "SUN"),
        ("Moscow", date(1991, 12, 25), "SUN"),
        ("Moscow", date(1991, 12, 26), "RUS"),
        ("Moscow", date(1992, 1, 1), "RUS"),
        ("The Kremlin", date(1980, 1, 1), "SUN"),
        ("East Germany", date(1989, 11, 9), "DDR"),
        ("The GDR", date(2020, 1, 1), "DDR"),
        ("Bonn", date(1980, 1, 1), "DEU"),
        ("South Yemen", date(1980, 1, 1), "YMD"),
        ("North Yemen", date(1980, 1, 1), "YAR"),
        ("South Vietnam", date(1970, 1, 1), "RVN"),
        ("Saigon", date(1970, 1, 1), "RVN"),
        ("Hanoi", date(1970, 1, 1), "VDR"),
        ("Hanoi", date(1977, 1, 1), "VNM"),
        ("The United Arab Republic", date(1960, 1, 1), "UAR"),
        ("The United Arab Republic", date(1967, 6, 5), "EGY"),
        ("Zanzibar", date(1964, 1, 1), "ZAN"),
        ("Tanganyika", date(1962, 1, 1), "EAT"),
        ("Macedonia", date(2023, 1, 1), "MKD"),
        ("Swaziland", date(2023, 1, 1), "SWZ"),
        ("Burma", date(2023, 1, 1), "MMR"),
        ("Zaire", date(2023, 1, 1), "COD"),
        ("Austria-Hungary", None, "AUH"),
        ("Almaty", date(1995, 1, 1), "KAZ"),
        ("Lagos", date(1990, 1, 1), "NGA"),
    ],
)
def test_a_name_means_whom_it_meant_that_day(text: str, on: date | None, actor: str) -> None:
    assert named(f"{text} agreed.", on) == [actor]


@pytest.mark.parametrize(
    "text",
    [
        "Diet Coke sells well.",
        "Diet and exercise help.",
        "The New York State Department of Health said so.",
        "The Department of State Services made the arrest.",
        "The No. 10 seed lost.",
        "The Westminster Kennel Club met.",
        "The Financial Stability Board (FSB) met.",
        "The Turkish Republic of Northern Cyprus was declared in 1983.",
        "Victoria police made the arrest.",
        "It is called the Beehive State.",
        "The Kazan Kremlin is old.",
        "The A3 motorway was closed.",
        "The Quad bike turned over.",
    ],
)
def test_a_seat_or_body_is_not_meant_by_its_word_alone(text: str) -> None:
    assert named(text) == []


@pytest.mark.published(
    "United Nations, member States by date of admission; ISO 3166-3: seats and states pass on in a day, without a gap"
)
def test_a_state_ends_the_day_before_its_seats_pass_on() -> None:
    for name, state, seats in (("SUN", "RUS", "unsc"), ("CSK", "CZE", "un-general-assembly")):
        last = registry().actors[ActorId(name)].until
        assert last is not None
        assert ActorId(name) in {seat.actor_id for seat in registry().seats(seats, last)}
        (succession,) = (each for each in successions() if (each.successor, each.predecessor) == (state, name))
        assert (succession.on - last).days == 1
        assert ActorId(name) not in {seat.actor_id for seat in registry().seats(seats, succession.on)}


@pytest.mark.parametrize("words", ["Bonn", "Lagos", "Almaty", "Zanzibar", "Karachi"])
def test_a_former_seat_of_government_speaks_for_nobody_now(words: str) -> None:
    assert named(f"{words} agreed.", date(2023, 1, 1)) == named(f"{words} agreed.") == []


@pytest.mark.published("ISO 3166-3, codes for formerly used names of countries: alpha-4 of those that were dissolved")
def test_a_dissolved_state_has_its_code_its_days_and_its_successors() -> None:
    codes = {row["iso3"]: row["alpha4"] for row in rows("countries/former_states.csv") if row["alpha4"]}
    assert codes == {
        "ANT": "ANHH",
        "CSK": "CSHH",
        "DDR": "DDDE",
        "SCG": "CSXX",
        "SUN": "SUHH",
        "VDR": "VDVN",
        "YMD": "YDYE",
        "YUG": "YUCS",
    }
    successors = {succession.predecessor for succession in successions()}
    for row in rows("countries/former_states.csv"):
        actor = registry().actors[ActorId(row["iso3"])]
        assert actor.kind is ActorKind.STATE
        assert actor.since is not None
        assert actor.until is not None
        assert actor.since < actor.until
        assert actor.id in successors, actor.name
    assert registry().actor("CSHH").id == "CSK"
    assert registry().actors[ActorId("CSK")].until == date(1992, 12, 31)
    assert registry().actors[ActorId("CZE")].since == date(1993, 1, 1)
    assert registry().actors[ActorId("FRA")].since is None


def test_no_state_succeeds_before_it_or_its_predecessor_begins() -> None:
    actors = registry().actors
    for succession in successions():
        before, after = actors[succession.predecessor], actors[succession.successor]
        assert succession.source
        assert before.since is None or before.since < succession.on, succession
        assert after.since is None or after.since <= succession.on, succession
        if before.until and succession.kind in ("dissolution", "union", "accession"):
            assert (succession.on - before.until).days <= 16, succession  # Hungary in November 1918


@pytest.mark.parametrize(
    ("actor", "label"),
    [
        ("FRA", "France"),
        ("USA", "United States"),
        ("GBR", "United Kingdom"),
        ("MKD", "North Macedonia"),
        ("KOR", "South Korea"),
        ("CZE", "Czechia"),
        ("SUN", "Soviet Union"),
        ("SYR", "Syria"),
    ],
)
def test_a_brief_calls_a_state_by_its_plain_name(actor: str, label: str) -> None:
    assert registry().label(ActorId(actor)) == label


def test_a_name_shared_by_two_states_keeps_both() -> None:
    for words, states in TWO_STATES.items():
        assert meant(f"{words} officials agreed.") == [states]
    for words, state in SEATS.items():
        assert state in meant(f"{words} agreed.")[0]


def test_aliases_that_begin_with_a_small_letter_are_found_too() -> None:
    ukraine = (ActorId("UKR"),)
    aliases = [Alias("the Rada", ukraine, NameKind.METONYM), Alias("Kyiv", ukraine, NameKind.CAPITAL)]
    text = "In Kyiv the Rada and McKyiv met; in the Radar too."
    found = name_index(aliases).mentions(text, 0, len(text), None)
    assert [(mention.start, mention.alias.words) for mention in found] == [(3, "Kyiv"), (8, "the Rada")]


def test_of_two_meanings_of_a_word_the_dated_one_goes_before_in_its_time() -> None:
    index = name_index(
        [
            Alias("Nowhere", (ActorId("AAA"),), NameKind.NAME),
            Alias("Nowhere", (ActorId("BBB"),), NameKind.NAME, since=date(1990, 1, 1), until=date(1990, 12, 31)),
        ]
    )

    def of(on: date | None) -> list[str]:
        return [mention.actor_id for mention in index.mentions("Nowhere", 0, 7, on)]

    assert of(date(1989, 12, 31)) == of(date(1991, 1, 1)) == of(None) == ["AAA"]
    assert of(date(1990, 1, 1)) == of(date(1990, 12, 31)) == ["BBB"]
