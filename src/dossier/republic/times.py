"""Clock and calendar: minutes since the observed year began, and back to timestamps."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dossier.republic import schema
from dossier.republic.draws import Integers, Stream

HOUR = 60
DAY = 24 * HOUR
YEAR_START = np.datetime64(f"{schema.YEAR}-01-01", "m")
YEAR_DAYS = int(
    (np.datetime64(f"{schema.YEAR + 1}-01-01") - np.datetime64(f"{schema.YEAR}-01-01")).astype(np.int64)
)
WINDOW_START = int((np.datetime64(schema.PHONE_WINDOW_START, "m") - YEAR_START).astype(np.int64))
#: Weekday of 1 January: Monday is 0. (Day 0 of NumPy's calendar was a Thursday.)
FIRST_WEEKDAY = int((np.datetime64(f"{schema.YEAR}-01-01", "D").astype(np.int64) + 3) % 7)


def timestamps(minutes: Integers) -> npt.NDArray[np.datetime64]:
    """Timestamps for minutes since the year began (negative before it)."""
    return (YEAR_START + minutes.astype("timedelta64[m]")).astype("datetime64[us]")


def weekday(day: Integers) -> Integers:
    """Weekday of each day of the year counted from 0: Monday is 0, Sunday 6."""
    return (day + FIRST_WEEKDAY) % 7


def office_hours(stream: Stream, day: Integers, last_day: int = YEAR_DAYS - 1) -> Integers:
    """A minute between 8:30 and 16:29 on each ``day``, or on the working day nearest to it and not after ``last_day``."""
    late = weekday(day) - 4
    moved = np.where(late > 0, np.where(day + 3 - late <= last_day, day + 3 - late, day - late), day)
    return moved * DAY + stream.between(8 * HOUR + 30, 16 * HOUR + 29, len(day))
