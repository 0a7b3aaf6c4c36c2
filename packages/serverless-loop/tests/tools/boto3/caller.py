"""Calls AWS operations with boto3 and holds each raw answer against the service model that botocore ships.

Reads one JSON request a line, {service, operation, params, validate}, and prints one JSON result a line:
{output} or {error: {code, message, status}}, and problems, what in the answer the model does not know.
A request without an operation is answered with the names of all that the service has: {operations}; one for pages, with
the answers to a list in pages of one: {pages}, or none where botocore knows no pages of it.
The endpoint and the Region are arguments.
"""

import base64
import json
import sys

import boto3
from answer_check import answer_problems
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError, PaginationError, ParamValidationError
from botocore.parsers import ResponseParserError
from plain import plain

ENDPOINT, REGION = sys.argv[1:3]
clients = {}
seen = []


def client_of(service, validate):
    key = (service, validate)
    if key not in clients:
        clients[key] = boto3.client(
            service,
            endpoint_url=ENDPOINT,
            region_name=REGION,
            aws_access_key_id="local",
            aws_secret_access_key="local",
            config=Config(
                parameter_validation=validate,
                # Of 127.0.0.1 there is no streaming-127.0.0.1.
                inject_host_prefix=False,
                retries={"total_max_attempts": 1},
                s3={"addressing_style": "path"},
            ),
        )
        clients[key].meta.events.register("before-parse", look)
    return clients[key]


def look(operation_model, response_dict, **_):
    seen.extend(answer_problems(operation_model, response_dict))


def call(request):
    client = client_of(request["service"], request.get("validate", True))
    if "operation" not in request:
        return {"operations": client.meta.service_model.operation_names, "problems": []}
    name = xform_name(request["operation"])
    operation = getattr(client, name)
    try:
        if request.get("pages"):
            return {"pages": pages_of(client, name, request.get("params", {})), "problems": list(seen)}
        output = plain(operation(**request.get("params", {})))
        output.pop("ResponseMetadata", None)
        return {"output": output, "problems": list(seen)}
    except ClientError as error:
        return {"error": error_of(error.response), "problems": list(seen)}
    except ParamValidationError as error:
        return {"error": {"code": "ParamValidationError", "message": str(error), "status": 0}, "problems": []}
    except ResponseParserError as error:
        return {"problems": [*seen, f"botocore can't read the answer: {error}"]}


def pages_of(client, name, params):
    if not client.can_paginate(name):
        return None
    paginator = client.get_paginator(name)
    try:
        pages = paginator.paginate(**params, PaginationConfig={"PageSize": 1})
    except PaginationError:  # The service says how long its pages are.
        pages = paginator.paginate(**params)
    return [{member: plain(value) for member, value in page.items() if member != "ResponseMetadata"} for page in pages]


def bytes_of(members):
    """What JSON has no word for: {"base64": text}."""
    return base64.b64decode(members["base64"]) if list(members) == ["base64"] else members


def error_of(response):
    error = response.get("Error", {})
    return {
        "code": error.get("Code", ""),
        "message": error.get("Message", ""),
        "status": response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0),
    }


for line in sys.stdin:
    seen.clear()
    try:
        result = call(json.loads(line, object_hook=bytes_of))
    except Exception as error:  # An answer that botocore breaks on, or no such operation.
        result = {"problems": [*seen, f"{type(error).__name__}: {error}"]}
    print(json.dumps(result), flush=True)
