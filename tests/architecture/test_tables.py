"""What every table keeps to."""

import contextlib

from django.apps import apps
from django.db import models
from django_scopes import ScopeError

ORDER = [
    {"messaging"},
    {"booking"},
    {"payments", "pricing", "availability"},
    {"customers", "ledger"},
    {"catalog"},
    {"resources"},
]
MODULE_LEVEL = {name: level for level, names in enumerate(ORDER) for name in names}


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("horarium.")]


def height(model: type[models.Model]) -> tuple[int, str]:
    """How high a table stands, and in which module; the platform is below all modules, connectors above."""
    parts = model.__module__.split(".")
    if parts[1] == "modules":
        return len(ORDER) - MODULE_LEVEL[parts[2]], parts[2]
    if parts[1] == "connectors":
        return len(ORDER) + 1, parts[2]
    return 0, "platform"


def test_foreign_keys_point_down() -> None:
    wrong = []
    for model in own_models():
        level, module = height(model)
        for field in model._meta.get_fields():
            target = field.related_model if field.concrete and field.is_relation else None
            if not isinstance(target, type) or not target.__module__.startswith("horarium."):
                continue
            target_level, target_module = height(target)
            if target_level >= level and target_module != module:
                wrong.append(f"{model._meta.label}.{field.name} → {target._meta.label}")
    assert wrong == []


def has_business(model: type[models.Model]) -> bool:
    return any(field.name == "business" and field.is_relation for field in model._meta.get_fields())


def test_every_table_of_a_business_refuses_queries_outside_of_a_scope() -> None:
    """T-125: The one forgotten filter would show a business to another."""
    found = [model for model in own_models() if has_business(model)]
    assert len(found) > 20
    unguarded = []
    for model in found:
        with contextlib.suppress(ScopeError):
            model._default_manager.count()
            unguarded.append(model._meta.label)
    assert unguarded == []


def test_every_table_of_a_module_belongs_to_a_business() -> None:
    modules = [model for model in own_models() if 0 < height(model)[0] <= len(ORDER)]
    assert [model._meta.label for model in modules if not has_business(model)] == []


def test_every_business_column_is_needed() -> None:
    empty_ones = [
        model._meta.label
        for model in own_models()
        if has_business(model) and model._meta.get_field("business").null
    ]
    assert empty_ones == []
