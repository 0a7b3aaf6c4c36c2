"""Prints the template that the SAM translator makes of the one on standard input, as JSON, or fails with what it says.

python translate.py PARAMETER=VALUE…
"""

import json
import logging
import sys

import boto3
from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

# It complains of a feature toggle that only AWS has.
logging.disable(logging.WARNING)

template = yaml_parse(sys.stdin.read())
# A path is what `sam package` uploads; the translator sees where it was put.
template["Globals"]["Function"]["CodeUri"] = "s3://bucket/key"
session = boto3.Session(region_name="eu-west-1")
try:
    translated = Translator({}, Parser(), boto_session=session).translate(
        template, dict(parameter.split("=", 1) for parameter in sys.argv[1:])
    )
except InvalidDocumentException as error:
    sys.exit("\n".join(cause.message for cause in error.causes))
json.dump(translated, sys.stdout)
