"""Maré: a hair salon in Lisbon with a small barber shop. English, euros."""

# ruff: noqa: E501

from __future__ import annotations

from .plan import Away, BusinessPlan, LocationPlan, MemberPlan, PoolPlan, ResourcePlan, RulesPlan
from .salon_offerings import CATEGORIES, OFFERINGS

HOLIDAYS = {
    (1, 1): "New Year's Day",
    (4, 25): "Freedom Day",
    (6, 13): "St Anthony's Day",
    (12, 8): "Immaculate Conception",
    (12, 25): "Christmas Day",
}

LOCATIONS = (
    LocationPlan(
        key="chiado",
        name="Maré Chiado",
        address="Travessa das Ondas 18",
        city="Lisboa",
        phone="+351 21 555 0163",
        directions="Two minutes from Baixa-Chiado, exit Largo do Chiado. First floor; there is a lift behind the blue door.",
        week={"mon tue wed": "10:00-19:00", "thu fri": "10:00-20:00", "sat": "09:30-18:00"},
        holidays=HOLIDAYS,
    ),
    LocationPlan(
        key="principe-real",
        name="Maré Barbers, Príncipe Real",
        address="Rua do Farol Velho 7",
        city="Lisboa",
        phone="+351 21 555 0164",
        directions="Ground floor, opposite the garden. Tram 24 stops at the door.",
        week={"tue wed thu fri": "10:00-20:00", "sat": "09:00-18:00"},
        holidays=HOLIDAYS,
    ),
)

STYLISTS = (
    ResourcePlan(
        key="ines",
        kind="person",
        scene="bun",
        color="#2f7f93",
        member="ines@salon.example.com",
        week={
            "tue wed": "10:00-14:00 15:00-19:00",
            "thu fri": "11:00-15:00 16:00-20:00",
            "sat": "09:30-14:00",
        },
        words={
            "en": (
                "Inês Carvalho",
                "Art director, colour",
                "Twenty years of colour, from Porto to Berlin and back. Books up first, so look a week ahead.",
            ),
            "ru": (
                "Инеш Карвалью",
                "Арт-директор, колорист",
                "Двадцать лет с цветом, от Порту до Берлина и обратно. К ней записываются раньше всех: смотрите на неделю вперёд.",
            ),
            "es": (
                "Inês Carvalho",
                "Directora de arte, color",
                "Veinte años de color, de Oporto a Berlín y de vuelta. Es la primera en llenarse: mira con una semana.",
            ),
        },
    ),
    ResourcePlan(
        key="tomas",
        kind="person",
        scene="beard",
        color="#b0643f",
        week={
            "mon tue wed": "10:00-14:00 14:45-19:00",
            "fri": "12:00-20:00",
            "sat": "09:30-13:30 14:15-18:00",
        },
        away=(Away(first=16, days=6, reason="Holiday"), Away(first=-120, days=10, reason="Holiday")),
        words={
            "en": (
                "Tomás Nogueira",
                "Stylist, precision cuts",
                "Bobs, fringes and short hair that keeps its shape for two months.",
            ),
            "ru": (
                "Томаш Ногейра",
                "Стилист, точные стрижки",
                "Каре, чёлки и короткие стрижки, которые держат форму два месяца.",
            ),
            "es": (
                "Tomás Nogueira",
                "Estilista, cortes de precisión",
                "Bobs, flequillos y pelo corto que mantiene la forma dos meses.",
            ),
        },
    ),
    ResourcePlan(
        key="beatriz",
        kind="person",
        scene="long",
        color="#8a5a83",
        week={
            "mon wed": "10:00-14:00 15:00-19:00",
            "thu fri": "10:00-14:00 15:00-20:00",
            "sat": "10:00-18:00",
        },
        words={
            "en": (
                "Beatriz Antunes",
                "Stylist, balayage",
                "Soft, sun-made balayage and honest advice about upkeep.",
            ),
            "ru": (
                "Беатриш Антунеш",
                "Стилист, балаяж",
                "Мягкий балаяж, будто от солнца, и честный совет, как за ним ухаживать.",
            ),
            "es": (
                "Beatriz Antunes",
                "Estilista, balayage",
                "Balayage suave, como hecho por el sol, y consejos honestos sobre el cuidado.",
            ),
        },
    ),
    ResourcePlan(
        key="duarte",
        kind="person",
        scene="short",
        color="#4f7a52",
        week={"tue thu": "10:00-15:00", "wed fri": "13:00-19:00", "sat": "09:30-13:30 14:00-18:00"},
        words={
            "en": ("Duarte Leal", "Stylist", "Curls are cut dry, one by one. Asks before he suggests."),
            "ru": (
                "Дуарте Леал",
                "Стилист",
                "Кудри стрижёт по сухим волосам, прядь за прядью. Сначала спрашивает, потом советует.",
            ),
            "es": (
                "Duarte Leal",
                "Estilista",
                "Los rizos se cortan en seco, uno por uno. Pregunta antes de proponer.",
            ),
        },
    ),
    ResourcePlan(
        key="leonor",
        kind="person",
        scene="bob",
        color="#c2733f",
        week={"mon tue": "10:00-13:30 14:30-19:00", "thu": "12:00-20:00", "fri": "10:00-14:00 15:00-20:00"},
        away=(
            Away(first=-30, days=12, reason="Sick leave"),
            Away(first=3, hours="14:00-19:00", reason="Dentist"),
        ),
        words={
            "en": (
                "Leonor Pires",
                "Colourist",
                "Grey blending, glosses and corrections of what happened at home.",
            ),
            "ru": (
                "Леонор Пиреш",
                "Колорист",
                "Камуфляж седины, тонирование и исправление домашних экспериментов.",
            ),
            "es": (
                "Leonor Pires",
                "Colorista",
                "Fusión de canas, brillos y arreglos de lo que pasó en casa.",
            ),
        },
    ),
    ResourcePlan(
        key="miguel",
        kind="person",
        scene="short",
        color="#56698f",
        week={"mon": "10:00-19:00", "wed thu fri": "10:00-14:00 15:00-19:00", "sat": "09:30-16:00"},
        words={
            "en": (
                "Miguel Sá",
                "Junior stylist",
                "Three years in, a steady hand and the gentlest wash in the house.",
            ),
            "ru": (
                "Мигел Са",
                "Младший стилист",
                "Три года в профессии, твёрдая рука и самое бережное мытьё головы в салоне.",
            ),
            "es": (
                "Miguel Sá",
                "Estilista júnior",
                "Tres años de oficio, mano firme y el lavado más suave de la casa.",
            ),
        },
    ),
    ResourcePlan(
        key="rui",
        kind="person",
        scene="beard",
        color="#3d5a5c",
        location="principe-real",
        week={"tue wed thu fri": "10:00-14:00 15:00-20:00", "sat": "09:00-13:00 14:00-18:00"},
        words={
            "en": ("Rui Fonseca", "Barber", "Hot towel, straight razor, few words."),
            "ru": ("Руй Фонсека", "Барбер", "Горячее полотенце, опасная бритва, немногословен."),
            "es": ("Rui Fonseca", "Barbero", "Toalla caliente, navaja y pocas palabras."),
        },
    ),
    ResourcePlan(
        key="andre",
        kind="person",
        scene="beard",
        color="#7b4b3a",
        location="principe-real",
        week={"tue wed": "12:00-20:00", "fri": "10:00-14:00 15:00-20:00", "sat": "09:00-17:00"},
        words={
            "en": ("André Matias", "Barber", "Fades so clean that they look drawn."),
            "ru": ("Андре Матиаш", "Барбер", "Фейды такие чистые, будто нарисованы."),
            "es": ("André Matias", "Barbero", "Degradados tan limpios que parecen dibujados."),
        },
    ),
)

SALON = BusinessPlan(
    slug="salon",
    words={
        "en": (
            "Maré",
            "Cut and colour by the river light of Lisbon",
            (
                "Six stylists in Chiado and two barbers in Príncipe Real. We book enough time for a proper consultation, "
                "we tell the price before the scissors come out, and we never hurry a colour.\n\n"
                "Most visits are paid at the salon. If you are late, call us: we keep your chair for fifteen minutes."
            ),
        ),
        "ru": (
            "Maré",
            "Стрижка и цвет при речном свете Лиссабона",
            (
                "Шесть стилистов в Шиаду и два барбера в Принсипи-Реал. Мы закладываем время на настоящую консультацию, "
                "называем цену до того, как возьмём ножницы, и никогда не торопим цвет.\n\n"
                "Большинство визитов оплачивают в салоне. Если опаздываете, позвоните: кресло ждёт вас пятнадцать минут."
            ),
        ),
        "es": (
            "Maré",
            "Corte y color con la luz del río de Lisboa",
            (
                "Seis estilistas en Chiado y dos barberos en Príncipe Real. Reservamos tiempo para una buena consulta, "
                "decimos el precio antes de sacar las tijeras y nunca apuramos un color.\n\n"
                "La mayoría de las visitas se paga en el salón. Si te atrasas, llámanos: guardamos tu silla quince minutos."
            ),
        ),
    },
    type="services",
    currency="EUR",
    country="PT",
    language="en",
    time_zone="Europe/Lisbon",
    brand_color="#1f6f86",
    email="hello@salon.example.com",
    phone="+351 21 555 0163",
    website="https://salon.example.com",
    rules=RulesPlan(
        lead_minutes=60, horizon_days=90, hold_minutes=10, cancel_free_hours=12, reminder_hours=24
    ),
    members=(
        MemberPlan(email="owner@salon.example.com", name="Marta Vaz", role="owner"),
        MemberPlan(email="desk@salon.example.com", name="Joana Reis", role="operator"),
        MemberPlan(email="ines@salon.example.com", name="Inês Carvalho", role="specialist"),
    ),
    locations=LOCATIONS,
    resources=STYLISTS,
    pools=(
        PoolPlan(
            key="stylists",
            name="Stylists",
            resources=("ines", "tomas", "beatriz", "duarte", "leonor", "miguel"),
        ),
        PoolPlan(key="colourists", name="Colourists", resources=("ines", "beatriz", "leonor")),
        PoolPlan(key="barbers", name="Barbers", resources=("rui", "andre")),
    ),
    categories=CATEGORIES,
    offerings=OFFERINGS,
    cover_scene="salon",
)
