"""Where the course's data folder is: one small answer for every model that reads a file.

Lessons never call this; `dossier.republic` and `dossier.evidence` do.
"""

from __future__ import annotations

import os
from pathlib import Path


def data_folder() -> Path:
    """
    Find the folder that holds Sorrel's sample and the documented facts.

    Looked for in this order: the folder that the environment variable ``DOSSIER_DATA`` names; ``data`` in the
    repository that this package was installed from; ``data`` in the working folder or the nearest one above.

    Returns
    -------
    pathlib.Path
        An existing folder.

    Raises
    ------
    FileNotFoundError
        If no such folder exists; the message says where it looked and how to name one.
    """
    named = os.environ.get("DOSSIER_DATA")
    if named:
        folder = Path(named).expanduser()
        if folder.is_dir():
            return folder
        raise FileNotFoundError(f"DOSSIER_DATA is {named!r}, which is not a folder: correct it, or unset it.")
    above = [Path(__file__).resolve().parents[2], Path.cwd(), *Path.cwd().parents]
    for place in above:
        # Any folder may be called "data"; only the course's own holds the evidence.
        if (place / "data" / "evidence").is_dir():
            return place / "data"
    raise FileNotFoundError(
        f"The course's data folder is neither beside the package ({above[0]}) nor in {above[1]} or above it. "
        "Start from the course's folder, or set DOSSIER_DATA to the folder that holds 'evidence'."
    )
