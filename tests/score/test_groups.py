"""Groups: nobody is lost, nobody is counted twice, and namesakes stay together."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.republic import Republic
from dossier.score.groups import age_group, share_by_group, surname_commonness

some_people = st.lists(st.tuples(st.booleans(), st.sampled_from("abc")), min_size=1, max_size=30)


class TestShareByGroup:
    @given(some_people)
    def test_groups_add_up_to_everybody(self, people):
        chosen = pd.Series([one for one, _ in people])
        found = share_by_group(chosen, pd.Series([group for _, group in people]))
        assert found["people"].sum() == len(people)
        assert found["chosen"].sum() == chosen.sum()
        assert found["share"].between(0, 1).all()

    def test_people_are_matched_by_number_not_by_place(self):
        chosen = pd.Series([True, False], index=["7", "8"])
        groups = pd.Series(["tenant", "owner", "owner"], index=["8", "7", "9"])
        found = share_by_group(chosen, groups)
        assert found["share"].to_dict() == {"owner": 1.0, "tenant": 0.0}
        assert found["people"].to_dict() == {"owner": 1, "tenant": 1}

    def test_a_category_without_people_stays_and_has_no_share(self):
        groups = pd.Series(pd.Categorical(["old"], categories=["young", "old"]))
        found = share_by_group(pd.Series([True]), groups)
        assert found.index.tolist() == ["young", "old"]
        assert np.isnan(found.loc["young", "share"])

    def test_bad_input(self):
        people = pd.Series(["owner", "tenant"])
        with pytest.raises(TypeError, match="True or False"):
            share_by_group(pd.Series([1, 0]), people)
        with pytest.raises(ValueError, match="nothing for 2"):
            share_by_group(pd.Series([True, False, True]), people)
        with pytest.raises(ValueError, match="chosen is empty"):
            share_by_group(pd.Series([], dtype=bool), people)
        with pytest.raises(ValueError, match="groups holds '7' more than once"):
            share_by_group(pd.Series([True], index=["7"]), pd.Series(["a", "b"], index=["7", "7"]))
        with pytest.raises(TypeError, match="chosen is a list"):
            share_by_group([True], people)


class TestSurnameCommonness:
    @given(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=60), st.integers(2, 5))
    def test_more_bearers_never_means_rarer_and_namesakes_stay_together(self, names, groups):
        surnames = pd.Series(names)
        bearers = surnames.map(surnames.value_counts())
        found = surname_commonness(surnames, groups)
        assert len(set(zip(surnames, found, strict=True))) == surnames.nunique()
        order = bearers.argsort(kind="stable")
        assert (np.diff(found.cat.codes.to_numpy()[order].astype(int)) >= 0).all()

    def test_surnames_that_all_occur_once_stand_in_the_middle(self):
        assert set(surname_commonness(pd.Series(list("abcdef")), 3)) == {"middle"}

    def test_sorrels_fifths_are_about_fifths(self):
        share = surname_commonness(Republic.sample().people["surname"]).value_counts(normalize=True)
        assert share.index.size == 5
        assert share.between(0.15, 0.25).all()

    @pytest.mark.parametrize(("groups", "error"), [(1, ValueError), (6, ValueError), (2.0, TypeError)])
    def test_bad_groups(self, groups, error):
        with pytest.raises(error, match=f"groups is {groups}"):
            surname_commonness(pd.Series(["a"]), groups)

    def test_a_missing_surname(self):
        with pytest.raises(ValueError, match="nothing for 1"):
            surname_commonness(pd.Series(["a", None]))


class TestAgeGroup:
    @pytest.mark.parametrize(
        ("age", "group"),
        [
            (0, "under 18"),
            (17, "under 18"),
            (18, "18 to 29"),
            (30, "30 to 44"),
            (64, "45 to 64"),
            (65, "65 and over"),
        ],
    )
    def test_boundaries_belong_to_the_older(self, age, group):
        assert age_group(pd.Series([0, age])).iloc[1] == group

    def test_among_adults_there_is_no_group_of_children(self):
        assert "under 18" not in age_group(pd.Series([18, 90])).cat.categories

    def test_bad_input(self):
        with pytest.raises(ValueError, match="ages is -1"):
            age_group(pd.Series([3, -1]))
        with pytest.raises(ValueError, match="ages is nan"):
            age_group(pd.Series([np.nan]))
        with pytest.raises(TypeError, match=r"ages is \['old'\]: give a number"):
            age_group(pd.Series(["old"]))
