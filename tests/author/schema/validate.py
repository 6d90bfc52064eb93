"""Validates JSON documents, one a line, against a schema: prints, one a line, the errors of each as [place, message] pairs.

usage: validate.py SCHEMA < DOCUMENTS
"""

import json
import sys

from jsonschema.validators import validator_for

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
validator = validator_for(schema)
validator.check_schema(schema)
validator = validator(schema)
for line in sys.stdin:
    errors = validator.iter_errors(json.loads(line))
    print(json.dumps([["/".join(map(str, error.absolute_path)), error.message] for error in errors]))
