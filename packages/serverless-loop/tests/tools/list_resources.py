"""Prints the type of each resource that SAM's own translator makes of a template, by logical id, as `sam list` sees it.

The template's path and the parameters, a JSON object, are the arguments. No call to AWS is made.
"""

import json
import sys

from samcli.lib.translate.sam_template_validator import SamTemplateValidator
from samcli.yamlhelper import yaml_parse


class NoPolicies:
    def load(self):
        return {}


with open(sys.argv[1], encoding="utf-8") as file:
    template = yaml_parse(file.read())
validator = SamTemplateValidator(
    template, NoPolicies(), region="eu-west-1", parameter_overrides=json.loads(sys.argv[2])
)
translated = yaml_parse(validator.get_translated_template_if_valid())
print(json.dumps({logical_id: resource["Type"] for logical_id, resource in translated["Resources"].items()}))
