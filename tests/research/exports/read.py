"""Reads a file as `read.py READER FILE` and prints what it holds as JSON."""

import datetime
import json
import math
import sys


def plain(value):
    """Gives a cell as JSON has it: days as 2026-01-31, nothing as null."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if hasattr(value, "item"):
        return plain(value.item())
    return value


def frame(data):
    names = list(data.columns)
    columns = [data[name].tolist() for name in names]
    return [{name: plain(column[row]) for name, column in zip(names, columns)} for row in range(len(data))]


def csv(file):
    import pandas

    data = pandas.read_csv(file, dtype=str, keep_default_na=False, na_values=[""], encoding="utf-8-sig")
    data = data.astype(object).where(data.notna(), None)
    return {"rows": frame(data)}


def jsonl(file):
    import pandas

    data = pandas.read_json(file, lines=True, dtype=False, convert_dates=False, precise_float=True)
    return {"rows": frame(data)}


def xlsx(file):
    import openpyxl

    book = openpyxl.load_workbook(file)
    sheets = {}
    for sheet in book.worksheets:
        names, *rows = sheet.iter_rows()
        assert all(cell.data_type != "f" for row in rows for cell in row), "a text became a formula"
        names = [cell.value for cell in names]
        sheets[sheet.title] = [{name: plain(cell.value) for name, cell in zip(names, row)} for row in rows]
    return {"rows": sheets["Answers"], "codebook": sheets["Codebook"]}


def table(data):
    fields = {}
    for field in data.schema:
        metadata = {key.decode(): value.decode() for key, value in (field.metadata or {}).items()}
        metadata.pop("PARQUET:field_id", None)
        fields[field.name] = {"holds": str(field.type), **metadata}
    about = {key.decode(): value.decode() for key, value in data.schema.metadata.items()}
    rows = [{name: plain(value) for name, value in row.items()} for row in data.to_pylist()]
    assert len(data.to_pandas()) == len(rows)
    return {"rows": rows, "fields": fields, "about": about}


def parquet(file):
    import pyarrow.parquet

    compression = pyarrow.parquet.ParquetFile(file).metadata.row_group(0).column(0).compression
    return {"compression": compression, **table(pyarrow.parquet.read_table(file))}


def arrow(file):
    import pyarrow

    return table(pyarrow.ipc.open_file(file).read_all())


def described(data, meta):
    return {
        "rows": frame(data),
        "labels": meta.column_names_to_labels,
        "words": {name: {str(plain(key)): word for key, word in words.items()} for name, words in meta.variable_value_labels.items()},
        "title": meta.file_label,
    }


def spss(file):
    import pyreadstat

    data, meta = pyreadstat.read_sav(file, user_missing=True, disable_datetime_conversion=True)
    without, _ = pyreadstat.read_sav(file, disable_datetime_conversion=True)
    dated, _ = pyreadstat.read_sav(file)
    return {
        **described(data, meta),
        "without": frame(without),
        "dated": frame(dated[["since"]].astype(object).where(dated[["since"]].notna(), None)),
        "ranges": meta.missing_ranges,
        "measures": meta.variable_measure,
        "widths": meta.variable_storage_width,
    }


def stata(file):
    import pandas
    import pyreadstat

    data, meta = pyreadstat.read_dta(file, user_missing=True, disable_datetime_conversion=True)
    dated, _ = pyreadstat.read_dta(file)
    other = pandas.read_stata(file, convert_categoricals=False, convert_missing=True, convert_dates=False)
    letters = {name: sorted({str(value) for value in other[name] if "Missing" in type(value).__name__}) for name in other}
    return {
        **described(data, meta),
        "dated": frame(dated[["since"]].astype(object).where(dated[["since"]].notna(), None)),
        "pandas": len(other),
        "letters": letters,
    }


def package(file):
    """Reads the CSV file by its description as Table Schema says, and tells every cell that breaks it."""
    import csv
    import pathlib
    import re

    description = json.loads(pathlib.Path(file).read_text("utf-8"))
    (resource,) = description["resources"]
    fields, missing = resource["schema"]["fields"], resource["schema"]["missingValues"]
    names = re.compile(r"^[a-z0-9._-]+$")
    valid = bool(names.match(description["name"]) and names.match(resource["name"]))
    patterns = {
        "integer": r"^-?[0-9]+$",
        "number": r"^-?[0-9]+(\.[0-9]+)?$",
        "date": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        "string": r"(?s)^.*$",
        "boolean": r"^[01]$",
    }
    problems = []
    with open(pathlib.Path(file).parent / resource["path"], newline="", encoding=resource["encoding"]) as lines:
        head, *rows = csv.reader(lines)
    if head != [field["name"] for field in fields]:
        problems.append(f"columns are {head}")
    for row in rows:
        for field, cell in zip(fields, row):
            if cell in missing:
                continue
            allowed = field.get("constraints", {}).get("enum")
            if not re.match(patterns[field["type"]], cell) or (allowed and cell not in map(str, allowed)):
                problems.append(f"{field['name']}: {cell}")
    return {"valid": valid, "problems": problems}


def ddi(file):
    import xml.etree.ElementTree

    root = xml.etree.ElementTree.parse(file).getroot()
    space = "{ddi:codebook:2_5}"
    assert root.tag == space + "codeBook" and root.get("version") == "2.5"
    find = lambda element, path: element.find("/".join(space + step for step in path.split("/")))
    variables, disorder = {}, []
    sequence = ["labl", "qstn", "catgry", "varFormat"]
    for var in root.iter(space + "var"):
        question = find(var, "qstn/qstnLit")
        categories = [
            [find(one, "catValu").text, None if find(one, "labl") is None else find(one, "labl").text, one.get("missing") == "Y"]
            for one in var.iter(space + "catgry")
        ]
        variables[var.get("name")] = {
            "question": None if question is None else question.text,
            "categories": categories,
            "weight": var.get("wgt"),
        }
        places = [sequence.index(child.tag.removeprefix(space)) for child in var]
        if places != sorted(places):
            disorder.append(var.get("name"))
    ids = [element.get("ID") for element in root.iter() if element.get("ID")]
    assert len(ids) == len(set(ids))
    return {
        "title": find(root, "stdyDscr/citation/titlStmt/titl").text,
        "cases": find(root, "fileDscr/fileTxt/dimensns/caseQnty").text,
        "variables": variables,
        "order": disorder,
    }


if __name__ == "__main__":
    print(json.dumps(globals()[sys.argv[1]](sys.argv[2])))
