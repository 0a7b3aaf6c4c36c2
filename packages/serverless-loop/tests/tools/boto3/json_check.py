"""A JSON value against a shape of the model."""

from scalar_check import base64_problem, enum_problem, SPECIAL_NUMBERS, time_problem

PYTHON_TYPES = {
    "structure": dict,
    "map": dict,
    "list": list,
    "string": str,
    "character": str,
    "blob": str,
    "boolean": bool,
    "integer": int,
    "long": int,
}


def json_problems(shape, value, where, also=()):
    """`also` are members that the protocol, not the model, puts into a structure."""
    kind = shape.type_name
    if value is None:
        return [f"{where}: null; AWS leaves it out"]
    if getattr(shape, "is_document_type", False):
        return []
    if kind == "timestamp":
        return at(where, time_problem(shape, value, "unixTimestamp"))
    if kind in ("float", "double"):
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return [] if is_number or value in SPECIAL_NUMBERS else [f"{where}: no {kind}: {value!r}"]
    if not isinstance(value, PYTHON_TYPES[kind]) or (kind != "boolean" and isinstance(value, bool)):
        return [f"{where}: no {kind}: {value!r}"]
    if kind == "structure":
        return structure_problems(shape, value, where, also)
    if kind == "list":
        return [problem for index, item in enumerate(value) for problem in json_problems(shape.member, item, f"{where}[{index}]")]
    if kind == "map":
        keys = [problem for key in value for problem in at(f"{where}.{key} (key)", enum_problem(shape.key, key))]
        return keys + [problem for key, item in value.items() for problem in json_problems(shape.value, item, f"{where}.{key}")]
    if kind == "blob":
        return at(where, base64_problem(value))
    return at(where, enum_problem(shape, value)) if kind == "string" else []


def structure_problems(shape, value, where, also):
    problems = []
    names = {member.serialization.get("name", name): (name, member) for name, member in shape.members.items()}
    for name, item in value.items():
        if name in names:
            problems += json_problems(names[name][1], item, f"{where}.{name}")
        elif name not in also:
            problems.append(f"{where}: the model has no member {name}")
    for name in shape.required_members:
        if shape.members[name].serialization.get("name", name) not in value:
            problems.append(f"{where}: the required member {name} is missing")
    return problems


def at(where, problem):
    return [f"{where}: {problem}"] if problem else []
