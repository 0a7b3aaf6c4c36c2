"""Prints the type of each resource that SAM's own translator makes of templates, by logical id, as `sam list` sees it.

On standard input is a JSON list of templates, each with its path and its parameters; printed is a list of what becomes of
them, in the same order. No call to AWS is made.
"""

import json
import sys

from samcli.lib.translate.sam_template_validator import SamTemplateValidator
from samcli.yamlhelper import yaml_parse


class NoPolicies:
    def load(self):
        return {}


def types_of(path, parameters):
    with open(path, encoding="utf-8") as file:
        template = yaml_parse(file.read())
    validator = SamTemplateValidator(template, NoPolicies(), region="eu-west-1", parameter_overrides=parameters)
    translated = yaml_parse(validator.get_translated_template_if_valid())
    return {logical_id: resource["Type"] for logical_id, resource in translated["Resources"].items()}


print(json.dumps([types_of(**asked) for asked in json.load(sys.stdin)]))
