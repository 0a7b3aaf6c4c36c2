"""Answers what SAM's translator makes of templates, and to which IAM actions no resource can be named.

Reads one JSON request a line and prints one JSON answer a line: {text, parameters} is answered with {answer: the template
that CloudFormation gets}, {actions} with {answer: those to which AWS knows no resource}. What fails is answered with
{error: what was said}.
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
session = boto3.Session(region_name="eu-west-1")


def translated(text, parameters):
    template = yaml_parse(text)
    # A path is what `sam package` uploads; the translator sees where it was put.
    template["Globals"]["Function"]["CodeUri"] = "s3://bucket/key"
    return Translator({}, Parser(), boto_session=session).translate(template, parameters)


def without_resource(actions):
    """By the Service Authorization Reference, which cfn-lint brings, in lower case."""
    from cfnlint.data import AdditionalSpecs
    from cfnlint.helpers import load_resource

    services = load_resource(AdditionalSpecs, filename="Policies.json")

    def resources_of(action):
        service, name = action.lower().split(":")
        return services[service]["Actions"][name].get("Resources", [])

    return [action for action in actions if not resources_of(action)]


def answer(request):
    try:
        if "actions" in request:
            return {"answer": without_resource(request["actions"])}
        return {"answer": translated(request["text"], request["parameters"])}
    except InvalidDocumentException as error:
        return {"error": "\n".join(cause.message for cause in error.causes)}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
