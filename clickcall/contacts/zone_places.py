"""The time zone of a Russian city or region, by what people write into an address. A table of our own.

Names are folded (lower case, е for ё). Towns of one name in two zones are left out, and so are small ones: their region
tells. Yakutia as a whole counts as Yakutsk, where four of five of its people live.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from ..models.searching import fold

_CITIES = {
    "Europe/Kaliningrad": "калининград черняховск kaliningrad",
    "Europe/Moscow": """
        москва санкт-петербург петербург спб питер мск нижний_новгород казань ростов-на-дону краснодар воронеж ярославль
        рязань набережные_челны пенза липецк тула чебоксары балашиха курск ставрополь сочи тверь иваново
        брянск белгород владимир архангельск калуга смоленск череповец вологда орел саранск владикавказ
        мурманск тамбов грозный кострома новороссийск таганрог сыктывкар нальчик йошкар-ола дзержинск
        шахты нижнекамск великий_новгород псков подольск химки мытищи королев люберцы красногорск электросталь коломна
        одинцово домодедово щелково серпухов раменское долгопрудный пушкино жуковский обнинск армавир майкоп махачкала
        черкесск элиста назрань магас пятигорск кисловодск ессентуки волгодонск новочеркасск батайск рыбинск
        северодвинск петрозаводск выборг гатчина альметьевск зеленодольск арзамас саров муром ковров старый_оскол
        новомосковск каспийск дербент хасавюрт нарьян-мар ухта воркута зеленоград анапа геленджик
        moscow saint_petersburg st_petersburg nizhny_novgorod kazan rostov-on-don krasnodar voronezh yaroslavl ryazan
        tula sochi""",
    "Europe/Simferopol": "симферополь севастополь керчь евпатория ялта феодосия simferopol sevastopol",
    "Europe/Volgograd": "волгоград волжский камышин volgograd",
    "Europe/Astrakhan": "астрахань astrakhan",
    "Europe/Saratov": "саратов энгельс балаково saratov",
    "Europe/Ulyanovsk": "ульяновск димитровград ulyanovsk",
    "Europe/Samara": "самара тольятти сызрань новокуйбышевск ижевск воткинск сарапул глазов samara tolyatti izhevsk",
    "Asia/Yekaterinburg": """
        екатеринбург челябинск уфа пермь тюмень оренбург магнитогорск сургут нижний_тагил курган стерлитамак орск
        нижневартовск каменск-уральский златоуст миасс копейск салават нефтекамск первоуральск новый_уренгой ноябрьск
        ханты-мансийск салехард тобольск нефтеюганск березники соликамск снежинск озерск
        ишим ялуторовск надым когалым нягань yekaterinburg ekaterinburg chelyabinsk ufa perm tyumen orenburg surgut""",
    "Asia/Omsk": "омск omsk",
    "Asia/Tomsk": "томск северск tomsk",
    "Asia/Novosibirsk": "новосибирск бердск искитим novosibirsk",
    "Asia/Novokuznetsk": "кемерово новокузнецк прокопьевск междуреченск ленинск-кузнецкий kemerovo novokuznetsk",
    "Asia/Barnaul": "барнаул бийск рубцовск новоалтайск горно-алтайск barnaul biysk",
    "Asia/Krasnoyarsk": "красноярск норильск ачинск канск абакан кызыл krasnoyarsk norilsk abakan",
    "Asia/Irkutsk": "иркутск братск ангарск усть-илимск улан-удэ irkutsk bratsk angarsk ulan-ude",
    "Asia/Chita": "чита краснокаменск chita",
    "Asia/Yakutsk": "якутск нерюнгри тында yakutsk",
    "Asia/Vladivostok": """
        владивосток хабаровск комсомольск-на-амуре уссурийск находка артем биробиджан vladivostok khabarovsk""",
    "Asia/Sakhalin": "южно-сахалинск yuzhno-sakhalinsk",
    "Asia/Magadan": "магадан magadan",
    "Asia/Kamchatka": "петропавловск-камчатский petropavlovsk-kamchatsky",
    "Asia/Anadyr": "анадырь anadyr",
}
_REGIONS = {
    "Europe/Kaliningrad": "калининградская",
    "Europe/Moscow": """
        москва московская санкт-петербург ленинградская адыгея архангельская ненецкий белгородская брянская владимирская
        вологодская воронежская дагестан ивановская ингушетия кабардино-балкария кабардино-балкарская калмыкия калужская
        карачаево-черкесия карачаево-черкесская карелия коми костромская краснодарский кубань курская липецкая марий_эл
        мордовия мурманская нижегородская новгородская орловская пензенская псковская ростовская рязанская
        северная_осетия северная_осетия-алания смоленская ставропольский тамбовская татарстан
        тверская тульская чечня чеченская чувашия чувашская ярославская""",
    "Europe/Kirov": "кировская",
    "Europe/Simferopol": "крым севастополь",
    "Europe/Volgograd": "волгоградская",
    "Europe/Astrakhan": "астраханская",
    "Europe/Saratov": "саратовская",
    "Europe/Ulyanovsk": "ульяновская",
    "Europe/Samara": "самарская удмуртия удмуртская",
    "Asia/Yekaterinburg": """
        башкортостан башкирия курганская оренбургская пермский пермская свердловская тюменская челябинская
        ханты-мансийский ханты-мансийский-югра хмао хмао-югра югра ямало-ненецкий янао""",
    "Asia/Omsk": "омская",
    "Asia/Tomsk": "томская",
    "Asia/Novosibirsk": "новосибирская",
    "Asia/Novokuznetsk": "кемеровская кемеровская-кузбасс кузбасс",
    "Asia/Barnaul": "алтайский алтай",
    "Asia/Krasnoyarsk": "красноярский хакасия тыва тува",
    "Asia/Irkutsk": "иркутская бурятия",
    "Asia/Chita": "забайкальский читинская",
    "Asia/Yakutsk": "амурская саха якутия саха_якутия",
    "Asia/Vladivostok": "приморский приморье хабаровский еврейская",
    "Asia/Sakhalin": "сахалинская",
    "Asia/Magadan": "магаданская",
    "Asia/Kamchatka": "камчатский камчатка",
    "Asia/Anadyr": "чукотский чукотка",
}
_KINDS = "г|гор|город|city|обл|область|край|кр|респ|республика|ао|автономный округ|автономная область|округ|рф|россия"
_BETWEEN = re.compile(r"[/(),;]|\s[-—–]\s|\sи\s")
_KIND = re.compile(rf"\b({_KINDS})\b\.?")


def _by_name(table: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", " "): zone for zone, names in table.items() for name in names.split()}


CITIES = _by_name(_CITIES)
REGIONS = _by_name(_REGIONS)


def _plain(text: str) -> str:
    """A place without what kind of place it is: "г. Омск" is "омск", "Омская обл." is "омская"."""
    words = _KIND.sub(" ", re.sub(r"[(),;\"«»]", " ", fold(text)))
    return re.sub(r"\s*[-—–]\s*", "-", " ".join(words.split()))


@lru_cache(maxsize=5_000)
def zone_of(city: str, region: str) -> str:
    """The zone of a city, else of the region; empty when neither is known."""
    found = CITIES.get(_plain(city), "") if city else ""
    return found or (REGIONS.get(_plain(region), "") if region else "")


@lru_cache(maxsize=1_000)
def zone_of_region(told: str) -> str:
    """The zone of a region as number plans name it: "Москва и Московская область", "Республика Саха /Якутия/".

    Empty unless every part of the name is known, and all of them are in one zone.
    """
    if whole := REGIONS.get(_plain(told), ""):
        return whole
    parts = [part for part in map(_plain, _BETWEEN.split(told)) if part]
    zones = {REGIONS.get(part) or CITIES.get(part, "") for part in parts}
    return zones.pop() if len(zones) == 1 else ""
