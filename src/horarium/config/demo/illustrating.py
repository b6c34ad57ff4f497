"""Gives the business, its resources, offerings and products their pictures."""

from __future__ import annotations

from horarium.modules.catalog.models import Offering, Product
from horarium.modules.resources.models import Resource
from horarium.platform.files.actions import store_made_image
from horarium.platform.files.models import StoredFile
from horarium.platform.tenancy.models import Business

from .drawing import draw_portrait, draw_scene
from .plan import BusinessPlan, ResourcePlan
from .written import Written


class Illustrator:
    """Draws each picture once, however many things show it."""

    def __init__(self, plan: BusinessPlan, business: Business, catalogue: Written) -> None:
        self.plan = plan
        self.business = business
        self.catalogue = catalogue
        self._colors = {one.scene: one.color for one in plan.resources if one.kind != "person"}
        self._stored: dict[str, StoredFile] = {}

    def draw(self) -> None:
        self.business.cover_file = self._scene(self.plan.cover_scene, self.plan.name).name
        self.business.save(update_fields=["cover_file"])
        for one in self.plan.resources:
            if one.scene:
                resource = self.catalogue.resources[one.key]
                resource.photo = self._photo(one, resource.name)
        Resource.objects.bulk_update(self.catalogue.resources.values(), ["photo"])
        for plan in self.plan.offerings:
            offering = self.catalogue.offerings[plan.slug]
            offering.photo = self._scene(plan.scene, offering.name)
        Offering.objects.bulk_update(self.catalogue.offerings.values(), ["photo"])
        for goods in self.plan.products:
            product = self.catalogue.products[goods.key]
            product.photo = self._scene(goods.scene, product.name)
        Product.objects.bulk_update(self.catalogue.products.values(), ["photo"])

    def _photo(self, plan: ResourcePlan, name: str) -> StoredFile:
        if plan.kind != "person":
            return self._scene(plan.scene, name)
        picture = draw_portrait(plan.scene, plan.color, seed=plan.key)
        return store_made_image(self.business.pk, picture, f"{plan.key}.jpg", alt=name)

    def _scene(self, scene: str, alt: str) -> StoredFile:
        if scene not in self._stored:
            picture = draw_scene(scene, self._colors.get(scene, self.plan.brand_color))
            self._stored[scene] = store_made_image(self.business.pk, picture, f"{scene}.jpg", alt=alt)
        return self._stored[scene]
