"""Finds code that a web application should not hold: what runs text, or reads time or chance badly."""

import ast
import re
from collections.abc import Iterator

_FORBIDDEN_NAMES = {
    "eval": "runs text as code",
    "exec": "runs text as code",
    "render_template_string": "makes a template of text",
}
_FORBIDDEN_ATTRIBUTES = {
    ("yaml", "load"): "may make any object",
    ("yaml", "full_load"): "may make any object",
    ("yaml", "unsafe_load"): "makes any object",
    ("os", "system"): "starts a shell",
    ("os", "popen"): "starts a shell",
    ("datetime", "utcnow"): "gives a moment without a zone",
    ("datetime", "utcfromtimestamp"): "gives a moment without a zone",
}
_FORBIDDEN_MODULES = {
    "dill": "makes any object of bytes",
    "marshal": "makes any object of bytes",
    "pickle": "makes any object of bytes",
    "random": "is guessable; `secrets` is not",
    "shelve": "makes any object of bytes",
}
_SQL_TAKERS = {"execute", "exec_driver_sql", "scalar", "scalars", "text"}
_UNSAFE_IN_TEMPLATES = {
    re.compile(r"\|\s*safe\b"): "|safe trusts text as HTML",
    re.compile(r"\{%-?\s*autoescape\s+false"): "autoescape false trusts text as HTML",
    re.compile(r"<[^>]*\son[a-z]+\s*="): "a handler in an attribute needs an open policy",
    re.compile(r"<[^>]*\sstyle\s*="): "a style in an attribute needs an open policy",
    re.compile(r"<script(?![^>]*\ssrc=)"): "a script in the page needs an open policy",
    re.compile(r"javascript:"): "a link that runs code",
}


def unsafe_python(source: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the reason of each finding."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call():
                yield from ((node.lineno, reason) for reason in _reasons_against_call(node))
            case ast.Import(names=names):
                yield from ((node.lineno, reason) for name in names for reason in _reasons_against_module(name.name))
            case ast.ImportFrom(module=str(module)):
                yield from ((node.lineno, reason) for reason in _reasons_against_module(module))


def unsafe_template(source: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the reason of each finding."""
    for pattern, reason in _UNSAFE_IN_TEMPLATES.items():
        for found in pattern.finditer(source):
            yield source.count("\n", 0, found.start()) + 1, reason


def _reasons_against_module(module: str) -> Iterator[str]:
    name = module.partition(".")[0]
    if name in _FORBIDDEN_MODULES:
        yield f"{name} {_FORBIDDEN_MODULES[name]}"


def _reasons_against_call(call: ast.Call) -> Iterator[str]:
    name = _last_name(call.func)
    if isinstance(call.func, ast.Name) and name in _FORBIDDEN_NAMES:
        yield f"{name} {_FORBIDDEN_NAMES[name]}"
    if name == "Markup":
        yield "Markup trusts text as HTML"
    if isinstance(call.func, ast.Attribute):
        owner = _last_name(call.func.value)
        if (owner, name) in _FORBIDDEN_ATTRIBUTES:
            yield f"{owner}.{name} {_FORBIDDEN_ATTRIBUTES[owner, name]}"
        if (owner, name) == ("datetime", "now") and not call.args and not call.keywords:
            yield "datetime.now() gives a moment without a zone"
    if any(keyword.arg == "shell" and getattr(keyword.value, "value", None) is True for keyword in call.keywords):
        yield "shell=True starts a shell"
    if name in _SQL_TAKERS and call.args and _is_built(call.args[0]):
        yield f"{name} is given SQL that was put together from text"


def _is_built(argument: ast.expr) -> bool:
    match argument:
        case ast.JoinedStr():
            return True
        case ast.BinOp(op=ast.Add() | ast.Mod(), left=ast.Constant(value=str()) | ast.JoinedStr()):
            return True
        case ast.Call(func=ast.Attribute(attr="format", value=ast.Constant())):
            return True
    return False


def _last_name(expression: ast.expr) -> str:
    match expression:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""
