"""Link two registers of Sorrel at several sizes, and write down what it took and what was wrong: the tables beside this file.

    python data/measured/measure.py            # about a quarter of an hour on two cores, 8 GB of memory

Each measurement runs in a process of its own, so that its peak of memory is its own. The registers are made before.
"""

from __future__ import annotations

import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from dossier.join.at_scale import WITHOUT_A_NUMBER, link
from dossier.join.evaluating import best_links
from dossier.republic import Republic
from dossier.republic.two_registers import two_registers

HERE = Path(__file__).parent
SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000)
REPEATS = 3
EVIDENCE = tuple((people, naming) for people in (100_000, 1_000_000) for naming in ("concentrated", "many"))
BITS = range(16, 49)


def make(folder: Path, people: int, naming: str = "concentrated") -> None:
    """Make two registers, and lay them down with everybody's household."""
    population = Republic.generate(people, naming=naming).people
    pd.to_pickle((two_registers(population), population["household"].to_numpy()), folder / "registers.pkl")


def proposed(left: pd.DataFrame, right: pd.DataFrame) -> int:
    """Count the pairs that the blocking proposes, those of several rules once for each."""
    counts = (
        [register.groupby(list(rule)).size() for register in (left, right)]
        for rule in WITHOUT_A_NUMBER.blocking
    )
    return sum(int((one * other).dropna().sum()) for one, other in counts)


def times(folder: Path) -> dict[str, Any]:
    """Link what lies in the folder, and say what it took."""
    registers, _ = pd.read_pickle(folder / "registers.pkl")
    before, began = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    pairs = link(registers.left, registers.right, least_weight=-math.log2(99))
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF)
    links = best_links(pairs[pairs["match_weight"] >= 0])
    right = registers.truth.reindex(links["right"]).to_numpy() == links["left"].to_numpy()
    return {
        "records": len(registers.left) + len(registers.right),
        "cpu_seconds": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2),
        "wall_seconds": round(wall, 2),
        "peak_memory_mb": after.ru_maxrss // 1024,
        "pairs_proposed": proposed(registers.left, registers.right),
        "matches": len(registers.truth),
        "links": len(links),
        "right_links": int(right.sum()),
        "doubtful_pairs": int(pairs["match_probability"].between(0.01, 0.99).sum()),
    }


def evidence(folder: Path) -> list[dict[str, int]]:
    """Count the pairs with so many bits of evidence or more, the prior left out: right, wrong in a household, wrong elsewhere."""
    registers, household = pd.read_pickle(folder / "registers.pkl")
    all_pairs = len(registers.left) * len(registers.right)
    prior = math.log2(all_pairs / len(registers.truth))
    pairs = link(registers.left, registers.right, least_weight=min(BITS) - prior)
    bits = pairs["match_weight"] + prior
    one = registers.left_source.to_numpy()[pairs["left"]]
    other = registers.right_source.to_numpy()[pairs["right"]]
    right, together = one == other, household[one] == household[other]
    kinds = {"right": right, "household": ~right & together, "strangers": ~right & ~together}
    size = {"pairs": all_pairs, "matches": len(registers.truth)}
    return [
        {**size, "bits": least, **{name: int(np.sum(kind & (bits >= least))) for name, kind in kinds.items()}}
        for least in BITS
    ]


def apart(what: str, folder: Path) -> Any:
    """Do it in a process of its own."""
    command = [sys.executable, __file__, what, str(folder)]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)


def main(only: str = "times evidence") -> None:
    """Measure everything."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in only.split()}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for people in SIZES if "times" in rows else ():
            make(folder, people)
            for repeat in range(1, REPEATS + 1):
                rows["times"].append({"people": people, "repeat": repeat, **apart("times", folder)})
                print(rows["times"][-1], flush=True)
        for people, naming in EVIDENCE if "evidence" in rows else ():
            make(folder, people, naming)
            rows["evidence"] += [
                {"people": people, "naming": naming, **row} for row in apart("evidence", folder)
            ]
    for name, found in rows.items():
        pd.DataFrame(found).to_csv(HERE / f"linking_{name}.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(json.dumps({"times": times, "evidence": evidence}[sys.argv[1]](Path(sys.argv[2]))))
    else:
        main(*sys.argv[1:])
