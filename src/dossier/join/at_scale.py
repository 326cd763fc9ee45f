"""Linking two registers that are too large for pure Python: Fellegi and Sunter's model by Splink, on DuckDB or on Spark.

Lesson 08 asks what it costs to link a nation; lesson 06 opens the same model (`dossier.join`). Splink is that of Linacre and
others (2022, International Journal of Population Data Science 7(3)). The model is described once (`LinkageModel`), and the
engine is a word: ``link(left, right, model, backend="duckdb")``, ``"spark"``, or ``"python"`` for our own of lesson 06.

How it is trained decides what it is worth. Trained on pairs of one surname alone it learns what a household looks like (census against
W2 forms, best link: F1 0.964; as here 0.980). So u comes from random pairs, the share of matches from rules that hardly ever err,
and each m from pairs that agree on *other* columns, several times over.

Nothing leaves the machine: DuckDB may touch no file and no network, Spark listens on this machine only, and Splink's own charts, which
load their drawing library from a network, are never made.
"""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from .._arguments import FINITE, SHARE, number, table, whole_number
from .comparing import Field, checked_fields
from .linking import link_tables

Backend = Literal["duckdb", "spark", "python"]

#: Pairs drawn to learn u, and at most so many to learn m from one rule.
RANDOM_PAIRS, TRAINING_PAIRS = 2_000_000, 1_000_000
#: The oldest Java that Spark 4 runs on.
OLDEST_JAVA = 17


class NotInstalled(ImportError):
    """An engine was asked for that is not on this machine; the message says how to install it."""


Rules = Sequence[Sequence[str]]


@dataclass(frozen=True)
class LinkageModel:
    """What is compared, which pairs are looked at, and what the weights are learnt from.

    A rule is a list of columns: it proposes the pairs of records that agree on all of them.

    Parameters
    ----------
    fields : sequence of Field
        What is compared, as in lesson 06.
    blocking : sequence of rules
        Pairs that no rule proposes are never looked at, and lost.
    training : sequence of rules
        From the pairs of each, m is learnt for the columns that are not in it; each column must be missing from one of them.
    certain : sequence of rules
        Rules that hardly ever propose a wrong pair. How many they propose gives the share of matches.
    found_by_certain : float
        Share of the true matches that these find, above 0: a judgement, not an estimate.
    shared : sequence of str
        Columns in which members of a household agree. Only our own linkage asks; Splink has no such idea.
    """

    fields: Sequence[Field]
    blocking: Rules
    training: Rules
    certain: Rules
    found_by_certain: float = 0.8
    shared: Sequence[str] = ()

    def __post_init__(self) -> None:
        """Refuse a model that cannot be trained."""
        names = [field.column for field in checked_fields(self.fields)]
        for argument in ("blocking", "training", "certain"):
            rules = getattr(self, argument)
            if not rules or any(isinstance(rule, str) or not rule for rule in rules):
                raise ValueError(
                    f"{argument} is {rules!r}: give at least one rule, each a list of columns, as in [['surname', 'birth_date']]"
                )
        for name in names:
            if all(name in rule for rule in self.training):
                raise ValueError(
                    f"training has {name!r} in every rule, so that nothing can be learnt about it: add a rule without it"
                )
        if number("found_by_certain", self.found_by_certain, SHARE) == 0:
            raise ValueError("found_by_certain is 0: allowed is a share above 0")

    @property
    def columns(self) -> list[str]:
        """Every column that a register must have."""
        rules = [*self.blocking, *self.training, *self.certain]
        used = [field.column for field in self.fields] + [column for rule in rules for column in rule]
        return list(dict.fromkeys(used))


#: For two registers of Sorrel that hold names, birth date, sex and district, and no ID number.
WITHOUT_A_NUMBER = LinkageModel(
    fields=(
        Field("given_name", "name"),
        Field("surname", "name"),
        Field("birth_date", "number"),
        Field("sex"),
        Field("district"),
    ),
    blocking=(
        ("surname", "birth_date"),
        ("given_name", "birth_date"),
        ("surname", "given_name", "district"),
        ("birth_date", "sex", "district"),
    ),
    # Families share surname and district, namesakes their names: neither may teach the weights alone.
    training=(("birth_date",), ("surname", "given_name")),
    certain=(("surname", "given_name", "birth_date"),),
    shared=("surname", "district"),
)


def link(
    left: pd.DataFrame,
    right: pd.DataFrame,
    model: LinkageModel = WITHOUT_A_NUMBER,
    backend: Backend = "duckdb",
    *,
    least_weight: float = 0.0,
    seed: int = 1,
    threads: int = 2,
    session: Any = None,
) -> pd.DataFrame:
    """Find the pairs of records that are about one person.

    Parameters
    ----------
    left, right : pandas.DataFrame
        Two registers with the columns of the model (text; dates are written as text) and with index labels that differ. An
        empty text is a missing value.
    model : LinkageModel
    backend : {"duckdb", "spark", "python"}
        What computes: Splink with DuckDB in this process, or with Spark, which needs the package pyspark and Java; or
        our own linkage of lesson 06, which needs neither and is meant for some ten thousand records. It also runs in a browser.
    least_weight : float
        Bits of evidence, prior included, below which a pair is left out. 0 bits is a probability of one half.
    seed : int
        Of the random pairs from which u is learnt, 0 or more.
    threads : int
        Processor threads to use, 1 or more.
    session : pyspark.sql.SparkSession, optional
        A session of a cluster elsewhere, with Splink's similarity functions in ``spark.jars``. Without one, Spark runs on this machine
        for as long as the call lasts.

    Returns
    -------
    pandas.DataFrame
        A row for each pair, the strongest first: ``left`` and ``right`` (index labels), ``match_weight`` (bits, prior included:
        log2 of the odds) and ``match_probability``. One record may be in several pairs.

    Raises
    ------
    NotInstalled
        If Splink, DuckDB, pyspark or Java is missing.
    TypeError, ValueError
        If an argument is not as above, or if the rules of ``certain`` propose no pair or too many.
    """
    if not isinstance(model, LinkageModel):
        raise TypeError(f"model is a {type(model).__name__}: give a LinkageModel")
    tables = [_prepared("left", left, model), _prepared("right", right, model)]
    if backend not in get_args(Backend):
        raise ValueError(
            f"backend is {backend!r}: allowed is one of {', '.join(map(repr, get_args(Backend)))}"
        )
    least_weight = number("least_weight", least_weight, FINITE)
    seed, threads = whole_number("seed", seed, 0), whole_number("threads", threads, 1)
    if backend == "python":
        return _strongest_first(_by_hand(tables, (left.index, right.index), model, least_weight, seed))
    engine = _duckdb(threads) if backend == "duckdb" else _spark(threads, session)
    with _quiet(), engine as database:
        found = _linked(tables, model, backend, database, least_weight, seed)
    pairs = pd.DataFrame(
        {
            "left": left.index.to_numpy()[found["unique_id_l"].to_numpy(np.int64)],
            "right": right.index.to_numpy()[found["unique_id_r"].to_numpy(np.int64)],
            # Threads add up in any order: beyond a millionth of a bit the same call would give other digits.
            "match_weight": found["match_weight"].to_numpy(np.float64).round(6),
            "match_probability": found["match_probability"].to_numpy(np.float64),
        }
    )
    return _strongest_first(pairs)


def _by_hand(
    tables: Sequence[pd.DataFrame],
    labels: tuple[pd.Index, pd.Index],
    model: LinkageModel,
    least_weight: float,
    seed: int,
) -> pd.DataFrame:
    """Link with the course's own model."""
    linked = link_tables(
        tables[0],
        tables[1],
        model.fields,
        model.blocking,
        model.training,
        np.random.default_rng(seed),
        model.shared,
    )
    pairs = linked.pairs[linked.pairs["match_weight"] >= least_weight]
    named = {side: labels[at].to_numpy()[pairs[side]] for at, side in enumerate(("left", "right"))}
    return pairs[["match_weight", "match_probability"]].assign(**named)[
        ["left", "right", "match_weight", "match_probability"]
    ]


def _strongest_first(pairs: pd.DataFrame) -> pd.DataFrame:
    order = ["match_weight", "left", "right"]
    return pairs.sort_values(order, ascending=[False, True, True], ignore_index=True)


def _prepared(argument: str, register: Any, model: LinkageModel) -> pd.DataFrame:
    """A register as the engines take it: the model's columns as text, and its rows numbered."""
    given = table(argument, register, model.columns)
    if given.index.has_duplicates:
        raise ValueError(
            f"{argument} has index labels that occur twice: call reset_index(drop=True) on it first"
        )
    columns: dict[str, Any] = {"unique_id": np.arange(len(given))}
    for column in model.columns:
        values = given[column]
        if pd.api.types.is_datetime64_any_dtype(values):
            values = values.dt.strftime("%Y-%m-%d")
        text = values.astype(object).where(values.notna() & (values != ""), None)
        columns[column] = [None if value is None else str(value) for value in text]
    return pd.DataFrame(columns)


def _linked(
    tables: Sequence[pd.DataFrame],
    model: LinkageModel,
    backend: Backend,
    database: Any,
    least_weight: float,
    seed: int,
) -> pd.DataFrame:
    """Train a Splink model on two tables and score the pairs that the blocking proposes."""
    import splink.comparison_level_library as levels
    from splink import Linker, SettingsCreator, block_on
    from splink.comparison_library import CustomComparison

    def comparison(field: Field) -> Any:
        name = field.column
        level: Any = levels.JaroWinklerLevel if field.kind == "name" else levels.LevenshteinLevel
        equal = levels.ExactMatchLevel(name, term_frequency_adjustments=field.kind == "name")
        between = [level(name, step) for step in field.steps]
        steps: list[Any] = [levels.NullLevel(name), equal, *between, levels.ElseLevel()]
        return CustomComparison(steps, output_column_name=name)

    settings = SettingsCreator(
        "link_only",
        comparisons=[comparison(field) for field in model.fields],
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in model.blocking],
        retain_matching_columns=False,
    )
    # Words that SQL does not use itself; Splink puts the first in the alphabet on the left.
    names = ("register_1", "register_2")
    registered = [
        database.register(register, dataset_display_name=name)
        for name, register in zip(names, tables, strict=True)
    ]
    linker = Linker(registered, settings, log_level=None)
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on(*rule) for rule in model.certain], recall=model.found_by_certain
    )
    if linker._settings_obj._probability_two_random_records_match == 0:
        raise ValueError(
            f"the rules of certain, {model.certain!r}, propose no pair at all: the registers seem to share nobody"
        )
    # DuckDB stops early where every level was seen often; on Spark each of these looks costs more than it saves.
    chunks = 1 if backend == "spark" else 10
    training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=seed, num_chunks=chunks)
    # Sampling pairs costs one more pass, which small registers need not pay.
    most = TRAINING_PAIRS if sum(map(len, tables)) > 100_000 else None
    for rule in model.training:
        training.estimate_parameters_using_expectation_maximisation(block_on(*rule), max_pairs=most)
    predicted: Any = linker.inference.predict(threshold_match_weight=least_weight, warning_mode="never")
    return pd.DataFrame(predicted.as_pandas_dataframe())


@contextmanager
def _quiet() -> Iterator[None]:
    """Splink reports each step of its training, which a learner cannot use."""
    log = logging.getLogger("splink")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            # pyspark warns of pandas 3 whenever a table comes or goes.
            warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
            yield
    finally:
        log.setLevel(before)


@contextmanager
def _duckdb(threads: int) -> Iterator[Any]:
    """DuckDB in memory: it may use so many threads and a folder of its own, and open nothing else."""
    try:
        import duckdb
        import splink
    except ImportError as missing:
        raise NotInstalled(
            "Splink and DuckDB are not installed. Install them with: python -m pip install 'splink>=5' duckdb"
        ) from missing
    with tempfile.TemporaryDirectory(prefix="dossier-") as folder:
        allowed: dict[str, Any] = {
            "threads": threads,
            "temp_directory": folder,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        connection = duckdb.connect(":memory:", config=allowed)
        try:
            connection.execute("SET enable_external_access = false")
            yield splink.DuckDBAPI(connection)
        finally:
            connection.close()


@contextmanager
def _spark(threads: int, session: Any) -> Iterator[Any]:
    """Spark: the session given, or one on this machine that ends with the call."""
    try:
        import splink
        from pyspark.sql import SparkSession
        from splink.backends.spark import similarity_jar_location
    except ImportError as missing:
        raise NotInstalled(
            "Spark is not installed. Install it with: python -m pip install pyspark (about 400 MB). It also needs "
            f"Java {OLDEST_JAVA} or newer. Everything else in this course works without it."
        ) from missing
    api: Any = splink.SparkAPI
    if session is not None:
        yield api(spark_session=session)
        return
    _need_java()
    with tempfile.TemporaryDirectory(prefix="dossier-", ignore_cleanup_errors=True) as folder:
        options = {
            "spark.jars": similarity_jar_location(),
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.memory": "2g",
            "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={_only_errors(folder)}",
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.local.dir": folder,
            "spark.sql.warehouse.dir": str(Path(folder, "warehouse")),
            "spark.sql.catalogImplementation": "in-memory",
            # A few parts: with Spark's 200, ten thousand records are mostly bookkeeping.
            "spark.sql.shuffle.partitions": str(2 * threads),
            "spark.default.parallelism": str(2 * threads),
        }
        # Without it Spark looks for an address that others can reach, and says so.
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        builder = SparkSession.builder.master(f"local[{threads}]").appName("dossier")
        for option, value in options.items():
            builder = builder.config(option, value)
        own = builder.getOrCreate()
        try:
            own.sparkContext.setLogLevel("ERROR")
            own.sparkContext.setCheckpointDir(str(Path(folder, "checkpoints")))
            yield api(spark_session=own)
        finally:
            own.stop()


def _only_errors(folder: str) -> str:
    """Write what makes Spark report errors and nothing else, and give its address."""
    rules = Path(folder, "log4j2.properties")
    console = "appender.console.type = Console\nappender.console.name = console\nappender.console.target = SYSTEM_ERR\n"
    rules.write_text(
        f"{console}rootLogger.level = error\nrootLogger.appenderRef.stderr.ref = console\n", encoding="utf-8"
    )
    return rules.as_uri()


def _need_java() -> None:
    """Refuse where Spark would only say that the Java gateway exited."""
    home = os.environ.get("JAVA_HOME")
    named = shutil.which("java", path=str(Path(home, "bin"))) if home else None
    java = named or shutil.which("java")
    how = (
        f"Install Java {OLDEST_JAVA} or newer (Debian, Ubuntu: apt install openjdk-{OLDEST_JAVA}-jre-headless; macOS: brew install "
        f"openjdk@{OLDEST_JAVA}; Windows: winget install EclipseAdoptium.Temurin.{OLDEST_JAVA}.JRE), or set JAVA_HOME to the one you have."
    )
    if java is None:
        raise NotInstalled(f"Spark runs on Java, and no Java was found. {how}")
    asked = subprocess.run([java, "-version"], capture_output=True, text=True, check=False, timeout=60)
    if asked.returncode:
        raise NotInstalled(f"Spark runs on Java, and {java} does not start. {how}")
