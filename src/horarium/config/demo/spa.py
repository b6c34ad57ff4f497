"""Bosque Spa: masters and cabins in Santiago. Spanish, Chilean pesos."""

# ruff: noqa: E501

from __future__ import annotations

from .plan import BusinessPlan, LocationPlan, MemberPlan, PoolPlan, ResourcePlan, RulesPlan
from .spa_offerings import CATEGORIES, OFFERINGS
from .spa_people import MASTERS

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
            (
                "Ocho terapeutas, cinco cabinas de madera y un jardín que tapa el ruido de la calle. Trabajamos con aceites "
                "de boldo, lavanda y maqui, sin apuro: entre una visita y otra dejamos siempre un cuarto de hora.\n\n"
                "Llega diez minutos antes, toma una infusión y deja el teléfono en recepción."
            ),
        ),
        "en": (
            "Bosque Spa",
            "Massage and rituals among trees, in the middle of Santiago",
            (
                "Eight therapists, five wooden cabins and a garden that covers the noise of the street. We work with oils of "
                "boldo, lavender and maqui, without hurry: there is always a quarter of an hour between two visits.\n\n"
                "Come ten minutes early, have an infusion and leave your phone at the desk."
            ),
        ),
        "ru": (
            "Bosque Spa",
            "Массаж и ритуалы среди деревьев, в центре Сантьяго",
            (
                "Восемь мастеров, пять деревянных кабинетов и сад, за которым не слышно улицы. Работаем с маслами больдо, "
                "лаванды и маки и никуда не спешим: между визитами всегда есть четверть часа.\n\n"
                "Приходите на десять минут раньше, выпейте травяного чая и оставьте телефон на стойке."
            ),
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
    rules=RulesPlan(lead_minutes=120, horizon_days=60, hold_minutes=15, cancel_free_hours=24),
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
