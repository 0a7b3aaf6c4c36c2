"""An error answer against the errors that the operation's model lists, or the ones that every service has."""

import json
from xml.etree import ElementTree

from json_check import json_problems
from xml_check import local

# IAM, CloudFormation, EventBridge and Lambda references, "Common errors"; those that no reference has
# (SerializationException, SQS's InvalidParameterValueException) are of the framework that the JSON services stand on.
COMMON = {
    "AccessDenied",
    "AccessDeniedException",
    "ExpiredTokenException",
    "IncompleteSignature",
    "InternalFailure",
    "InternalServerError",
    "InvalidAction",
    "InvalidClientTokenId",
    "InvalidParameterCombination",
    "InvalidParameterValue",
    "InvalidParameterValueException",
    "InvalidQueryParameter",
    "MalformedQueryString",
    "MissingAction",
    "MissingAuthenticationToken",
    "MissingAuthenticationTokenException",
    "MissingParameter",
    "MissingRequiredParameterException",
    "NotAuthorized",
    "OptInRequired",
    "RequestExpired",
    "RequestTooLargeException",
    "SerializationException",
    "ServiceUnavailable",
    "Throttling",
    "ThrottlingException",
    "UnknownOperationException",
    "UnrecognizedClientException",
    "ValidationError",
    "ValidationException",
}
# Members that the protocols, or all errors of the framework, add to what the model lists.
PROTOCOL_MEMBERS = ("__type", "message", "Message", "Type", "code")


def error_problems(operation, protocol, status, headers, body):
    if operation.name.startswith("Head") and protocol == "rest-xml":
        return []
    if protocol in ("query", "rest-xml"):
        return xml_error_problems(operation, status, body)
    value = json.loads(body or b"{}")
    named = headers.get("x-amzn-errortype") or value.get("__type") or value.get("code")
    if not named:
        return [f"{operation.name}: the error has no code: {body!r}"]
    code = named.rpartition("#")[2].partition(":")[0]
    problems = text_member_problems(operation, value.get("message", value.get("Message")))
    shape = error_shape(operation, code)
    if shape is None:
        return problems + unlisted(operation, code)
    problems += status_problems(operation, shape, status) if protocol == "rest-json" else []
    return problems + json_problems(shape, value, f"{operation.name} {code}", also=PROTOCOL_MEMBERS)


def xml_error_problems(operation, status, body):
    root = ElementTree.fromstring(body)
    error = root if local(root) == "Error" else next((part for part in root if local(part) == "Error"), None)
    if error is None:
        return [f"{operation.name}: no Error in the answer: {body!r}"]
    texts = {local(part): part.text or "" for part in error}
    code = texts.get("Code")
    if not code:
        return [f"{operation.name}: the error has no Code: {body!r}"]
    problems = text_member_problems(operation, texts.get("Message"))
    shape = error_shape(operation, code)
    if shape is None:
        return problems + unlisted(operation, code)
    return problems + status_problems(operation, shape, status)


def error_shape(operation, code):
    for shape in operation.error_shapes:
        if code in (shape.name, shape.metadata.get("error", {}).get("code")):
            return shape
    return None


def unlisted(operation, code):
    if code in COMMON:
        return []
    # Some models (S3's, EC2's) list hardly an error.
    known = operation.service_model.service_name in ("s3", "ec2")
    return [] if known else [f"{operation.name}: its model lists no error {code}"]


def status_problems(operation, shape, status):
    wanted = shape.metadata.get("error", {}).get("httpStatusCode")
    if wanted in (None, status):
        return []
    return [f"{operation.name} {shape.name}: status {status} where the model has {wanted}"]


def text_member_problems(operation, message):
    return [] if message else [f"{operation.name}: the error has no message"]
