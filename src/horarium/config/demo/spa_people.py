"""The masters of Bosque Spa and their hours, with a break at noon."""

# ruff: noqa: E501

from __future__ import annotations

from .plan import Away, ResourcePlan

MORNING = {"mon tue thu fri": "10:00-14:00 15:00-19:00", "sat": "10:00-14:00 14:30-18:00"}
EVENING = {"tue wed thu fri": "12:00-16:00 17:00-21:00", "sat": "11:00-15:00 16:00-20:00"}
WEEKEND = {
    "wed thu fri": "13:00-17:00 17:30-21:00",
    "sat": "10:00-14:00 15:00-21:00",
    "sun": "11:00-14:30 15:00-18:00",
}
HALF = {"mon tue wed thu fri": "10:00-13:30 14:15-16:00"}

MASTERS = (
    ResourcePlan(
        key="camila",
        kind="person",
        scene="long",
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
        scene="beard",
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
        scene="bun",
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
        scene="short",
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
        scene="bob",
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
        scene="bun",
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
        scene="long",
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
        scene="bob",
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
