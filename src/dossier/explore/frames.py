"""A slice: the figures along one control, packed for the browser.

A figure is a plain dictionary in Plotly's terms. Along a slice its numbers change and little else does, so a slice is sent as
one figure (the base), one float32 buffer with every numeric array of every frame, and the few other leaves that differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

Figure = dict[str, Any]
Path = tuple[str | int, ...]


def is_numeric(leaf: Any) -> bool:
    """Tell whether a leaf of a figure is an array of numbers, so that it travels in the buffer."""
    if isinstance(leaf, np.ndarray):
        return bool(leaf.dtype.kind in "fiub" and leaf.ndim == 1)
    return (
        isinstance(leaf, (list, tuple))
        and len(leaf) > 0
        and all(isinstance(item, (int, float, np.number)) and not isinstance(item, bool) for item in leaf)
    )


def leaves(figure: Any, path: Path = ()) -> dict[Path, Any]:
    """Flatten a figure into its leaves by path; an array is one leaf, a list of dictionaries is not."""
    if isinstance(figure, dict):
        items: Any = figure.items()
    elif isinstance(figure, (list, tuple)) and any(isinstance(item, dict) for item in figure):
        items = enumerate(figure)
    else:
        return {path: figure}
    found: dict[Path, Any] = {}
    for key, value in items:
        found.update(leaves(value, (*path, key)))
    return found


def plain(leaf: Any) -> Any:
    """Give a leaf as JSON has it: lists for arrays, Python numbers for NumPy's, None for what is not finite."""
    if isinstance(leaf, (np.ndarray, list, tuple)):
        return [plain(item) for item in (leaf.tolist() if isinstance(leaf, np.ndarray) else leaf)]
    if isinstance(leaf, dict):
        return {key: plain(value) for key, value in leaf.items()}
    if isinstance(leaf, np.generic):
        leaf = leaf.item()
    if isinstance(leaf, float) and not np.isfinite(leaf):
        return None
    return leaf


def pack(figures: Sequence[Figure]) -> dict[str, Any]:
    """Pack the figures of consecutive frames.

    Parameters
    ----------
    figures
        At least one; all with the same traces and the same kind of leaf at the same path.

    Returns
    -------
    dict
        ``fixed`` (paths and lengths of the numeric arrays that stay the same), ``paths`` (of those that move), ``lengths``
        (one row a frame, one column a path), ``numbers`` (bytes, little-endian float32: the fixed arrays, then frame by frame the
        moving ones), ``base`` (the first figure without those arrays), ``patches`` (one list a frame of ``[path, value]`` for
        every other leaf that changes along the slice).

    Raises
    ------
    ValueError
        When the number of traces changes along the slice.
    """
    traces = {len(figure["data"]) for figure in figures}
    if len(traces) != 1:
        raise ValueError(
            f"a figure has {sorted(traces)} traces along the slice: keep the number fixed (a trace may be empty)"
        )
    figures = [_with_labels(figure) for figure in figures]
    flat = [leaves(figure) for figure in figures]
    every = dict.fromkeys(path for frame in flat for path in frame)
    # Only traces hold arrays worth packing; a layout's short lists (ranges) must stay ordinary lists for Plotly.
    numeric = [
        path
        for path in every
        if path[0] == "data" and any(path in frame and is_numeric(frame[path]) for frame in flat)
    ]
    arrays = [[np.asarray(frame.get(path, ()), dtype="<f4").ravel() for path in numeric] for frame in flat]
    same = [
        all(np.array_equal(frame[column], arrays[0][column], equal_nan=True) for frame in arrays)
        for column in range(len(numeric))
    ]
    moving = [column for column in range(len(numeric)) if not same[column]]
    fixed = [column for column in range(len(numeric)) if same[column]]
    others = [path for path in every if path not in set(numeric)]
    written = [{path: plain(frame.get(path)) for path in others} for frame in flat]
    changing = [path for path in others if any(frame[path] != written[0][path] for frame in written)]
    chunks = [arrays[0][column] for column in fixed] + [
        frame[column] for frame in arrays for column in moving
    ]
    return {
        "fixed": [[list(numeric[column]), len(arrays[0][column])] for column in fixed],
        "paths": [list(numeric[column]) for column in moving],
        "lengths": [[len(frame[column]) for column in moving] for frame in arrays],
        "numbers": np.concatenate(chunks).tobytes() if chunks else b"",
        "base": _without(figures[0], set(numeric)),
        "patches": [[[list(path), frame[path]] for path in changing] for frame in written],
    }


def unpack(packed: dict[str, Any], frame: int) -> Figure:
    """Give one frame back as a figure: what the browser does, for tests and for plain use."""
    figure = plain(packed["base"])
    lengths = np.asarray(packed["lengths"], dtype=int).reshape(len(packed["patches"]), -1)
    numbers = np.frombuffer(packed["numbers"], dtype="<f4")
    start = 0
    for path, length in packed["fixed"]:
        _put(figure, path, numbers[start : start + length])
        start += length
    start += int(lengths[:frame].sum())
    for path, length in zip(packed["paths"], lengths[frame], strict=True):
        _put(figure, path, numbers[start : start + length])
        start += int(length)
    for path, value in packed["patches"][frame]:
        _put(figure, path, value)
    return dict(figure)


def _with_labels(figure: Figure) -> Figure:
    """Put a space where a label is empty: Plotly takes an empty one out of the page, and draws nothing there again."""

    def drawn(text: Any) -> Any:
        if isinstance(text, (list, tuple, np.ndarray)):
            return [drawn(one) for one in text]
        return "\u00a0" if text == "" else text

    data = [trace | {"text": drawn(trace["text"])} if "text" in trace else trace for trace in figure["data"]]
    return figure | {"data": data}


def _without(figure: Any, drop: set[Path], path: Path = ()) -> Any:
    if isinstance(figure, dict):
        return {
            key: _without(value, drop, (*path, key))
            for key, value in figure.items()
            if (*path, key) not in drop
        }
    if isinstance(figure, (list, tuple)) and any(isinstance(item, dict) for item in figure):
        return [_without(value, drop, (*path, index)) for index, value in enumerate(figure)]
    return plain(figure)


def _put(figure: Any, path: Sequence[str | int], value: Any) -> None:
    for step, following in pairwise(path):
        if isinstance(figure, dict):
            figure = figure.setdefault(step, [] if isinstance(following, int) else {})
        else:
            figure = figure[step]
    figure[path[-1]] = value
