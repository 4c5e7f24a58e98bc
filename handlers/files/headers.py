"""What the columns about people are called, in both languages, by whoever made the file."""

import re
from enum import StrEnum

from storage.words import fold


class Field(StrEnum):
    """What a column about people holds. ``FAMILY`` is a last name, ``GIVEN`` a first one."""

    NAME = "name"
    GIVEN = "given"
    FAMILY = "family"
    EMAIL = "email"
    ROLE = "role"
    BOARD = "board"
    CENTRE = "centre"
    STARTS = "starts"
    ENDS = "ends"
    LANGUAGE = "language"


_CALLED = {
    Field.NAME: "name, full name, your name, your full name, person, employee, display name, "
    "employee name, first and last name, last name first name, first name last name, nom, "
    "nom complet, votre nom, votre nom complet, personne, employe, nom et prenom, "
    "prenom et nom, nom prenom, prenom nom, nom affiche, votre prenom et nom, "
    "votre nom et prenom",
    Field.GIVEN: "first name, firstname, given name, your first name, prenom, prenoms, "
    "votre prenom",
    Field.FAMILY: "last name, lastname, surname, family name, your last name, nom de famille, "
    "votre nom de famille",
    Field.EMAIL: "email, e mail, mail, email address, e mail address, emailaddress, work email, "
    "your email, your email address, courriel, adresse courriel, adresse de courriel, "
    "adresse electronique, adresse e mail, adresse email, adresse mail, adresse de messagerie, "
    "courrier electronique, courriel professionnel, votre courriel, votre adresse courriel, "
    "votre adresse e mail, username, nom d utilisateur",
    Field.ROLE: "role, roles, title, job title, job, position, function, fonction, titre, poste, "
    "titre d emploi, titre du poste, emploi",
    Field.BOARD: "board, school board, sb, body, organization, organisation, org, organisme, "
    "commission, commission scolaire, cs, css, sb css, cs css, centre de services, "
    "centre de services scolaire, service centre, school board or service centre, "
    "commission scolaire ou centre de services, board or organization",
    Field.CENTRE: "centre, center, school, ecole, clc, csc, site, etablissement, centre name, "
    "center name, school name, clc name, clc school, nom du centre, nom de l ecole, nom du csc, "
    "nom du clc, community learning centre, community learning center, "
    "centre scolaire communautaire, centre scolaire et communautaire",
    Field.STARTS: "start date, start, starts, started, starting date, date started, hire date, "
    "hired, hired on, hiring date, date hired, date of hire, since, from, date de debut, debut, "
    "embauche, date d embauche, date d entree, entree en fonction, date d entree en fonction, "
    "en poste depuis, depuis",
    Field.ENDS: "end date, end, ends, ended, ending date, date ended, until, to, last day, "
    "departure, departure date, date de fin, fin, depart, date de depart, dernier jour, jusqu au",
    Field.LANGUAGE: "language, lang, preferred language, language of correspondence, langue, "
    "langue preferee, langue de preference, langue de correspondance, langue de communication",
}
_LONGEST = 200  # characters of a header that are read
_FIELDS = {word: field for field, words in _CALLED.items() for word in words.split(", ")}


def plain(text: str) -> str:
    """A header or a short value as plain words: folded, no punctuation, "S.B." as "sb"."""
    folded = fold(text.replace("(e)", "").replace("œ", "oe"))
    return " ".join(re.sub(r"[\W_]+", " ", re.sub(r"[.·\ufeff]", "", folded)).split())


def field(header: str) -> Field | None:
    """What a column of this header holds; in "Nom / Name (family first)" the first part says it."""
    header = header[:_LONGEST]
    for part in [header, *re.split(r"[/|(),;\n]", header)]:
        if found := _FIELDS.get(plain(part)):
            return found
    return None
