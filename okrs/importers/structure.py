"""How the rows of a file hang together, and what is wrong with that."""

from collections import defaultdict

from django.utils.translation import gettext as _

from okrs.importers.lines import Line
from organizations.spreadsheets import Problem


def check_structure(
    lines: list[Line],
    *,
    known: dict[tuple[str, str], str],
    left_out: set[tuple[str, str]],
    columns: dict[str, str],
    problems: list[Problem],
) -> None:
    """Add a problem for each parent that cannot be.

    `known` holds the rows of earlier imports, (cycle, reference) → type; `left_out` the rows that have problems of
    their own already; `columns` the headings by field. Parents stand above their children: a file that says
    otherwise is usually sorted wrongly, and nobody sees it later.
    """
    by_key: dict[tuple[str, str], Line] = {}
    for line in lines:
        by_key.setdefault(line.key, line)
    circles = _circles(by_key)
    for line in lines:
        message = "" if (line.cycle, line.parent) in left_out else _parent_problem(line, by_key, known, circles)
        if message:
            problems.append(Problem(line.number, columns.get("parent", ""), message))


def _parent_problem(
    line: Line,
    by_key: dict[tuple[str, str], Line],
    known: dict[tuple[str, str], str],
    circles: dict[tuple[str, str], str],
) -> str:
    if not line.parent:
        return "" if line.is_objective else _("A key result needs the objective it belongs to as its parent.")
    if line.key in circles:
        return _("The parents form a circle: {circle}.").format(circle=circles[line.key])
    parent = by_key.get((line.cycle, line.parent))
    parent_type = parent.type if parent else known.get((line.cycle, line.parent))
    if parent_type is None:
        return _("There is no row with the reference {ref} in this cycle.").format(ref=line.parent)
    if not line.is_objective and parent_type != "objective":
        return _("A key result belongs to an objective, and {ref} is a key result.").format(ref=line.parent)
    if parent is not None and parent.number > line.number and (line.cycle, line.parent) not in known:
        return _("The parent {ref} comes later, in row {row}. Put parents above their children.").format(
            ref=line.parent, row=parent.number
        )
    return ""


def _circles(by_key: dict[tuple[str, str], Line]) -> dict[tuple[str, str], str]:
    """Return each row that lies on a circle of parents, with the circle by its references."""
    found: dict[tuple[str, str], str] = {}
    done: set[tuple[str, str]] = set()
    for start in by_key:
        way: list[tuple[str, str]] = []
        places: dict[tuple[str, str], int] = {}
        key = start
        while key in by_key and key not in done and key not in places:
            places[key] = len(way)
            way.append(key)
            key = (key[0], by_key[key].parent)
        if key in places:
            circle = way[places[key] :]
            for index, member in enumerate(circle):
                refs = [ref for _cycle, ref in circle[index:] + circle[: index + 1]]
                found[member] = " → ".join(refs)
        done.update(way)
    return found


def alike(names: set[str]) -> list[list[str]]:
    """Return groups of names that differ by punctuation, spaces or case only; each sorted, for a person to decide."""
    groups: dict[str, set[str]] = defaultdict(set)
    for name in names:
        letters = "".join(char for char in name.casefold() if char.isalnum())
        groups[letters or name].add(name)
    return sorted(sorted(group) for group in groups.values() if len(group) > 1)
