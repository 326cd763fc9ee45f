"""Scoring a million people: ``dossier.score.schemes`` against the ``apply`` that a learner would write first.

The people are Sorrel's own, a million by the course's seed, with their six registries of conduct. Both ways go from those registries to
one score a person, by the same rules and points. The slow way is measured on the first 10,000 people and given per record, since it goes
through the records one by one and so takes a hundred times as long for a hundred times the people. Times are processor seconds, the
median of rounds in turn; both ways must give the first 10,000 people the same scores.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import pandas as pd

from dossier.republic import Republic
from dossier.republic import parameters as p
from dossier.republic.county import County
from dossier.republic.numbers import counties_for
from dossier.score.schemes import events, scores, sorrels_rules

PEOPLE = 1_000_000
ROUNDS = 3
POINTS = sorrels_rules()["points"].to_dict()


def republic(people: int) -> dict[str, pd.DataFrame]:
    """People and registries of conduct, as ``Republic.generate`` makes them; county by county, so that each is forgotten in turn."""
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in ("people", *Republic.conduct_registries)}
    for number, size in enumerate(counties_for(people)):
        county = County(number, size, p.SAMPLE_SEED, "concentrated")
        for name, made in parts.items():
            table = county.table(name)
            made.append(table[["id_number"]] if name == "people" else table)
    return {name: pd.concat(made, ignore_index=True) for name, made in parts.items()}


def vectorised(tables: dict[str, pd.DataFrame]) -> pd.Series:
    """One pass over columns."""
    return scores(events(tables, sorrels_rules()), POINTS, tables["people"]["id_number"])


def points_of_an_offence(record: pd.Series) -> int:
    if record["offence"] == "parking":
        return POINTS["parking offence"]
    if record["offence"] == "speeding":
        return POINTS["speeding"]
    if record["offence"] == "drink driving":
        return POINTS["drink driving"]
    return POINTS["red light or phone"]


def points_of_a_judgment(record: pd.Series) -> int:
    if record["case"] in ("libel", "public order"):
        return POINTS["judgment over words"]
    return POINTS["judgment, obeyed"] if record["obeyed"] else POINTS["judgment, not obeyed"]


def points_of_arrears(record: pd.Series) -> int:
    return POINTS["tax paid late"] if record["settled"] else POINTS["tax still owed"]


def points_of_a_bill(record: pd.Series) -> int:
    return POINTS["bill paid late"] if record["days_late"] > 14 else 0


def points_of_a_post(record: pd.Series) -> int:
    if record["topic"] == "government" and record["tone"] == "criticism":
        return POINTS["critical post"]
    if record["topic"] == "government" and record["tone"] == "praise":
        return POINTS["praising post"]
    return 0


def points_of_a_turn(record: pd.Series) -> int:
    return POINTS["blood donation"] if record["activity"] == "blood donation" else POINTS["voluntary work"]


FIRST_ATTEMPT: dict[str, Callable[[pd.Series], int]] = {
    "traffic_offences": points_of_an_offence,
    "judgments": points_of_a_judgment,
    "tax_arrears": points_of_arrears,
    "utility_payments": points_of_a_bill,
    "posts": points_of_a_post,
    "volunteering": points_of_a_turn,
}


def record_by_record(tables: dict[str, pd.DataFrame]) -> pd.Series:
    """What a learner would write first: ``apply`` over the rows of every registry, then a sum a person."""
    parts = []
    for name, points in FIRST_ATTEMPT.items():
        registry = tables[name]
        parts.append(registry.assign(points=registry.apply(points, axis=1))[["id_number", "points"]])
    total = pd.concat(parts).groupby("id_number")["points"].sum()
    return 1000.0 + total.reindex(tables["people"]["id_number"], fill_value=0)


def seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def main() -> None:
    began = time.process_time()
    whole, part = republic(PEOPLE), republic(10_000)
    made = time.process_time() - began
    pd.testing.assert_series_equal(vectorised(part), record_by_record(part), check_names=False)
    records, few = (
        sum(len(tables[name]) for name in Republic.conduct_registries) for tables in (whole, part)
    )
    print(f"{PEOPLE:,} people of Sorrel and {records:,} records of conduct, made in {made:.0f} s")
    fast, slow = [], []
    for _ in range(ROUNDS):
        fast.append(seconds(lambda: vectorised(whole)) / records)
        slow.append(seconds(lambda: record_by_record(part)) / few)
    one, other = statistics.median(fast), statistics.median(slow)
    print(f"   one pass: {one * records:6.1f} s for all of them, {1 / one:11,.0f} records a second")
    print(
        f"      apply: {other * few:6.1f} s for {few:,} of them (10,000 people), {1 / other:11,.0f} records a second"
    )
    print(
        f"a record of the one pass takes {one / other:.4f} of apply's: apply takes {other / one:.0f} times as long"
    )


if __name__ == "__main__":
    main()
