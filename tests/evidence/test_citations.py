"""Citations say what the source is, how sure we are, and compute with nothing that the ledger does not state."""

import pytest

from dossier.evidence import cases, cite, fact, ledger, sources


def test_a_citation_says_who_when_what_and_where():
    shown = repr(cite("F1-001"))
    assert shown.startswith('Bandurski 2017, "Cashing in on dystopia" [F1-001]')
    assert cite("F1-001").link in shown
    assert cite("F1-001").link in cite("F1-001")._repr_markdown_()


@pytest.mark.parametrize(
    ("id", "authors"),
    [
        ("F5-001", "Bankston & Soltani 2014"),
        ("F5-014", "Athey et al. 2017"),
        ("F4-005", "de Montjoye et al. 2013"),
        ("F5-007", "Daniels 2014"),
        ("F1-004", "Washington Post via Tampa Bay Times 2017"),
        ("F2-068", "BBC News, citing the Information Commissioner 2006"),
    ],
)
def test_people_are_shortened_to_family_names_and_institutions_are_not(id, authors):
    assert str(cite(id)).startswith(f"{authors}, ")


def test_every_id_can_be_cited_and_reads_as_one_line():
    for id in [*ledger().index, *cases().index]:
        text = str(cite(id))
        assert text.endswith(f"[{id}]")
        assert "\n" not in text
        assert '""' not in text
        assert text.count("(") == text.count(")")


def test_reported_and_contested_rows_say_so_in_both_forms_and_others_do_not():
    for id, row in ledger().iterrows():
        for shown in (repr(cite(id)), cite(id)._repr_markdown_(), repr(sources(id, "F1-002"))):
            assert ("Reported:" in shown) == (row["confidence"] == "RECALLED"), id
            assert ("Contested:" in shown) == bool(row["contested"]), id
    assert "<small>" in cite("F5-024")._repr_markdown_()


def test_a_source_without_an_address_links_to_its_doi():
    assert cite("F5-024").link == "https://doi.org/10.1086/467507"


def test_the_sources_of_a_lesson_name_each_publication_once():
    shown = repr(sources("F1-001", "F5-001", "F5-002", "F5-001"))
    assert shown.count("Tiny Constables") == 1
    assert "[F5-001, F5-002]" in shown
    assert repr(cite("F1-001", "F5-001", "F5-002")) == shown


def test_facts_are_the_ledgers_numbers():
    assert float(fact("F5-001")) == 250
    assert (fact("F5-003").low, fact("F5-003").high) == (105, 113)
    assert fact("F2-069").value == pytest.approx(1 / 75)
    assert fact("F3-010").parts == (53, 29)
    assert fact("F5-004").stated(1.43) == 1.43
    assert repr(fact("F5-005")) == "0.04 to 4.17 USD per hour over a month [F5-005]"
    assert repr(fact("F2-015")) == "at least 20,000,000 people [F2-015]"


def test_the_ledgers_own_ratio_agrees_with_its_figures():
    ratio = fact("F5-002").value / fact("F5-004").value
    assert ratio == pytest.approx(fact("F5-006").value, rel=0.02)


@pytest.mark.parametrize(
    ("mistake", "message"),
    [
        (lambda: cite("F5-0001"), r"no id 'F5-0001'. Nearest: F5-001"),
        (lambda: cite("NL-GGD"), r"Nearest: NL-2021-GGD"),
        (lambda: cite("f5-001"), r"Nearest: F5-001"),
        (lambda: cite(5), r"An id is text such as 'F1-001', not 5"),
        (lambda: sources(), r"at least one id"),
        (lambda: fact("F1-004"), r"F1-004 states no figure. It reads: The same reporters"),
        (lambda: fact("F3-013"), r"states 'C-634/21', which is not a number"),
        (lambda: fact("F5-003").value, r"two numbers, 105 and 113 USD per hour: choose .low or .high"),
        (lambda: fact("F5-004").stated(2), r"does not state 2. Numbers in its claim: 10, 1.43, 0.36, 28"),
    ],
)
def test_mistakes_are_answered_with_the_way_out(mistake, message):
    with pytest.raises(ValueError, match=message):
        mistake()


def test_no_private_person_is_named_where_the_readme_says_none_is():
    withheld = ledger()[ledger()["source_title"].str.contains(r"\[name withheld\]")]
    assert set(withheld.index) == {"F2-079", "F2-080", "F2-081", "F2-090", "F6-007", "F6-013"}
