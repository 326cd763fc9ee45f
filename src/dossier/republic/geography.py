"""The land of a county: ten districts, 576 cells, where homes and jobs are.

Lessons 01, 05 and 07 draw it; every registry with a place refers to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dossier.republic import parameters as p
from dossier.republic.draws import Floats, Integers, Stream, Texts, cumulative
from dossier.republic.names import place_stock, street_stock


@dataclass(frozen=True)
class Geography:
    """Where things are in one county. Cells are counted from 0 within the county.

    Attributes
    ----------
    kinds, names : ndarray of object, shape (10,)
        Kind and name of each district.
    x, y : ndarray of float, shape (10,)
        Centres of the districts, km.
    cell_district : ndarray of int, shape (576,)
        District of each cell.
    homes : ndarray of float, shape (10, 576)
        Cumulative shares of a district's homes by cell.
    workplaces, outings : ndarray of float, shape (576, 576)
        Cumulative shares of where those who live in a cell work, and of the new places that they try.
    school : ndarray of int, shape (10,)
        Cell of the school of each district.
    college : int
        Cell of the county's college.
    income : ndarray of float, shape (10,)
        Mean of the standardised log household income by district.
    town : str
        Name of the county town, where its airport is.
    """

    kinds: Texts
    names: Texts
    x: Floats
    y: Floats
    cell_district: Integers
    homes: Floats
    workplaces: Floats
    outings: Floats
    school: Integers
    college: int
    income: Floats
    town: str

    @property
    def streets(self) -> Texts:
        """Names of the streets, three a cell: street ``3 * cell + k``."""
        return street_stock(p.CELLS * p.STREETS_PER_CELL)


@lru_cache(maxsize=1)
def cell_positions() -> tuple[Floats, Floats]:
    """East-west and north-south positions of the cells' middles in km, each of shape (576,)."""
    cells = np.arange(p.CELLS)
    return (cells % p.GRID).astype(np.float64) + 0.5, (cells // p.GRID).astype(np.float64) + 0.5


@lru_cache(maxsize=1)
def cell_distances() -> Floats:
    """Distances between the cells' middles in km, shape (576, 576)."""
    x, y = cell_positions()
    return np.asarray(np.hypot(x[:, None] - x, y[:, None] - y), dtype=np.float64)


def make_geography(stream: Stream, county: int) -> Geography:
    """Lay out a county."""
    kinds = np.array(p.DISTRICT_KINDS, dtype=object)
    middle = p.GRID / 2
    direction = np.radians(np.array(p.DISTRICT_DIRECTION_DEGREES, dtype=np.float64))
    jitter = p.DISTRICT_JITTER_KM * (2 * stream.uniform(2 * p.DISTRICTS).reshape(2, -1) - 1)
    distance = np.array(p.DISTRICT_DISTANCE_KM)
    x = (middle + distance * np.cos(direction) + jitter[0]).round(2)
    y = (middle + distance * np.sin(direction) + jitter[1]).round(2)
    income = np.array([p.DISTRICT_INCOME[kind] for kind in kinds])
    income = income + p.DISTRICT_INCOME_SPREAD * stream.normal(p.DISTRICTS)

    cell_x, cell_y = cell_positions()
    from_centre = np.hypot(x[:, None] - cell_x, y[:, None] - cell_y)
    cell_district = np.argmin(from_centre, axis=0).astype(np.int64)
    nearest_cell = np.argmin(from_centre, axis=1).astype(np.int64)

    spread = np.array(p.DISTRICT_SPREAD_KM)[:, None]
    density = np.exp(-0.5 * (from_centre / spread) ** 2)
    density = np.where(cell_district == np.arange(p.DISTRICTS)[:, None], density, 0.0)
    # A centre on the edge of its district keeps its own cell, so that no district is without homes.
    density[np.arange(p.DISTRICTS), nearest_cell] = 1.0
    density /= density.sum(axis=1, keepdims=True)

    pull = np.array([p.JOBS[kind] for kind in kinds])[:, None]
    jobs = (pull * np.exp(-from_centre / p.JOBS_SCALE_KM)).sum(axis=0)
    people = (np.array(p.DISTRICT_SHARE)[:, None] * density).sum(axis=0)
    offer = jobs / jobs.sum() + people / people.sum()
    distances = cell_distances()

    names = place_stock()
    # Eleven names a county; the stock is used again for later counties, as place names are.
    chosen = names[(np.arange(p.DISTRICTS + 1) + county * (p.DISTRICTS + 1)) % len(names)]
    return Geography(
        kinds=kinds,
        names=chosen[:-1],
        x=x,
        y=y,
        cell_district=cell_district,
        homes=cumulative(density),
        workplaces=cumulative(jobs * np.exp(-distances / p.COMMUTE_SCALE_KM)),
        outings=cumulative(offer * (1 + distances) ** -p.JUMP_POWER),
        school=nearest_cell,
        college=int(nearest_cell[0]),
        income=income,
        town=str(chosen[-1]),
    )
