"""What Lanterna Tours offers: scheduled walks and day trips with tickets, a private guide, and a workshop to join."""

# ruff: noqa: E501

from __future__ import annotations

from typing import Final

from .plan import ExtraPlan, NeedPlan, OfferingPlan, PricePlan, SchedulePlan, TicketPlan, Words

CATEGORIES: Final[dict[str, Words]] = {
    "walks": {"en": ("Walks",), "ru": ("Прогулки",), "es": ("Paseos",)},
    "trips": {"en": ("Day trips",), "ru": ("Поездки на день",), "es": ("Excursiones de un día",)},
    "hands": {"en": ("Hands on",), "ru": ("Своими руками",), "es": ("Con las manos",)},
    "shop": {"en": ("Shop",), "ru": ("Лавка",), "es": ("Tienda",)},
}
ADULT: Final[Words] = {"en": ("Adult", ""), "ru": ("Взрослый", ""), "es": ("Adulto", "")}
CHILD: Final[Words] = {
    "en": ("Child", "6 to 14 years"),
    "ru": ("Детский", "От 6 до 14 лет"),
    "es": ("Niño", "De 6 a 14 años"),
}
INFANT: Final[Words] = {
    "en": ("Infant", "Under 6, in arms; takes no place"),
    "ru": ("До 6 лет", "На руках, место не занимает"),
    "es": ("Bebé", "Menos de 6, en brazos; no ocupa plaza"),
}
CHILD_SEAT: Final[Words] = {
    "en": ("Child under 6", "In a child seat"),
    "ru": ("Ребёнок до 6 лет", "В детском кресле"),
    "es": ("Niño menor de 6", "En silla infantil"),
}


def tickets(
    adult: int, child: int, *, infant: int | None = 0, seat: int | None = None
) -> tuple[TicketPlan, ...]:
    """None: not sold for this tour."""
    kinds = [
        TicketPlan(key="adult", words=ADULT, amount=adult, weight=6.0),
        TicketPlan(key="child", words=CHILD, amount=child, most=6, weight=1.2),
    ]
    if seat is not None:
        kinds.append(TicketPlan(key="seat", words=CHILD_SEAT, amount=seat, most=2, weight=0.4))
    elif infant is not None:
        kinds.append(TicketPlan(key="infant", words=INFANT, amount=infant, places=0, most=3, weight=0.4))
    return tuple(kinds)


GUIDE: Final = NeedPlan(of=("guides",), label="Guide")
DRIVER: Final = NeedPlan(of=("drivers",), label="Driver")
BUS: Final = NeedPlan(of=("buses",), label="Minibus")

OFFERINGS: Final = (
    OfferingPlan(
        slug="alfama-walk",
        mode="session",
        category="walks",
        scene="old-town",
        durations=(150,),
        capacity=14,
        party=(1, 14),
        buffer_after=30,
        lead_minutes=30,
        needs=(GUIDE,),
        prices=(),
        tickets=tickets(22, 11),
        prepayment="full",
        schedules=(
            SchedulePlan(
                weekdays="mon tue wed thu fri sat sun",
                starts="10:00",
                duration=150,
                capacity=14,
                min_places=2,
                decide_hours=2,
                full=0.62,
            ),
            SchedulePlan(
                weekdays="thu fri sat sun",
                starts="16:30",
                duration=150,
                capacity=14,
                min_places=2,
                decide_hours=2,
                note="In Spanish",
                resources=("pilar",),
                full=0.42,
            ),
        ),
        words={
            "en": (
                "Alfama on foot",
                "Two and a half hours up and down the oldest quarter.",
                "Stairs, laundry, saints and a glass of ginjinha. We stop at a bakery, a tiny chapel and three viewpoints. Prams are hard work here; carriers are better.",
            ),
            "ru": (
                "Алфама пешком",
                "Два с половиной часа вверх и вниз по старейшему кварталу.",
                "Лестницы, бельё на верёвках, святые и рюмка жинжи. Заходим в пекарню, в крошечную часовню и на три смотровые площадки. С коляской тяжело, лучше слинг.",
            ),
            "es": (
                "Alfama a pie",
                "Dos horas y media subiendo y bajando por el barrio más viejo.",
                "Escaleras, ropa tendida, santos y un vasito de ginjinha. Paramos en una panadería, una capilla diminuta y tres miradores. Con carrito cuesta: mejor portabebés.",
            ),
        },
    ),
    OfferingPlan(
        slug="fado-night",
        mode="session",
        category="walks",
        scene="lamp",
        durations=(180,),
        capacity=10,
        party=(1, 10),
        buffer_after=30,
        lead_minutes=240,
        needs=(GUIDE,),
        prices=(PricePlan(amount=14, basis="per_person", extra="wine"),),
        tickets=(
            TicketPlan(key="adult", words=ADULT, amount=58, most=8, weight=6.0),
            TicketPlan(
                key="youth",
                words={
                    "en": ("Youth", "10 to 17 years"),
                    "ru": ("Подросток", "От 10 до 17 лет"),
                    "es": ("Joven", "De 10 a 17 años"),
                },
                amount=42,
                most=4,
                weight=0.7,
            ),
        ),
        extras=(
            ExtraPlan(
                key="wine",
                share=0.35,
                words={
                    "en": ("Wine with the food", "Three glasses, all Portuguese."),
                    "ru": ("Вино к ужину", "Три бокала, все португальские."),
                    "es": ("Vino con la cena", "Tres copas, todas portuguesas."),
                },
            ),
        ),
        prepayment="full",
        schedules=(
            SchedulePlan(
                weekdays="wed thu fri sat",
                starts="19:00",
                duration=180,
                capacity=10,
                min_places=4,
                decide_hours=8,
                resources=("keiko",),
                full=0.7,
            ),
        ),
        words={
            "en": (
                "Fado and small plates",
                "Three taverns, two singers, no microphones.",
                "We eat standing up, sitting down and finally in silence, because in the last house somebody sings. Food is included; tell us in the notes what you do not eat.",
            ),
            "ru": (
                "Фаду и закуски",
                "Три таверны, два голоса, без микрофонов.",
                "Едим стоя, потом сидя, потом молча: в последнем доме поют. Еда входит в цену; чего вы не едите, напишите в заметках.",
            ),
            "es": (
                "Fado y tapas",
                "Tres tabernas, dos voces y ningún micrófono.",
                "Comemos de pie, luego sentados y al final en silencio, porque en la última casa se canta. La comida está incluida; dinos en las notas qué no comes.",
            ),
        },
    ),
    OfferingPlan(
        slug="sintra-day",
        mode="session",
        category="trips",
        scene="palace",
        durations=(540,),
        capacity=8,
        party=(1, 8),
        buffer_before=15,
        buffer_after=30,
        lead_minutes=720,
        policy="trip",
        needs=(DRIVER, BUS),
        prices=(
            PricePlan(amount=20, basis="per_person", extra="palace"),
            PricePlan(amount=12, extra="pickup"),
        ),
        tickets=tickets(89, 59, seat=25),
        extras=(
            ExtraPlan(
                key="palace",
                share=0.55,
                words={
                    "en": ("Palace ticket", "For each of you, without the queue."),
                    "ru": ("Билет во дворец", "На каждого, без очереди."),
                    "es": ("Entrada al palacio", "Para cada uno, sin cola."),
                },
            ),
            ExtraPlan(
                key="pickup",
                share=0.2,
                words={
                    "en": ("Pick-up at your hotel", "Between 8:00 and 8:20."),
                    "ru": ("Заберём от гостиницы", "С 8:00 до 8:20."),
                    "es": ("Recogida en el hotel", "Entre las 8:00 y las 8:20."),
                },
            ),
        ),
        prepayment="full",
        schedules=(
            SchedulePlan(
                weekdays="mon wed fri sat",
                starts="08:30",
                duration=540,
                capacity=8,
                min_places=4,
                decide_hours=24,
                resources=("artur", "bus-1"),
                full=0.72,
            ),
            SchedulePlan(
                dates=(12, 26),
                starts="08:30",
                duration=540,
                capacity=8,
                min_places=4,
                decide_hours=24,
                resources=("simao", "bus-2"),
                note="Extra date",
                full=0.3,
            ),
        ),
        words={
            "en": (
                "Sintra and the western cape",
                "A day by minibus with a driver who was born there.",
                "The palace before the crowds, lunch in a village, the cliffs of Cabo da Roca, home by the sea. Eight people at most; it runs with four. Palace tickets are extra, because some of you have been.",
            ),
            "ru": (
                "Синтра и мыс Рока",
                "День на микроавтобусе с водителем, который там родился.",
                "Дворец до толпы, обед в деревне, скалы мыса Рока, назад вдоль океана. Не больше восьми человек, едем от четырёх. Билет во дворец отдельно: кто-то там уже был.",
            ),
            "es": (
                "Sintra y el cabo",
                "Un día en minibús con un conductor que nació allí.",
                "El palacio antes que nadie, comida en un pueblo, los acantilados del Cabo da Roca y vuelta por el mar. Ocho personas como máximo; salimos con cuatro. La entrada al palacio va aparte, porque algunos ya lo conocen.",
            ),
        },
    ),
    OfferingPlan(
        slug="arrabida-coast",
        mode="session",
        category="trips",
        scene="cliffs",
        durations=(480,),
        capacity=8,
        party=(1, 8),
        buffer_before=15,
        buffer_after=30,
        lead_minutes=720,
        policy="trip",
        needs=(DRIVER, BUS),
        prices=(PricePlan(amount=15, basis="per_person", extra="tasting"),),
        tickets=tickets(98, 60, seat=25),
        extras=(
            ExtraPlan(
                key="tasting",
                share=0.5,
                words={
                    "en": ("Wine tasting", "Four Moscatels in the old cellar."),
                    "ru": ("Дегустация", "Четыре москателя в старом погребе."),
                    "es": ("Cata de vinos", "Cuatro moscateles en la bodega vieja."),
                },
            ),
        ),
        prepayment="full",
        schedules=(
            SchedulePlan(
                weekdays="tue thu sun",
                starts="09:00",
                duration=480,
                capacity=8,
                min_places=4,
                decide_hours=24,
                resources=("simao", "bus-2"),
                full=0.55,
            ),
        ),
        words={
            "en": (
                "Arrábida coast and cellars",
                "White coves, grilled fish and Moscatel.",
                "We walk an hour above the sea, swim when it is warm and eat what was caught that morning. Bring shoes that hold. Eight people at most; it runs with four.",
            ),
            "ru": (
                "Побережье Аррабиды и погреба",
                "Белые бухты, рыба на углях и москатель.",
                "Час идём над морем, купаемся, когда тепло, едим утренний улов. Обувь нужна надёжная. Не больше восьми человек, едем от четырёх.",
            ),
            "es": (
                "Costa de Arrábida y bodegas",
                "Calas blancas, pescado a la brasa y moscatel.",
                "Caminamos una hora sobre el mar, nos bañamos si hace calor y comemos lo que se pescó esa mañana. Trae calzado que agarre. Ocho personas como máximo; salimos con cuatro.",
            ),
        },
    ),
    OfferingPlan(
        slug="tile-workshop",
        mode="session",
        category="hands",
        scene="tiles",
        durations=(120,),
        grid=60,
        capacity=6,
        is_shared=True,
        party=(1, 6),
        lead_minutes=1440,
        buffer_after=30,
        needs=(NeedPlan(of=("mestre-lino",), label="Painter"), NeedPlan(of=("workshop",), label="Workshop")),
        prices=(),
        tickets=tickets(45, 30, infant=None),
        prepayment="deposit_percent",
        deposit=50,
        words={
            "en": (
                "Paint your own tile",
                "Two hours with Lino. You choose the hour, others may join.",
                "The first of a day chooses when; up to five others can join the same table. You draw, paint and glaze two tiles; we fire them and send them to you.",
            ),
            "ru": (
                "Распишите плитку",
                "Два часа с Лину. Час выбираете вы, другие могут присоединиться.",
                "Кто записался первым, выбирает время; за тот же стол могут сесть ещё пятеро. Рисуете, расписываете и глазуруете две плитки, мы обжигаем и присылаем.",
            ),
            "es": (
                "Pinta tu azulejo",
                "Dos horas con Lino. Eliges la hora y otros pueden unirse.",
                "Quien reserva primero elige la hora; hasta cinco más pueden sentarse a la misma mesa. Dibujas, pintas y esmaltas dos azulejos; los cocemos y te los enviamos.",
            ),
        },
    ),
    OfferingPlan(
        slug="private-guide",
        category="walks",
        scene="map",
        weight=1.0,
        durations=(120, 180, 240),
        grid=30,
        buffer_before=15,
        buffer_after=15,
        party=(1, 6),
        lead_minutes=2880,
        needs=(NeedPlan(of=("madalena", "pilar"), label="Guide", is_choosable=True),),
        prices=(
            PricePlan(amount=150, duration=120),
            PricePlan(amount=210, duration=180),
            PricePlan(amount=270, duration=240),
            PricePlan(amount=250, duration=180, weekdays="sat sun", name="Weekend", priority=10),
        ),
        prepayment="deposit_percent",
        deposit=40,
        policy="trip",
        needs_approval=True,
        words={
            "en": (
                "A guide of your own",
                "Two to four hours, up to six people, your pace.",
                "Tell us in the notes what you like: tiles, food, revolutions, viewpoints for people with bad knees. Madalena or Pilar plans it and confirms.",
            ),
            "ru": (
                "Личный гид",
                "От двух до четырёх часов, до шести человек, в вашем темпе.",
                "Напишите в заметках, что вам интересно: плитка, еда, революции, виды для тех, у кого болят колени. Мадалена или Пилар составит план и подтвердит.",
            ),
            "es": (
                "Tu propio guía",
                "De dos a cuatro horas, hasta seis personas, a tu ritmo.",
                "Cuéntanos en las notas qué te gusta: azulejos, comida, revoluciones, miradores para rodillas cansadas. Madalena o Pilar lo prepara y confirma.",
            ),
        },
    ),
)
