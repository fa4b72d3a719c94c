"""Fails where a name or a whole module is used by nothing but tests: built, and not plugged in.

Follows what the command line, the library's front page and the benchmarks use, from name to name; a
re-export is no use. What a framework calls by name is listed below. Names of methods are vulture's.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

PACKAGES = ("compare", "crawlers", "parallax", "templates")
# Where things begin: modules whose every name counts as used.
ROOTS = ("parallax", "parallax.library", "parallax.cli", "parallax.__main__")
STARTED = ("benchmarks", ".ci")  # folders of commands
# Called by a framework that finds them by their place, not by a name in our code.
ALLOWED = frozenset({"crawlers.extract.warm"})
_DOTTED = re.compile(rf"(?:{'|'.join(PACKAGES)})(?:\.\w+)+")

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)

Name = tuple[str, str]  # a module and a name at its top; "" is what runs when it is imported


@dataclass(slots=True)
class Module:
    """What a module defines at its top, and what its imports stand for."""

    name: str
    body: dict[str, list[ast.AST]] = field(default_factory=dict)
    imports: dict[str, Name] = field(default_factory=dict)
    registered: list[str] = field(default_factory=list)


def modules(folders: tuple[str, ...]) -> dict[str, Module]:
    """Every module below these folders, by its dotted name."""
    found = {}
    for folder in folders:
        for path in sorted(Path(folder).rglob("*.py")):
            name = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
            found[name] = _read(name, ast.parse(path.read_text("utf-8")))
    return found


def _read(name: str, tree: ast.Module) -> Module:
    module = Module(name)
    for node in tree.body:
        for target in _defines(node) or [""]:
            module.body.setdefault(target, []).append(node)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _is_registered(node, tree):
            module.registered.append(node.name)
    module.imports = _imports(tree.body)
    return module


def _defines(node: ast.stmt) -> list[str]:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return [node.name]
        case ast.Assign():
            names = [n for target in node.targets for n in ast.walk(target)]
        case ast.AnnAssign():
            names = [node.target]
        case _:
            return []
    return [n.id for n in names if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]


def _is_registered(node: ast.FunctionDef | ast.AsyncFunctionDef, tree: ast.Module) -> bool:
    """Whether a decorator hands the function to something that the module made: `@app.command()`."""
    made = {name for each in tree.body for name in _defines(each)}
    roots = (n for d in node.decorator_list for n in ast.walk(d) if isinstance(n, ast.Name))
    return any(root.id in made for root in roots)


def _imports(body: list[ast.stmt]) -> dict[str, Name]:
    """What is imported in these statements, but not within the functions and classes among them."""
    found: dict[str, Name] = {}
    todo = list[ast.AST](body)
    while todo:
        node = todo.pop()
        if not isinstance(node, _SCOPES):
            todo += ast.iter_child_nodes(node)
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {a.asname or a.name: (node.module, a.name) for a in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.asname or a.name.split(".")[0]: (a.name, "") for a in node.names}
    return found


def used(known: dict[str, Module], roots: tuple[str, ...]) -> set[Name]:
    """All that is reached from what these modules hold."""
    todo: list[Name] = [(root, name) for root in roots for name in _offered(known[root])]
    seen: set[Name] = set()
    while todo:
        at = _origin(known, todo.pop())
        if at in seen or at[0] not in known:
            continue
        seen.add(at)
        module = known[at[0]]
        todo += [(at[0], name) for name in ("", *module.registered)]
        for node in module.body.get(at[1], []):
            todo += _uses(known, module, node)
    return seen


def _offered(root: Module) -> list[str]:
    """All that is at the top of a module, its imports included: the front page offers those."""
    return ["", *root.body, *root.imports]


def _origin(known: dict[str, Module], at: Name) -> Name:
    """Where a name is defined, through modules that only hand it on."""
    while at[0] in known and at[1] and at[1] not in known[at[0]].body:
        if f"{at[0]}.{at[1]}" in known:
            return f"{at[0]}.{at[1]}", ""
        if (next_ := known[at[0]].imports.get(at[1])) is None or next_ == at:
            return at
        at = next_
    return at


def _uses(known: dict[str, Module], module: Module, node: ast.AST) -> Iterator[Name]:
    local = dict(module.imports)
    for scope in (n for n in ast.walk(node) if isinstance(n, _SCOPES)):
        local |= _imports(scope.body)
    chained = {id(n.value) for n in ast.walk(node) if isinstance(n, ast.Attribute)}
    for n in ast.walk(node):
        if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load):
            target = local.get(n.id, (module.name, n.id))
            is_module = ".".join(filter(None, target)) in known
            yield target
            if is_module and id(n) not in chained:  # the whole module is handed on
                whole = ".".join(filter(None, target))
                yield from ((whole, name) for name in known[whole].body)
        elif isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name):
            holder = ".".join(filter(None, local.get(n.value.id, ())))
            if holder in known:
                yield (holder, n.attr)
        elif isinstance(n, ast.Constant) and isinstance(n.value, str):
            for dotted in _DOTTED.findall(n.value):
                head, _, last = dotted.rpartition(".")
                yield (dotted, "")
                yield (head, last)


def main() -> None:
    """Prints what nothing but tests uses; exit code 1 if there is anything."""
    ours = modules(PACKAGES)
    commands = modules(STARTED)
    reached = used(ours | commands, (*(r for r in ROOTS if r in ours), *commands))
    lost = [
        f"{module.name}.{name}"
        for module in ours.values()
        if module.name not in ALLOWED
        for name in module.body
        if name and not name.startswith("__") and (module.name, name) not in reached
    ]
    for name in lost:
        print(f"{name} is used by nothing but tests: plug it in, or delete it")
    sys.exit(bool(lost))


if __name__ == "__main__":
    main()
