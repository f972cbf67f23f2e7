"""Validates documents against their schemas: says on standard output what is wrong with which, one per line."""

import json
import sys

import jsonschema
import xmlschema

for kind, schema, document in json.load(sys.stdin):
    if kind == "json":
        schema = json.load(open(schema))
        errors = jsonschema.validators.validator_for(schema)(schema).iter_errors(json.loads(document))
        errors = [f"{error.json_path}: {error.message[:200]}" for error in errors]
    else:
        errors = [str(error)[:200] for error in xmlschema.XMLSchema(schema).iter_errors(document)]
    for error in errors:
        print(kind, error.replace("\n", " "))
