"""What Pedal y Remo rents: bikes by the hour and by the day, kayaks by the hour, one for each person, and a guided trip."""

# ruff: noqa: E501

from __future__ import annotations

from typing import Final

from .plan import ExtraPlan, NeedPlan, OfferingPlan, PricePlan, SchedulePlan, TicketPlan, Words

CATEGORIES: Final[dict[str, Words]] = {
    "bikes": {"es": ("Bicicletas",), "en": ("Bikes",), "ru": ("Велосипеды",)},
    "kayaks": {"es": ("Kayaks",), "en": ("Kayaks",), "ru": ("Каяки",)},
    "shop": {"es": ("Tienda",), "en": ("Shop",), "ru": ("Магазин",)},
}
HALF_HOURS: Final = (
    "09:00 09:30 10:00 10:30 11:00 11:30 12:00 12:30 13:00 13:30 14:00 14:30 15:00 15:30 16:00"
)
HANDOVERS: Final = "09:00 10:00 11:00 12:00 16:00 17:00 18:00"
HELMET: Final = ExtraPlan(
    key="helmet",
    share=0.5,
    most=6,
    words={
        "es": ("Casco", "Uno por cabeza, todas las tallas."),
        "en": ("Helmet", "One for each head, all sizes."),
        "ru": ("Шлем", "По числу голов, любой размер."),
    },
)
SEAT: Final = ExtraPlan(
    key="seat",
    share=0.1,
    words={
        "es": ("Silla infantil", "Hasta 22 kilos, montada."),
        "en": ("Child seat", "Up to 22 kilos, mounted."),
        "ru": ("Детское кресло", "До 22 кг, установим."),
    },
)
OF_SEAT: Final = NeedPlan(of=("seats",), label="Silla infantil", extra="seat")


def each(pool: str, label: str) -> NeedPlan:
    """One for each person."""
    return NeedPlan(of=(pool,), label=label, is_per_person=True)


def hourly(first: int, *, half_day: int, helmet: bool = True) -> tuple[PricePlan, ...]:
    """By person and hour, half a day at a price of its own."""
    prices = (
        PricePlan(amount=first, basis="per_person_hour"),
        PricePlan(amount=half_day, basis="per_person", duration=240, name="Medio día", priority=10),
    )
    return (*prices, PricePlan(amount=2, extra="helmet")) if helmet else prices


def daily(first: int, *, later: int) -> tuple[PricePlan, ...]:
    """By person and day, less from the third day on."""
    return (
        PricePlan(amount=first, basis="per_person_day"),
        *(
            PricePlan(
                amount=later,
                basis="per_person_day",
                duration=days * 1440,
                name="Tres días y más",
                priority=10,
            )
            for days in (3, 5, 7)
        ),
        PricePlan(amount=3, extra="helmet"),
    )


OFFERINGS: Final = (
    OfferingPlan(
        slug="bici-por-horas",
        category="bikes",
        scene="bicycle",
        weight=4.0,
        durations=(60, 120, 180, 240),
        fixed_starts=HALF_HOURS,
        buffer_after=10,
        party=(1, 8),
        needs=(each("city", "Bici"), OF_SEAT),
        prices=(*hourly(5, half_day=15), PricePlan(amount=4, extra="seat")),
        extras=(HELMET, SEAT),
        prepayment="full",
        words={
            "es": (
                "Bici de paseo por horas",
                "De una hora a media jornada, una para cada persona.",
                "El carril bici de la Marineta está plano y da sombra. Candado y luces van incluidos; el casco es obligatorio fuera del pueblo.",
            ),
            "en": (
                "City bike by the hour",
                "From one hour to half a day, one for each person.",
                "The Marineta cycle path is flat and shady. Lock and lights are included; a helmet is required outside of the town.",
            ),
            "ru": (
                "Велосипед на часы",
                "От часа до половины дня, каждому свой.",
                "Велодорожка Маринета ровная и тенистая. Замок и фонари входят; за городом шлем обязателен.",
            ),
        },
    ),
    OfferingPlan(
        slug="bici-por-dias",
        category="bikes",
        scene="bicycle",
        weight=1.6,
        durations=(1440, 2880, 4320, 7200, 10080),
        fixed_starts=HANDOVERS,
        buffer_after=30,
        party=(1, 8),
        needs=(each("city", "Bici"), OF_SEAT),
        prices=(*daily(14, later=11), PricePlan(amount=8, extra="seat")),
        extras=(HELMET, SEAT),
        prepayment="deposit_percent",
        deposit=50,
        words={
            "es": (
                "Bici de paseo por días",
                "De uno a siete días; la devuelves a la misma hora.",
                "La llevamos a tu alojamiento dentro de Dénia. Desde el tercer día cada día cuesta menos.",
            ),
            "en": (
                "City bike by the day",
                "One to seven days; you bring it back at the same hour.",
                "We bring it to where you stay within Dénia. From three days on each day costs less.",
            ),
            "ru": (
                "Велосипед на дни",
                "От одного до семи дней, возврат в тот же час.",
                "По Дении привезём туда, где вы живёте. От трёх дней каждый день дешевле.",
            ),
        },
    ),
    OfferingPlan(
        slug="electrica",
        category="bikes",
        scene="ebike",
        weight=2.0,
        durations=(120, 180, 240),
        fixed_starts=HALF_HOURS,
        buffer_after=45,
        party=(1, 6),
        needs=(each("ebike", "Eléctrica"),),
        prices=hourly(10, half_day=32),
        extras=(HELMET,),
        prepayment="full",
        words={
            "es": (
                "Eléctrica por horas",
                "Al faro y vuelta sin llegar sudando.",
                "Batería para noventa kilómetros. Después de cada salida la cargamos tres cuartos de hora. Desde 16 años.",
            ),
            "en": (
                "E-bike by the hour",
                "To the lighthouse and back without a sweat.",
                "A battery for ninety kilometres. After each ride we charge it for three quarters of an hour. From 16 years.",
            ),
            "ru": (
                "Электровелосипед на часы",
                "До маяка и обратно без усилий.",
                "Заряда на девяносто километров. После каждой поездки заряжаем три четверти часа. С 16 лет.",
            ),
        },
    ),
    OfferingPlan(
        slug="electrica-por-dias",
        category="bikes",
        scene="ebike",
        weight=0.7,
        durations=(1440, 2880, 4320, 7200),
        fixed_starts=HANDOVERS,
        buffer_after=60,
        party=(1, 6),
        needs=(each("ebike", "Eléctrica"),),
        prices=daily(38, later=31),
        extras=(HELMET,),
        prepayment="deposit_fixed",
        deposit=50,
        words={
            "es": (
                "Eléctrica por días",
                "Con cargador, de uno a cinco días.",
                "Para la vuelta al Montgó, la Vall de Laguar o la compra. El cargador pesa un kilo y va en la cesta.",
            ),
            "en": (
                "E-bike by the day",
                "With a charger, one to five days.",
                "For the tour around the Montgó, the Laguar valley or the shopping. The charger weighs a kilo and goes in the basket.",
            ),
            "ru": (
                "Электровелосипед на дни",
                "С зарядкой, от одного до пяти дней.",
                "Вокруг Монтго, в долину Лагуар или просто за покупками. Зарядка весит килограмм и едет в корзине.",
            ),
        },
    ),
    OfferingPlan(
        slug="bici-infantil",
        category="bikes",
        scene="bicycle-small",
        weight=0.9,
        durations=(60, 120, 180, 240),
        fixed_starts=HALF_HOURS,
        party=(1, 4),
        needs=(each("kids", "Infantil"),),
        prices=hourly(4, half_day=11),
        extras=(HELMET,),
        prepayment="full",
        words={
            "es": (
                "Bici infantil",
                "De 20 a 24 pulgadas, con casco en la misma reserva.",
                "Para quienes ya van solos. Menores de 16, siempre con casco y con alguien mayor.",
            ),
            "en": (
                "Children's bike",
                "20 to 24 inches; take the helmet with it.",
                "For those who ride by themselves. Under 16 always with a helmet and somebody older.",
            ),
            "ru": (
                "Детский велосипед",
                "От 20 до 24 дюймов, шлем в той же заявке.",
                "Для тех, кто уже ездит сам. До 16 лет только в шлеме и со взрослым.",
            ),
        },
    ),
    OfferingPlan(
        slug="kayak",
        category="kayaks",
        scene="kayak",
        weight=2.2,
        durations=(60, 120, 180),
        fixed_starts=HALF_HOURS,
        buffer_after=15,
        party=(1, 8),
        needs=(each("single", "Kayak"),),
        prices=(
            PricePlan(amount=12, basis="per_person_hour"),
            PricePlan(amount=28, basis="per_person", duration=180, name="Tres horas", priority=10),
        ),
        prepayment="full",
        words={
            "es": (
                "Kayak individual",
                "Uno por persona, de una a tres horas.",
                "La Cova Tallada queda a cuarenta minutos remando. Hace falta saber nadar. Con bandera roja no salimos y te devolvemos todo.",
            ),
            "en": (
                "Single kayak",
                "One for each person, one to three hours.",
                "The Cova Tallada is forty minutes of paddling away. You must be able to swim. Under a red flag we stay ashore and give everything back.",
            ),
            "ru": (
                "Одноместный каяк",
                "Каждому свой, от часа до трёх.",
                "До пещеры Кова-Тальяда сорок минут на вёслах. Нужно уметь плавать. При красном флаге не выходим и возвращаем всё.",
            ),
        },
    ),
    OfferingPlan(
        slug="kayak-doble",
        category="kayaks",
        scene="kayak-double",
        weight=1.8,
        durations=(60, 120, 180),
        fixed_starts=HALF_HOURS,
        buffer_after=15,
        party=(2, 3),
        needs=(NeedPlan(of=("double",), label="Kayak doble"),),
        prices=(
            PricePlan(amount=18, basis="per_hour"),
            PricePlan(amount=44, duration=180, name="Tres horas", priority=10),
        ),
        prepayment="full",
        words={
            "es": (
                "Kayak doble",
                "Dos personas, y un niño en medio si queréis.",
                "Más rápido que dos individuales y mejor para hablar. Se paga por kayak, no por persona.",
            ),
            "en": (
                "Double kayak",
                "Two people, and a child between you.",
                "Faster than two single ones, and better for talking. Paid by the kayak, not by the person.",
            ),
            "ru": (
                "Двухместный каяк",
                "Двое, а между вами ребёнок.",
                "Быстрее двух одноместных, и можно разговаривать. Цена за каяк, а не за человека.",
            ),
        },
    ),
    OfferingPlan(
        slug="ruta-al-atardecer",
        mode="session",
        category="kayaks",
        scene="bay",
        durations=(120,),
        capacity=10,
        party=(1, 6),
        buffer_after=15,
        lead_minutes=60,
        needs=(NeedPlan(of=("ferran",), label="Guía"), NeedPlan(of=("double",), label="Kayaks", quantity=5)),
        prices=(),
        tickets=(
            TicketPlan(
                key="adult",
                words={"es": ("Persona adulta", ""), "en": ("Adult", ""), "ru": ("Взрослый", "")},
                amount=32,
                most=6,
                weight=4.0,
            ),
            TicketPlan(
                key="child",
                words={
                    "es": ("Menor", "De 6 a 14 años"),
                    "en": ("Child", "6 to 14 years"),
                    "ru": ("Детский", "От 6 до 14 лет"),
                },
                amount=20,
                most=4,
                weight=1.2,
            ),
        ),
        prepayment="full",
        schedules=(
            SchedulePlan(
                weekdays="wed sat sun",
                starts="17:00",
                duration=120,
                capacity=10,
                min_places=4,
                decide_hours=6,
                full=0.6,
            ),
        ),
        words={
            "es": (
                "Ruta guiada en kayak",
                "Dos horas con Ferran hasta las cuevas, al caer la tarde.",
                "Salimos con cuatro personas y como mucho diez, en kayaks dobles. Incluye linterna para la cueva y una foto de grupo que saldrá movida.",
            ),
            "en": (
                "Guided kayak trip",
                "Two hours with Ferran to the caves, as the day ends.",
                "We leave with four people and at most ten, in double kayaks. With a torch for the cave and a group photo that will be blurred.",
            ),
            "ru": (
                "Каяки с гидом",
                "Два часа с Ферраном до пещер, на исходе дня.",
                "Выходим от четырёх человек, не больше десяти, на двухместных каяках. Фонарь для пещеры и смазанное групповое фото входят.",
            ),
        },
    ),
)
