"""Who was a member on which day, against the treaties, rosters and totals that tell it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from winset.actors.registry import registry

EASTERN = set("ALB AZE BGR BIH BLR CSK CZE DDR EST HRV HUN LTU LVA POL ROU SVK SVN UKR YUG".split())
WESTERN = set(
    "AUS AUT BEL CAN CHE DEU DNK ESP FIN GRC IRL ISL ITA LUX MLT NLD NOR NZL PRT SWE TUR".split()  # and others
)

LAST = 2026  # year of which all elected members are known

ENTERED = {  # by year; small letters: for one year
    1946: "AUS BRA POL egy mex nld", 1947: "BEL COL SYR", 1948: "ARG CAN UKR", 1949: "CUB EGY NOR",
    1950: "ECU IND YUG", 1951: "BRA NLD TUR", 1952: "CHL GRC PAK", 1953: "COL DNK LBN", 1954: "BRA NZL TUR",
    1955: "BEL IRN PER", 1956: "AUS CUB yug", 1957: "COL IRQ SWE phl", 1958: "CAN JPN PAN", 1959: "ARG ITA TUN",
    1960: "LKA ECU pol", 1961: "CHL UAR lbr tur", 1962: "GHA VEN irl rou", 1963: "BRA MAR NOR phl",
    1964: "BOL CIV csk", 1965: "JOR NLD URY mys", 1966: "ARG BGR JPN MLI NGA nzl uga", 1967: "BRA CAN DNK ETH IND",
    1968: "DZA HUN PAK PRY SEN", 1969: "COL FIN NPL ESP ZMB", 1970: "BDI NIC POL SLE SYR",
    1971: "ARG BEL ITA JPN SOM", 1972: "GIN IND PAN SDN YUG", 1973: "AUS AUT IDN KEN PER",
    1974: "BLR CMR CRI IRQ MRT", 1975: "GUY ITA JPN SWE TZA", 1976: "BEN LBY PAK PAN ROU",
    1977: "CAN DEU IND MUS VEN", 1978: "BOL CSK GAB KWT NGA", 1979: "BGD JAM NOR PRT ZMB",
    1980: "DDR MEX NER PHL TUN", 1981: "ESP IRL JPN PAN UGA", 1982: "COD GUY JOR POL TGO",
    1983: "MLT NIC NLD PAK ZWE", 1984: "BFA EGY IND PER UKR", 1985: "AUS DNK MDG THA TTO",
    1986: "ARE BGR COG GHA VEN", 1987: "ARG DEU ITA JPN ZMB", 1988: "BRA DZA NPL SEN YUG",
    1989: "CAN COL ETH FIN MYS", 1990: "CIV COD CUB ROU YEM", 1991: "AUT BEL ECU IND ZWE",
    1992: "CPV HUN JPN MAR VEN", 1993: "BRA DJI ESP NZL PAK", 1994: "ARG CZE NGA OMN RWA",
    1995: "BWA DEU HND IDN ITA", 1996: "CHL EGY GNB KOR POL", 1997: "CRI JPN KEN PRT SWE",
    1998: "BHR BRA GAB GMB SVN", 1999: "ARG CAN MYS NAM NLD", 2000: "BGD JAM MLI TUN UKR",
    2001: "COL IRL MUS NOR SGP", 2002: "BGR CMR GIN MEX SYR", 2003: "AGO CHL DEU ESP PAK",
    2004: "BEN BRA DZA PHL ROU", 2005: "ARG DNK GRC JPN TZA", 2006: "COG GHA PER QAT SVK",
    2007: "BEL IDN ITA PAN ZAF", 2008: "BFA CRI HRV LBY VNM", 2009: "AUT JPN MEX TUR UGA",
    2010: "BIH BRA GAB LBN NGA", 2011: "COL DEU IND PRT ZAF", 2012: "AZE GTM MAR PAK TGO",
    2013: "ARG AUS KOR LUX RWA", 2014: "CHL JOR LTU NGA TCD", 2015: "AGO ESP MYS NZL VEN",
    2016: "EGY JPN SEN UKR URY", 2017: "BOL ETH KAZ SWE ita", 2018: "CIV GNQ KWT PER POL nld",
    2019: "BEL DEU DOM IDN ZAF", 2020: "EST NER TUN VCT VNM", 2021: "IND IRL KEN MEX NOR",
    2022: "ALB ARE BRA GAB GHA", 2023: "CHE ECU JPN MLT MOZ", 2024: "DZA GUY KOR SLE SVN",
    2025: "DNK GRC PAK PAN SOM", 2026: "BHR COD COL LBR LVA",
}  # fmt: skip


def seated(body: str, on: date) -> set[str]:
    return {seat.actor_id for seat in registry().seats(body, on)}


def elected(year: int) -> set[str]:
    return {seat.actor_id for seat in registry().seats("unsc", date(year, 6, 30)) if not seat.veto}


def eve(day: date) -> date:
    return day - timedelta(days=1)


@pytest.mark.published(
    "Treaties of accession to the European Communities and the European Union; Withdrawal Agreement (2020), Article 126"
)
@pytest.mark.parametrize(
    ("day", "joined", "left", "count"),
    [
        (date(1973, 1, 1), "DNK GBR IRL", "", 9),
        (date(1981, 1, 1), "GRC", "", 10),
        (date(1986, 1, 1), "ESP PRT", "", 12),
        (date(1990, 10, 3), "", "", 12),
        (date(1995, 1, 1), "AUT FIN SWE", "", 15),
        (date(2004, 5, 1), "CYP CZE EST HUN LTU LVA MLT POL SVK SVN", "", 25),
        (date(2007, 1, 1), "BGR ROU", "", 27),
        (date(2013, 7, 1), "HRV", "", 28),
        (date(2020, 2, 1), "", "GBR", 27),
    ],
)
def test_the_eu_council_changed_on_the_day(day: date, joined: str, left: str, count: int) -> None:
    before, after = seated("eu-council", eve(day)), seated("eu-council", day)
    assert (after - before, before - after, len(after)) == (set(joined.split()), set(left.split()), count)


@pytest.mark.published("North Atlantic Treaty, Articles 10 and 11; protocols of accession; no state ever left")
@pytest.mark.parametrize(
    ("day", "joined", "count"),
    [
        (date(1952, 2, 18), "GRC TUR", 14),
        (date(1955, 5, 6), "DEU", 15),
        (date(1966, 7, 1), "", 15),  # France left the integrated command
        (date(1982, 5, 30), "ESP", 16),
        (date(1990, 10, 3), "", 16),
        (date(1999, 3, 12), "CZE HUN POL", 19),
        (date(2004, 3, 29), "BGR EST LTU LVA ROU SVK SVN", 26),
        (date(2009, 4, 1), "ALB HRV", 28),
        (date(2017, 6, 5), "MNE", 29),
        (date(2020, 3, 27), "MKD", 30),
        (date(2023, 4, 4), "FIN", 31),
        (date(2024, 3, 7), "SWE", 32),
    ],
)
def test_nato_changed_on_the_day(day: date, joined: str, count: int) -> None:
    before, after = seated("nato", eve(day)), seated("nato", day)
    assert (after - before, before - after, len(after)) == (set(joined.split()), set(), count)


@pytest.mark.published("United Nations, Growth in United Nations membership: members at the end of the year")
@pytest.mark.parametrize(
    ("year", "count"),
    [
        (1945, 51), (1946, 55), (1947, 57), (1948, 58), (1949, 59), (1950, 60), (1955, 76), (1956, 80),
        (1957, 82), (1958, 82), (1960, 99), (1961, 104), (1962, 110), (1964, 115), (1965, 117), (1966, 122),
        (1967, 123), (1968, 126), (1970, 127), (1971, 132), (1973, 135), (1974, 138), (1975, 144), (1976, 147),
        (1977, 149), (1978, 151), (1979, 152), (1980, 154), (1981, 157), (1983, 158), (1984, 159), (1990, 159),
        (1991, 166), (1992, 179), (1993, 184), (1994, 185), (1999, 188), (2000, 189), (2002, 191), (2006, 192),
        (2011, 193), (2025, 193),
    ],
)  # fmt: skip
def test_the_general_assembly_had_as_many_members(year: int, count: int) -> None:
    assert len(seated("UN", date(year, 12, 31))) == count


@pytest.mark.published(
    "UN Charter, Article 110: in force 24 October 1945; South Sudan, resolution 65/308, 14 July 2011"
)
def test_the_first_and_the_last_members_of_the_united_nations() -> None:
    first = seated("un-general-assembly", date(1945, 10, 24))
    assert len(first) == 29
    assert {"TWN", "SUN", "BLR", "UKR", "CSK", "YUG", "GBR", "USA"} <= first
    assert not {"CHN", "RUS", "IND", "CAN"} & first
    assert seated("UN", date(2011, 7, 14)) - seated("UN", date(2011, 7, 13)) == {"SSD"}


@pytest.mark.published("General Assembly resolution 2758 (XXVI), 25 October 1971; letter of 24 December 1991")
@pytest.mark.parametrize("body", ["un-general-assembly", "unsc"])
def test_two_permanent_seats_passed_on_in_a_day(body: str) -> None:
    for day, last, next_one in ((date(1971, 10, 25), "TWN", "CHN"), (date(1991, 12, 26), "SUN", "RUS")):
        assert seated(body, eve(day)) - seated(body, day) == {last}
        assert seated(body, day) - seated(body, eve(day)) == {next_one}


@pytest.mark.published("United Nations, Security Council: countries elected members; every term from 1946")
@pytest.mark.parametrize(
    ("year", "states"),
    [
        (1946, "AUS BRA EGY MEX NLD POL"),
        (1950, "CUB ECU EGY IND NOR YUG"),
        (1956, "AUS BEL CUB IRN PER YUG"),
        (1957, "AUS COL CUB IRQ PHL SWE"),
        (1960, "ARG ECU ITA LKA POL TUN"),
        (1964, "BOL BRA CIV CSK MAR NOR"),
        (1965, "BOL CIV JOR MYS NLD URY"),
        (1966, "ARG BGR JOR JPN MLI NGA NLD NZL UGA URY"),
        (1979, "BGD BOL CSK GAB JAM KWT NGA NOR PRT ZMB"),
        (1990, "CAN CIV COD COL CUB ETH FIN MYS ROU YEM"),
        (2003, "AGO BGR CHL CMR DEU ESP GIN MEX PAK SYR"),
        (2014, "ARG AUS CHL JOR KOR LTU LUX NGA RWA TCD"),  # Jordan in the seat that Saudi Arabia declined
        (2017, "BOL EGY ETH ITA JPN KAZ SEN SWE UKR URY"),
        (2018, "BOL CIV ETH GNQ KAZ KWT NLD PER POL SWE"),  # Italy and the Netherlands shared a term
        (2026, "BHR COD COL DNK GRC LBR LVA PAK PAN SOM"),
    ],
)
def test_the_elected_members_of_a_year(year: int, states: str) -> None:
    assert elected(year) == set(states.split())


def elected_by_entry(year: int) -> set[str]:
    """The elected members of a year, by the lists of those that entered that year and the year before."""
    entered = {state.upper() for state in ENTERED[year].split()}
    return entered | {state for state in ENTERED.get(year - 1, "").split() if state.isupper()}


@pytest.mark.published(
    "United Nations, Security Council: countries elected members, 1946 to 2026, by year of entry; "
    "Global Policy Forum, Elected members of the Security Council"
)
@pytest.mark.parametrize("year", range(1946, 2027))
def test_the_elected_members_of_every_year_are_those_that_entered_in_two(year: int) -> None:
    assert {{"UAR": "EGY"}.get(state, state) for state in elected_by_entry(year)} == {
        {"UAR": "EGY"}.get(state, state) for state in elected(year)
    }


@pytest.mark.published("General Assembly, 16th session: Syria resumed its own membership on 13 October 1961")
def test_a_state_that_united_or_parted_in_its_term_sat_under_its_name_of_the_day() -> None:
    for day, name in (
        (date(1961, 9, 28), "UAR"),
        (date(1961, 9, 29), "EGY"),
        (date(1990, 5, 21), "YMD"),
        (date(1990, 5, 22), "YEM"),
    ):
        assert {"UAR", "EGY", "YMD", "YEM"} & seated("unsc", day) == {name}


@pytest.mark.published("UN Charter, Article 23(1), as signed in 1945 and as amended in 1965")
@pytest.mark.parametrize("year", range(1946, 2027))
def test_the_security_council_is_full_in_every_year(year: int) -> None:
    for day in (date(year, 1, 12), date(year, 6, 30), date(year, 12, 31)):
        seats = registry().seats("unsc", day)
        assert len(seats) == (11 if year < 1966 else 15)
        assert sum(seat.veto for seat in seats) == 5


@pytest.mark.published(
    "UN Charter, Article 23(2): terms of two years, no immediate re-election; five elected each year"
)
@pytest.mark.parametrize("year", range(1967, 2027))
def test_five_states_enter_each_year_for_two_and_those_that_leave_do_not_return_at_once(year: int) -> None:
    before, now = elected(year - 1), elected(year)
    entered, left = now - before, before - now
    assert len(entered) == len(left) == (6 if year == 2018 else 5)  # the Netherlands took half of Italy's term
    assert not left & (elected(year + 1) if year < LAST else set())  # nor back after one year
    if year < LAST:
        stayed = entered & elected(year + 1)
        assert entered - stayed == {2017: {"ITA"}, 2018: {"NLD"}}.get(year, set())


@pytest.mark.published(
    "General Assembly resolution 1991 A (XVIII), 17 December 1963: five African and Asian, one Eastern European, "
    "two Latin American, two Western European and other states"
)
@pytest.mark.parametrize("year", range(1966, 2027))
def test_the_elected_seats_are_shared_out_by_region(year: int) -> None:
    states = elected(year)
    eastern, western = states & EASTERN, states & WESTERN
    rest = {state: registry().region(registry().actor(state).id) for state in states - eastern - western}
    latin = [state for state, region in rest.items() if region == "Americas"]
    african = [state for state, region in rest.items() if region == "Africa"]
    assert (len(eastern), len(latin), len(western)) == (1, 2, 2)
    assert (len(african), len(rest) - len(latin) - len(african)) == (3, 2)


@pytest.mark.published("OSCE, participating States: 35 signed in Helsinki in 1975, 57 since Mongolia in 2012")
@pytest.mark.parametrize(
    ("day", "joined", "count"),
    [
        (date(1991, 6, 19), "ALB", 35),
        (date(1991, 9, 10), "EST LTU LVA", 38),
        (date(1992, 1, 30), "ARM AZE BLR KAZ KGZ MDA TJK TKM UKR UZB", 48),
        (date(1992, 3, 24), "GEO HRV SVN", 51),
        (date(1992, 4, 30), "BIH", 52),
        (date(1995, 10, 12), "MKD", 53),
        (date(1996, 4, 25), "AND", 54),
        (date(2000, 11, 10), "SCG", 55),
        (date(2006, 6, 22), "MNE", 56),
        (date(2012, 11, 21), "MNG", 57),
    ],
)
def test_the_osce_grew_on_the_day(day: date, joined: str, count: int) -> None:
    before, after = seated("osce", eve(day)), seated("osce", day)
    assert (after - before, len(after)) == (set(joined.split()), count)
    assert len(seated("osce", date(1975, 8, 1))) == 35


@pytest.mark.published("WTO, notices of accession: which of its members the new one is, from the 133rd to the 166th")
def test_each_state_that_acceded_became_the_member_of_its_number() -> None:
    in_order = (
        "KGZ LVA EST JOR GEO ALB OMN HRV LTU MDA CHN TWN ARM MKD NPL KHM SAU VNM TON UKR CPV MNE WSM RUS VUT LAO TJK "
        "YEM SYC KAZ LBR AFG COM TLS"
    ).split()
    for number, state in enumerate(in_order, start=133):
        (role,) = (each for each in registry().actor(state).memberships if each.body == "wto")
        assert role.start is not None
        assert len(seated("wto", role.start)) == number, state
        assert seated("wto", role.start) - seated("wto", eve(role.start)) == {state}


@pytest.mark.published("WTO, members and observers: 76 members on the first day, 1 January 1995")
def test_the_wto_began_with_76_members_the_communities_among_them() -> None:
    first = seated("wto", date(1995, 1, 1))
    assert len(first) == 76
    assert {"eu", "HKG", "MAC"} <= first
    assert not {"CHE", "POL", "EGY"} & first


@pytest.mark.published("UNFCCC, Article 23: in force the ninetieth day after the fiftieth instrument, 21 March 1994")
def test_fifty_states_and_the_community_were_the_first_parties_to_the_convention_and_198_are_now() -> None:
    assert len(seated("unfccc", date(1994, 3, 21)) - {"eu"}) >= 50
    assert "eu" in seated("unfccc", date(1994, 3, 21))
    assert "FRA" not in seated("unfccc", date(1994, 6, 22))
    assert "FRA" in seated("unfccc", date(1994, 6, 23))  # deposited 25 March 1994
    assert seated("unfccc", date(2022, 10, 4)) - seated("unfccc", date(2022, 10, 3)) == {"VAT"}
    assert len(seated("unfccc", date(2025, 11, 10))) == 198


@pytest.mark.published("ASEAN Declaration (1967); declarations of admission; Kuala Lumpur, 26 October 2025")
@pytest.mark.parametrize(
    ("day", "joined", "count"),
    [
        (date(1984, 1, 7), "BRN", 6),
        (date(1995, 7, 28), "VNM", 7),
        (date(1997, 7, 23), "LAO MMR", 9),
        (date(1999, 4, 30), "KHM", 10),
        (date(2025, 10, 26), "TLS", 11),
    ],
)
def test_asean_grew_on_the_day(day: date, joined: str, count: int) -> None:
    before, after = seated("asean", eve(day)), seated("asean", day)
    assert (after - before, len(after)) == (set(joined.split()), count)


@pytest.mark.published("OAU Charter, Addis Ababa, 25 May 1963: 32 signatories; African Union, 55 member States")
def test_the_african_union_has_55_members_and_the_organisation_before_it_began_with_32() -> None:
    assert len(seated("OAU", date(1963, 5, 25))) == 32
    assert "MAR" in seated("OAU", date(1984, 1, 1))
    assert "MAR" not in seated("African Union", date(2017, 1, 29))
    assert len(seated("African Union", date(2017, 1, 30))) == 55


@pytest.mark.published(
    "Ministry of External Relations of Angola: admitted 12 February 1976; South African History Online: South Africa "
    "joins the OAU, 23 May 1994; Charter of the OAU, Article XXXII; African Union, Assembly/AU/Dec.639(XXVIII)"
)
@pytest.mark.parametrize(
    ("state", "day"),
    [
        ("GMB", date(1965, 3, 9)),
        ("AGO", date(1976, 2, 12)),
        ("ZAF", date(1994, 5, 23)),
        ("SSD", date(2011, 7, 27)),
        ("MAR", date(2017, 1, 30)),
    ],
)
def test_a_state_joined_the_african_union_or_the_organisation_before_it_on_the_day(state: str, day: date) -> None:
    assert state not in seated("African Union", eve(day))
    assert state in seated("African Union", day)


@pytest.mark.published(
    "TASS, 28 June and 19 December 2012: Uzbekistan in the CSTO by a protocol of 16 August 2006, suspended at its wish"
)
def test_uzbekistan_was_in_the_csto_for_six_years_and_armenia_is_still() -> None:
    counts = {
        day: len(registry().members(registry().actor("csto").id, day))
        for day in (date(2006, 8, 15), date(2006, 8, 16), date(2012, 12, 18), date(2012, 12, 19), date(2025, 6, 1))
    }
    assert list(counts.values()) == [6, 7, 7, 6, 6]
    assert "ARM" in registry().members(registry().actor("csto").id, date(2025, 6, 1))


@pytest.mark.published("Visegrád Declaration of Czechoslovakia, Poland and Hungary, 15 February 1991")
def test_the_visegrad_group_began_with_three_and_has_four_since_one_parted() -> None:
    group = registry().actor("visegrad").id
    assert set(registry().members(group, date(1991, 2, 15))) == {"CSK", "HUN", "POL"}
    assert set(registry().members(group, date(1993, 1, 1))) == {"CZE", "SVK", "HUN", "POL"}


@pytest.mark.published(
    "Shanghai Cooperation Organisation: declarations of Astana (9 June 2017, 4 July 2024) and New Delhi (4 July 2023)"
)
def test_the_shanghai_organisation_has_grown_from_six_to_ten() -> None:
    group = registry().actor("sco").id
    for day, joined, count in (
        (date(2017, 6, 9), {"IND", "PAK"}, 8),
        (date(2023, 7, 4), {"IRN"}, 9),
        (date(2024, 7, 4), {"BLR"}, 10),
    ):
        before, after = set(registry().members(group, eve(day))), set(registry().members(group, day))
        assert (after - before, len(after)) == (joined, count)


@pytest.mark.published(
    "The Hague Declaration of the G7, 24 March 2014; G20 New Delhi Leaders' Declaration, 9 September 2023"
)
def test_the_g7_without_russia_the_g8_with_it_and_the_g20_with_two_unions() -> None:
    assert len(seated("G7", date(2005, 7, 6))) == len(seated("G7", date(2015, 6, 7))) == 7
    assert seated("G8", date(2005, 7, 6)) - seated("G7", date(2005, 7, 6)) == {"RUS"}
    assert seated("G8", date(2014, 3, 24)) == set()
    assert seated("G20", date(2023, 9, 9)) - seated("G20", date(2023, 9, 8)) == {"african-union"}
    assert len(seated("G20", date(2023, 9, 9))) == 21


@pytest.mark.published("BRICS, Johannesburg II Declaration, 23 August 2023, paragraph 91; Indonesia, 6 January 2025")
def test_brics_has_grown_from_four_to_ten() -> None:
    counts = [
        len(seated("brics", day)) for day in (date(2009, 6, 16), date(2011, 1, 1), date(2024, 1, 1), date(2025, 1, 6))
    ]
    assert counts == [4, 5, 9, 10]


@pytest.mark.published(
    "UNFCCC, party groupings; G77, member States; UN list of least developed countries, December 2024"
)
@pytest.mark.parametrize(
    ("group", "count"),
    [
        ("g77", 134), ("aosis", 39), ("ldc", 44), ("african-group", 54), ("arab-group", 22), ("ailac", 8), ("eig", 6),
        ("umbrella-group", 11), ("basic", 4), ("abu", 3), ("grupo-sur", 4), ("lmdc", 24), ("alba", 10), ("aukus", 3),
        ("eu", 27),
    ],
)  # fmt: skip
def test_the_groups_have_their_members(group: str, count: int) -> None:
    assert len(registry().members(registry().actor(group).id, date(2025, 6, 1))) == count


@pytest.mark.published("UN list of least developed countries: graduation of eight states, 1994 to 2024")
@pytest.mark.parametrize(
    ("state", "day"),
    [
        ("BWA", date(1994, 12, 19)),
        ("CPV", date(2007, 12, 20)),
        ("MDV", date(2011, 1, 1)),
        ("WSM", date(2014, 1, 1)),
        ("GNQ", date(2017, 6, 4)),
        ("VUT", date(2020, 12, 4)),
        ("BTN", date(2023, 12, 13)),
        ("STP", date(2024, 12, 13)),
    ],
)
def test_a_state_left_the_least_developed_on_the_day_of_its_graduation(state: str, day: date) -> None:
    group = registry().actor("ldc").id
    assert state in registry().members(group, eve(day))
    assert state not in registry().members(group, day)


@pytest.mark.published("NATO, signatures of the Partnership for Peace Framework Document")
@pytest.mark.parametrize(
    ("state", "day", "is_partner"),
    [
        ("IRL", date(1999, 11, 30), False),
        ("IRL", date(1999, 12, 1), True),
        ("MLT", date(1995, 4, 26), True),
        ("MLT", date(1996, 10, 28), False),
        ("MLT", date(2008, 4, 3), True),
        ("CHE", date(1996, 12, 11), True),
        ("ROU", date(1994, 1, 26), True),
        ("ROU", date(2004, 3, 29), False),  # a member
        ("SRB", date(2006, 12, 14), True),
        ("RUS", date(2013, 1, 1), True),
        ("RUS", date(2014, 6, 1), False),
        ("COL", date(2017, 1, 1), False),
        ("COL", date(2018, 1, 1), True),
    ],
)
def test_a_partner_of_nato_by_its_day(state: str, day: date, is_partner: bool) -> None:
    assert (state in registry().partners("nato", day)) is is_partner
