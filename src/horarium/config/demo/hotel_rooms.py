"""Room types of Tikhy Zaliv: pools of rooms by the night, three rate plans each, seasons and restrictions."""

# ruff: noqa: E501

from __future__ import annotations

from typing import Final

from .plan import ExtraPlan, NeedPlan, OfferingPlan, PricePlan, RatePlanPlan, RestrictionPlan, Season, Words

SUMMER: Final[Season] = ((6, 15), (8, 31))
NEW_YEAR: Final[Season] = ((12, 29), (1, 8))
ALL_YEAR: Final[Season] = ((1, 1), (12, 31))
BREAKFAST: Final = 900

RATE_PLANS: Final = (
    RatePlanPlan(
        key="room",
        prepayment="deposit_percent",
        deposit=30,
        weight=2.2,
        words={
            "ru": ("Только номер", "Отмена без потерь за трое суток."),
            "en": ("Room only", "Free cancellation until three days before."),
            "es": ("Solo alojamiento", "Cancelación gratis hasta tres días antes."),
        },
    ),
    RatePlanPlan(
        key="breakfast",
        prepayment="deposit_percent",
        deposit=30,
        weight=3.0,
        words={
            "ru": ("С завтраком", "Завтрак каждое утро. Отмена без потерь за трое суток."),
            "en": ("With breakfast", "Breakfast every morning. Free cancellation until three days before."),
            "es": ("Con desayuno", "Desayuno cada mañana. Cancelación gratis hasta tres días antes."),
        },
    ),
    RatePlanPlan(
        key="saver",
        policy="strict",
        prepayment="full",
        weight=1.2,
        words={
            "ru": ("Невозвратный", "На десятую часть дешевле, оплата сразу, без отмены."),
            "en": ("Non-refundable", "A tenth less, paid at once, no refund."),
            "es": ("No reembolsable", "Un diez por ciento menos, se paga al reservar y no se devuelve."),
        },
    ),
)
RESTRICTIONS: Final = (
    RestrictionPlan(season=ALL_YEAR, max_nights=21),
    RestrictionPlan(season=NEW_YEAR, min_nights=3),
    RestrictionPlan(season=((12, 31), (1, 1)), closed_to_arrival=True),
    RestrictionPlan(season=((1, 1), (1, 1)), closed_to_departure=True),
    RestrictionPlan(season=SUMMER, weekdays="sat", min_nights=2),
    RestrictionPlan(season=NEW_YEAR, rate_plan="saver", is_closed=True),
)


def extras(*, has_breakfast: bool = True) -> tuple[ExtraPlan, ...]:
    """Early and late hours really take the room; breakfast is by person and night."""
    return (
        ExtraPlan(
            key="early",
            share=0.07,
            before=180,
            words={
                "ru": ("Ранний заезд", "Номер готов в полдень."),
                "en": ("Early arrival", "The room is ready at noon."),
                "es": ("Entrada temprana", "La habitación está lista a mediodía."),
            },
        ),
        ExtraPlan(
            key="late",
            share=0.1,
            after=360,
            words={
                "ru": ("Поздний выезд", "Номер ваш до шести вечера."),
                "en": ("Late departure", "The room is yours until six."),
                "es": ("Salida tardía", "La habitación es suya hasta las seis."),
            },
        ),
        *((BREAKFAST_EXTRA,) if has_breakfast else ()),
    )


BREAKFAST_EXTRA: Final = ExtraPlan(
    key="breakfast",
    share=0.12,
    words={
        "ru": ("Завтрак", "На каждого гостя, каждое утро."),
        "en": ("Breakfast", "For each guest, every morning."),
        "es": ("Desayuno", "Para cada huésped, cada mañana."),
    },
)


def prices(
    night: int, *, included: int, weekend: int, summer: int, holidays: int, more: int
) -> tuple[PricePlan, ...]:
    """Prices of a night for each rate plan, `more` for each guest beyond the included ones, less for children."""
    nights = (
        PricePlan(basis="per_night", amount=night, name="Ночь"),
        PricePlan(basis="per_night", amount=weekend, name="Выходные", weekdays="fri sat", priority=10),
        PricePlan(
            basis="per_night",
            amount=_rounded(night * 0.88),
            name="Пять ночей и больше",
            min_nights=5,
            priority=15,
        ),
        PricePlan(basis="per_night", amount=summer, name="Лето", season=SUMMER, priority=20),
        PricePlan(
            basis="per_night",
            amount=_rounded(summer * 1.1),
            name="Лето, выходные",
            season=SUMMER,
            weekdays="fri sat",
            priority=30,
        ),
        PricePlan(basis="per_night", amount=holidays, name="Новый год", season=NEW_YEAR, priority=40),
    )
    own = tuple(
        _of_plan(one, plan, amount)
        for one in nights
        for plan, amount in (
            ("room", one.amount),
            ("breakfast", one.amount + BREAKFAST * included),
            ("saver", _rounded(one.amount * 0.9)),
        )
    )
    return own + _people(more) + EXTRA_PRICES


def _people(more: int) -> tuple[PricePlan, ...]:
    """What each guest beyond the included ones pays, by age."""
    return (
        PricePlan(basis="per_person_night", amount=more, name="Дополнительный гость"),
        PricePlan(
            basis="per_person_night",
            amount=_rounded(more * 0.5),
            name="Ребёнок 6–11 лет",
            ages=(6, 11),
            priority=10,
        ),
        PricePlan(basis="per_person_night", amount=0, name="Ребёнок до 6 лет", ages=(0, 5), priority=10),
    )


EXTRA_PRICES: Final = (
    PricePlan(basis="flat", amount=2000, extra="early"),
    PricePlan(basis="flat", amount=2500, extra="late"),
    PricePlan(basis="per_person_night", amount=BREAKFAST, extra="breakfast"),
    PricePlan(
        basis="per_person_night",
        amount=450,
        extra="breakfast",
        name="Ребёнок 6–11 лет",
        ages=(6, 11),
        priority=10,
    ),
    PricePlan(
        basis="per_person_night",
        amount=0,
        extra="breakfast",
        name="Ребёнок до 6 лет",
        ages=(0, 5),
        priority=10,
    ),
)


def _of_plan(price: PricePlan, plan: str, amount: int) -> PricePlan:
    return PricePlan(
        basis=price.basis,
        amount=amount,
        name=price.name,
        weekdays=price.weekdays,
        season=price.season,
        min_nights=price.min_nights,
        priority=price.priority,
        rate_plan=plan,
    )


def _rounded(amount: float) -> int:
    return round(amount / 100) * 100


def room_type(
    slug: str,
    pool: str,
    words: Words,
    *,
    prices: tuple[PricePlan, ...],
    guests: tuple[int, int],
    weight: float,
    scene: str,
) -> OfferingPlan:
    """`guests`: included in the price of a night, and at most."""
    return OfferingPlan(
        slug=slug,
        mode="stay",
        category="houses" if pool == "house" else "rooms",
        scene=scene,
        weight=weight,
        durations=(),
        needs=(NeedPlan(of=(pool,), label="Номер", is_choosable=pool == "house"),),
        prices=prices,
        extras=extras(),
        rate_plans=RATE_PLANS,
        restrictions=RESTRICTIONS + (CLOSED_IN_SPRING if pool == "house" else ()),
        included_guests=guests[0],
        party=(1, guests[1]),
        buffer_after=120,
        words=words,
    )


CLOSED_IN_SPRING: Final = (RestrictionPlan(season=((4, 6), (4, 19)), is_closed=True),)

ROOM_TYPES: Final = (
    room_type(
        "les",
        "forest",
        {
            "ru": (
                "Номер с видом на лес",
                "Десять тихих номеров на первом этаже.",
                "Восемнадцать метров, окно в сосны, две кровати или одна большая. Пол в душевой тёплый и в январе. Велосипед и санки у входа берите просто так.",
            ),
            "en": (
                "Forest view room",
                "Ten quiet rooms on the ground floor.",
                "Eighteen square metres, a window onto the pines, two beds or one large one. The shower floor is warm in January, too. Bicycles and sledges at the door are free.",
            ),
            "es": (
                "Habitación con vistas al bosque",
                "Diez habitaciones tranquilas en la planta baja.",
                "Dieciocho metros, ventana a los pinos, dos camas o una grande. El suelo de la ducha está caliente también en enero. Las bicicletas y los trineos de la entrada son gratis.",
            ),
        },
        prices=prices(5400, included=2, weekend=6200, summer=6900, holidays=11900, more=1200),
        guests=(2, 2),
        weight=3.0,
        scene="room-forest",
    ),
    room_type(
        "ozero",
        "lake",
        {
            "ru": (
                "Номер с видом на озеро",
                "Балкон, с которого видно острова.",
                "Двадцать два метра, большая кровать и кресло-кровать для третьего. Утром с балкона видно, как уходят рыбаки. На балконе пледы и чайник.",
            ),
            "en": (
                "Lake view room",
                "A balcony from which you see the islands.",
                "Twenty-two square metres, a large bed and an armchair bed for a third guest. In the morning you see the fishermen leave. Blankets and a kettle wait on the balcony.",
            ),
            "es": (
                "Habitación con vistas al lago",
                "Un balcón desde el que se ven las islas.",
                "Veintidós metros, cama grande y sillón cama para un tercer huésped. Por la mañana se ve salir a los pescadores. En el balcón hay mantas y hervidor.",
            ),
        },
        prices=prices(7200, included=2, weekend=8200, summer=9400, holidays=15900, more=1800),
        guests=(2, 3),
        weight=3.2,
        scene="room-lake",
    ),
    room_type(
        "semeiny",
        "family",
        {
            "ru": (
                "Семейный номер",
                "Две комнаты под крышей, до пяти человек.",
                "Спальня для родителей и комната с двумя кроватями, куда встанет ещё одна. Дети до шести лет живут бесплатно, до двенадцати за полцены. Есть ванна, горшок и ночник.",
            ),
            "en": (
                "Family room",
                "Two rooms under the roof, up to five people.",
                "A bedroom for the parents and a room with two beds and space for one more. Children under six stay free, under twelve at half price. There is a bathtub, a potty and a night light.",
            ),
            "es": (
                "Habitación familiar",
                "Dos ambientes bajo el tejado, hasta cinco personas.",
                "Un dormitorio para los padres y otro con dos camas donde cabe una más. Los menores de seis años no pagan y hasta los once pagan la mitad. Hay bañera, orinal y luz de noche.",
            ),
        },
        prices=prices(9800, included=3, weekend=11200, summer=12800, holidays=21900, more=1800),
        guests=(3, 5),
        weight=1.6,
        scene="room-family",
    ),
    room_type(
        "dom",
        "house",
        {
            "ru": (
                "Дом у воды",
                "Отдельный дом с печью, причалом и лодкой.",
                "Две спальни, кухня-гостиная с печью, терраса над водой. Дрова наколоты, лодка у причала, до соседей полсотни метров. Дом можно выбрать. В апреле, пока сходит лёд, дома закрыты.",
            ),
            "en": (
                "House by the water",
                "A house of its own with a stove, a jetty and a boat.",
                "Two bedrooms, a kitchen and living room with a stove, a terrace over the water. The wood is cut, the boat is at the jetty, the neighbours are fifty metres away. You may choose the house. Closed in April while the ice goes.",
            ),
            "es": (
                "Casa junto al agua",
                "Una casa independiente con estufa, embarcadero y barca.",
                "Dos dormitorios, cocina con salón y estufa, terraza sobre el agua. La leña está cortada, la barca en el embarcadero y los vecinos a cincuenta metros. Se puede elegir la casa. En abril, mientras se va el hielo, las casas cierran.",
            ),
        },
        prices=prices(17500, included=4, weekend=19900, summer=23900, holidays=39000, more=2400),
        guests=(4, 6),
        weight=1.0,
        scene="lake-house",
    ),
)
