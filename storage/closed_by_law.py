"""The weekdays on which Quebec's schools are closed whatever their calendar."""

from datetime import date, timedelta

from holidays import country_holidays

from storage.network import Words

# Days off that are not, or not always, among the library's statutory holidays.
_AROUND_NEW_YEAR = {
    (12, 24): Words(en="Christmas Eve", fr="Veille de Noël"),
    (12, 26): Words(en="Boxing Day", fr="Lendemain de Noël"),
    (12, 31): Words(en="New Year’s Eve", fr="Veille du jour de l’An"),
    (1, 2): Words(en="Day after New Year’s Day", fr="Lendemain du jour de l’An"),
}
_GOOD_FRIDAY = "Good Friday"
_OUR_NAMES = {"Saint Jean Baptiste Day": "Fête nationale"}
_EASTER_MONDAY = Words(en="Easter Monday", fr="Lundi de Pâques")


def closed_by_law(first: date, last: date) -> dict[date, Words]:
    """The weekdays from ``first`` to ``last`` that are holidays, with their names, in order."""
    years = range(first.year, last.year + 1)
    english, french = (
        country_holidays("CA", subdiv="QC", years=years, language=language)
        for language in ("en_CA", "fr")
    )
    days = {
        day: Words(en=_OUR_NAMES.get(name, name), fr=french[day]) for day, name in english.items()
    }
    days |= {
        day + timedelta(days=3): _EASTER_MONDAY
        for day, name in english.items()
        if name == _GOOD_FRIDAY
    }
    for year in years:
        for (month, day), name in _AROUND_NEW_YEAR.items():
            days.setdefault(date(year, month, day), name)
    return {day: days[day] for day in sorted(days) if first <= day <= last and day.weekday() < 5}
