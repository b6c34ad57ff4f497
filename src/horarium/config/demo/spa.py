"""Bosque Spa: masters and cabins in Santiago. Spanish, Chilean pesos."""

# ruff: noqa: E501

from __future__ import annotations

from .plan import Away, BusinessPlan, LocationPlan, MemberPlan, PoolPlan, ResourcePlan, RulesPlan
from .spa_offerings import CATEGORIES, OFFERINGS

MORNING = {"mon tue thu fri": "10:00-14:00 15:00-19:00", "sat": "10:00-14:00 14:30-18:00"}
EVENING = {"tue wed thu fri": "12:00-16:00 17:00-21:00", "sat": "11:00-15:00 16:00-20:00"}
WEEKEND = {
    "wed thu fri": "13:00-17:00 17:30-21:00",
    "sat": "10:00-14:00 15:00-21:00",
    "sun": "11:00-14:30 15:00-18:00",
}
HALF = {"mon tue wed thu fri": "10:00-13:30 14:15-16:00"}

LOCATION = LocationPlan(
    key="providencia",
    name="Bosque Spa Providencia",
    address="Los Arrayanes 245",
    city="Santiago",
    phone="+56 2 2555 0142",
    directions=(
        "A cuatro minutos a pie del metro Pedro de Valdivia. La entrada es por el jardín: toca el timbre de madera. "
        "Hay dos estacionamientos para visitas."
    ),
    week={"mon tue wed thu fri sat": "10:00-21:00", "sun": "11:00-18:00"},
    holidays={
        (1, 1): "Año Nuevo",
        (5, 1): "Día del Trabajador",
        (9, 18): "Fiestas Patrias",
        (9, 19): "Fiestas Patrias",
        (12, 25): "Navidad",
    },
)

MASTERS = (
    ResourcePlan(
        key="camila",
        kind="person",
        color="#3f7a5b",
        week=MORNING,
        member="camila@spa.example.com",
        words={
            "es": (
                "Camila Rojas",
                "Masoterapeuta",
                "Doce años de oficio. Manos firmes y un ritmo lento: su masaje relajante es el más pedido de la casa.",
            ),
            "en": (
                "Camila Rojas",
                "Massage therapist",
                "Twelve years in the trade. Firm hands and an unhurried pace: her relaxing massage is the most requested of the house.",
            ),
            "ru": (
                "Камила Рохас",
                "Массажист",
                "Двенадцать лет практики. Уверенные руки и неспешный ритм: её расслабляющий массаж просят чаще всего.",
            ),
        },
    ),
    ResourcePlan(
        key="ignacio",
        kind="person",
        color="#56789a",
        week=EVENING,
        words={
            "es": (
                "Ignacio Fuentes",
                "Kinesiólogo y masajista",
                "Trabaja con deportistas y con espaldas de oficina. Encuentra el nudo y no lo suelta.",
            ),
            "en": (
                "Ignacio Fuentes",
                "Physiotherapist and masseur",
                "Works with athletes and with office backs. He finds the knot and does not let it go.",
            ),
            "ru": (
                "Игнасио Фуэнтес",
                "Кинезиолог, массажист",
                "Работает со спортсменами и с офисными спинами. Находит зажим и не отпускает, пока не отпустит он.",
            ),
        },
    ),
    ResourcePlan(
        key="valentina",
        kind="person",
        color="#a7656f",
        week=WEEKEND,
        away=(Away(first=-95, days=14, reason="Vacaciones"), Away(first=24, days=7, reason="Vacaciones")),
        words={
            "es": (
                "Valentina Soto",
                "Terapeuta de piedras calientes",
                "Se formó en Pucón y trajo de allá las piedras volcánicas. Atiende tardes y fines de semana.",
            ),
            "en": (
                "Valentina Soto",
                "Hot stone therapist",
                "Trained in Pucón and brought the volcanic stones from there. Afternoons and weekends.",
            ),
            "ru": (
                "Валентина Сото",
                "Мастер стоун-терапии",
                "Училась в Пуконе и привезла оттуда вулканические камни. Принимает днём и по выходным.",
            ),
        },
    ),
    ResourcePlan(
        key="matias",
        kind="person",
        color="#7a6a4f",
        week=EVENING,
        away=(Away(first=5, hours="15:00-21:00", reason="Curso por la mañana"),),
        words={
            "es": (
                "Matías Herrera",
                "Masajista deportivo",
                "Ex remero. Masaje profundo y estiramientos para volver a moverse sin pensar.",
            ),
            "en": (
                "Matías Herrera",
                "Sports masseur",
                "A former rower. Deep work and stretches, so that you move again without thinking about it.",
            ),
            "ru": (
                "Матиас Эррера",
                "Спортивный массажист",
                "Бывший гребец. Глубокий массаж и растяжка, чтобы снова двигаться не задумываясь.",
            ),
        },
    ),
    ResourcePlan(
        key="javiera",
        kind="person",
        color="#8c6bb1",
        week=MORNING,
        words={
            "es": (
                "Javiera Muñoz",
                "Reflexóloga y masoterapeuta",
                "Pies, manos y respiración. Muchos se duermen a los diez minutos, y está bien.",
            ),
            "en": (
                "Javiera Muñoz",
                "Reflexologist and therapist",
                "Feet, hands and breath. Many fall asleep after ten minutes, and that is fine.",
            ),
            "ru": (
                "Хавьера Муньос",
                "Рефлексолог, массажист",
                "Стопы, кисти и дыхание. Многие засыпают через десять минут, и это нормально.",
            ),
        },
    ),
    ResourcePlan(
        key="francisca",
        kind="person",
        color="#c08552",
        week=MORNING,
        words={
            "es": (
                "Francisca Araya",
                "Cosmetóloga",
                "Pieles sensibles y mucha escucha. Explica cada producto y no vende ninguno a la fuerza.",
            ),
            "en": (
                "Francisca Araya",
                "Skin therapist",
                "Sensitive skin and a good ear. Explains every product and pushes none.",
            ),
            "ru": (
                "Франсиска Арайя",
                "Косметолог",
                "Работает с чувствительной кожей и умеет слушать. Объясняет каждое средство и ничего не навязывает.",
            ),
        },
    ),
    ResourcePlan(
        key="catalina",
        kind="person",
        color="#5b8e8b",
        week=WEEKEND,
        words={
            "es": (
                "Catalina Vergara",
                "Cosmetóloga y terapeuta corporal",
                "Faciales, envolturas y exfoliaciones con hierbas del sur.",
            ),
            "en": (
                "Catalina Vergara",
                "Skin and body therapist",
                "Facials, wraps and scrubs with herbs from the south.",
            ),
            "ru": (
                "Каталина Вергара",
                "Косметолог, уход за телом",
                "Уход за лицом, обёртывания и пилинги с травами чилийского юга.",
            ),
        },
    ),
    ResourcePlan(
        key="isidora",
        kind="person",
        color="#b5838d",
        week=HALF,
        away=(Away(first=-40, days=10, reason="Licencia"),),
        words={
            "es": (
                "Isidora Paz",
                "Matrona y masoterapeuta prenatal",
                "Acompaña embarazos desde hace ocho años. Atiende solo hasta las cuatro de la tarde.",
            ),
            "en": (
                "Isidora Paz",
                "Midwife and prenatal therapist",
                "Has accompanied pregnancies for eight years. Works until four in the afternoon.",
            ),
            "ru": (
                "Исидора Пас",
                "Акушерка, массаж для беременных",
                "Восемь лет сопровождает беременность. Принимает только до четырёх часов дня.",
            ),
        },
    ),
)

CABINS = (
    ResourcePlan(
        key="arrayan",
        kind="room",
        color="#3f7a5b",
        scene="cabin-dusk",
        words={
            "es": (
                "Cabina Arrayán",
                "Individual, con vista al jardín",
                "Madera clara, una camilla térmica y la ventana que da al arrayán.",
            ),
            "en": (
                "Arrayán cabin",
                "Single, garden view",
                "Light wood, a heated table and the window onto the myrtle tree.",
            ),
            "ru": (
                "Кабинет «Арраян»",
                "Одноместный, с видом в сад",
                "Светлое дерево, стол с подогревом и окно на миртовое дерево.",
            ),
        },
    ),
    ResourcePlan(
        key="coihue",
        kind="room",
        color="#4d6b57",
        scene="cabin-night",
        words={
            "es": (
                "Cabina Coihue",
                "Individual, la más silenciosa",
                "Al fondo del pasillo. Muros dobles y luz de vela.",
            ),
            "en": (
                "Coihue cabin",
                "Single, the quietest",
                "At the end of the corridor. Double walls and candlelight.",
            ),
            "ru": (
                "Кабинет «Койуэ»",
                "Одноместный, самый тихий",
                "В конце коридора. Двойные стены и свет свечей.",
            ),
        },
    ),
    ResourcePlan(
        key="lenga",
        kind="room",
        color="#a5673f",
        scene="cabin-amber",
        words={
            "es": (
                "Cabina Lenga",
                "Individual, con ducha propia",
                "Para envolturas y exfoliaciones: la ducha está a dos pasos.",
            ),
            "en": (
                "Lenga cabin",
                "Single, with its own shower",
                "For wraps and scrubs: the shower is two steps away.",
            ),
            "ru": (
                "Кабинет «Ленга»",
                "Одноместный, с душем",
                "Для обёртываний и пилингов: душ в двух шагах.",
            ),
        },
    ),
    ResourcePlan(
        key="canelo",
        kind="room",
        color="#7d9d8c",
        scene="cabin-morning",
        words={
            "es": (
                "Cabina Canelo",
                "Individual, para faciales",
                "Luz de día regulable, vapor y todo lo que la piel necesita.",
            ),
            "en": (
                "Canelo cabin",
                "Single, for facials",
                "Adjustable daylight, steam and all that skin needs.",
            ),
            "ru": (
                "Кабинет «Канело»",
                "Одноместный, для ухода за лицом",
                "Регулируемый дневной свет, пар и всё, что нужно коже.",
            ),
        },
    ),
    ResourcePlan(
        key="alerce",
        kind="room",
        color="#6b4f3a",
        scene="cabin-double",
        words={
            "es": (
                "Cabina Alerce",
                "Doble, con tina de madera",
                "Dos camillas lado a lado y una tina de alerce para después.",
            ),
            "en": (
                "Alerce cabin",
                "Double, with a wooden tub",
                "Two tables side by side and a larch tub for afterwards.",
            ),
            "ru": (
                "Кабинет «Алерсе»",
                "Двухместный, с деревянной купелью",
                "Два стола рядом и купель из алерсе, чтобы побыть в тепле после массажа.",
            ),
        },
    ),
)

SPA = BusinessPlan(
    slug="spa",
    words={
        "es": (
            "Bosque Spa",
            "Masajes y rituales entre árboles, en el centro de Santiago",
            "Ocho terapeutas, cinco cabinas de madera y un jardín que tapa el ruido de la calle. Trabajamos con aceites "
            "de boldo, lavanda y maqui, sin apuro: entre una visita y otra dejamos siempre un cuarto de hora.\n\n"
            "Llega diez minutos antes, toma una infusión y deja el teléfono en recepción.",
        ),
        "en": (
            "Bosque Spa",
            "Massage and rituals among trees, in the middle of Santiago",
            "Eight therapists, five wooden cabins and a garden that covers the noise of the street. We work with oils of "
            "boldo, lavender and maqui, without hurry: there is always a quarter of an hour between two visits.\n\n"
            "Come ten minutes early, have an infusion and leave your phone at the desk.",
        ),
        "ru": (
            "Bosque Spa",
            "Массаж и ритуалы среди деревьев, в центре Сантьяго",
            "Восемь мастеров, пять деревянных кабинетов и сад, за которым не слышно улицы. Работаем с маслами больдо, "
            "лаванды и маки и никуда не спешим: между визитами всегда есть четверть часа.\n\n"
            "Приходите на десять минут раньше, выпейте травяного чая и оставьте телефон на стойке.",
        ),
    },
    type="services",
    currency="CLP",
    country="CL",
    language="es",
    time_zone="America/Santiago",
    brand_color="#3f6f57",
    email="hola@spa.example.com",
    phone="+56 2 2555 0142",
    website="https://spa.example.com",
    rules=RulesPlan(
        lead_minutes=120, horizon_days=60, hold_minutes=15, cancel_free_hours=24, needs_phone=True
    ),
    members=(
        MemberPlan(email="owner@spa.example.com", name="Antonia Larraín", role="owner"),
        MemberPlan(email="recepcion@spa.example.com", name="Benjamín Torres", role="operator"),
        MemberPlan(email="camila@spa.example.com", name="Camila Rojas", role="specialist"),
    ),
    locations=(LOCATION,),
    resources=MASTERS + CABINS,
    pools=(
        PoolPlan(
            key="masseurs",
            name="Masoterapeutas",
            resources=("camila", "ignacio", "valentina", "matias", "javiera"),
        ),
        PoolPlan(key="skin", name="Cosmetólogas", resources=("francisca", "catalina")),
        PoolPlan(
            key="singles", name="Cabinas individuales", resources=("arrayan", "coihue", "lenga", "canelo")
        ),
    ),
    categories=CATEGORIES,
    offerings=OFFERINGS,
    cover_scene="forest",
)
