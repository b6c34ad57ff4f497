"""What the studio offers: every hall by the hour, and portraits with its photographer."""

# ruff: noqa: E501

from __future__ import annotations

from typing import Final

from .plan import ExtraPlan, NeedPlan, OfferingPlan, PricePlan, Words

CATEGORIES: Final[dict[str, Words]] = {
    "halls": {"ru": ("Залы",), "en": ("Halls",), "es": ("Salas",)},
    "shoots": {
        "ru": ("Съёмка с фотографом",),
        "en": ("Shoots with a photographer",),
        "es": ("Sesiones con fotógrafo",),
    },
}

HOURS: Final = tuple(range(60, 481, 15))
LIGHT: Final = ExtraPlan(
    key="light",
    share=0.34,
    words={
        "ru": ("Комплект света", "Три моноблока, софтбоксы, октобокс и синхронизатор."),
        "en": ("Light set", "Three strobes, softboxes, an octabox and a trigger."),
        "es": ("Kit de luces", "Tres flashes, softboxes, octabox y disparador."),
    },
)
ASSISTANT: Final = ExtraPlan(
    key="assistant",
    share=0.14,
    words={
        "ru": ("Ассистент на старт", "Первые двадцать минут: поставит свет и фон."),
        "en": ("Assistant for the start", "The first twenty minutes: sets up light and backdrop."),
        "es": ("Asistente al comienzo", "Los primeros veinte minutos: arma la luz y el fondo."),
    },
)
WEEKDAYS: Final = "mon tue wed thu fri"


def by_the_hour(*, day: int, evening: int, weekend: int, night: int | None = None) -> tuple[PricePlan, ...]:
    """Rubles an hour: on weekdays by day, after six in the evening, on Saturday and Sunday, and at night."""
    prices = [
        PricePlan(basis="per_hour", amount=day, name="Будни"),
        PricePlan(
            basis="per_hour",
            amount=evening,
            name="Будни, вечер",
            weekdays=WEEKDAYS,
            hours="18:00-24:00",
            priority=10,
        ),
        PricePlan(basis="per_hour", amount=weekend, name="Выходные", weekdays="sat sun", priority=10),
        PricePlan(basis="per_hour", amount=700, extra="light", name="Комплект света"),
        PricePlan(amount=900, extra="assistant", name="Ассистент"),
    ]
    if night is not None:
        prices.append(
            PricePlan(basis="per_hour", amount=night, name="Ночь", hours="00:00-08:00", priority=20)
        )
    return tuple(prices)


def hall(
    slug: str, *, words: Words, prices: tuple[PricePlan, ...], scene: str, weight: float
) -> OfferingPlan:
    return OfferingPlan(
        slug=f"zal-{slug}",
        category="halls",
        words=words,
        durations=HOURS,
        needs=(
            NeedPlan(of=(slug,), label="Зал"),
            NeedPlan(of=("lights",), label="Свет", extra="light"),
            NeedPlan(of=("assistants",), label="Ассистент", extra="assistant", until_minute=20),
        ),
        extras=(LIGHT, ASSISTANT),
        prices=prices,
        buffer_after=15,
        party=(1, 20),
        prepayment="full",
        scene=scene,
        weight=weight,
    )


OFFERINGS: Final = (
    hall(
        "sever",
        scene="hall-north",
        weight=1.1,
        prices=by_the_hour(day=2400, evening=2900, weekend=3400),
        words={
            "ru": (
                "Зал «Север»",
                "120 м² и пять окон на север: мягкий свет весь день.",
                "Для каталогов, портретов и небольших команд. Белые стены, паркет, бумажные фоны шести цветов. Цена за час: днём в будни, вечером и в выходные разная, она видна до брони.",
            ),
            "en": (
                "North hall",
                "120 m² and five north windows: soft light all day.",
                "For catalogues, portraits and small crews. White walls, parquet, paper backdrops in six colours. The hourly price differs by day, evening and weekend, and you see it before you book.",
            ),
            "es": (
                "Sala Norte",
                "120 m² y cinco ventanas al norte: luz suave todo el día.",
                "Para catálogos, retratos y equipos pequeños. Muros blancos, parqué, fondos de papel en seis colores. El precio por hora cambia según día, noche y fin de semana, y se ve antes de reservar.",
            ),
        },
    ),
    hall(
        "yantar",
        scene="hall-amber",
        weight=1.0,
        prices=by_the_hour(day=1900, evening=2300, weekend=2700),
        words={
            "ru": (
                "Зал «Янтарь»",
                "Кирпич, камин и солнце после обеда.",
                "70 м², тёплый свет с трёх часов до заката. Диван, кресла, настоящий камин. Любимый зал семейных фотографов.",
            ),
            "en": (
                "Amber hall",
                "Brick, a fireplace and afternoon sun.",
                "70 m², warm light from three until sunset. A sofa, armchairs, a real fireplace. The favourite of family photographers.",
            ),
            "es": (
                "Sala Ámbar",
                "Ladrillo, chimenea y sol de tarde.",
                "70 m², luz cálida desde las tres hasta el ocaso. Sofá, sillones y una chimenea de verdad. La favorita para fotos de familia.",
            ),
        },
    ),
    hall(
        "grafit",
        scene="hall-graphite",
        weight=1.0,
        prices=by_the_hour(day=2100, evening=2600, weekend=3000, night=1500),
        words={
            "ru": (
                "Зал «Графит»",
                "Циклорама 6 × 5 м, круглые сутки.",
                "Для видео, моды и предметной съёмки. Чёрные шторы, потолочный подвес, три линии по 16 А. Ночью с полуночи до восьми действует ночной тариф.",
            ),
            "en": (
                "Graphite hall",
                "A 6 × 5 m cove, day and night.",
                "For video, fashion and products. Black curtains, a ceiling rail, three lines of 16 A. From midnight to eight the night price applies.",
            ),
            "es": (
                "Sala Grafito",
                "Ciclorama de 6 × 5 m, día y noche.",
                "Para video, moda y producto. Cortinas negras, riel en el techo, tres líneas de 16 A. De medianoche a las ocho rige la tarifa nocturna.",
            ),
        },
    ),
    hall(
        "oranzhereya",
        scene="hall-green",
        weight=0.9,
        prices=by_the_hour(day=2700, evening=2700, weekend=3600),
        words={
            "ru": (
                "Зал «Оранжерея»",
                "Живые растения и стеклянная крыша.",
                "85 м² зелени, кованая мебель, свет сверху. Зимой тепло, летом прохладно. Просим не двигать горшки тяжелее вас.",
            ),
            "en": (
                "Conservatory hall",
                "Living plants and a glass roof.",
                "85 m² of green, wrought-iron furniture, light from above. Warm in winter, cool in summer. Please do not move pots heavier than you.",
            ),
            "es": (
                "Sala Invernadero",
                "Plantas vivas y techo de vidrio.",
                "85 m² de verde, muebles de hierro y luz cenital. Tibia en invierno, fresca en verano. Por favor, no muevas macetas más pesadas que tú.",
            ),
        },
    ),
    OfferingPlan(
        slug="portret",
        category="shoots",
        scene="portrait",
        weight=0.8,
        durations=(60, 90, 120),
        buffer_before=15,
        buffer_after=15,
        lead_minutes=720,
        party=(1, 4),
        needs=(
            NeedPlan(of=("roman",), label="Фотограф"),
            NeedPlan(of=("portrait-halls",), label="Зал", is_choosable=True),
            NeedPlan(of=("lights",), label="Свет"),
        ),
        prices=(
            PricePlan(amount=9500, duration=60),
            PricePlan(amount=12500, duration=90),
            PricePlan(amount=15500, duration=120),
        ),
        prepayment="deposit_percent",
        deposit=50,
        words={
            "ru": (
                "Портрет с фотографом",
                "Роман Вересов, зал и свет уже в цене.",
                "Час, полтора или два. Двадцать кадров в ретуши за неделю. Можно вдвоём, с ребёнком или с собакой. Половина сразу, половина в студии.",
            ),
            "en": (
                "Portrait with a photographer",
                "Roman Veresov, hall and lights included.",
                "One hour, one and a half or two. Twenty retouched frames within a week. Come as two, with a child or a dog. Half now, half at the studio.",
            ),
            "es": (
                "Retrato con fotógrafo",
                "Román Véresov, sala y luces incluidas.",
                "Una hora, una y media o dos. Veinte fotos retocadas en una semana. Puedes venir en pareja, con un niño o un perro. La mitad ahora, la mitad en el estudio.",
            ),
        },
    ),
    OfferingPlan(
        slug="delovoy-portret",
        category="shoots",
        scene="portrait-business",
        weight=1.0,
        durations=(30,),
        buffer_after=15,
        needs_approval=False,
        lead_minutes=180,
        cancel_free_hours=12,
        needs=(NeedPlan(of=("roman",), label="Фотограф"), NeedPlan(of=("yantar", "sever"), label="Зал")),
        prices=(PricePlan(amount=4500), PricePlan(amount=3900, name="Утро", hours="11:00-13:00", priority=5)),
        prepayment="full",
        words={
            "ru": (
                "Деловой портрет",
                "Полчаса, три кадра для резюме и сайта.",
                "Приходите в том, в чём ходите на встречи. Выбираем кадры сразу на экране, ретушь за два дня.",
            ),
            "en": (
                "Business portrait",
                "Half an hour, three frames for your CV and site.",
                "Wear what you wear to meetings. We choose the frames on the screen at once, retouched in two days.",
            ),
            "es": (
                "Retrato profesional",
                "Media hora, tres fotos para tu currículum y tu sitio.",
                "Ven con lo que usas en reuniones. Elegimos las fotos en pantalla y las entregamos retocadas en dos días.",
            ),
        },
    ),
)
