"""Acquaintances: a small world (Watts & Strogatz 1998), and like knows like."""

import numpy as np
import pytest
from scipy import sparse
from scipy.sparse import csgraph


@pytest.fixture(scope="module")
def graph(sorrel) -> sparse.csr_array:
    place = {number: i for i, number in enumerate(sorrel.people["id_number"])}
    one = sorrel.acquaintances["id_number"].map(place).to_numpy("int32")
    other = sorrel.acquaintances["other_id_number"].map(place).to_numpy("int32")
    size = len(place)
    half = sparse.coo_array((np.ones(len(one)), (one, other)), shape=(size, size)).tocsr()
    return half + half.T


def test_each_pair_stands_once_and_nobody_knows_themselves(sorrel, graph):
    ties = sorrel.acquaintances
    assert (ties["id_number"] < ties["other_id_number"]).all()
    assert graph.max() == 1
    assert graph.diagonal().sum() == 0


def test_people_know_about_nine_others_and_everyone_is_within_a_few_steps(graph):
    degree = graph.sum(axis=1)
    assert 7 < degree.mean() < 12
    _, label = csgraph.connected_components(graph, directed=False)
    assert np.bincount(label).max() > 0.99 * graph.shape[0]
    start = np.random.default_rng(0).choice(graph.shape[0], 30, replace=False)
    steps = csgraph.dijkstra(graph, indices=start, unweighted=True)
    mean = steps[np.isfinite(steps) & (steps > 0)].mean()
    random_mean = np.log(graph.shape[0]) / np.log(degree.mean())
    assert mean < 1.8 * random_mean


def test_friends_of_friends_are_friends_far_more_often_than_by_chance(graph):
    degree = graph.sum(axis=1)
    triangles = (graph @ graph).multiply(graph).sum()
    clustering = triangles / (degree * (degree - 1)).sum()
    chance = degree.mean() / graph.shape[0]
    assert clustering > 0.1 > 50 * chance


def test_like_knows_like(sorrel):
    people = sorrel.people.set_index("id_number")
    ties = sorrel.acquaintances
    outside = ties[ties["tie"] != "household"]
    same_district = (
        outside["id_number"].map(people["district"]) == outside["other_id_number"].map(people["district"])
    ).mean()
    by_chance = (people["district"].value_counts(normalize=True) ** 2).sum()
    assert same_district > 3 * by_chance
    friends = ties[ties["tie"] == "friend"]
    gap = (friends["id_number"].map(people["age"]) - friends["other_id_number"].map(people["age"])).abs()
    assert gap.median() < 5


def test_each_kind_of_tie_is_what_it_says(sorrel):
    people = sorrel.people.set_index("id_number")
    ties = sorrel.acquaintances

    def same(kind: str, column: str) -> float:
        chosen = ties[ties["tie"] == kind]
        one, other = chosen["id_number"].map(people[column]), chosen["other_id_number"].map(people[column])
        return float((one == other).mean())

    assert same("household", "household") == 1
    assert all(same(kind, "household") == 0 for kind in ("kin", "colleague", "neighbour", "friend"))
    assert same("kin", "surname") == 1
    assert same("neighbour", "home_cell") == 1
    assert same("colleague", "work_cell") == 1
    sizes = sorrel.households["size"]
    assert (ties["tie"] == "household").sum() == (sizes * (sizes - 1) // 2).sum()
