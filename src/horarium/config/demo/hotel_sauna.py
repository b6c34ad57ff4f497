"""The saunas of Tikhy Zaliv by the hour, and what its shop sells."""

# ruff: noqa: E501

from __future__ import annotations

from typing import Final

from .plan import ExtraPlan, NeedPlan, OfferingPlan, PricePlan, ProductPlan

SAUNA: Final = OfferingPlan(
    slug="banya",
    category="sauna",
    scene="sauna",
    weight=1.0,
    durations=(120, 180, 240),
    grid=60,
    buffer_after=60,
    lead_minutes=180,
    party=(1, 8),
    needs=(
        NeedPlan(of=("smoke-sauna", "pine-sauna"), label="Баня", is_choosable=True),
        NeedPlan(of=("stepan",), label="Парильщик", from_minute=30, until_minute=90, extra="master"),
    ),
    prices=(
        PricePlan(basis="per_hour", amount=2200),
        PricePlan(
            basis="per_hour",
            amount=2900,
            name="Вечер выходного дня",
            weekdays="fri sat",
            hours="17:00-24:00",
            priority=10,
        ),
        PricePlan(amount=3500, extra="master"),
        PricePlan(amount=600, extra="switch"),
    ),
    extras=(
        ExtraPlan(
            key="master",
            share=0.22,
            words={
                "ru": ("Парильщик", "Час со Степаном: веник, травы, купель."),
                "en": ("Sauna master", "An hour with Stepan: switches, herbs, the plunge."),
                "es": ("Maestro de sauna", "Una hora con Stepán: ramas, hierbas y agua fría."),
            },
        ),
        ExtraPlan(
            key="switch",
            share=0.4,
            most=8,
            product="switch",
            words={
                "ru": ("Берёзовый веник", "Запарим к вашему приходу."),
                "en": ("Birch switch", "Steamed by the time you come."),
                "es": ("Ramas de abedul", "Ya en remojo cuando llegue."),
            },
        ),
    ),
    prepayment="deposit_fixed",
    deposit=2000,
    policy="sauna",
    words={
        "ru": (
            "Баня на дровах",
            "От двух часов, на берегу или в соснах.",
            "Топим к вашему приходу, простыни и травяной чай уже внутри. Час после вас на уборку и проветривание. Парильщик приходит на час, с получаса вашей бани.",
        ),
        "en": (
            "Wood-fired sauna",
            "From two hours, on the shore or among the pines.",
            "Heated by the time you come; sheets and herbal tea are inside. After you there is an hour for cleaning. The sauna master comes for an hour, half an hour after you begin.",
        ),
        "es": (
            "Sauna de leña",
            "Desde dos horas, en la orilla o entre pinos.",
            "Caliente a su llegada, con sábanas e infusión dentro. Después de usted hay una hora de limpieza. El maestro viene durante una hora, a partir de la media hora.",
        ),
    },
)

PRODUCTS: Final = (
    ProductPlan(
        key="honey",
        category="shop",
        scene="honey",
        amount=650,
        stock=48,
        weight=3.0,
        words={
            "ru": (
                "Мёд с пасеки за мысом",
                "Разнотравье, 350 г.",
                "Пасека Лаптевых в четырёх километрах от нас. Каждый год мёд немного другой.",
            ),
            "en": (
                "Honey from behind the cape",
                "Wild flowers, 350 g.",
                "From the Laptevs' hives, four kilometres away. It is a little different every year.",
            ),
            "es": (
                "Miel de detrás del cabo",
                "Mil flores, 350 g.",
                "De las colmenas de los Láptev, a cuatro kilómetros. Cada año es un poco distinta.",
            ),
        },
    ),
    ProductPlan(
        key="tea",
        category="shop",
        scene="leaves",
        amount=420,
        stock=63,
        weight=2.6,
        words={
            "ru": (
                "Иван-чай с чабрецом",
                "Ферментированный, 80 г.",
                "Собираем в июле на просеке, сушим на чердаке. Завариваем его же на завтрак.",
            ),
            "en": (
                "Fireweed tea with thyme",
                "Fermented, 80 g.",
                "Picked in July in the clearing, dried in the attic. The one you drink at breakfast.",
            ),
            "es": (
                "Té de adelfilla con tomillo",
                "Fermentado, 80 g.",
                "Recogido en julio en el claro y secado en el desván. El mismo del desayuno.",
            ),
        },
    ),
    ProductPlan(
        key="jam",
        category="shop",
        scene="berries",
        amount=480,
        stock=31,
        weight=1.8,
        words={
            "ru": (
                "Варенье из морошки",
                "Банка 200 г.",
                "Морошки бывает мало, поэтому не больше трёх банок в руки.",
            ),
            "en": (
                "Cloudberry jam",
                "A jar of 200 g.",
                "Cloudberries are few, so three jars a guest at most.",
            ),
            "es": (
                "Mermelada de mora ártica",
                "Tarro de 200 g.",
                "Hay poca mora ártica: tres tarros por persona como máximo.",
            ),
        },
        most=3,
    ),
    ProductPlan(
        key="switch",
        category="shop",
        scene="leaves",
        amount=550,
        stock=120,
        weight=1.2,
        words={
            "ru": (
                "Веник берёзовый",
                "Сушёный, для своей бани.",
                "Вяжем на Троицу, сушим в тени. Пахнет до следующего лета.",
            ),
            "en": (
                "Birch switch",
                "Dried, for your own sauna.",
                "Tied in June and dried in the shade. It smells until the next summer.",
            ),
            "es": (
                "Ramo de abedul",
                "Seco, para su propia sauna.",
                "Atado en junio y secado a la sombra. Huele hasta el verano siguiente.",
            ),
        },
    ),
    ProductPlan(
        key="hat",
        category="shop",
        scene="wool",
        amount=1900,
        stock=9,
        weight=0.6,
        words={
            "ru": (
                "Войлочная шапка",
                "Для бани, валяная вручную.",
                "Валяет Мария из Ляскеля, каждая шапка со своим узором.",
            ),
            "en": (
                "Felt hat",
                "For the sauna, felted by hand.",
                "Made by Maria from Lyaskelya; each hat has its own pattern.",
            ),
            "es": (
                "Gorro de fieltro",
                "Para la sauna, hecho a mano.",
                "Los hace María de Liáskelia; cada gorro tiene su dibujo.",
            ),
        },
    ),
)
