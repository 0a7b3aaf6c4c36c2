"""What botocore parsed, as plain JSON: times in ISO 8601, bytes as text or, where they are none, in base64."""

import base64
from datetime import datetime

from botocore.eventstream import EventStream


def plain(value):
    if isinstance(value, dict):
        return {key: plain(member) for key, member in value.items()}
    if isinstance(value, (list, tuple, EventStream)):
        return [plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if hasattr(value, "read"):
        return plain(value.read())
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return base64.b64encode(value).decode()
    return value
