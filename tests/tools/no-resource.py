"""Prints those of the given IAM actions to which no resource can be named, as JSON.

python no-resource.py SERVICE:ACTION…

cfn-lint brings the Service Authorization Reference, in lower case.
"""

import json
import sys

from cfnlint.data import AdditionalSpecs
from cfnlint.helpers import load_resource

services = load_resource(AdditionalSpecs, filename="Policies.json")


def resources_of(action):
    service, name = action.lower().split(":")
    return services[service]["Actions"][name].get("Resources", [])


json.dump([action for action in sys.argv[1:] if not resources_of(action)], sys.stdout)
