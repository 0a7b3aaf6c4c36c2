"""A raw HTTP answer against the model of its operation."""

import json
from xml.etree import ElementTree

from error_check import error_problems
from json_check import at, json_problems
from scalar_check import text_problem, time_problem
from xml_check import local, xml_problems

# Says nothing of a function whose code is not signed (LocalStack's record, tests/aws/services/lambda_/test_lambda_api.snapshot.json,
# test_code_signing_not_found_excs), whatever the model requires.
EMPTY = ("GetFunctionCodeSigningConfig",)


def answer_problems(operation, response):
    protocol = operation.service_model.resolved_protocol
    status, headers, body = response["status_code"], response["headers"], response["body"]
    try:
        if status >= 300:
            return error_problems(operation, protocol, status, headers, body)
        shape = operation.output_shape
        if protocol == "json":
            return json_problems(shape, json.loads(body), operation.name) if shape else empty_object(body)
        if protocol == "query":
            return query_problems(operation, shape, body)
        if protocol in ("rest-json", "rest-xml"):
            return rest_problems(operation, protocol, shape, headers, body) if shape else []
        return [f"no check for the protocol {protocol}"]
    except (json.JSONDecodeError, ElementTree.ParseError) as error:
        return [f"{operation.name}: the body is no {protocol}: {error}"]


def empty_object(body):
    return [] if body.strip() in (b"", b"{}") else [f"the model has no answer, and here is one: {body!r}"]


def query_problems(operation, shape, body):
    root = ElementTree.fromstring(body)
    where = operation.name
    problems = [] if local(root) == f"{where}Response" else [f"{where}: the root is {local(root)}"]
    parts = {local(part): part for part in root}
    metadata = parts.pop("ResponseMetadata", None)
    if metadata is None or not any(local(part) == "RequestId" for part in metadata):
        problems.append(f"{where}: no RequestId in ResponseMetadata")
    wrapper = shape.serialization.get("resultWrapper", f"{where}Result") if shape else None
    result = parts.pop(wrapper, None)
    problems += [f"{where}: unknown element {name}" for name in parts]
    if shape and result is None:
        return [*problems, f"{where}: no element {wrapper}"]
    return problems + (xml_problems(shape, result, where) if shape else [])


def rest_problems(operation, protocol, shape, headers, body):
    where = operation.name
    if where in EMPTY and body == b"{}":
        return []
    problems = header_problems(shape, headers, where)
    payload = shape.serialization.get("payload")
    if payload is None:
        return problems + body_problems(protocol, BodyShape(shape), body, where)
    member = shape.members[payload]
    if member.type_name in ("blob", "string") or member.serialization.get("eventstream"):
        return problems
    return problems + body_problems(protocol, member, body, f"{where}.{payload}")


def body_problems(protocol, shape, body, where):
    if not shape.members and not body.strip():
        return []
    if protocol == "rest-json":
        return json_problems(shape, json.loads(body or b"{}"), where)
    return xml_problems(shape, ElementTree.fromstring(body), where) if body.strip() else []


def header_problems(shape, headers, where):
    problems = []
    for name, member in shape.members.items():
        if member.serialization.get("location") != "header":
            continue
        header = member.serialization.get("name", name)
        text = headers.get(header)
        if text is None:
            if name in shape.required_members:
                problems.append(f"{where}: the required header {header} is missing")
        elif member.type_name == "timestamp":
            problems += at(f"{where}.{header}", time_problem(member, text, "rfc822"))
        elif member.type_name != "list":
            problems += at(f"{where}.{header}", text_problem(member, text))
    return problems


class BodyShape:
    """The part of an output that is in the body: what the model doesn't put into the status or a header."""

    type_name = "structure"
    is_document_type = False

    def __init__(self, shape):
        self.members = {name: member for name, member in shape.members.items() if "location" not in member.serialization}
        self.required_members = [name for name in shape.required_members if name in self.members]
