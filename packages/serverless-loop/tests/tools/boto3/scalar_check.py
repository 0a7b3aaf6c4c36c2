"""Texts, numbers and times as the protocols write them."""

import base64
import binascii
import re
from email.utils import parsedate_to_datetime

ISO_8601 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
SPECIAL_NUMBERS = ("NaN", "Infinity", "-Infinity")
# AWS answers with these, too (LocalStack's record, tests/aws/services/lambda_/test_lambda_api.snapshot.json).
UNLISTED = {"LastUpdateStatusReasonCode": ("Creating",)}


def text_problem(shape, text):
    """Of a value that is written as text, in XML or in a header."""
    kind = shape.type_name
    if kind in ("integer", "long") and not re.fullmatch(r"-?\d+", text):
        return f"no {kind}: {text!r}"
    if kind in ("float", "double") and text not in SPECIAL_NUMBERS and not re.fullmatch(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", text):
        return f"no {kind}: {text!r}"
    if kind == "boolean" and text not in ("true", "false"):
        return f"no boolean: {text!r}"
    if kind == "string":
        return enum_problem(shape, text)
    if kind == "blob":
        return base64_problem(text)
    return None


def enum_problem(shape, text):
    allowed = shape.enum
    if allowed and text not in allowed and text not in UNLISTED.get(shape.name, ()):
        return f"{text!r} is none of {', '.join(allowed)}"
    return None


def base64_problem(text):
    try:
        base64.b64decode(text, validate=True)
        return None
    except (binascii.Error, ValueError):
        return f"no base64: {text!r}"


def time_problem(shape, value, default_format):
    """`value` is a number or text as it came; the model's own format goes before the protocol's."""
    wanted = shape.serialization.get("timestampFormat", default_format)
    if wanted == "unixTimestamp":
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not is_number and not re.fullmatch(r"\d+(\.\d+)?", str(value)):
            return f"no epoch seconds: {value!r}"
        return None
    if wanted == "iso8601":
        return None if ISO_8601.fullmatch(str(value)) else f"no ISO 8601 time: {value!r}"
    try:
        parsedate_to_datetime(str(value))
        return None
    except ValueError:
        return f"no RFC 822 time: {value!r}"
