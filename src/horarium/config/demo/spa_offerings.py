"""What Bosque Spa offers: a master and a cabin each, two masters and the double cabin for couples."""

# ruff: noqa: E501

from __future__ import annotations

from typing import Final

from .plan import NeedPlan, OfferingPlan, PricePlan, Words

CATEGORIES: Final[dict[str, Words]] = {
    "massage": {"es": ("Masajes",), "en": ("Massage",), "ru": ("Массаж",)},
    "couples": {"es": ("Para dos",), "en": ("For two",), "ru": ("Для двоих",)},
    "care": {"es": ("Rostro y cuerpo",), "en": ("Face and body",), "ru": ("Лицо и тело",)},
}

MASSEUR = NeedPlan(of=("masseurs",), label="Terapeuta", is_choosable=True)
SKIN = NeedPlan(of=("skin",), label="Terapeuta", is_choosable=True)
CABIN = NeedPlan(of=("singles",), label="Cabina")
QUIET = "Mañana tranquila"


def by_length(*amounts: tuple[int, int]) -> tuple[PricePlan, ...]:
    """`(minutes, pesos)`: a price for each length."""
    return tuple(PricePlan(amount=amount, duration=length) for length, amount in amounts)


def quiet_mornings(*amounts: tuple[int, int]) -> tuple[PricePlan, ...]:
    """A lower price on Tuesday and Wednesday before one o'clock."""
    return tuple(
        PricePlan(
            amount=amount, duration=length, name=QUIET, weekdays="tue wed", hours="10:00-13:00", priority=10
        )
        for length, amount in amounts
    )


OFFERINGS: Final = (
    OfferingPlan(
        slug="masaje-relajante",
        category="massage",
        scene="massage",
        weight=3.2,
        durations=(60, 90),
        needs=(MASSEUR, CABIN),
        buffer_after=15,
        prices=by_length((60, 38000), (90, 52000)) + quiet_mornings((60, 32000), (90, 45000)),
        prepayment="deposit_percent",
        deposit=30,
        words={
            "es": (
                "Masaje relajante",
                "Aceite tibio, presión media, nada de prisa.",
                "Cuerpo completo con aceite de lavanda y boldo. Tú eliges la presión y si prefieres música o silencio. Martes y miércoles por la mañana cuesta menos.",
            ),
            "en": (
                "Relaxing massage",
                "Warm oil, medium pressure, no hurry.",
                "Full body with lavender and boldo oil. You choose the pressure, and music or silence. Tuesday and Wednesday mornings cost less.",
            ),
            "ru": (
                "Расслабляющий массаж",
                "Тёплое масло, средний нажим, никакой спешки.",
                "Массаж всего тела с маслом лаванды и больдо. Силу нажима выбираете вы, музыку или тишину тоже. Утром во вторник и среду дешевле.",
            ),
        },
    ),
    OfferingPlan(
        slug="masaje-descontracturante",
        category="massage",
        scene="hands",
        weight=2.6,
        durations=(60, 90),
        buffer_after=15,
        needs=(NeedPlan(of=("camila", "ignacio", "matias"), label="Terapeuta", is_choosable=True), CABIN),
        prices=by_length((60, 42000), (90, 57000)),
        prepayment="deposit_percent",
        deposit=30,
        words={
            "es": (
                "Masaje descontracturante",
                "Profundo, para espaldas que trabajan demasiado.",
                "Trabajo lento sobre cuello, hombros y zona lumbar. Cuéntale al terapeuta dónde duele y desde cuándo. Puede quedar algo de molestia al día siguiente.",
            ),
            "en": (
                "Deep tissue massage",
                "Deep work for backs that do too much.",
                "Slow work on neck, shoulders and lower back. Tell your therapist where it hurts and since when. Some soreness the next day is normal.",
            ),
            "ru": (
                "Глубокий массаж",
                "Для спины, которая слишком много работает.",
                "Медленная работа с шеей, плечами и поясницей. Расскажите мастеру, где болит и как давно. На следующий день мышцы могут немного ныть.",
            ),
        },
    ),
    OfferingPlan(
        slug="piedras-calientes",
        category="massage",
        scene="stones",
        weight=1.4,
        durations=(75,),
        buffer_before=15,
        buffer_after=15,
        needs=(NeedPlan(of=("valentina", "javiera"), label="Terapeuta", is_choosable=True), CABIN),
        prices=(
            PricePlan(amount=54000),
            PricePlan(amount=59000, weekdays="sat sun", name="Fin de semana", priority=5),
        ),
        prepayment="deposit_percent",
        deposit=30,
        words={
            "es": (
                "Piedras calientes",
                "Basalto volcánico de Pucón a 52 grados.",
                "Las piedras descansan sobre la espalda y después hacen el masaje. El calor llega hondo sin presionar. No se recomienda durante el embarazo.",
            ),
            "en": (
                "Hot stones",
                "Volcanic basalt from Pucón at 52 degrees.",
                "The stones rest on your back and then do the massage. Heat goes deep without pressure. Not advised during pregnancy.",
            ),
            "ru": (
                "Горячие камни",
                "Вулканический базальт из Пукона, 52 градуса.",
                "Камни лежат на спине, а потом ими делают массаж. Тепло проникает глубоко без сильного нажима. Не рекомендуется при беременности.",
            ),
        },
    ),
    OfferingPlan(
        slug="reflexologia",
        category="massage",
        scene="leaves",
        weight=1.6,
        durations=(45,),
        buffer_after=15,
        lead_minutes=30,
        cancel_free_hours=4,
        needs=(NeedPlan(of=("javiera", "camila"), label="Terapeuta", is_choosable=True), CABIN),
        prices=(PricePlan(amount=26000),),
        words={
            "es": (
                "Reflexología",
                "Cuarenta y cinco minutos para los pies. Se paga en el spa.",
                "Puntos de presión en pies y manos, sentado o recostado. Sin abono: reserva y paga al llegar.",
            ),
            "en": (
                "Reflexology",
                "Forty-five minutes for your feet. Pay at the spa.",
                "Pressure points of feet and hands, sitting or lying down. No deposit: book now and pay when you come.",
            ),
            "ru": (
                "Рефлексотерапия",
                "Сорок пять минут для стоп. Оплата на месте.",
                "Точечный массаж стоп и кистей, сидя или лёжа. Без предоплаты: запишитесь и платите, когда придёте.",
            ),
        },
    ),
    OfferingPlan(
        slug="masaje-prenatal",
        category="massage",
        scene="moon",
        weight=0.6,
        durations=(60,),
        buffer_after=15,
        needs_approval=True,
        lead_minutes=1440,
        needs=(NeedPlan(of=("isidora",), label="Terapeuta"), CABIN),
        prices=(PricePlan(amount=42000),),
        words={
            "es": (
                "Masaje prenatal",
                "Desde la semana 13, con matrona. Confirmamos nosotros.",
                "De lado, con cojines, sin prisa. Isidora revisa cada solicitud y te escribe antes de confirmar: cuéntanos en las notas en qué semana estás.",
            ),
            "en": (
                "Prenatal massage",
                "From week 13, with a midwife. We confirm each request.",
                "On your side, with cushions, unhurried. Isidora reads every request and writes to you before confirming: tell us in the notes which week you are in.",
            ),
            "ru": (
                "Массаж для беременных",
                "С 13-й недели, с акушеркой. Подтверждаем вручную.",
                "На боку, с подушками, без спешки. Исидора читает каждую заявку и пишет вам перед подтверждением: укажите в заметках срок.",
            ),
        },
    ),
    OfferingPlan(
        slug="masaje-parejas",
        category="couples",
        scene="couple",
        weight=1.7,
        durations=(60, 90),
        buffer_after=20,
        party=(2, 2),
        needs=(
            NeedPlan(of=("masseurs",), label="Terapeutas", quantity=2, is_choosable=True),
            NeedPlan(of=("alerce",), label="Cabina"),
        ),
        prices=by_length((60, 84000), (90, 112000)),
        prepayment="deposit_percent",
        deposit=30,
        words={
            "es": (
                "Masaje en pareja",
                "Dos terapeutas, dos camillas, la cabina Alerce.",
                "Al mismo tiempo y lado a lado, cada uno con la presión que prefiera. Después, diez minutos de infusión frente al jardín.",
            ),
            "en": (
                "Couples' massage",
                "Two therapists, two tables, the Alerce cabin.",
                "At the same time and side by side, each with the pressure you prefer. Then ten minutes with an infusion by the garden.",
            ),
            "ru": (
                "Массаж для двоих",
                "Два мастера, два стола, кабинет «Алерсе».",
                "Одновременно и рядом, каждому свой нажим. После массажа десять минут с травяным чаем у сада.",
            ),
        },
    ),
    OfferingPlan(
        slug="ritual-del-bosque",
        category="couples",
        scene="forest",
        weight=1.2,
        durations=(120,),
        fixed_starts="10:30 13:00 16:00 18:30",
        buffer_after=25,
        party=(1, 2),
        needs=(MASSEUR, NeedPlan(of=("alerce",), label="Cabina")),
        prices=(PricePlan(amount=69000, basis="per_person"),),
        prepayment="full",
        cancel_free_hours=48,
        words={
            "es": (
                "Ritual del Bosque",
                "Tina de alerce, exfoliación y masaje. Dos horas.",
                "Empieza en la tina caliente con hojas de arrayán, sigue con sal del Pacífico y termina en la camilla. Para una o dos personas, en cuatro horarios al día. Se paga al reservar.",
            ),
            "en": (
                "Forest ritual",
                "Larch tub, scrub and massage. Two hours.",
                "It begins in the hot tub with myrtle leaves, goes on with Pacific salt and ends on the table. For one or two people, four times a day. Paid when you book.",
            ),
            "ru": (
                "Ритуал «Лес»",
                "Купель, пилинг и массаж. Два часа.",
                "Начинается в горячей купели с листьями мирта, продолжается солью Тихого океана и заканчивается массажем. Для одного или двоих, четыре начала в день. Оплата при записи.",
            ),
        },
    ),
    OfferingPlan(
        slug="facial-hidratante",
        category="care",
        scene="water",
        weight=2.0,
        durations=(60,),
        buffer_after=10,
        needs=(SKIN, NeedPlan(of=("canelo", "arrayan"), label="Cabina")),
        prices=(PricePlan(amount=36000),),
        prepayment="deposit_percent",
        deposit=30,
        words={
            "es": (
                "Facial hidratante",
                "Limpieza, vapor y mascarilla de maqui.",
                "Para piel seca o cansada. Limpieza suave, vapor, mascarilla de maqui y masaje de rostro y cuello.",
            ),
            "en": (
                "Hydrating facial",
                "Cleansing, steam and a maqui mask.",
                "For dry or tired skin. Gentle cleansing, steam, a maqui mask and a massage of face and neck.",
            ),
            "ru": (
                "Увлажняющий уход за лицом",
                "Очищение, пар и маска с маки.",
                "Для сухой и уставшей кожи. Мягкое очищение, пар, маска с ягодой маки, массаж лица и шеи.",
            ),
        },
    ),
    OfferingPlan(
        slug="exfoliacion-y-envoltura",
        category="care",
        scene="clay",
        weight=1.2,
        durations=(90,),
        buffer_after=20,
        needs=(
            NeedPlan(of=("catalina", "francisca"), label="Terapeuta", is_choosable=True),
            NeedPlan(of=("lenga",), label="Cabina"),
        ),
        prices=(PricePlan(amount=48000),),
        prepayment="deposit_percent",
        deposit=30,
        words={
            "es": (
                "Exfoliación y envoltura",
                "Sal marina y arcilla de Chiloé.",
                "Exfoliación de cuerpo completo, veinte minutos de envoltura tibia y una ducha en la misma cabina.",
            ),
            "en": (
                "Scrub and wrap",
                "Sea salt and clay from Chiloé.",
                "A full body scrub, twenty minutes in a warm wrap and a shower in the same cabin.",
            ),
            "ru": (
                "Пилинг и обёртывание",
                "Морская соль и глина с острова Чилоэ.",
                "Пилинг всего тела, двадцать минут тёплого обёртывания и душ в том же кабинете.",
            ),
        },
    ),
)
