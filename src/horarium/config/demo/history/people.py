"""Guests of the demo: believable names of their cities, addresses of example domains."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final

from horarium.kit.text import slugify_ascii


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


DOMAINS: Final = ("example.com", "example.org", "example.net")

SPANISH_FIRST: Final = _names("""
Sofía Martina Emilia Isabel Constanza Fernanda Daniela Paula Carolina Trinidad Josefa Amanda
Macarena Bárbara Claudia Andrea Marcela Pilar Elena Rocío Diego Vicente Tomás Felipe Joaquín Andrés
Cristóbal Rodrigo Pablo Nicolás Gabriel Esteban Álvaro Hernán Gonzalo Ricardo
""")
SPANISH_LAST: Final = _names("""
González Silva Contreras Sepúlveda Morales Reyes Castillo Espinoza Núñez Vega Carrasco Sandoval
Bravo Riquelme Figueroa Miranda Cortés Salazar Valdés Orellana Peña Cárdenas Alarcón Bustos Leiva
Tapia Poblete Ossa Inostroza Undurraga Manríquez Vidal Urrutia Escobar Lagos
""")
SPAIN_LAST: Final = _names("""
Ferrer Navarro Ortega Molina Ruiz Soler Ibáñez Vicent Pastor Llorens Esteve Gisbert Sanchis Ripoll
Mengual Cardona Femenía Signes Bisquert Bolufer Catalá Fornés Pérez López Romero Serrano Blanco Gil
Marín Crespo Aguado Lozano Benítez Cano Prieto Calvo Vicario Domènech Schäfer Becker Jansen
""")
RUSSIAN_WOMEN: Final = _names("""
Анна Мария Елена Ольга Татьяна Дарья Ксения Полина Алиса Софья Вероника Юлия Наталья Ирина Светлана
Марина Арина Кира Лидия Евгения Надежда Людмила Василиса Таисия
""")
RUSSIAN_MEN: Final = _names("""
Александр Дмитрий Максим Сергей Андрей Алексей Артём Илья Кирилл Михаил Никита Матвей Егор Павел
Константин Глеб Фёдор Денис Антон Григорий Степан Юрий
""")
RUSSIAN_LAST: Final = _names("""
Соколов Лебедев Козлов Новиков Морозов Волков Зайцев Павлов Семёнов Голубев Виноградов Богданов
Воробьёв Фёдоров Беляев Тарасов Белов Комаров Орлов Киселёв Макаров Андреев Ильин Гусев Титов
Кузьмин Баранов Куликов Яковлев Сорокин Романов Калинин Субботин Шубин Дорохов Ланской Верещагин
Белецкий
""")
LISBON_FIRST: Final = _names("""
Ana Maria Beatriz Carolina Mariana Sofia Matilde Francisca Clara Rita Filipa Catarina Joana Helena
Teresa João Pedro Francisco Afonso Gonçalo Diogo Tiago Rodrigo Henrique Vasco Emma Olivia Charlotte
Hannah Grace Lucy Nora Freya Oliver James Harry Leo Arthur Noah Theo Chiara Giulia Marco Luca Léa
Camille Hugo Jules Lena Finn Jonas
""")
LISBON_LAST: Final = _names("""
Silva Santos Ferreira Pereira Oliveira Costa Rodrigues Martins Sousa Fernandes Gomes Lopes Marques
Almeida Ribeiro Pinto Teixeira Moreira Correia Mendes Nunes Soares Vieira Cardoso Rocha Smith Walker
Hughes Turner Bennett Murphy O'Brien Schmidt Weber Rossi Moretti Laurent Moreau Lindqvist
""")

PHONES: Final = {"CL": "+5695555{:04}", "RU": "+7900555{:04}", "PT": "+35191555{:04}", "ES": "+3460055{:04}5"}


@dataclass(frozen=True, slots=True)
class Guest:
    """Who books; `loyalty` is how often they come back."""

    number: int
    name: str
    email: str
    phone: str
    locale: str
    loyalty: float


def guests(count: int, *, country: str, language: str, random: Random) -> list[Guest]:
    """So many different people; most speak the language of the business."""
    numbers = random.sample(range(10_000), count)
    used: dict[str, int] = {}
    result = []
    for number in range(count):
        name = _name(country, random)
        local = slugify_ascii(name).replace("-", ".")
        used[local] = used.get(local, 0) + 1
        email = f"{local}{used[local] if used[local] > 1 else ''}@{random.choice(DOMAINS)}"
        locale = language if random.random() < 0.86 else random.choice(("en", "es", "ru"))
        phone = PHONES[country].format(numbers[number])
        if random.random() < 0.04:
            email = ""
        loyalty = random.paretovariate(1.3)
        result.append(Guest(number, name, email, phone, locale, min(loyalty, 14.0)))
    return result


def _name(country: str, random: Random) -> str:
    if country == "RU":
        last = random.choice(RUSSIAN_LAST)
        if random.random() < 0.66:
            return f"{random.choice(RUSSIAN_WOMEN)} {feminine(last)}"
        return f"{random.choice(RUSSIAN_MEN)} {last}"
    if country == "CL":
        return f"{random.choice(SPANISH_FIRST)} {random.choice(SPANISH_LAST)} {random.choice(SPANISH_LAST)}"
    if country == "ES":
        return f"{random.choice(SPANISH_FIRST)} {random.choice(SPAIN_LAST)} {random.choice(SPAIN_LAST)}"
    return f"{random.choice(LISBON_FIRST)} {random.choice(LISBON_LAST)}"


def feminine(last: str) -> str:
    """A Russian surname as a woman bears it."""
    if last.endswith(("ой", "ий")):
        return last[:-2] + "ая"
    return last + "а"
