"""The words of a line of chat in both languages: what each is called in the grammar's rules.

Accents and capitals don't matter, nor whether a phrase's words are joined by spaces, hyphens or
apostrophes. A word that is not here, nor in the network's names, is "word", "name" or "acronym".
"""

WORDS = {
    # Amounts of time
    "7 hour": "sept h, sept heures",
    "hour": "h, hr, hrs, hour, hours, heure, heures, hre, hres",
    "minute": "m, min, mins, minute, minutes, mn, mns",
    "½": "½, half, one half, demi, demie, demies",
    "¼": "¼, quarter, quarters, quart, quarts",
    "¾": "¾, three quarters, three quarter, trois quarts, trois quart",
    "day": "day, days, jour, jours, journee, journees",
    "2 week": "fortnight",
    "week": "week, weeks, wk, wks, semaine, semaines",
    "month": "month, months, mois, mondays, tuesdays, wednesdays, thursdays, fridays, lundis, "
    "mardis, mercredis, jeudis, vendredis",
    "year": "year, ans, annee",
    "times": "x, times, fois, each, chacun, chacune, chaque",
    "whole": "all, whole, entire, full, tout, toute, tous, toutes, entiere, good, solid, short, "
    "bonne, petite, grosse",
    # Times of day
    "noon": "noon, midi",
    "midnight": "midnight, minuit",
    "am": "am, a m",
    "pm": "pm, p m",
    "morning": "morning, matin, matinee, afternoon, aft, aprem, apres midi, evening, soir, "
    "soiree, night, nite, nuit, avant midi, o clock",
    # Days
    "today": "today, aujourd hui, tonight",
    "yesterday": "yesterday, hier, yest, yday",
    "day-before": "day before yesterday, avant hier",
    "tomorrow": "tomorrow, demain, tmrw",
    "day-after": "day after tomorrow, the day after tomorrow, apres demain",
    "last": "last, past, dernier, derniere, derniers, dernieres, passe, passee, precedent, "
    "precedente, previous",
    "this": "this, ce, cet, cette, earlier this",
    "next": "next, prochain, prochaine, coming, upcoming",
    "ago": "ago",
    "il-y-a": "il y a, y a, ya, ca fait, voila",
    "lately": "the other day, other day, l autre jour, recently, lately, recemment, la veille, "
    "dernierement, l avant veille, weekend, week end, fin de semaine",
    ":": ":",
    # Marks (others are ",") and small words
    "(": "(, [",
    ")": "), ]",
    "a": "a, an, un, une",
    "the": "the, la, l",
    "le": "le",
    "several": "les, few, several, quelques, plusieurs",
    "of": "d, de, of",
    "of le": "du",
    "of several": "des",
    "to le": "au, aux",
    "and": "and, et, &",
    "plus": "plus, +",
    "minus": "moins",
    "from": "from, between, entre, since, depuis",
    "to": "to, till, until, jusqu à, jusqu a, jusqu au, jusqu",
    "at": "at, @, vers, à partir de",
    "à": "à",
    "in": "in, en, dans",
    "on": "on",
    "for": "for, pour",
    "before": "by, before, due, avant, d ici, deadline, echeance",
    "small": "chez, sur, i, we, je, j, nous, ai, had, did, worked, travaille, spent, log, noter, "
    "it, took, was, were, pendant, durant, during, environ, around, approx, approximately, "
    "earlier, just, my, ma, our, notre, nos, incl, including, dont, new, nouveau, nouvel, "
    "nouvelle, nouvelles, quick, petit, rapide, their, his, her, son, sa, par, also, aussi, then, "
    "puis, s, starting",
    # What was done
    "about": "r, re, about, regarding, concerning, concernant, objet, subject, sujet, topic, "
    "au sujet de, au sujet du, au sujet des, a propos, a propos de, obj, objective, objectif",
    "with": "with, w, w /, avec, met, met with, saw, called, phoned, call, calls, appel, appels, "
    "appele, rencontree, helped, helping, supporting, supported, visited, emailed, texted, "
    "soutenir, soutenu, aider, aide",
    "meeting": "meeting, meetings, session, sessions, visits, visites, mtg, phone, tel, "
    "telephone, visit, visite, rencontre, rencontres, reunion, zoom, teams, team, equipe, email, "
    "courriel, texto",
    "accompaniment": "accompaniment, accompagnement, accompagne, accompagnee, accompagner, "
    "accompanied, accompanying, coaching, coached",
    "support": "support, soutien, appui",
    "table": "table, tables, table de concertation, roundtable, concertation, partnership, "
    "partenariat, organisme, organismes, org, organization, organisation, organizations, "
    "organisations",
    "request": "on request, upon request, requested, as requested, by request, request from, "
    "request by, at the request, at their request, at her request, at his request, s request, "
    "à la demande, à sa demande, à leur demande, a la demande, a sa demande, a leur demande, "
    "sur demande, suite à une demande, suite a une demande, demande de la, demande de l, "
    "demande du, demande d accompagnement",
    # Names
    "title": "mr, mrs, ms, miss, mme, mmes, dr, dre",
    "school": "school, place, academy, high, elementary, ecole, centre, center, college, clc, "
    "csc, cegep, primaire, secondary, secondaire, junior, senior, institute, university, "
    "universite",
    "club": "club, maison, carrefour, foundation, fondation, association, society, societe, "
    "council, conseil",
    # Nouns that a number counts; that have a number of their own; that are no one's name
    "people": "people, personnes, participants, kids, enfants, jeunes, familles, families, years, "
    "yrs, old, annees, ecoles, schools, km, pages, items, slides, members, membres, percent, "
    "dollars",
    "label": "grade, grades, gr, room, local, salle, sec, phase, volet, step, etape, part, "
    "partie, level, niveau, cycle, cohort, cohorte, version, strand, section, article, measure, "
    "mesure, no, module, chapter, chapitre",
    "word": "#, $, €, %, action, plan, transition, journal, journals, budget, onboarding, "
    "training, formation, atelier, workshop, projet, project, prep, planning, follow, suivi, "
    "bilan, rapport, report, review, webinar, orientation, grant, one on one",
}

# Weekdays and months; "maybe-": a day only where one can stand ("sat with a CDA", "mon ADC")
CALENDAR = {
    "mon": "monday, lundi, lun", "tue": "tuesday, tue, tues, mardi",
    "wed": "wednesday, wed, weds, mercredi", "thu": "thursday, thu, thur, thurs, jeudi",
    "fri": "friday, fri, vendredi, ven", "sat": "saturday, samedi", "sun": "sunday, dimanche, dim",
    "maybe-mon": "mon", "maybe-tue": "mar", "maybe-wed": "mer", "maybe-thu": "jeu",
    "maybe-sat": "sat, sam", "maybe-sun": "sun", "jan": "january, janvier, jan, janv",
    "feb": "february, fevrier, feb, fev, fevr", "mar": "march, mars",
    "apr": "april, avril, apr, avr", "may": "may, mai", "jun": "june, juin, jun",
    "jul": "july, juillet, jul, juil", "aug": "august, aout, aug",
    "sep": "september, septembre, sep, sept", "oct": "october, octobre, oct",
    "nov": "november, novembre, nov", "dec": "december, decembre, dec",
}  # fmt: skip
ACCENTED = {
    "à": "à",
    "dès": "from",
    "rencontré": "met",
    "aidé": "helped",
    "visité": "visited",
    "ï": "i",
}

# Numbers as words; the others are said in digits
NUMBERS = {
    "1th": "first, premier", 1: "one",
    2: "two, deux, couple, couple of, a couple, a couple of, couple d, couple de",
    3: "three, trois", 4: "four, quatre", 5: "five, cinq", 6: "six", 7: "seven", 8: "eight, huit",
    9: "nine, neuf", 10: "ten, dix, dizaine de", 11: "eleven, onze", 12: "twelve, douze",
    13: "thirteen, treize", 14: "fourteen, quatorze", 15: "fifteen, quinze, quinzaine de",
    16: "sixteen, seize", 17: "seventeen, dix sept", 18: "eighteen, dix huit",
    19: "nineteen, dix neuf", 20: "twenty, vingt, vingtaine de", 25: "twenty five, vingt cinq",
    30: "thirty, trente, trentaine de", 35: "thirty five, trente cinq", 40: "forty, quarante",
    45: "forty five, quarante cinq", 50: "fifty, cinquante", 55: "fifty five, cinquante cinq",
    60: "sixty, soixante", 70: "seventy, soixante dix", 75: "seventy five, soixante quinze",
    80: "eighty, quatre vingt, quatre vingts", 90: "ninety, quatre vingt dix", 120: "cent vingt",
}  # fmt: skip
