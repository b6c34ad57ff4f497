"""What La Marejada offers: halls by the hour, concerts with numbered tickets, workshops and morning yoga."""

# ruff: noqa: E501

from __future__ import annotations

from typing import Final

from .plan import ExtraPlan, NeedPlan, OfferingPlan, PricePlan, SchedulePlan, TicketPlan, Words

CATEGORIES: Final[dict[str, Words]] = {
    "stage": {"es": ("Conciertos",), "en": ("Concerts",), "ru": ("Концерты",)},
    "learn": {"es": ("Talleres",), "en": ("Workshops",), "ru": ("Мастер-классы",)},
    "halls": {"es": ("Salas por horas",), "en": ("Halls by the hour",), "ru": ("Залы по часам",)},
    "shop": {"es": ("Barra y tienda",), "en": ("Bar and shop",), "ru": ("Бар и лавка",)},
}
GENERAL: Final[Words] = {"es": ("General", ""), "en": ("General", ""), "ru": ("Полный", "")}
REDUCED: Final[Words] = {
    "es": ("Reducida", "Estudiantes, paro y mayores de 65"),
    "en": ("Reduced", "Students, unemployed, over 65"),
    "ru": ("Льготный", "Студенты, безработные, старше 65 лет"),
}
UNDER_12: Final[Words] = {
    "es": ("Menores de 12", "Con una persona adulta"),
    "en": ("Under 12", "With an adult"),
    "ru": ("До 12 лет", "Вместе со взрослым"),
}
ENGINEER: Final = NeedPlan(of=("engineers",), label="Técnico")
SOUND: Final = ExtraPlan(
    key="sound",
    share=0.35,
    words={
        "es": ("Técnico de sonido", "Desde el montaje hasta el final."),
        "en": ("Sound engineer", "From set-up to the end."),
        "ru": ("Звукорежиссёр", "От настройки до конца."),
    },
)
PROJECTOR: Final = ExtraPlan(
    key="projector",
    share=0.3,
    words={
        "es": ("Proyector y pantalla", "Instalados y probados."),
        "en": ("Projector and screen", "Set up and tested."),
        "ru": ("Проектор с экраном", "Установим и проверим."),
    },
)
PIANO: Final = ExtraPlan(
    key="piano",
    share=0.15,
    words={
        "es": ("Piano de media cola", "Afinado."),
        "en": ("Baby grand piano", "In tune."),
        "ru": ("Кабинетный рояль", "Настроен."),
    },
)
COFFEE: Final = ExtraPlan(
    key="coffee",
    share=0.25,
    words={
        "es": ("Café y fruta", "Para cada persona, todo el rato."),
        "en": ("Coffee and fruit", "For everybody, all the time."),
        "ru": ("Кофе и фрукты", "На каждого, без ограничений."),
    },
)
OF_SOUND: Final = NeedPlan(of=("engineers",), label="Técnico", extra="sound")
OF_PROJECTOR: Final = NeedPlan(of=("projector",), label="Proyector", extra="projector")
OF_PIANO: Final = NeedPlan(of=("piano",), label="Piano", extra="piano")
WEEKEND: Final = "Fin de semana"
EXTRA_PRICES: Final = (
    PricePlan(amount=28, basis="per_hour", extra="sound"),
    PricePlan(amount=45, extra="projector"),
    PricePlan(amount=90, extra="piano"),
    PricePlan(amount=6, basis="per_person", extra="coffee"),
)


def extra_prices(*keys: str) -> tuple[PricePlan, ...]:
    return tuple(one for one in EXTRA_PRICES if one.extra in keys)


OFFERINGS: Final = (
    OfferingPlan(
        slug="jueves-en-la-lonja",
        mode="session",
        category="stage",
        scene="stage",
        durations=(120,),
        capacity=180,
        party=(1, 10),
        buffer_before=180,
        buffer_after=60,
        lead_minutes=15,
        policy="tickets",
        needs=(NeedPlan(of=("gran",), label="Sala"), ENGINEER),
        prices=(),
        tickets=(
            TicketPlan(key="general", words=GENERAL, amount=16, weight=5.0),
            TicketPlan(key="reduced", words=REDUCED, amount=11, most=4, weight=1.6),
            TicketPlan(key="child", words=UNDER_12, amount=5, most=4, weight=0.3),
        ),
        prepayment="full",
        schedules=(SchedulePlan(weekdays="thu", starts="21:00", duration=120, capacity=180, full=0.62),),
        words={
            "es": (
                "Jueves en la lonja",
                "Jazz en la Sala Grande, cada semana otro grupo.",
                "Puertas a las 20:15, música a las 21:00. Entrada numerada: tu número es tu orden de llegada, no tu silla. Los menores de 12 vienen con alguien mayor.",
            ),
            "en": (
                "Thursdays at the market",
                "Jazz in the Great Hall, another band every week.",
                "Doors at 20:15, music at 21:00. Tickets are numbered: the number is your place in the queue, not your chair. Under twelves come with somebody older.",
            ),
            "ru": (
                "Четверги на рынке",
                "Джаз в Большом зале, каждую неделю новый состав.",
                "Двери в 20:15, музыка в 21:00. Билет с номером: это место в очереди, а не стул. Дети до 12 лет со взрослыми.",
            ),
        },
    ),
    OfferingPlan(
        slug="tablao",
        mode="session",
        category="stage",
        scene="flamenco",
        durations=(90,),
        capacity=60,
        party=(1, 8),
        buffer_before=90,
        buffer_after=30,
        lead_minutes=30,
        policy="tickets",
        needs=(NeedPlan(of=("roja",), label="Sala"), ENGINEER),
        prices=(),
        tickets=(
            TicketPlan(key="general", words=GENERAL, amount=24, most=8, weight=5.0),
            TicketPlan(key="reduced", words=REDUCED, amount=17, most=4, weight=0.8),
        ),
        prepayment="full",
        schedules=(
            SchedulePlan(
                weekdays="sat",
                starts="20:30",
                duration=90,
                capacity=60,
                min_places=12,
                decide_hours=24,
                full=0.66,
            ),
            SchedulePlan(
                dates=(22, 36), starts="20:30", duration=90, capacity=60, note="Función extra", full=0.3
            ),
        ),
        words={
            "es": (
                "Tablao de los sábados",
                "Baile, cante y guitarra a dos metros.",
                "Sesenta sillas alrededor de una tarima. Sin micrófonos ni cena: hora y media de flamenco y luego la barra.",
            ),
            "en": (
                "Saturday tablao",
                "Dance, song and guitar, two metres away.",
                "Sixty chairs around a wooden floor. No microphones and no dinner: an hour and a half of flamenco, and then the bar.",
            ),
            "ru": (
                "Субботний таблао",
                "Танец, пение и гитара в двух метрах.",
                "Шестьдесят стульев вокруг помоста. Без микрофонов и ужина: полтора часа фламенко, потом бар.",
            ),
        },
    ),
    OfferingPlan(
        slug="taller-de-percusion",
        mode="session",
        category="learn",
        scene="drums",
        durations=(120,),
        capacity=16,
        party=(1, 4),
        buffer_after=15,
        lead_minutes=60,
        policy="tickets",
        needs=(NeedPlan(of=("roja",), label="Sala"), NeedPlan(of=("noa",), label="Docente")),
        prices=(PricePlan(amount=5, basis="per_person", extra="cajon"),),
        tickets=(
            TicketPlan(key="general", words=GENERAL, amount=20, most=4, weight=4.0),
            TicketPlan(key="reduced", words=REDUCED, amount=14, most=4, weight=1.4),
        ),
        extras=(
            ExtraPlan(
                key="cajon",
                share=0.45,
                words={
                    "es": ("Cajón prestado", "Para quien no trae el suyo."),
                    "en": ("Cajón to borrow", "For those who bring none."),
                    "ru": ("Кахон напрокат", "Если нет своего."),
                },
            ),
        ),
        prepayment="full",
        schedules=(
            SchedulePlan(
                weekdays="wed",
                starts="19:00",
                duration=120,
                capacity=16,
                min_places=5,
                decide_hours=12,
                resources=("noa",),
                full=0.58,
            ),
        ),
        words={
            "es": (
                "Taller de percusión",
                "Cajón y palmas, sin saber nada.",
                "Dos horas con Noa para entender el compás de doce. Con menos de cinco personas no se hace: te avisamos la víspera y te devolvemos todo.",
            ),
            "en": (
                "Percussion workshop",
                "Cajón and palmas, from nothing.",
                "Two hours with Noa to understand the twelve beats. With fewer than five people it does not run: we tell you the evening before and give everything back.",
            ),
            "ru": (
                "Мастер-класс перкуссии",
                "Кахон и пальмас с нуля.",
                "Два часа с Ноа, чтобы понять двенадцатидольный ритм. Если записалось меньше пяти, не проводим: сообщим накануне и вернём всё.",
            ),
        },
    ),
    OfferingPlan(
        slug="yoga-en-la-terraza",
        mode="session",
        category="learn",
        scene="terrace",
        durations=(75,),
        capacity=20,
        party=(1, 3),
        lead_minutes=15,
        cancel_free_hours=6,
        needs=(NeedPlan(of=("terraza", "roja"), label="Sala"), NeedPlan(of=("noa",), label="Docente")),
        prices=(),
        tickets=(TicketPlan(key="general", words=GENERAL, amount=9, most=3, weight=1.0),),
        schedules=(
            SchedulePlan(
                weekdays="tue fri", starts="08:30", duration=75, capacity=20, resources=("terraza",), full=0.5
            ),
        ),
        words={
            "es": (
                "Yoga en la terraza",
                "Martes y viernes a las ocho y media.",
                "Setenta y cinco minutos mirando la dársena. Si llueve, en la Sala Roja. Se paga al llegar; las esterillas las ponemos nosotros.",
            ),
            "en": (
                "Yoga on the terrace",
                "Tuesdays and Fridays at half past eight.",
                "Seventy-five minutes facing the dock. When it rains, in the Red Hall. Pay when you come; we have the mats.",
            ),
            "ru": (
                "Йога на террасе",
                "По вторникам и пятницам в половине девятого.",
                "Семьдесят пять минут с видом на гавань. В дождь в Красном зале. Оплата на месте, коврики наши.",
            ),
        },
    ),
    OfferingPlan(
        slug="sala-grande",
        category="halls",
        scene="stage",
        weight=1.0,
        durations=(180, 240, 360, 480, 600),
        grid=60,
        buffer_before=30,
        buffer_after=60,
        party=(1, 200),
        lead_minutes=10080,
        needs=(NeedPlan(of=("gran",), label="Sala"), OF_SOUND, OF_PIANO, OF_PROJECTOR),
        prices=(
            PricePlan(amount=140, basis="per_hour"),
            PricePlan(
                amount=190,
                basis="per_hour",
                name=WEEKEND,
                weekdays="fri sat",
                hours="17:00-24:00",
                priority=10,
            ),
            *extra_prices("sound", "piano", "projector", "coffee"),
        ),
        extras=(SOUND, PIANO, PROJECTOR, COFFEE),
        prepayment="deposit_percent",
        deposit=30,
        needs_approval=True,
        words={
            "es": (
                "Sala Grande",
                "Bodas, congresos y conciertos propios, hasta 200 personas.",
                "Desde tres horas. Incluye escenario, luces fijas, camerino y una persona de la casa. Confirmamos cada solicitud en un día: cuéntanos en las notas qué celebras.",
            ),
            "en": (
                "Great Hall",
                "Weddings, congresses and concerts of your own, up to 200 people.",
                "From three hours. With stage, fixed lights, dressing room and one of us. We confirm every request within a day: tell us in the notes what it is for.",
            ),
            "ru": (
                "Большой зал",
                "Свадьбы, конференции и свои концерты, до 200 человек.",
                "От трёх часов. Сцена, постоянный свет, гримёрная и наш сотрудник включены. Подтверждаем каждую заявку за день: напишите в заметках, что празднуете.",
            ),
        },
    ),
    OfferingPlan(
        slug="sala-roja",
        category="halls",
        scene="hall-red",
        weight=2.0,
        durations=(60, 90, 120, 180, 240, 480),
        grid=30,
        buffer_after=15,
        party=(1, 60),
        lead_minutes=240,
        needs=(NeedPlan(of=("roja",), label="Sala"), OF_SOUND, OF_PROJECTOR),
        prices=(
            PricePlan(amount=45, basis="per_hour"),
            PricePlan(amount=60, basis="per_hour", name=WEEKEND, weekdays="sat sun", priority=10),
            *extra_prices("sound", "projector", "coffee"),
        ),
        extras=(SOUND, PROJECTOR, COFFEE),
        prepayment="deposit_percent",
        deposit=50,
        words={
            "es": (
                "Sala Roja",
                "Baile, clases y presentaciones, por horas.",
                "Noventa metros con suelo de madera, espejo y equipo de música. Las sillas se apilan solas, o casi: quince minutos para recoger van de nuestra parte.",
            ),
            "en": (
                "Red Hall",
                "Dance, classes and presentations, by the hour.",
                "Ninety square metres with a wooden floor, a mirror and a sound system. The chairs stack themselves, nearly: fifteen minutes for tidying are on us.",
            ),
            "ru": (
                "Красный зал",
                "Танцы, занятия и презентации, по часам.",
                "Девяносто метров, деревянный пол, зеркало и колонки. Стулья складываются почти сами: пятнадцать минут на уборку дарим.",
            ),
        },
    ),
    OfferingPlan(
        slug="ensayo",
        category="halls",
        scene="rehearsal",
        weight=5.0,
        durations=(60, 120, 180, 240),
        grid=60,
        party=(1, 8),
        lead_minutes=30,
        policy="rehearsal",
        needs=(NeedPlan(of=("ensayo",), label="Local"),),
        prices=(
            PricePlan(amount=14, basis="per_hour"),
            PricePlan(
                amount=10,
                basis="per_hour",
                name="Mañana",
                weekdays="mon tue wed thu fri",
                hours="10:00-15:00",
                priority=10,
            ),
        ),
        words={
            "es": (
                "Local de ensayo",
                "Por horas, con batería y amplis. Se paga al llegar.",
                "Cinco voces, dos amplis de guitarra, uno de bajo y una batería que hemos aprendido a querer. Por la mañana cuesta menos.",
            ),
            "en": (
                "Rehearsal room",
                "By the hour, with drums and amps. Pay when you come.",
                "Five microphones, two guitar amps, one for bass and a drum kit that we have learned to love. Mornings cost less.",
            ),
            "ru": (
                "Репетиционная",
                "По часам, с барабанами и усилителями. Оплата на месте.",
                "Пять микрофонов, два гитарных усилителя, один басовый и барабаны, которые мы успели полюбить. Утром дешевле.",
            ),
        },
    ),
)
