"""What the salon offers: one stylist each, anyone or a chosen one, mostly paid at the salon."""

# ruff: noqa: E501

from __future__ import annotations

from typing import Final

from .plan import NeedPlan, OfferingPlan, PricePlan, Words

CATEGORIES: Final[dict[str, Words]] = {
    "cut": {"en": ("Cut and style",), "ru": ("Стрижка и укладка",), "es": ("Corte y peinado",)},
    "colour": {"en": ("Colour",), "ru": ("Цвет",), "es": ("Color",)},
    "care": {"en": ("Care and occasions",), "ru": ("Уход и события",), "es": ("Cuidado y ocasiones",)},
    "barber": {"en": ("Barber",), "ru": ("Барбершоп",), "es": ("Barbería",)},
}

STYLIST: Final = NeedPlan(of=("stylists",), label="Stylist", is_choosable=True)
CUTTER: Final = NeedPlan(
    of=("tomas", "beatriz", "duarte", "miguel", "ines"), label="Stylist", is_choosable=True
)
COLOURIST: Final = NeedPlan(of=("colourists",), label="Colourist", is_choosable=True)
BARBER: Final = NeedPlan(of=("barbers",), label="Barber", is_choosable=True)

OFFERINGS: Final = (
    OfferingPlan(
        slug="womens-cut",
        category="cut",
        scene="scissors",
        weight=3.0,
        durations=(60,),
        needs=(CUTTER,),
        prices=(PricePlan(amount=48), PricePlan(amount=54, weekdays="sat", name="Saturday", priority=5)),
        words={
            "en": (
                "Women's cut",
                "Consultation, wash, cut and a natural dry.",
                "An hour for a cut that suits how you really wear your hair. Choose your stylist or let us find the first free one.",
            ),
            "ru": (
                "Женская стрижка",
                "Консультация, мытьё, стрижка и естественная сушка.",
                "Час на стрижку, которая подходит тому, как вы носите волосы на самом деле. Выберите стилиста или ближайшее свободное время у любого.",
            ),
            "es": (
                "Corte de mujer",
                "Consulta, lavado, corte y secado natural.",
                "Una hora para un corte que va con cómo llevas el pelo de verdad. Elige estilista o la primera hora libre.",
            ),
        },
    ),
    OfferingPlan(
        slug="mens-cut",
        category="cut",
        scene="comb",
        weight=2.2,
        durations=(45,),
        needs=(CUTTER,),
        prices=(PricePlan(amount=32),),
        words={
            "en": (
                "Men's cut",
                "Scissors or clipper, washed and styled.",
                "Forty-five minutes including a wash. For fades and beards see our barbers in Príncipe Real.",
            ),
            "ru": (
                "Мужская стрижка",
                "Ножницы или машинка, мытьё и укладка.",
                "Сорок пять минут вместе с мытьём. За фейдами и бородой приходите к нашим барберам в Принсипи-Реал.",
            ),
            "es": (
                "Corte de hombre",
                "Tijera o máquina, lavado y peinado.",
                "Cuarenta y cinco minutos con lavado. Para degradados y barba, nuestros barberos en Príncipe Real.",
            ),
        },
    ),
    OfferingPlan(
        slug="kids-cut",
        category="cut",
        scene="bubbles",
        weight=0.8,
        durations=(30,),
        needs=(NeedPlan(of=("duarte", "miguel", "tomas"), label="Stylist", is_choosable=True),),
        prices=(PricePlan(amount=20),),
        lead_minutes=30,
        words={
            "en": (
                "Kids' cut",
                "Up to twelve years, patience included.",
                "Half an hour, a picture book and no tears. Parents may sit beside the chair.",
            ),
            "ru": (
                "Детская стрижка",
                "До двенадцати лет, терпение включено.",
                "Полчаса, книжка с картинками и никаких слёз. Родители могут сидеть рядом.",
            ),
            "es": (
                "Corte infantil",
                "Hasta doce años, con paciencia incluida.",
                "Media hora, un libro con dibujos y nada de lágrimas. Los padres pueden sentarse al lado.",
            ),
        },
    ),
    OfferingPlan(
        slug="blow-dry",
        category="cut",
        scene="wind",
        weight=1.8,
        durations=(45,),
        repeats_up_to=12,
        needs=(STYLIST,),
        prices=(
            PricePlan(amount=28),
            PricePlan(
                amount=24, hours="10:00-13:00", weekdays="mon tue wed", name="Quiet morning", priority=5
            ),
        ),
        words={
            "en": (
                "Wash and blow-dry",
                "Straight, waved or with volume.",
                "Bring a picture or just say how long it should last. Cheaper on quiet mornings from Monday to Wednesday.",
            ),
            "ru": (
                "Мытьё и укладка",
                "Гладко, волнами или с объёмом.",
                "Покажите картинку или просто скажите, сколько она должна продержаться. Утром с понедельника по среду дешевле.",
            ),
            "es": (
                "Lavado y brushing",
                "Liso, con ondas o con volumen.",
                "Trae una foto o dinos cuánto debe durar. Más barato en las mañanas tranquilas de lunes a miércoles.",
            ),
        },
    ),
    OfferingPlan(
        slug="root-colour",
        category="colour",
        scene="strands",
        weight=1.7,
        durations=(90,),
        needs=(COLOURIST,),
        buffer_after=10,
        prices=(PricePlan(amount=62),),
        cancel_free_hours=24,
        words={
            "en": (
                "Root colour",
                "Regrowth up to three centimetres, with gloss.",
                "We keep your formula on file, so the shade stays the same from visit to visit.",
            ),
            "ru": (
                "Окрашивание корней",
                "До трёх сантиметров, с тонированием.",
                "Храним вашу формулу, поэтому оттенок не меняется от визита к визиту.",
            ),
            "es": (
                "Color de raíces",
                "Hasta tres centímetros, con brillo.",
                "Guardamos tu fórmula para que el tono sea el mismo en cada visita.",
            ),
        },
    ),
    OfferingPlan(
        slug="balayage",
        category="colour",
        scene="waves",
        weight=1.3,
        durations=(180,),
        needs=(COLOURIST,),
        buffer_after=15,
        prices=(PricePlan(amount=145),),
        prepayment="deposit_fixed",
        deposit=40,
        lead_minutes=720,
        cancel_free_hours=48,
        words={
            "en": (
                "Balayage",
                "Hand-painted light, toner and blow-dry.",
                "Three hours with a colourist. We ask for a deposit of 40 euros, taken off the price; it comes back in full when you cancel two days ahead.",
            ),
            "ru": (
                "Балаяж",
                "Свет кистью, тонирование и укладка.",
                "Три часа с колористом. Просим депозит 40 евро, он входит в цену и возвращается полностью при отмене за двое суток.",
            ),
            "es": (
                "Balayage",
                "Luz pintada a mano, matiz y brushing.",
                "Tres horas con colorista. Pedimos un abono de 40 euros que se descuenta del precio y se devuelve entero si cancelas con dos días.",
            ),
        },
    ),
    OfferingPlan(
        slug="gloss",
        category="colour",
        scene="gloss",
        weight=1.0,
        durations=(45,),
        needs=(COLOURIST,),
        prices=(PricePlan(amount=36),),
        words={
            "en": (
                "Gloss and toner",
                "Shine and a clean tone between colours.",
                "Forty-five minutes that make a six-week-old colour look new.",
            ),
            "ru": (
                "Тонирование",
                "Блеск и чистый тон между окрашиваниями.",
                "Сорок пять минут, после которых цвет полуторамесячной давности выглядит новым.",
            ),
            "es": (
                "Brillo y matiz",
                "Brillo y tono limpio entre colores.",
                "Cuarenta y cinco minutos que dejan como nuevo un color de seis semanas.",
            ),
        },
    ),
    OfferingPlan(
        slug="keratin",
        category="care",
        scene="silk",
        weight=0.6,
        durations=(150,),
        needs=(NeedPlan(of=("beatriz", "leonor", "miguel"), label="Stylist", is_choosable=True),),
        prices=(PricePlan(amount=120),),
        prepayment="full",
        lead_minutes=720,
        buffer_after=15,
        cancel_free_hours=48,
        words={
            "en": (
                "Keratin smoothing",
                "Less frizz for three to four months.",
                "Formaldehyde-free. Paid when you book; do not wash your hair for two days afterwards.",
            ),
            "ru": (
                "Кератиновое выпрямление",
                "Меньше пушистости на три-четыре месяца.",
                "Без формальдегида. Оплата при записи; после процедуры двое суток не мойте голову.",
            ),
            "es": (
                "Alisado de queratina",
                "Menos frizz por tres o cuatro meses.",
                "Sin formaldehído. Se paga al reservar; no laves el pelo durante dos días.",
            ),
        },
    ),
    OfferingPlan(
        slug="bridal-trial",
        category="care",
        scene="veil",
        weight=0.4,
        durations=(90,),
        needs=(NeedPlan(of=("ines", "beatriz"), label="Stylist", is_choosable=True),),
        prices=(PricePlan(amount=85),),
        needs_approval=True,
        lead_minutes=2880,
        buffer_after=15,
        cancel_free_hours=72,
        words={
            "en": (
                "Bridal trial",
                "We read your request and confirm by hand.",
                "Bring pictures, the veil and the person whose opinion counts. Tell us the date of the wedding in the notes.",
            ),
            "ru": (
                "Свадебная репетиция",
                "Читаем заявку и подтверждаем вручную.",
                "Возьмите фотографии, фату и человека, чьё мнение важно. В заметках укажите дату свадьбы.",
            ),
            "es": (
                "Prueba de novia",
                "Leemos tu solicitud y confirmamos a mano.",
                "Trae fotos, el velo y a la persona cuya opinión cuenta. Dinos en las notas la fecha de la boda.",
            ),
        },
    ),
    OfferingPlan(
        slug="barber-cut",
        category="barber",
        scene="razor",
        location="principe-real",
        weight=2.6,
        durations=(30,),
        needs=(BARBER,),
        lead_minutes=30,
        prices=(PricePlan(amount=22),),
        words={
            "en": (
                "Barber's cut",
                "Fade or classic, hot towel to finish.",
                "Half an hour in Príncipe Real. Walk out sharp; pay at the shop.",
            ),
            "ru": (
                "Стрижка у барбера",
                "Фейд или классика, в конце горячее полотенце.",
                "Полчаса в Принсипи-Реал. Оплата на месте.",
            ),
            "es": (
                "Corte de barbero",
                "Degradado o clásico, toalla caliente al final.",
                "Media hora en Príncipe Real. Se paga en el local.",
            ),
        },
    ),
    OfferingPlan(
        slug="cut-and-beard",
        category="barber",
        scene="pole",
        location="principe-real",
        weight=1.6,
        durations=(50,),
        needs=(BARBER,),
        grid=10,
        prices=(PricePlan(amount=34),),
        words={
            "en": (
                "Cut and beard",
                "The whole ritual, razor included.",
                "Cut, beard shaped with a straight razor, oil and a hot towel. Starts every ten minutes.",
            ),
            "ru": (
                "Стрижка и борода",
                "Полный ритуал, с опасной бритвой.",
                "Стрижка, оформление бороды опасной бритвой, масло и горячее полотенце. Начало каждые десять минут.",
            ),
            "es": (
                "Corte y barba",
                "El ritual completo, con navaja.",
                "Corte, barba perfilada a navaja, aceite y toalla caliente. Comienza cada diez minutos.",
            ),
        },
    ),
)
