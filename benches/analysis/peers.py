"""What polars and DuckDB take for the same, in milliseconds of processor time: the median of several turns, as JSON."""

import json
import statistics
import sys
import time

import duckdb
import numpy
import polars

TURNS, WAVES, SEGMENTS, QUESTIONS, ANSWERS, RESPONSES = 5, 8, 40, 20, 10_000_000, 1_000_000
chance = numpy.random.default_rng(1)


def median(task):
    taken = []
    for turn in range(TURNS + 1):
        before = time.process_time()
        task()
        if turn:
            taken.append((time.process_time() - before) * 1000)
    return statistics.median(taken)


def counting():
    frame = polars.DataFrame({
        "wave": chance.integers(0, WAVES, ANSWERS, dtype=numpy.uint8),
        "segment": chance.integers(0, SEGMENTS, ANSWERS, dtype=numpy.uint8),
        "question": chance.integers(0, QUESTIONS, ANSWERS, dtype=numpy.uint8),
        "answer": chance.integers(0, 11, ANSWERS, dtype=numpy.uint8),
    })
    nps = ((polars.col("answer") >= 9).sum() - (polars.col("answer") <= 6).sum()) / polars.len()
    points = [0.1, 0.25, 0.5, 0.75, 0.9]
    quantiles = [polars.col("answer").quantile(at, "linear").alias(str(at)) for at in points]
    by = ["wave", "segment"]
    ours = [
        lambda: frame.lazy().group_by(by).agg(nps).collect(),
        lambda: frame.lazy().group_by([*by, "question"]).agg(nps).collect(),
        lambda: frame.lazy().group_by("segment", "answer").len().collect(),
        lambda: frame.lazy().group_by(by).agg(quantiles).collect(),
    ]
    base = duckdb.connect()
    base.register("arrow", frame.to_arrow())
    base.execute("CREATE TABLE answers AS SELECT * FROM arrow")
    score = "(count(*) FILTER (answer >= 9) - count(*) FILTER (answer <= 6)) / count(*)"
    queries = [
        f"SELECT wave, segment, {score} FROM answers GROUP BY ALL",
        f"SELECT wave, segment, question, {score} FROM answers GROUP BY ALL",
        "SELECT segment, answer, count(*) FROM answers GROUP BY ALL",
        f"SELECT wave, segment, quantile_cont(answer, {points}) FROM answers GROUP BY ALL",
    ]
    return [median(task) for task in ours], [median(lambda query=query: base.execute(query).fetchall()) for query in queries]


def exporting():
    waves, segments = ([f"{name}{at}" for at in range(many)] for name, many in (("w", WAVES), ("s", SEGMENTS)))
    columns = {
        "wave": polars.Series(waves)[chance.integers(0, WAVES, RESPONSES)],
        "segment": polars.Series(segments)[chance.integers(0, SEGMENTS, RESPONSES)],
    }
    for at in range(QUESTIONS):
        columns[f"q{at}"] = chance.integers(0, 11, RESPONSES, dtype=numpy.uint8)
        columns[f"q{at}.missing"] = polars.Series([None] * RESPONSES, dtype=polars.String)
    frame = polars.DataFrame(columns)
    base = duckdb.connect()
    base.register("arrow", frame.to_arrow())
    base.execute("CREATE TABLE answers AS SELECT * FROM arrow")
    return [
        median(lambda: frame.write_csv("theirs.csv")),
        median(lambda: frame.write_parquet("theirs.parquet", compression="zstd")),
    ], [
        median(lambda: base.execute("COPY answers TO 'theirs.csv' (HEADER)")),
        median(lambda: base.execute("COPY answers TO 'theirs.parquet' (FORMAT parquet, COMPRESSION zstd)")),
    ]


def reading():
    nps = ((polars.col("q0") >= 9).sum() - (polars.col("q0") <= 6).sum()) / polars.len()
    ours = polars.scan_parquet("answers.parquet").group_by("wave", "segment").agg(nps)
    score = "(count(*) FILTER (q0 >= 9) - count(*) FILTER (q0 <= 6)) / count(*)"
    query = f"SELECT wave, segment, {score} FROM 'answers.parquet' GROUP BY ALL"
    return [median(ours.collect)], [median(lambda: duckdb.sql(query).fetchall())]


polars_ms, duckdb_ms = {"counting": counting, "exporting": exporting, "reading": reading}[sys.argv[1]]()
json.dump({"polars": polars_ms, "duckdb": duckdb_ms}, sys.stdout)
