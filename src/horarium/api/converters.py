"""Parts of addresses. What does not look like one is an unknown address: 404, before anything is asked."""

from __future__ import annotations

from django.urls import register_converter
from django.urls.converters import StringConverter


class OrderId(StringConverter):
    regex = "ord_[0-9a-z]{1,27}"


class PublicId(StringConverter):
    regex = "[a-z]{2,5}_[0-9a-z]{1,27}"


def install() -> None:
    register_converter(OrderId, "order_id")
    register_converter(PublicId, "public_id")
