"""Small changes to a module, one at a time, each of which some test should notice."""

import ast
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from types import CodeType

_PAIRS = "Lt GtE, LtE Gt, Eq NotEq, Is IsNot, In NotIn, And Or, Add Sub, Mult Div, BitOr BitAnd"
TURNED = {
    getattr(ast, old): getattr(ast, new)
    for pair in _PAIRS.split(", ")
    for old, new in (pair.split(), reversed(pair.split()))
}
# Calls that narrow, order or tidy what they are given, and still mean something without.
CHAINED = {"filter", "exclude", "order_by", "distinct", "strip", "lower", "removeprefix", "published"}
WRAPPING = {"sorted", "set", "reversed", "abs", "list", "tuple"}
SWAPPED = {"min": "max", "max": "min", "any": "all", "all": "any"}
REMOVED = (ast.Expr, ast.Raise, ast.AugAssign, ast.Delete)


@dataclass(frozen=True)
class Mutant:
    """One change: its line, that of its function, what it does in words, and the module's code with it."""

    line: int
    function: int
    text: str
    code: CodeType


def mutants(source: str, path: str) -> Iterator[Mutant]:
    """Yield every mutant of the functions of a module."""
    for number, (node, function) in enumerate(_nodes(ast.parse(source))):
        for choice in range(len(list(_variants(node)))):
            tree = ast.parse(source)
            target = list(_nodes(tree))[number][0]
            changed = list(_variants(target))[choice]
            tree = ast.fix_missing_locations(_Replacement(target, changed).visit(tree))
            text = f"{_written(target)}  ->  {_written(changed)}"
            yield Mutant(target.lineno, function, text, compile(tree, path, "exec"))


def _written(node: ast.AST) -> str:
    is_nothing = isinstance(node, ast.If) and ast.unparse(node).startswith("if False:\n")
    return "nothing" if is_nothing else " ".join(ast.unparse(node).split())[:110]


class _Replacement(ast.NodeTransformer):
    """Puts another node in the place of one."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return ast.copy_location(self.new, node) if node is self.old else self.generic_visit(node)


def _nodes(tree: ast.AST, function: int = 0) -> Iterator[tuple[ast.expr | ast.stmt, int]]:
    """Yield what runs when a function is called, without annotations, and the line where that begins."""
    if isinstance(tree, ast.FunctionDef):
        function = min(part.lineno for part in (tree, *tree.decorator_list))
    for name, field in ast.iter_fields(tree):
        if name in ("annotation", "returns", "args", "decorator_list") and not isinstance(tree, ast.Call):
            continue
        for child in field if isinstance(field, list) else [field]:
            if isinstance(child, ast.AST) and not _is_docstring(child):
                if function and isinstance(child, ast.expr | ast.stmt):
                    yield child, function
                yield from _nodes(child, function)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _variants(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what may stand in the place of a node."""
    yield from _expressions(node)
    yield from _calls(node)
    yield from _conditions(node)
    is_kept = isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute | ast.Subscript)
    if is_kept or isinstance(node, REMOVED):
        # Never run, but compiled, so that the function keeps its free variables, as `__class__` for super().
        yield ast.If(ast.Constant(value=False), [deepcopy(node)], [])


def _expressions(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(ops=[operator]) if type(operator) in TURNED:
            yield _with(node, ops=[TURNED[type(operator)]()])
        case ast.BoolOp(op=operator) | ast.BinOp(op=operator) if type(operator) in TURNED:
            yield _with(node, op=TURNED[type(operator)]())
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield node.operand
        case ast.Constant(value=bool()):
            yield _with(node, value=not node.value)
        case ast.Constant(value=int() | float()):
            yield _with(node, value=node.value + 1)
        case ast.Subscript(slice=ast.Slice(), ctx=ast.Load()):
            yield node.value


def _calls(node: ast.AST) -> Iterator[ast.AST]:
    for keyword in node.keywords if isinstance(node, ast.Call) else ():
        yield _with(node, keywords=[other for other in node.keywords if other is not keyword])
    match node:
        case ast.Call(func=ast.Attribute(attr=name, value=before)) if name in CHAINED:
            yield before
        case ast.Call(func=ast.Name(id=name), args=[first, *_]) if name in WRAPPING:
            yield first
        case ast.Call(func=ast.Name(id=name)) if name in SWAPPED:
            yield _with(node, func=ast.Name(SWAPPED[name], ast.Load()))


def _conditions(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        for value in (True, False) if not isinstance(node, ast.While) else (False,):
            yield _with(node, test=ast.Constant(value))
    for place, generator in enumerate(getattr(node, "generators", [])):
        if generator.ifs:
            unfiltered = [*node.generators]
            unfiltered[place] = _with(generator, ifs=[])
            yield _with(node, generators=unfiltered)


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = deepcopy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed
