"""The controlled terms: what is in the lists, what people may write for it, what is refused."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import pytest

from netmap.vocabulary import Term, Vocabulary, VocabularyError, load

Additions = Mapping[str, Mapping[str, Mapping[str, object]]]

GLOSSARY = Path(__file__).parents[1] / "docs" / "glossary.md"

# What the files of a workspace are promised, in the order of the page that promises it.
PROMISED: Mapping[str, str] = {
    "role": "hub strategic_partner grassroots_group advisory_member commissioner funder"
    " national_lead online_platform infrastructure_body coordinating_body statutory_service"
    " lead_organisation faith_or_community_institution",
    "sector": "third_sector community nhs local_authority partnership arts",
    "approach": "support_group activity_group one_to_one peer_pair course_workshop online"
    " telephone drop_in network",
    "focus": "social activity sharing_experiences educational",
    "community_type": "general community_specific refugee_and_migrant",
    "access_route": "self_referral direct_referral signposting link_worker",
    "facilitation": "collective shared named_peer named_non_peer online_moderator",
    "leadership": "peer_led staff_led tiered",
    "membership": "open closed_diagnosis closed_identity closed_recovery_stage closed_training",
    "support": "independent umbrella light significant incorporated",
    "core_value": "experience_in_common safety choice_and_control two_way_interactions"
    " human_connection freedom_to_be_oneself",
    "funding": "statutory non_statutory unfunded lottery_grant self_funded in_kind",
    "status": "active planned paused closed unknown",
    "visibility": "public area_only withheld",
    "contact": "public partners staff",
    "confidence": "stated inferred approximate illustrative",
    "tie_kind": "affiliated_to funds commissions in_dialogue_with hosts signposts_to refers_to"
    " shares_resource co_delivers promotes trains supervises mentors represents advises manages"
    " engages competes_with member_of",
    "rural_urban": "major_urban large_urban other_urban significant_rural rural_50 rural_80",
    "event_kind": "networking skills mentoring supervision commissioner consultation celebration"
    " reflection training planning busy",
    "session_status": "tentative confirmed cancelled",
    "audience": "public partners staff",
    "state": "withheld specific out_of_date none_found open_only not_asked",
    "measure": "groups_engaged networking_events skills_events new_members",
    "answer": "none open_only specific",
    "gap_decision": "accepted planned disputed done",
    "surveyed": "activities organisations ties networks hubs partners commissioners advisers"
    " events targets enquiries groups",
    "topic": "dementia anxiety veterans bereavement carers crisis depression disability"
    " domestic_violence financial general_mental_health hiv_aids lgbtqi mens_mental_health"
    " migrant_communities older_people physical_health self_harm substance_misuse"
    " womens_mental_health parenthood breastfeeding diabetes healthy_living_older_people"
    " health_trainers nutrition smoking",
}
# The lists that may hold more than what is promised.
PROMISED_AMONG_OTHERS: Mapping[str, str] = {
    "area_kind": "place local_authority lsoa msoa ward delivery_area anonymised",
    "community": "bame white asian black mixed other_ethnic pakistani bangladeshi black_african"
    " somali black_caribbean arab gypsy_roma_traveller refugee asylum_seeker migrant lgbt men women"
    " young_adults older_people carers veterans disabled learning_disability rural",
}
CENSUS_2021 = (
    "Asian, Asian British or Asian Welsh: Bangladeshi",
    "Asian, Asian British or Asian Welsh: Chinese",
    "Asian, Asian British or Asian Welsh: Indian",
    "Asian, Asian British or Asian Welsh: Pakistani",
    "Asian, Asian British or Asian Welsh: Other Asian",
    "Black, Black British, Black Welsh, Caribbean or African: African",
    "Black, Black British, Black Welsh, Caribbean or African: Caribbean",
    "Black, Black British, Black Welsh, Caribbean or African: Other Black",
    "Mixed or Multiple ethnic groups: White and Asian",
    "Mixed or Multiple ethnic groups: White and Black African",
    "Mixed or Multiple ethnic groups: White and Black Caribbean",
    "Mixed or Multiple ethnic groups: Other Mixed or Multiple ethnic groups",
    "White: English, Welsh, Scottish, Northern Irish or British",
    "White: Irish",
    "White: Gypsy or Irish Traveller",
    "White: Roma",
    "White: Other White",
    "Other ethnic group: Arab",
    "Other ethnic group: Any other ethnic group",
)
LISTS = load()
COMMUNITIES = LISTS["community"]


def problems_of(extra: object, labels: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Load additions that do not fit, and return what was said about them."""
    with pytest.raises(VocabularyError) as refused:
        # People write these tables by hand, so their type is a hope.
        load(cast("Additions", extra), labels)
    return refused.value.problems


# --------------------------------------------------------------------------- what is in the lists


@pytest.mark.parametrize("name", PROMISED)
def test_a_list_holds_exactly_the_promised_slugs(name: str) -> None:
    """People's files hold these words; one missing or renamed breaks their register."""
    assert set(LISTS[name]) == set(PROMISED[name].split())


@pytest.mark.parametrize("name", PROMISED_AMONG_OTHERS)
def test_a_longer_list_holds_the_promised_slugs_too(name: str) -> None:
    """Communities and kinds of area go beyond the promise, and never fall short of it."""
    assert set(PROMISED_AMONG_OTHERS[name].split()) <= set(LISTS[name])


def test_no_list_is_left_unchecked() -> None:
    """A new list has to be promised above before it ships."""
    assert set(LISTS) == {*PROMISED, *PROMISED_AMONG_OTHERS}


@pytest.mark.parametrize("name", LISTS)
def test_every_term_says_what_it_means_in_a_sentence(name: str) -> None:
    """Someone who meets a word for the first time can look it up, and see who uses it."""
    for term in LISTS[name].terms.values():
        assert re.fullmatch(r"[a-z0-9_]+", term.slug)
        assert re.fullmatch(r"[A-Z].*\.", term.definition), term.slug
        assert term.label.strip(), term.slug
        assert term.source, term.slug


@pytest.mark.parametrize("name", LISTS)
def test_shipped_terms_never_share_a_name(name: str) -> None:
    """Adding one term makes the whole list be examined; the shipped terms must pass."""
    assert "new_term" in load({name: {"new_term": {}}})[name]


def test_three_core_values_are_the_foundation() -> None:
    """Gaps in these are graver than in the other three."""
    values = LISTS["core_value"].terms.values()
    assert {term.slug for term in values if term.foundation} == {
        "experience_in_common",
        "safety",
        "choice_and_control",
    }


def test_only_white_and_white_british_are_bases() -> None:
    """A share needs a base, but no gap is about it; Irish and Polish people are communities."""
    bases = {term.slug for term in COMMUNITIES.terms.values() if term.base}
    assert bases == {"white", "white_british"}


def test_the_nineteen_census_groups_are_all_told_apart() -> None:
    """A census table can become columns of communities without two of them falling together."""
    slugs = [COMMUNITIES.resolve(heading) for heading in CENSUS_2021]
    assert None not in slugs
    assert len(set(slugs)) == 19


def test_codes_of_the_dei_data_standard_find_their_community() -> None:
    """A grants file names communities by these codes."""
    codes = {
        "DEI010000": "bame",
        "DEI010110": "black_african",
        "DEI010320": "pakistani",
        "DEI019930": "gypsy_roma_traveller",
        "DEI020310": "learning_disability",
        "DEI040000": "lgbt",
        "DEI050000": "migrant",
        "DEI050200": "refugee",
        "DEI060000": "older_people",
        "DEI090000": "women",
    }
    assert {code: COMMUNITIES.resolve(code) for code in codes} == codes


# ----------------------------------------------------------------------- wider and narrower terms


def test_ancestors_come_nearest_first() -> None:
    """Evidence names the closest wider community before the widest."""
    assert COMMUNITIES.ancestors("pakistani") == ("asian", "bame")
    assert COMMUNITIES.ancestors("somali") == ("black_african", "black", "bame")
    assert COMMUNITIES.ancestors("bame") == ()


def test_descendants_reach_every_depth_and_leave_out_the_term() -> None:
    """A group for Black people is looked for under every narrower name too."""
    black = COMMUNITIES.descendants("black")
    assert {"black_african", "somali", "black_caribbean", "other_black"} <= black
    assert not black & {"black", "bame", "asian"}
    assert COMMUNITIES.descendants("somali") == frozenset()


def test_ancestors_and_descendants_agree() -> None:
    """Looking up and looking down must give one tree."""
    for slug in COMMUNITIES:
        for above in COMMUNITIES.ancestors(slug):
            assert slug in COMMUNITIES.descendants(above)


def test_a_slug_that_is_not_there_has_no_relatives_and_is_its_own_label() -> None:
    """Open lists hold words of the register's own; they are shown as they are."""
    assert COMMUNITIES.ancestors("martian") == ()
    assert COMMUNITIES.descendants("martian") == frozenset()
    assert COMMUNITIES.label("martian") == "martian"


# -------------------------------------------------------------------------- what people may write


@pytest.mark.parametrize(
    ("name", "written", "slug"),
    [
        ("community", "BaME", "bame"),
        ("community", "BME", "bame"),
        ("community", "Black & Minority Ethnic", "bame"),
        ("community", "global majority", "bame"),
        ("community", "minority-ethnic", "bame"),
        ("community", "Racialised communities", "bame"),
        ("community", "LGBTQI+", "lgbt"),
        ("community", "  Black_African ", "black_african"),
        ("community", "asylum seekers", "asylum_seeker"),
        ("community", "Latíno", "latin_american"),
        ("topic", "Alzheimer\N{RIGHT SINGLE QUOTATION MARK}s / Dementia", "dementia"),
        ("topic", "Armed forces / veterans", "veterans"),
        ("topic", "HIV and / or AIDS", "hiv_aids"),
        ("approach", "Course/workshop", "course_workshop"),
        ("approach", "1:1", "one_to_one"),
        ("sector", "Partnership incl. NHS", "partnership"),
        ("rural_urban", "Rural 80%+", "rural_80"),
        ("rural_urban", "Rural-80", "rural_80"),
        ("rural_urban", "Major urban", "major_urban"),
        ("session_status", "CONFIRMED", "confirmed"),
    ],
)
def test_a_usual_way_of_writing_is_understood(name: str, written: str, slug: str) -> None:
    """Registers come from many hands; nobody should have to learn our slugs first."""
    assert LISTS[name].resolve(written) == slug


@pytest.mark.parametrize("name", LISTS)
def test_every_slug_label_alias_and_code_leads_to_its_term(name: str) -> None:
    """What the glossary shows can be typed back into a register."""
    for term in LISTS[name].terms.values():
        assert {LISTS[name].resolve(written) for written in term.names} == {term.slug}


@pytest.mark.parametrize(
    ("codes", "slug"),
    [
        ("A1 B1 UN1 UF1", "major_urban"),
        ("C1 C2", "other_urban"),
        ("D1 D2 E1 E2 D E R RLN1 RLF1 RSN1 RSF1", "rural_80"),
    ],
)
def test_small_area_codes_have_an_urban_or_rural_class(codes: str, slug: str) -> None:
    """Small areas come with the codes of two classifications; reach needs one class for both."""
    assert {LISTS["rural_urban"].resolve(code) for code in codes.split()} == {slug}


@pytest.mark.parametrize("written", ["", " - ", "+", "astronauts", "bam"])
def test_what_is_not_a_name_is_not_understood(written: str) -> None:
    """A wrong guess would put people into a community they did not name."""
    assert COMMUNITIES.resolve(written) is None


def test_the_other_direction_of_a_tie_is_not_an_alias() -> None:
    """Read as an alias, "funded by" would turn the tie round."""
    assert LISTS["tie_kind"].resolve("funded by") is None
    assert LISTS["tie_kind"].resolve("commissioned by") is None


@pytest.mark.parametrize(
    ("written", "slug"),
    [
        ("pakstani", "pakistani"),
        ("Balck Caribbean", "black_caribbean"),
        ("Pakistani community", "pakistani"),
        ("Black Caribbean women", "black_caribbean"),
    ],
)
def test_a_near_miss_is_suggested(written: str, slug: str) -> None:
    """A message that names the likely word saves a search through the lists."""
    assert COMMUNITIES.resolve(written) is None
    assert COMMUNITIES.suggest(written) == slug


@pytest.mark.parametrize("written", ["", "x", "zzz", "astronauts", "people", "qwerty uiop"])
def test_nothing_is_suggested_where_nothing_is_near(written: str) -> None:
    """A far-fetched suggestion is worse than none."""
    assert COMMUNITIES.suggest(written) is None


def test_a_short_code_is_never_guessed() -> None:
    """Every one-letter code is one slip from every other."""
    assert LISTS["rural_urban"].suggest("X") is None
    assert LISTS["rural_urban"].suggest("D9") is None


def test_a_label_of_signs_alone_matches_nothing() -> None:
    """An empty cell, or a stray dash, must not be taken for it."""
    vocabulary = Vocabulary("sign", {"plus": Term("plus", "+", "A sign.", None, "netmap")})
    assert vocabulary.resolve("") is None
    assert vocabulary.resolve("-") is None
    assert vocabulary.resolve("Plus") == "plus"


# ------------------------------------------------------------------------ a workspace's own words


def test_a_workspace_adds_a_term_under_a_shipped_one() -> None:
    """Local words matter locally: a term needs no more than its name and its place."""
    communities = load({"community": {"tigrayan": {"parent": "ethiopian"}}})["community"]
    assert communities.terms["tigrayan"] == Term(
        slug="tigrayan",
        label="tigrayan",
        definition="",
        parent="ethiopian",
        source="this workspace",
    )
    assert communities.ancestors("tigrayan") == ("ethiopian", "black_african", "black", "bame")
    assert "tigrayan" in communities.descendants("bame")


def test_additions_stay_with_the_workspace_that_made_them() -> None:
    """Two workspaces read one after the other must not see each other's words."""
    load({"topic": {"allotments": {}}}, {"bame": "Global majority"})
    assert "allotments" not in load()["topic"]
    assert load()["community"].label("bame") == "Black and minority ethnic"
    assert load() is load()


def test_a_shipped_term_keeps_what_a_workspace_does_not_mention() -> None:
    """Adding a local nickname must not cost the term its parent or its other names."""
    communities = load({"community": {"pakistani": {"aliases": ["Pothwari"]}}})["community"]
    assert communities.resolve("pothwari") == "pakistani"
    assert communities.resolve("British Pakistani") == "pakistani"
    assert communities.ancestors("pakistani") == ("asian", "bame")
    assert communities.label("pakistani") == "Pakistani"


def test_a_shipped_alias_can_become_a_term() -> None:
    """Where a town has a large Mirpuri community, an alias of Kashmiri is not enough."""
    communities = load({"community": {"mirpuri": {"parent": "kashmiri"}}})["community"]
    assert communities.resolve("Mirpuri") == "mirpuri"
    assert "Mirpuri" not in communities.terms["kashmiri"].aliases


def test_labels_change_what_people_see_in_every_list_that_has_the_slug() -> None:
    """Words belong to the communities they name, and veterans are both a topic and a community."""
    lists = load(labels={"bame": "Global majority", "veterans": "Forces family", "nothing": "?"})
    assert lists["community"].label("bame") == "Global majority"
    assert lists["community"].label("veterans") == "Forces family"
    assert lists["topic"].label("veterans") == "Forces family"
    assert lists["topic"].label("carers") == "Carers"


def test_the_old_label_is_still_understood() -> None:
    """Changing what is shown must not make existing registers unreadable."""
    communities = load(labels={"asylum_seeker": "Sanctuary guests"})["community"]
    assert communities.resolve("People seeking asylum") == "asylum_seeker"
    assert communities.resolve("sanctuary guests") == "asylum_seeker"


def test_a_label_works_for_a_term_the_workspace_added() -> None:
    """The two tables of one file are about the same words."""
    lists = load({"topic": {"allotments": {"label": "Allotments"}}}, {"allotments": "Growing food"})
    assert lists["topic"].label("allotments") == "Growing food"


# -------------------------------------------------------------------------------- what is refused


def test_an_unknown_vocabulary_is_refused_with_the_likely_one() -> None:
    """A term in a list that nobody reads would silently do nothing."""
    (problem,) = problems_of({"comunity": {"tigrayan": {}}})
    assert problem.startswith("vocabulary.comunity: there is no vocabulary of that name.")
    assert problem.endswith("Did you mean 'community'?")


def test_an_unknown_parent_is_refused_with_the_likely_one() -> None:
    """Cut off from its parent, a community would vanish from every wider count."""
    (problem,) = problems_of({"community": {"tigrayan": {"parent": "Ethiopians"}}})
    assert "vocabulary.community.tigrayan, parent" in problem
    assert "Did you mean 'ethiopian'?" in problem


@pytest.mark.parametrize(
    "tables",
    [
        {"one": {"parent": "one"}},
        {"one": {"parent": "two"}, "two": {"parent": "one"}},
        {"bame": {"parent": "somali"}},
    ],
)
def test_a_cycle_of_parents_is_refused_once(tables: Mapping[str, Mapping[str, object]]) -> None:
    """Going up from such a term would never end."""
    (problem,) = problems_of({"community": tables})
    assert "one another's parents" in problem


def test_the_terms_of_a_cycle_are_named_in_order() -> None:
    """The reader must see which link to cut."""
    (problem,) = problems_of({"topic": {"one": {"parent": "two"}, "two": {"parent": "one"}}})
    assert problem.endswith("one > two > one.")


@pytest.mark.parametrize(
    "tables",
    [
        {"desi": {"aliases": ["b.m.e."]}},
        {"desi": {"label": "Asian"}},
        {"desi": {"codes": ["DEI010300"]}},
        {"blackafrican": {}},
        {"one": {"aliases": ["Same name"]}, "two": {"aliases": ["same-name"]}},
    ],
)
def test_a_name_claimed_by_two_terms_is_refused(
    tables: Mapping[str, Mapping[str, object]],
) -> None:
    """Whichever term won, some rows would be counted under the wrong community."""
    (problem,) = problems_of({"community": tables})
    assert "A name can stand for one term only." in problem
    assert all(f"'{slug}'" in problem for slug in tables)


def test_a_label_that_is_another_terms_name_is_refused() -> None:
    """Two communities shown under one name could not be told apart on a page."""
    (problem,) = problems_of(None, {"asian": "Pakistani"})
    assert "'asian' and 'pakistani'" in problem


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        ({"topic": {"Big Topic": {}}}, "lower-case letters"),
        ({"topic": {"one": {"lable": "One"}}}, "Did you mean 'label'?"),
        ({"topic": {"one": {"aliases": "uno"}}}, "a list of texts"),
        ({"topic": {"one": {"label": 1}}}, "a text in quotes"),
        ({"topic": {"one": {"base": "yes"}}}, "true or false"),
        ({"topic": {"one": "One"}}, "should be a table"),
        ({"topic": "One"}, "one table for each term"),
    ],
)
def test_a_table_of_the_wrong_shape_is_refused(extra: object, said: str) -> None:
    """People write these tables by hand, so a slip must be named, not crash."""
    (problem,) = problems_of(extra)
    assert said in problem


def test_all_problems_are_told_at_once() -> None:
    """Nobody wants to mend a file one message at a time."""
    problems = problems_of(
        {"community": {"one": {"parent": "nowhere"}}, "topic": {"two": {"aliases": ["Anxiety"]}}}
    )
    assert len(problems) == 2
    assert str(VocabularyError(*problems)) == "\n".join(problems)


# ---------------------------------------------------------------------------- the page for people


def rows_of(page: str, name: str) -> dict[str, tuple[str, str]]:
    """Read the table below the heading of one list: slug to label and meaning."""
    section = page.split(f": `{name}`\n", 1)[1].split("\n## ", 1)[0]
    cells = [line.split(" | ") for line in section.splitlines() if line.startswith("| `")]
    return {row[0].strip("| `"): (row[1], row[2].removesuffix(" |")) for row in cells}


@pytest.mark.parametrize("name", LISTS)
def test_the_glossary_says_what_the_lists_say(name: str) -> None:
    """Two accounts of one word would leave people wondering which one counts."""
    terms = LISTS[name].terms.values()
    page = GLOSSARY.read_text(encoding="utf-8")
    assert rows_of(page, name) == {term.slug: (term.label, term.definition) for term in terms}


def test_the_examples_of_the_glossary_work() -> None:
    """People copy them into their own netmap.toml."""
    page = GLOSSARY.read_text(encoding="utf-8").replace("\n  ", "\n")
    examples = tomllib.loads("\n".join(re.findall(r"```toml\n(.*?)```", page, flags=re.DOTALL)))
    lists = load(examples["vocabulary"], examples["labels"])
    assert lists["community"].label("bame") == "Global majority"
    assert lists["community"].resolve("Mirpuri community") == "mirpuri"


def test_a_vocabulary_is_read_like_a_set_of_slugs() -> None:
    """Callers ask whether a slug is there and go through all of them; labels are not members."""
    vocabulary = Vocabulary("colour", {"red": Term("red", "Red", "A colour.", None, "netmap")})
    assert list(vocabulary) == ["red"]
    assert len(vocabulary) == 1
    assert "red" in vocabulary
    assert "Red" not in vocabulary
