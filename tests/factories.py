"""Small true things for tests: businesses, members, resources, offerings."""
from itertools import count
from typing import Any

from horarium.platform.tenancy.models import Business

_numbers = count(1)


def make_business(**fields: Any) -> Business:
    number = next(_numbers)
    return Business.objects.create(
        **{
            "slug": f"business-{number}",
            "name": f"Business {number}",
            "type": "services",
            "currency": "EUR",
            "country": "PT",
            **fields,
        }
    )
