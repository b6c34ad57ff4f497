"""Pedal y Remo: bicycles, e-bikes and kayaks on the coast of Dénia. Spanish, euros."""

# ruff: noqa: E501

from __future__ import annotations

from typing import Final

from .plan import (
    EVERY_DAY,
    ROUND_THE_CLOCK,
    Away,
    BusinessPlan,
    LocationPlan,
    MemberPlan,
    PolicyPlan,
    PoolPlan,
    ProductPlan,
    ResourcePlan,
    RulesPlan,
    Words,
)
from .rental_offerings import CATEGORIES, OFFERINGS

LOCATION = LocationPlan(
    key="puerto",
    name="Pedal y Remo",
    address="Camí de la Mar 7",
    city="Dénia",
    phone="+34 960 555 027",
    directions=(
        "Frente a la playa del Raset, junto al puesto amarillo de socorro. Las bicis se recogen por la puerta de la calle, los "
        "kayaks por la de la arena."
    ),
    week={EVERY_DAY: "09:00-20:00"},
    holidays={(1, 1): "Año Nuevo", (12, 25): "Navidad"},
)

Fleet = tuple[str, str, int, str, str, Words]
"""Key, pool, how many, colour, scene; name, title, description with `{}` for the number."""

FLEETS: Final[tuple[Fleet, ...]] = (
    (
        "city",
        "Bicicletas de paseo",
        16,
        "#2f7f8c",
        "bicycle",
        {
            "es": (
                "Bici de paseo {}",
                "Siete marchas, cesta",
                "Sillín ancho, luces y candado. De la talla S a la XL se regula sola.",
            ),
            "en": (
                "City bike {}",
                "Seven gears, basket",
                "A wide saddle, lights and a lock. The saddle goes from S to XL.",
            ),
            "ru": (
                "Городской велосипед {}",
                "Семь передач, корзина",
                "Широкое седло, фонари и замок. Седло под рост от S до XL.",
            ),
        },
    ),
    (
        "ebike",
        "Bicicletas eléctricas",
        8,
        "#d0782a",
        "ebike",
        {
            "es": (
                "Eléctrica {}",
                "Noventa kilómetros de batería",
                "Para subir al Montgó sin sudar. Cargador incluido en alquileres por días.",
            ),
            "en": (
                "E-bike {}",
                "Ninety kilometres of battery",
                "Up the Montgó without a sweat. A charger comes with rentals by the day.",
            ),
            "ru": (
                "Электровелосипед {}",
                "Девяносто километров на заряде",
                "На Монтго без усилий. При аренде на дни зарядка в комплекте.",
            ),
        },
    ),
    (
        "kids",
        "Bicicletas infantiles",
        6,
        "#c24d55",
        "bicycle-small",
        {
            "es": ("Infantil {}", "De 20 a 24 pulgadas", "Ligera, con dos frenos y timbre que suena mucho."),
            "en": ("Children's bike {}", "20 to 24 inches", "Light, with two brakes and a very loud bell."),
            "ru": (
                "Детский велосипед {}",
                "От 20 до 24 дюймов",
                "Лёгкий, два тормоза и очень громкий звонок.",
            ),
        },
    ),
    (
        "single",
        "Kayaks individuales",
        8,
        "#e0a530",
        "kayak",
        {
            "es": ("Kayak {}", "Una persona", "Autovaciable y estable. Con pala, chaleco y bolsa estanca."),
            "en": ("Kayak {}", "One person", "Self-bailing and stable. With paddle, vest and dry bag."),
            "ru": (
                "Каяк {}",
                "Один человек",
                "Устойчивый, вода уходит сама. С веслом, жилетом и гермомешком.",
            ),
        },
    ),
    (
        "double",
        "Kayaks dobles",
        6,
        "#3a8f6f",
        "kayak-double",
        {
            "es": (
                "Kayak doble {}",
                "Dos personas y un niño",
                "El de atrás manda. Con dos palas y tres chalecos.",
            ),
            "en": (
                "Double kayak {}",
                "Two people and a child",
                "The one behind steers. With two paddles and three vests.",
            ),
            "ru": ("Двухместный каяк {}", "Двое и ребёнок", "Рулит тот, кто сзади. Два весла и три жилета."),
        },
    ),
)
KAYAKS: Final = ("single", "double")


def numbered(words: Words, number: int) -> Words:
    return {language: (texts[0].format(number), *texts[1:]) for language, texts in words.items()}


THINGS: Final = tuple(
    ResourcePlan(
        key=f"{key}-{number}",
        kind="equipment",
        color=color,
        scene=scene,
        words=numbered(words, number),
        week=None if key in KAYAKS else ROUND_THE_CLOCK,
        away=(Away(first=3, days=4, reason="En el taller"),) if number == 2 and key == "city" else (),
    )
    for key, _, count, color, scene, words in FLEETS
    for number in range(1, count + 1)
)
SEATS: Final = tuple(
    ResourcePlan(
        key=f"seat-{number}",
        kind="equipment",
        color="#7d8790",
        words={
            "es": (f"Silla infantil {number}", "Hasta 22 kilos", "Se monta en bicis de paseo."),
            "en": (f"Child seat {number}", "Up to 22 kilos", "Fits city bikes."),
            "ru": (f"Детское кресло {number}", "До 22 кг", "Ставится на городские велосипеды."),
        },
        week=ROUND_THE_CLOCK,
    )
    for number in range(1, 5)
)
GUIDE: Final = ResourcePlan(
    key="ferran",
    kind="person",
    color="#2d6f86",
    scene="short",
    member="ferran@rental.example.com",
    week={"mon tue wed thu fri": "09:00-14:00 17:00-21:30", "sat sun": "08:00-21:30"},
    words={
        "es": ("Ferran Ivars", "Guía de kayak", "Conoce cada cueva entre Dénia y Xàbia por su eco."),
        "en": ("Ferran Ivars", "Kayak guide", "Knows every cave between Dénia and Xàbia by its echo."),
        "ru": ("Ферран Иварс", "Гид по каякам", "Узнаёт каждую пещеру между Денией и Хавеей по эху."),
    },
)

PRODUCTS: Final = (
    ProductPlan(
        key="cream",
        category="shop",
        scene="sun",
        amount=12,
        stock=66,
        weight=2.0,
        words={
            "es": (
                "Crema solar 50",
                "100 ml, respeta el mar.",
                "Sin oxibenzona. En kayak se quema uno el doble: por arriba y por el reflejo.",
            ),
            "en": (
                "Sun cream 50",
                "100 ml, kind to the sea.",
                "No oxybenzone. In a kayak you burn twice: from above and from the water.",
            ),
            "ru": (
                "Крем от солнца 50",
                "100 мл, безопасен для моря.",
                "Без оксибензона. В каяке обгорают вдвойне: сверху и от воды.",
            ),
        },
    ),
    ProductPlan(
        key="bag",
        category="shop",
        scene="waves-deep",
        amount=15,
        stock=40,
        weight=1.2,
        words={
            "es": (
                "Bolsa estanca 10 l",
                "Para móvil, llaves y bocadillo.",
                "Cierra con tres vueltas. La puedes estrenar en el kayak y llevártela a casa.",
            ),
            "en": (
                "Dry bag, 10 l",
                "For phone, keys and sandwich.",
                "Three turns close it. Use it in the kayak and take it home.",
            ),
            "ru": (
                "Гермомешок, 10 л",
                "Для телефона, ключей и бутерброда.",
                "Закрывается в три оборота. Опробуйте в каяке и заберите домой.",
            ),
        },
    ),
    ProductPlan(
        key="kit",
        category="shop",
        scene="bicycle",
        amount=9,
        stock=23,
        weight=0.7,
        words={
            "es": (
                "Kit de pinchazos",
                "Parches, desmontables y mini bomba.",
                "Cabe en la cesta. Si prefieres, llámanos y vamos: dentro de Dénia es gratis.",
            ),
            "en": (
                "Puncture kit",
                "Patches, levers and a small pump.",
                "Fits the basket. Or call us and we come: free within Dénia.",
            ),
            "ru": (
                "Набор от проколов",
                "Заплатки, монтажки и насос.",
                "Помещается в корзину. Или позвоните, приедем: по Дении бесплатно.",
            ),
        },
        most=5,
    ),
)

RENTAL = BusinessPlan(
    slug="rental",
    words={
        "es": (
            "Pedal y Remo",
            "Bicis y kayaks en la playa de Dénia",
            (
                "Treinta bicis y catorce kayaks a cincuenta pasos del agua. Por horas para ir a las calas, por días para llegar a "
                "Xàbia o subir al Montgó. Cada persona lleva la suya, y las ajustamos antes de salir.\n\n"
                "Si el mar se pone serio cerramos los kayaks y te devolvemos todo, sin discutir."
            ),
        ),
        "en": (
            "Pedal y Remo",
            "Bikes and kayaks on the beach of Dénia",
            (
                "Thirty bikes and fourteen kayaks, fifty steps from the water. By the hour for the coves, by the day to reach Xàbia or "
                "climb the Montgó. Everybody gets their own, and we fit it before you leave.\n\n"
                "When the sea turns serious we close the kayaks and give everything back, no questions."
            ),
        ),
        "ru": (
            "Pedal y Remo",
            "Велосипеды и каяки на пляже Дении",
            (
                "Тридцать велосипедов и четырнадцать каяков в полусотне шагов от воды. На часы, чтобы доехать до бухт, на дни, чтобы "
                "добраться до Хавеи или подняться на Монтго. Каждому свой, настроим перед выездом.\n\n"
                "Если море разыграется, закроем каяки и вернём все деньги без вопросов."
            ),
        ),
    },
    type="rental",
    currency="EUR",
    country="ES",
    language="es",
    time_zone="Europe/Madrid",
    brand_color="#2f7f8c",
    email="hola@rental.example.com",
    phone="+34 960 555 027",
    website="https://rental.example.com",
    rules=RulesPlan(lead_minutes=15, horizon_days=120, hold_minutes=10, cancel_free_hours=12, policy="beach"),
    members=(
        MemberPlan(email="owner@rental.example.com", name="Neus Mulet", role="owner"),
        MemberPlan(email="tienda@rental.example.com", name="Óscar Prats", role="operator"),
        MemberPlan(email="ferran@rental.example.com", name="Ferran Ivars", role="specialist"),
    ),
    locations=(LOCATION,),
    resources=(*THINGS, *SEATS, GUIDE),
    pools=(
        *(
            PoolPlan(key=key, name=pool, resources=tuple(f"{key}-{number}" for number in range(1, count + 1)))
            for key, pool, count, *_ in FLEETS
        ),
        PoolPlan(key="seats", name="Sillas infantiles", resources=tuple(one.key for one in SEATS)),
    ),
    policies=(
        PolicyPlan(
            key="beach",
            words={"es": ("Playa",), "en": ("Beach",), "ru": ("Пляж",)},
            cancellation=((12, 0), (2, 50), (0, 100)),
            rescheduling=((2, 0),),
            no_show=50,
        ),
    ),
    categories=CATEGORIES,
    offerings=OFFERINGS,
    products=PRODUCTS,
    cover_scene="bay",
)
