"""The join: linking FEBRL 4 beside Splink and `recordlinkage`, the exact join and unicity beside the loops that a learner would write.

Linkage: the three get the same 5,000 + 5,000 records, the same columns and the same blocking rules, so that they look at the same pairs. Each
learns its weights without the truth, as its own documentation advises, and of each the best link of every record is kept, from a probability of
one half. Exact join: every record of 50,000 people of Sorrel in twelve registries, gathered by person and in order of time. Unicity: 10,000
people with a phone, four points each; the loop is run for the first 500 of them. Times are processor seconds of all threads, the median of rounds in turn.

`recordlinkage` 0.16 wants an older pandas: it gets an environment of its own, in the course's folder for kept results (250 MB, fetched once). Where
it cannot be fetched, its line says so.
"""

from __future__ import annotations

import json
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from dossier._cache import folder
from dossier.join.by_number import joined
from dossier.join.evaluating import best_links
from dossier.join.linking import Plan, link_tables
from dossier.join.samples import FEBRL_4, FEBRL_4_WITHOUT_ID, Registers, febrl4
from dossier.join.unicity import draw_points, people_who_fit, traces
from dossier.republic import Republic

ROUNDS = 3
PEOPLE = 10_000
RIVAL = "recordlinkage==0.16"
EXACT = {"street_number", "postcode", "state", "date_of_birth", "soc_sec_id"}
REGISTRIES = (
    "hotel_stays",
    "flights",
    "cafe_sessions",
    "border_crossings",
    "deposits",
    "traffic_offences",
    "judgments",
    "tax_arrears",
    "utility_payments",
    "volunteering",
    "posts",
    "phone_pings",
)


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.process_time()
    result = work()
    return time.process_time() - began, result


def f1(links: pd.DataFrame, truth: pd.DataFrame) -> float:
    """Of the best link of each record."""
    best = best_links(links)
    right = len(best.merge(truth, on=["left", "right"]))
    return 2 * right / (len(best) + len(truth))


# Linkage ---------------------------------------------------------------------------------------------------------------


def ours(data: Registers, plan: Plan) -> pd.DataFrame:
    pairs = link_tables(data.left, data.right, **plan._asdict(), generator=np.random.default_rng(1)).pairs
    return pairs[pairs["match_weight"] >= 0]


def splinks(data: Registers, plan: Plan) -> pd.DataFrame:
    """Splink's comparisons as its own FEBRL 4 example has them, and of the address columns, which that leaves out, its usual ones."""
    often = {"term_frequency_adjustments": True}
    compared = {
        "given_name": cl.NameComparison("given_name").configure(**often),
        "surname": cl.NameComparison("surname").configure(**often),
        "street_number": cl.ExactMatch("street_number").configure(**often),
        "address_1": cl.JaroWinklerAtThresholds("address_1"),
        "address_2": cl.JaroWinklerAtThresholds("address_2"),
        "suburb": cl.JaroWinklerAtThresholds("suburb"),
        "postcode": cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(**often),
        "state": cl.ExactMatch("state"),
        "date_of_birth": cl.DateOfBirthComparison(
            "date_of_birth", input_is_string=True, datetime_format="%Y%m%d", invalid_dates_as_null=True
        ),
        "soc_sec_id": cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
    }
    columns = [field.column for field in plan.fields]
    settings = SettingsCreator(
        "link_only",
        comparisons=[compared[column] for column in columns],
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in plan.blocking],
        retain_matching_columns=False,
    )
    certain = [block_on("given_name", "surname", "date_of_birth")]
    if "soc_sec_id" in columns:
        certain.append(block_on("soc_sec_id"))
    database = DuckDBAPI()
    registered = [
        database.register(
            table[columns].replace("", None).assign(unique_id=np.arange(len(table))),
            dataset_display_name=name,
        )
        for name, table in (("register_1", data.left), ("register_2", data.right))
    ]
    linker = Linker(registered, settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(certain, recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for column in ("date_of_birth", "postcode"):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(column))
    found = linker.inference.predict(threshold_match_weight=0).as_pandas_dataframe()
    return found.rename(columns={"unique_id_l": "left", "unique_id_r": "right"})


def rivals_python() -> str:
    """Return the Python of recordlinkage's own environment; RuntimeError says why there is none."""
    place = folder() / RIVAL.replace("==", "-")
    python = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not (place / "is-complete").exists():
        uv = [sys.executable, "-m", "uv"]
        for command in (
            [*uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(place)],
            [*uv, "pip", "install", "--quiet", "--python", str(python), RIVAL],
        ):
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                raise RuntimeError((done.stderr.strip().splitlines() or ["no reason given"])[-1].strip())
        (place / "is-complete").touch()
    return str(python)


def recordlinkages(data: Registers, plan: Plan) -> tuple[list[float], pd.DataFrame]:
    python = rivals_python()
    columns = [field.column for field in plan.fields]
    with tempfile.TemporaryDirectory() as place:
        files = {}
        for name, table in (("left", data.left), ("right", data.right)):
            files[name] = str(Path(place, f"{name}.csv"))
            table.to_csv(files[name], index=False)
        asked = {
            **files,
            "rounds": ROUNDS,
            "rules": [list(rule) for rule in plan.blocking],
            "names": [column for column in columns if column not in EXACT],
            "exact": [column for column in columns if column in EXACT],
        }
        script = str(Path(__file__).with_name("_recordlinkage.py"))
        done = subprocess.run(
            [python, "-W", "ignore", script],
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            check=True,
        )
    answer = json.loads(done.stdout)
    links = pd.DataFrame(answer["links"]).rename(columns={"probability": "match_weight"})
    return answer["seconds"], links.astype({"left": "int64", "right": "int64"})


def linkage(name: str, data: Registers, plan: Plan) -> None:
    """Print one line a way."""
    spent: dict[str, list[float]] = {"the course": [], "Splink": []}
    score = {}
    for _ in range(ROUNDS):
        for way, work in (("the course", ours), ("Splink", splinks)):
            took, links = seconds(lambda work=work: work(data, plan))
            spent[way].append(took)
            score[way] = f1(links, data.truth)
    try:
        spent["recordlinkage"], links = recordlinkages(data, plan)
        score["recordlinkage"] = f1(links, data.truth)
    except RuntimeError as why:
        print(f"   recordlinkage is left out, since it could not be fetched: {why}")
    exact = data.left.reset_index(names="left").merge(
        data.right.reset_index(names="right"), on=["given_name", "surname", "date_of_birth"]
    )
    exact = exact[(exact["given_name"] != "") & (exact["surname"] != "") & (exact["date_of_birth"] != "")]
    print(
        f"{name}: exact join of names and birth date, F1 {f1(exact.assign(match_weight=0.0), data.truth):.4f}"
    )
    own = statistics.median(spent["the course"])
    for way, times in spent.items():
        took = statistics.median(times)
        error = (1 - score[way]) / max(1 - score["the course"], 1e-9)
        compared = (
            ""
            if way == "the course"
            else f"   {took / own:5.2f} times its time, {error:5.2f} times its loss of F1"
        )
        print(f"{way:>14}: F1 {score[way]:.4f}, {took:5.2f} s{compared}")


# The exact join --------------------------------------------------------------------------------------------------------


def by_hand(registries: dict[str, pd.DataFrame], ids: Sequence[str]) -> dict[str, list[tuple[Any, str, Any]]]:
    """What a learner would write first: a dictionary of lists, filled record by record."""
    dossiers = defaultdict(list)
    wanted = set(ids)
    for name, registry in registries.items():
        for label, record in registry.iterrows():
            if record["id_number"] in wanted:
                dossiers[record["id_number"]].append((record["when"], name, label))
    for records in dossiers.values():
        records.sort(key=lambda record: record[0])
    return dossiers


def by_database(registries: dict[str, pd.DataFrame], ids: Sequence[str]) -> int:
    connection = duckdb.connect()
    parts = []
    for number, (name, registry) in enumerate(registries.items()):
        connection.register(f"r{number}", registry[["id_number", "when"]].reset_index(names="row"))
        parts.append(f"""SELECT id_number, "when", '{name}' AS registry, "row" FROM r{number}""")
    connection.register("wanted", pd.DataFrame({"id_number": list(ids)}))
    query = f'SELECT * FROM ({" UNION ALL ".join(parts)}) SEMI JOIN wanted USING (id_number) ORDER BY "when"'
    return len(connection.execute(query).df())


def exact_join() -> None:
    republic = Republic.generate(people=50_000, seed=1)
    tables = {name: getattr(republic, name) for name in REGISTRIES}
    ids = republic.people["id_number"]
    records = sum(map(len, tables.values()))
    few = ids.head(1_000)
    part = {name: table[table["id_number"].isin(set(few))] for name, table in tables.items()}
    some = sum(map(len, part.values()))
    first, second = joined(part, few), by_hand(part, few)
    assert len(first) == sum(map(len, second.values())) == some
    times: dict[str, list[float]] = defaultdict(list)
    for _ in range(ROUNDS):
        took, dossiers = seconds(lambda: joined(tables, ids))
        times["the course"].append(took / records)
        took, rows = seconds(lambda: by_database(tables, ids))
        times["DuckDB"].append(took / records)
        times["a loop"].append(seconds(lambda: by_hand(part, few))[0] / some)
        assert len(dossiers) == rows == records
    print(
        f"Exact join: {records:,} records of {len(ids):,} people in {len(tables)} registries, by person and time"
    )
    own = statistics.median(times["the course"])
    for way, each in times.items():
        took = statistics.median(each)
        compared = "" if way == "the course" else f"   {took / own:6.2f} times as long"
        print(f"{way:>14}: {took * 1e6:6.2f} s a million records{compared}")


# Unicity ---------------------------------------------------------------------------------------------------------------


def one_by_one(points: list[set[tuple[int, ...]]], known: list[set[tuple[int, ...]]]) -> list[int]:
    """What a learner would write first: whose set of points holds all that is known?"""
    return [sum(target <= trace for trace in points) for target in known]


def unicity_of_ten_thousand() -> None:
    republic = Republic.generate(people=14_000)  # of whom more than 10,000 have a phone
    pings = republic.phone_pings
    moved = traces(pings[pings["id_number"].isin(pings["id_number"].unique()[:PEOPLE])], republic.cells)
    assert moved.people == PEOPLE
    drawn = draw_points(moved, 4, np.random.default_rng(1))
    where = list(zip(moved.column.tolist(), moved.row.tolist(), moved.hour.tolist(), strict=True))
    points: list[set[tuple[int, ...]]] = [set() for _ in range(moved.people)]
    for person, point in zip(moved.person.tolist(), where, strict=True):
        points[person].add(point)
    known = [{where[position] for position in row} for row in drawn[:500].tolist()]
    fast, slow = [], []
    for _ in range(ROUNDS):
        took, fits = seconds(lambda: people_who_fit(moved, drawn))
        fast.append(took / moved.people)
        took, counted = seconds(lambda: one_by_one(points, known))
        slow.append(took / len(known))
        assert fits[: len(known), -1].tolist() == counted
    one, other = statistics.median(fast), statistics.median(slow)
    share = (fits[:, -1] == 1).mean()
    print(f"Unicity of {moved.people:,} people, four points each: {share:.1%} are alone with theirs")
    print(f"    the course: {one * moved.people:6.2f} s for 1, 2, 3 and 4 points at once")
    print(
        f"        a loop: {other * moved.people:6.2f} s for 4 points alone   {other / one:6.1f} times as long"
    )


def main() -> None:
    logging.getLogger("splink").setLevel(logging.CRITICAL)  # or it reports every step
    data = febrl4()
    linkage("FEBRL 4, all columns", data, FEBRL_4)
    linkage("FEBRL 4 without its ID", data, FEBRL_4_WITHOUT_ID)
    exact_join()
    unicity_of_ten_thousand()


if __name__ == "__main__":
    main()
