"""Asks two validators about every document: a list of booleans for each, on standard output."""

import json
import sys

import jsonschema
import jsonschema_rs

given = json.load(sys.stdin)
schema, documents = given["schema"], given["documents"]
jsonschema.Draft202012Validator.check_schema(schema)
validators = {
    "jsonschema": jsonschema.Draft202012Validator(schema),
    "jsonschema_rs": jsonschema_rs.validator_for(schema),
}
answers = {name: [one.is_valid(document) for document in documents] for name, one in validators.items()}
json.dump(answers, sys.stdout)
