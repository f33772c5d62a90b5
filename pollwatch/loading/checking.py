"""Does a file say what may stand there?

The shape of a file is a pydantic model. ``check`` holds a document against it and turns
everything that does not fit into sentences for the file's author.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from pollwatch.loading.documents import Document, Path
from pollwatch.loading.mistakes import Mistake, instead


class Declared(BaseModel):
    """What a part of a file may hold: these keys, of these types, and nothing else."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


Model = TypeVar("Model", bound=Declared)


def check(
    document: Document, model: type[Model], *, is_text: bool = False
) -> tuple[Model | None, tuple[Mistake, ...]]:
    """What a document says, as its model; None with mistakes where it does not fit.

    ``is_text`` is for places that can hold nothing but text, such as environment variables:
    there ``"8"`` is as good a number as 8.
    """
    if not document.is_readable:
        return None, document.mistakes
    try:
        checked = model.model_validate(document.value, strict=False if is_text else None)
    except ValidationError as error:
        found = tuple(
            document.mistake(tuple(detail["loc"]), _sentence(detail, model=model))
            for detail in error.errors()
        )
        return None, document.mistakes + found
    return (None if document.mistakes else checked), document.mistakes


def repeated(document: Document, *, items: str, key: str) -> tuple[Mistake, ...]:
    """A mistake for each item of a list that has the name of an earlier one.

    Looks at the document itself, so that it also finds them where something else is wrong.
    """
    listed = document.value.get(items)
    names = [
        item.get(key) if isinstance(item, dict) else None
        for item in (listed if isinstance(listed, list) else ())
    ]
    return tuple(
        document.mistake(
            (items, position, key), f"{key}: '{name}' stands here twice; write another name"
        )
        for position, name in enumerate(names)
        if isinstance(name, str) and name in names[:position]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Misfit:
    """One thing that pydantic refused."""

    path: Path
    kind: str
    """Pydantic's name for what is wrong."""
    key: str
    """The innermost key that it is about."""
    written: object
    shown: str
    """What was written, as it may be quoted."""
    reason: str
    """What one of our own readers said, or pydantic."""
    expected: str
    model: type[Declared]


def _sentence(detail: ErrorDetails, *, model: type[Declared]) -> str:
    path, context = tuple(detail["loc"]), detail.get("ctx", {})
    info = _field(model, path)
    misfit = _Misfit(
        path=path,
        kind=detail["type"],
        key=str(next((part for part in reversed(path) if _is_name(part)), "")),
        written=detail["input"],
        shown="what is written"
        if info and _is_secret(info.annotation)
        else _shown(detail["input"]),
        reason=str(context.get("error", detail["msg"].removeprefix("Input "))),
        expected=str(context.get("expected", "")),
        model=model,
    )
    return _SENTENCES.get(misfit.kind, _wrong)(misfit)


def _is_name(part: object) -> bool:
    """True for what a person wrote; pydantic's own word stands behind a key that cannot be one."""
    return isinstance(part, str) and part != "[key]"


def _missing(misfit: _Misfit) -> str:
    info = _field(misfit.model, misfit.path)
    example = info.examples[0] if info and info.examples else "…"
    return f"'{misfit.key}' is missing; write a line '{misfit.key}: {example}'"


def _unknown(misfit: _Misfit) -> str:
    info = _field(misfit.model, misfit.path[:-1])
    inner = _model_in(info.annotation) if info else misfit.model
    known = [info.alias or name for name, info in inner.model_fields.items()] if inner else []
    return f"unknown key '{misfit.key}'; {instead(misfit.key, known)}"


def _refused(misfit: _Misfit) -> str:
    return f"{misfit.key}: {misfit.reason}"


def _not_among(misfit: _Misfit) -> str:
    return f"{misfit.key}: {misfit.shown} is not known; write {misfit.expected} instead"


def _wrong(misfit: _Misfit) -> str:
    shown = misfit.shown
    wanted = _WANTED.get(misfit.kind.removesuffix("_type").removesuffix("_parsing"))
    is_shown = shown == _shown(misfit.written)
    if wanted == "text" and is_shown and isinstance(misfit.written, bool | int | float):
        return f'{misfit.key}: {shown} is not text; put it in quotes: "{shown}"'
    if wanted:
        return f"{misfit.key}: {shown} is not {wanted}; write {wanted} instead"
    return f"{misfit.key}: {shown} cannot be; it {misfit.reason}"


_SENTENCES: Mapping[str, Callable[[_Misfit], str]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "value_error": _refused,
    "literal_error": _not_among,
}
_WANTED = {
    "string": "text",
    "int": "a whole number",
    "int_from_float": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "tuple": "a list",
    "dict": "a group of keys",
    "model": "a group of keys",
}


def _shown(written: object) -> str:
    if isinstance(written, bool):
        return "true" if written else "false"
    if isinstance(written, dict):
        return "a group of keys"
    return "a list" if isinstance(written, list) else repr(written)


def _field(model: type[Declared], path: Path) -> FieldInfo | None:
    """The field of a model, or of a model inside it, that a path leads to."""
    found: FieldInfo | None = None
    inner: type[Declared] | None = model
    for part in path:
        if isinstance(part, str) and inner is not None:
            fields = {info.alias or name: info for name, info in inner.model_fields.items()}
            found = fields.get(part)
            inner = _model_in(found.annotation) if found else None
    return found


def _is_secret(annotation: Any) -> bool:
    return annotation is SecretStr or any(map(_is_secret, get_args(annotation)))


def _model_in(annotation: Any) -> type[Declared] | None:
    """The model that an annotation such as ``tuple[DeclaredFeed, ...]`` is about."""
    if isinstance(annotation, type) and issubclass(annotation, Declared):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)
