"""An XML element against a shape of the model, as the query and restXml protocols write it."""

from scalar_check import text_problem, time_problem


def xml_problems(shape, element, where, also=()):
    kind = shape.type_name
    if kind == "structure":
        return structure_problems(shape, element, where, also)
    if kind == "list":
        return list_problems(shape, list(element), where)
    if kind == "map":
        return map_problems(shape, list(element), where)
    if len(element):
        return [f"{where}: no {kind}: it has elements inside"]
    text = element.text or ""
    problem = time_problem(shape, text, "iso8601") if kind == "timestamp" else text_problem(shape, text)
    return [f"{where}: {problem}"] if problem else []


def structure_problems(shape, element, where, also):
    problems = []
    found = {}
    for child in element:
        found.setdefault(local(child), []).append(child)
    for name, member in shape.members.items():
        if member.serialization.get("location") in ("header", "headers", "statusCode"):
            continue
        key = element_name(member, name)
        if member.serialization.get("xmlAttribute"):
            continue
        children = found.pop(key, [])
        if not children and name in shape.required_members:
            problems.append(f"{where}: the required member {name} is missing")
        if children:
            problems += member_problems(member, children, f"{where}.{key}")
    return problems + [f"{where}: the model has no member {name}" for name in found if name not in also]


def member_problems(member, children, where):
    flattened = member.serialization.get("flattened")
    if member.type_name == "list" and flattened:
        return items_problems(member, children, where)
    if member.type_name == "map" and flattened:
        return map_problems(member, children, where)
    if len(children) > 1:
        return [f"{where}: is there {len(children)} times"]
    return xml_problems(member, children[0], where)


def list_problems(shape, children, where):
    wanted = shape.member.serialization.get("name", "member")
    wrong = [f"{where}: an item is called {local(child)}, not {wanted}" for child in children if local(child) != wanted]
    return wrong + items_problems(shape, children, where)


def items_problems(shape, children, where):
    return [problem for index, child in enumerate(children) for problem in xml_problems(shape.member, child, f"{where}[{index}]")]


def map_problems(shape, entries, where):
    names = {
        shape.key.serialization.get("name", "key"): shape.key,
        shape.value.serialization.get("name", "value"): shape.value,
    }
    problems = []
    for entry in entries:
        found = {local(child): child for child in entry}
        if set(found) != set(names):
            problems.append(f"{where}: an entry has {sorted(found)}, not {sorted(names)}")
            continue
        for name, shape_of_part in names.items():
            problems += xml_problems(shape_of_part, found[name], f"{where}.{name}")
    return problems


def element_name(member, name):
    """A flattened list's items stand in the list's place, under their own name when they have one."""
    if member.type_name == "list" and member.serialization.get("flattened"):
        own = member.member.serialization.get("name")
        if own is not None:
            return own
    return member.serialization.get("name", name)


def local(element):
    return element.tag.rpartition("}")[2]
