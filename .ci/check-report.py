"""Compares the JSON report of the revenue example with the expected figures.

    check-report.py REPORT EXPECTED SECTION...

EXPECTED holds the figures of one kind of report in each SECTION; all that are named count together. Figures are compared as
exact decimals; a text stays a text, so that money never passes through a binary fraction, and one that is no number must be
the same. "> 0" is any number above zero. In `months` and `byType` whatever else is reported must be zero.

Before it judges, it plants a wrong value in place of each figure, one at a time, and a month too many, and wants to see
exactly that found.
"""

import copy
import json
import sys
from decimal import Decimal, InvalidOperation

CLOSED = {"months", "byType"}
ABSENT = object()


def figures(tree, path=()):
    """Yields every leaf of a tree with its path."""
    for name, value in tree.items():
        if isinstance(value, dict):
            yield from figures(value, path + (name,))
        else:
            yield path + (name,), value


def look_up(tree, path):
    for name in path:
        if not isinstance(tree, dict) or name not in tree:
            return ABSENT
        tree = tree[name]
    return tree


def plant(tree, path, value):
    """Returns a copy of the tree with another value at the path."""
    tree = copy.deepcopy(tree)
    place = tree
    for name in path[:-1]:
        if not isinstance(place.get(name), dict):
            place[name] = {}
        place = place[name]
    place[path[-1]] = value
    return tree


def number(value):
    if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
        return None
    try:
        found = Decimal(value)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def agrees(found, wanted):
    if isinstance(wanted, bool):
        return found is wanted
    if wanted == "> 0":
        return not isinstance(found, str) and number(found) is not None and number(found) > 0
    if isinstance(found, str) != isinstance(wanted, str):
        return False
    if number(wanted) is None:
        return found == wanted
    return number(found) is not None and number(found) == number(wanted)


def differences(report, expected):
    """Returns the paths at which the report is not what is expected, each with what was found."""
    wrong = {}
    closed = {}
    for path, wanted in figures(expected):
        found = look_up(report, path)
        if not agrees(found, wanted):
            wrong[path] = f"expected {wanted!r}, found {'nothing' if found is ABSENT else repr(found)}"
        if path[-2:-1] and path[-2] in CLOSED:
            closed.setdefault(path[:-1], set()).add(path[-1])
    for path, names in closed.items():
        found = look_up(report, path)
        for name in set(found) - names if isinstance(found, dict) else ():
            if number(found[name]) != 0:
                wrong[path + (name,)] = f"expected nothing, found {found[name]!r}"
    return wrong


def wrong_value(wanted):
    if isinstance(wanted, bool):
        return not wanted
    if wanted == "> 0":
        return 0
    if number(wanted) is None:
        return "not " + wanted
    if isinstance(wanted, str):
        return str(Decimal(wanted) + Decimal("0.001"))
    return wanted + 1


def prove(report, expected):
    """Ends the program unless every planted fault is found where it was planted."""
    before = differences(report, expected)
    faults = {path: wrong_value(wanted) for path, wanted in figures(expected)}
    faults[("revenue", "months", "2012-01")] = "0.001"
    for path, fault in faults.items():
        after = differences(plant(report, path, fault), expected)
        if path not in after or set(after) - {path} != set(before) - {path}:
            sys.exit(f"the comparison is broken: {fault} planted at {'.'.join(path)} gave {after}")
    return len(faults)


def merge(into, other):
    for name, value in other.items():
        into[name] = merge(into.get(name, {}), value) if isinstance(value, dict) else value
    return into


def main(report_file, expected_file, *chosen):
    with open(report_file, encoding="utf-8") as file:
        report = json.load(file, parse_float=Decimal)
    with open(expected_file, encoding="utf-8") as file:
        sections = json.load(file)
    expected = {}
    for section in chosen:
        merge(expected, copy.deepcopy(sections[section]))
    run = ", ".join(chosen)

    planted = prove(report, expected)
    wrong = differences(report, expected)
    for path, what in wrong.items():
        print(f"{run}: {'.'.join(path)}: {what}")
    print(f"{run}: {len(list(figures(expected)))} figures compared, {len(wrong)} wrong; {planted} planted faults found")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
