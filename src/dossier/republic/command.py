"""The command ``dossier republic``: a Sorrel of any size as files, or the course's sample restored."""

from __future__ import annotations

import argparse
import errno
import sys
from pathlib import Path

from dossier.republic import parameters as p

STOPPED = 130


def _whole_number(text: str) -> int:
    try:
        return int(text.replace(",", "_"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number, such as 1_000_000") from None


def _people(text: str) -> int:
    number = _whole_number(text)
    if not 1 <= number <= p.MAXIMUM_PEOPLE:
        raise argparse.ArgumentTypeError(f"{number:,} is not from 1 to {p.MAXIMUM_PEOPLE:,}")
    return number


def _seed(text: str) -> int:
    number = _whole_number(text)
    if not 0 <= number < 2**63:
        raise argparse.ArgumentTypeError(f"{number:,} is not from 0 to {2**63 - 1:,}")
    return number


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dossier republic",
        description="Make a Republic of Sorrel of any size, as files: invented people and every record about them.",
        epilog="Stopped half-way, the same command goes on where it stopped. Lessons need none of this: the course "
        "brings a sample of 10,000 people.",
    )
    parser.add_argument(
        "--people", type=_people, metavar="N", help=f"how many people, 1 to {p.MAXIMUM_PEOPLE:,}"
    )
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="a new or empty folder to write to")
    parser.add_argument(
        "--seed", type=_seed, default=p.SAMPLE_SEED, help="another seed is another country (%(default)s)"
    )
    parser.add_argument(
        "--naming",
        choices=list(p.NAMING_REGIMES),
        default="concentrated",
        help="few common surnames or many rare ones (%(default)s)",
    )
    parser.add_argument(
        "--format",
        choices=["csv", "parquet"],
        default="csv",
        help="compressed CSV, or Parquet, which needs pyarrow (%(default)s)",
    )
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    parser.add_argument(
        "--restore",
        action="store_true",
        help="make the course's own sample anew, where a file of it is missing or damaged",
    )
    return parser


def main(arguments: list[str]) -> int:
    """Run ``dossier republic`` with some command-line arguments.

    Parameters
    ----------
    arguments : list of str
        What stands after ``dossier republic``.

    Returns
    -------
    int
        0 when done, 1 when it could not be done, 130 when stopped. Wrong arguments end in ``SystemExit(2)``.
    """
    parser = _parser()
    chosen = parser.parse_args(arguments)
    if chosen.restore:
        if chosen.people is not None or chosen.out is not None:
            parser.error("--restore makes the course's own sample: it goes without --people and --out")
        return _restore()
    missing = [
        option for option, value in (("--people", chosen.people), ("--out", chosen.out)) if value is None
    ]
    if missing:
        parser.error(
            f"{' and '.join(missing)} must be given (or --restore), for example --people 100_000 --out sorrel"
        )
    return _write(chosen)


def _restore() -> int:
    from dossier.republic.storage import data_folder, restore_sample

    try:
        folder = data_folder()
        changed = restore_sample(folder)
    except OSError as error:
        print(_trouble(error, "the course's data folder"), file=sys.stderr)
        return 1
    print(f"Restored: {p.SAMPLE_PEOPLE:,} people and every record about them, in {folder}")
    if changed:
        print(
            f"Not as the manifest there described them: {', '.join(changed)}. The program that makes them has changed."
        )
    return 0


def _write(chosen: argparse.Namespace) -> int:
    from dossier.republic.scale import FolderTaken, NoParquet, write_republic

    try:
        manifest = write_republic(
            chosen.people, chosen.out, chosen.seed, chosen.naming, chosen.format, progress=not chosen.quiet
        )
    except (FolderTaken, NoParquet) as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(_trouble(error, str(chosen.out)), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(
            f"\nStopped. What is finished stays in {chosen.out}; the same command goes on from there.",
            file=sys.stderr,
        )
        return STOPPED
    rows = sum(table["rows"] for table in manifest["tables"].values())
    size = sum(table["bytes"] for table in manifest["tables"].values())
    print(
        f"{chosen.people:,} people, {rows:,} rows in {len(manifest['tables'])} tables, {size / 1e6:,.0f} MB in {chosen.out}"
    )
    return 0


def _trouble(error: OSError, place: str) -> str:
    """What to do about a file that cannot be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return (
            f"No room left for {place} ({error.strerror}). Free some space, or choose another disk, and run the same command "
            "again: what is finished stays, and it goes on from there."
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{place} cannot be written to ({error.strerror}). Choose a folder of your own."
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return f"{place} is not a folder ({error.strerror}). Choose another name."
    return f"{place}: {error}"
