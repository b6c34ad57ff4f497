"""La Marejada: halls, concerts and workshops in the old fish market of Valencia. Spanish, euros."""

# ruff: noqa: E501

from __future__ import annotations

from typing import Final

from .plan import (
    EVERY_DAY,
    Away,
    BusinessPlan,
    LocationPlan,
    MemberPlan,
    PolicyPlan,
    PoolPlan,
    ProductPlan,
    ResourcePlan,
    RulesPlan,
)
from .venue_offerings import CATEGORIES, OFFERINGS

LOCATION = LocationPlan(
    key="lonja",
    name="La Marejada",
    address="Carrer de la Sal 40",
    city="Valencia",
    phone="+34 960 555 018",
    directions=(
        "A cinco minutos del tranvía Grau–La Marina. La puerta grande es para el público; músicos y carga entran por detrás, "
        "por la rampa azul. Hay aparcabicis cubierto."
    ),
    week={EVERY_DAY: "08:00-02:00"},
    holidays={(1, 1): "Año Nuevo", (1, 6): "Reyes", (12, 25): "Navidad"},
)

HALLS: Final = (
    ResourcePlan(
        key="gran",
        kind="hall",
        color="#8c3f4d",
        scene="stage",
        words={
            "es": (
                "Sala Grande",
                "Doscientas personas, escenario",
                "Bóveda de ladrillo, escenario de ocho por cinco y un sonido que no perdona.",
            ),
            "en": (
                "Great Hall",
                "Two hundred people, stage",
                "A brick vault, a stage of eight by five and a sound that hides nothing.",
            ),
            "ru": (
                "Большой зал",
                "Двести человек, сцена",
                "Кирпичный свод, сцена восемь на пять и честный звук.",
            ),
        },
        away=(Away(first=-150, days=5, reason="Obras en el escenario"),),
    ),
    ResourcePlan(
        key="roja",
        kind="hall",
        color="#b5543c",
        scene="hall-red",
        words={
            "es": (
                "Sala Roja",
                "Sesenta personas, suelo de madera",
                "Para talleres, baile y presentaciones. Espejo en una pared, proyector en otra.",
            ),
            "en": (
                "Red Hall",
                "Sixty people, wooden floor",
                "For workshops, dance and presentations. A mirror on one wall, a projector on another.",
            ),
            "ru": (
                "Красный зал",
                "Шестьдесят человек, деревянный пол",
                "Для мастер-классов, танцев и презентаций. Зеркало на одной стене, проектор на другой.",
            ),
        },
    ),
    ResourcePlan(
        key="terraza",
        kind="hall",
        color="#4f8a8b",
        scene="terrace",
        week={EVERY_DAY: "08:00-24:00"},
        words={
            "es": (
                "Terraza",
                "Ochenta personas, frente al mar",
                "Toldo, luces y la dársena delante. Música hasta medianoche.",
            ),
            "en": (
                "Terrace",
                "Eighty people, facing the sea",
                "An awning, lights and the dock in front. Music until midnight.",
            ),
            "ru": (
                "Терраса",
                "Восемьдесят человек, вид на море",
                "Навес, гирлянды и гавань впереди. Музыка до полуночи.",
            ),
        },
    ),
    ResourcePlan(
        key="ensayo",
        kind="hall",
        color="#5b5f7d",
        scene="rehearsal",
        week={EVERY_DAY: "10:00-23:00"},
        words={
            "es": (
                "Local de ensayo",
                "Batería, amplis y voces",
                "Veinticinco metros tratados. Trae tus platos, el resto está.",
            ),
            "en": (
                "Rehearsal room",
                "Drums, amps and vocals",
                "Twenty-five treated square metres. Bring your cymbals, the rest is there.",
            ),
            "ru": (
                "Репетиционная",
                "Барабаны, усилители, вокал",
                "Двадцать пять метров с акустической отделкой. Тарелки свои, остальное есть.",
            ),
        },
    ),
)
CREW: Final = (
    ResourcePlan(
        key="amparo",
        kind="person",
        color="#70557a",
        scene="bun",
        member="amparo@venue.example.com",
        week={EVERY_DAY: "10:00-02:00"},
        words={
            "es": ("Amparo Ferrer", "Técnica de sonido", "Escucha antes de tocar nada. Diez años de giras."),
            "en": (
                "Amparo Ferrer",
                "Sound engineer",
                "Listens before she touches anything. Ten years on tour.",
            ),
            "ru": ("Ампаро Феррер", "Звукорежиссёр", "Сначала слушает, потом трогает. Десять лет гастролей."),
        },
    ),
    ResourcePlan(
        key="quim",
        kind="person",
        color="#3f6f72",
        scene="beard",
        week={EVERY_DAY: "10:00-02:00"},
        words={
            "es": ("Quim Soler", "Técnico de sonido y luces", "Prefiere una buena luz a veinte regulares."),
            "en": (
                "Quim Soler",
                "Sound and light engineer",
                "Would rather have one good light than twenty so-so ones.",
            ),
            "ru": ("Ким Солер", "Звук и свет", "Одна хорошая лампа лучше двадцати посредственных."),
        },
    ),
    ResourcePlan(
        key="noa",
        kind="person",
        color="#b07a2f",
        scene="bob",
        week={"mon tue wed thu fri": "08:00-13:00 17:00-22:00", "sat": "09:00-14:00"},
        words={
            "es": (
                "Noa Beltrán",
                "Talleres y yoga",
                "Enseña percusión por la tarde y a respirar por la mañana.",
            ),
            "en": (
                "Noa Beltrán",
                "Workshops and yoga",
                "Teaches percussion in the evening and breathing in the morning.",
            ),
            "ru": ("Ноа Бельтран", "Мастер-классы и йога", "Вечером учит перкуссии, а утром дышать."),
        },
    ),
    ResourcePlan(
        key="projector",
        kind="equipment",
        color="#6d7681",
        words={
            "es": ("Proyector y pantalla", "10 000 lúmenes", "Con cable de veinte metros y mando."),
            "en": ("Projector and screen", "10,000 lumens", "With twenty metres of cable and a clicker."),
            "ru": ("Проектор с экраном", "10 000 люмен", "С двадцатиметровым кабелем и пультом."),
        },
    ),
    ResourcePlan(
        key="piano",
        kind="equipment",
        color="#3a3633",
        words={
            "es": (
                "Piano de media cola",
                "Afinado cada lunes",
                "Se queda en la Sala Grande o baja a la Roja, pero no sube a la terraza.",
            ),
            "en": (
                "Baby grand piano",
                "Tuned every Monday",
                "Stays in the Great Hall or comes to the Red one, but not onto the terrace.",
            ),
            "ru": (
                "Кабинетный рояль",
                "Настраиваем по понедельникам",
                "Стоит в Большом зале или едет в Красный, но не на террасу.",
            ),
        },
        away=(Away(first=-62, days=4, reason="Restauración"),),
    ),
)

PRODUCTS: Final = (
    ProductPlan(
        key="shirt",
        category="shop",
        scene="shirt",
        amount=18,
        stock=52,
        weight=1.4,
        words={
            "es": (
                "Camiseta Marejada",
                "Algodón, serigrafía de aquí al lado.",
                "Tallas de la S a la XXL; dinos la tuya en las notas y la recoges en la barra.",
            ),
            "en": (
                "Marejada T-shirt",
                "Cotton, printed next door.",
                "Sizes S to XXL; tell us yours in the notes and pick it up at the bar.",
            ),
            "ru": (
                "Футболка «Марехада»",
                "Хлопок, печатают по соседству.",
                "Размеры от S до XXL, напишите свой в заметках и заберите у стойки.",
            ),
        },
    ),
    ProductPlan(
        key="record",
        category="shop",
        scene="record",
        amount=22,
        stock=26,
        weight=1.0,
        words={
            "es": (
                "Vinilo «Jueves en la lonja»",
                "Doce directos, un disco.",
                "Grabado aquí por Amparo, entre octubre y mayo. Edición numerada.",
            ),
            "en": (
                "“Jueves en la lonja” on vinyl",
                "Twelve live takes, one record.",
                "Recorded here by Amparo between October and May. Numbered edition.",
            ),
            "ru": (
                "Пластинка «Jueves en la lonja»",
                "Двенадцать живых записей.",
                "Записала Ампаро с октября по май в этом зале. Нумерованный тираж.",
            ),
        },
        most=4,
    ),
    ProductPlan(
        key="horchata",
        category="shop",
        scene="cup",
        amount=4,
        stock=140,
        weight=2.4,
        words={
            "es": (
                "Horchata y fartons",
                "Se recoge en la barra.",
                "La traen de Alboraia cada mañana. Pídela con la entrada y no haces cola.",
            ),
            "en": (
                "Horchata and fartons",
                "Picked up at the bar.",
                "It comes from Alboraia every morning. Order it with your ticket and skip the queue.",
            ),
            "ru": (
                "Орчата с фартонами",
                "Получить у стойки.",
                "Привозят каждое утро из Альборайи. Закажите вместе с билетом, и без очереди.",
            ),
        },
        most=8,
    ),
)

VENUE = BusinessPlan(
    slug="venue",
    words={
        "es": (
            "La Marejada",
            "Conciertos, talleres y salas en la antigua lonja del puerto",
            (
                "Aquí se subastaba el pescado hasta 1978. Hoy hay cuatro salas: una para doscientas personas, otra para bailar, una "
                "terraza sobre la dársena y un local de ensayo que huele a válvulas.\n\n"
                "Alquila por horas, ven a un concierto o aprende a tocar el cajón. Las entradas llevan número y QR; basta con "
                "enseñarlas en el móvil."
            ),
        ),
        "en": (
            "La Marejada",
            "Concerts, workshops and halls in the old fish market of the port",
            (
                "Fish was auctioned here until 1978. Today there are four rooms: one for two hundred people, one for dancing, a "
                "terrace over the dock and a rehearsal room that smells of valves.\n\n"
                "Rent by the hour, come to a concert or learn to play the cajón. Tickets carry a number and a QR code; showing "
                "them on your phone is enough."
            ),
        ),
        "ru": (
            "La Marejada",
            "Концерты, мастер-классы и залы в старом рыбном рынке порта",
            (
                "До 1978 года здесь шли рыбные аукционы. Теперь здесь четыре зала: один на двести человек, другой для танцев, терраса "
                "над гаванью и репетиционная, где пахнет лампами.\n\n"
                "Снимите зал на час, приходите на концерт или научитесь играть на кахоне. На билетах есть номер и QR-код, достаточно "
                "показать их на телефоне."
            ),
        ),
    },
    type="events",
    currency="EUR",
    country="ES",
    language="es",
    time_zone="Europe/Madrid",
    brand_color="#8c3f4d",
    email="hola@venue.example.com",
    phone="+34 960 555 018",
    website="https://venue.example.com",
    rules=RulesPlan(
        lead_minutes=120, horizon_days=180, hold_minutes=15, cancel_free_hours=48, policy="halls"
    ),
    members=(
        MemberPlan(email="owner@venue.example.com", name="Lluís Aparici", role="owner"),
        MemberPlan(email="taquilla@venue.example.com", name="Irene Gascó", role="operator"),
        MemberPlan(email="amparo@venue.example.com", name="Amparo Ferrer", role="specialist"),
    ),
    locations=(LOCATION,),
    resources=HALLS + CREW,
    pools=(PoolPlan(key="engineers", name="Técnicos", resources=("amparo", "quim")),),
    policies=(
        PolicyPlan(
            key="halls",
            words={"es": ("Salas",), "en": ("Halls",), "ru": ("Залы",)},
            cancellation=((336, 0), (72, 50), (0, 100)),
            rescheduling=((336, 0), (72, 10)),
        ),
        PolicyPlan(
            key="tickets",
            words={"es": ("Entradas",), "en": ("Tickets",), "ru": ("Билеты",)},
            cancellation=((48, 10), (0, 100)),
            rescheduling=((24, 0),),
        ),
        PolicyPlan(
            key="rehearsal",
            words={"es": ("Ensayos",), "en": ("Rehearsals",), "ru": ("Репетиции",)},
            cancellation=((6, 0), (0, 50)),
            rescheduling=((2, 0),),
        ),
    ),
    categories=CATEGORIES,
    offerings=OFFERINGS,
    products=PRODUCTS,
    cover_scene="stage",
)
