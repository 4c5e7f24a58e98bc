"""How a draw is done, in words that every draw carries with it, under a name and a version.

The words are part of what is frozen and hashed before anyone knows the outcome. Once a draw was
published they never change, not by a comma: another rule, or another wording, is another version.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Algorithm:
    """A way to draw: its name, its version, and its steps in both languages."""

    name: str
    version: int
    steps_en: tuple[str, ...]
    steps_fr: tuple[str, ...]


ALGORITHM = Algorithm(
    name="jalon-draw",
    version=1,
    steps_en=(
        "Frozen part (frozen): the projects (pool), each with its number (id) and how many people"
        " it would bring (seats); how many seats there are (capacity); where the randomness will"
        " come from (source), and from when it can be known (known_at).",
        "Frozen hash (frozen_hash): write the frozen part as JSON on one line, keys sorted, no"
        " spaces, in UTF-8, without an end of line, and take its SHA-256. It is published when the"
        " pool is frozen. All hashes are written in hexadecimal, in lower case.",
        "Randomness (canonical): if what was typed (typed) is only numbers, with spaces, signs or"
        " the word “and” between them, drop leading zeros, sort the numbers from small to large,"
        " and put a full stop after each, also after the last: “5, 41 and 09” becomes “5.9.41.”"
        " Otherwise keep letters, in lower case and without accents, and digits, with nothing"
        " between them.",
        "Seed (seed): the SHA-256 of the frozen hash, a bar | and the randomness so written.",
        "Digest of a project (digest): the SHA-256 of the seed, a bar | and the project’s number.",
        "Order (ranking): by digest, from small to large; should two be equal, by the number.",
        "Seats (taken, waiting): in that order, each project takes seats for all its people. The"
        " first that does not fit ends it: that project and all after it are the waiting list, in"
        " that order.",
        "Hash of the record (record_hash): made as the frozen hash is, of all the record but"
        " itself.",
    ),
    steps_fr=(
        "Partie figée (frozen) : les projets (pool), chacun avec son numéro (id) et le nombre de"
        " personnes qui en viendraient (seats); le nombre de places (capacity); d’où viendra le"
        " hasard (source), et à partir de quand on peut le connaître (known_at).",
        "Empreinte de la partie figée (frozen_hash) : écrire la partie figée en JSON sur une seule"
        " ligne, clés triées, sans espaces, en UTF-8, sans fin de ligne, et en prendre le SHA-256."
        " Elle est publiée au moment où la liste des projets est figée. Toutes les empreintes sont"
        " écrites en hexadécimal, en minuscules.",
        "Hasard (canonical) : si ce qui a été saisi (typed) n’est que des nombres, séparés par des"
        " espaces, des signes ou le mot « et », enlever les zéros du début, trier les nombres du"
        " plus petit au plus grand et mettre un point après chacun, aussi après le dernier :"
        " « 5, 41 et 09 » devient « 5.9.41. » Sinon, garder les lettres, en minuscules et sans"
        " accents, et les chiffres, sans rien entre eux.",
        "Germe (seed) : le SHA-256 de l’empreinte de la partie figée, d’une barre | et du hasard"
        " ainsi écrit.",
        "Empreinte d’un projet (digest) : le SHA-256 du germe, d’une barre | et du numéro du"
        " projet.",
        "Ordre (ranking) : par empreinte, de la plus petite à la plus grande; si deux sont égales,"
        " par numéro.",
        "Places (taken, waiting) : dans cet ordre, chaque projet prend des places pour toutes ses"
        " personnes. Le premier pour qui il n’en reste pas assez arrête le tirage : ce projet et"
        " tous ceux qui le suivent forment la liste d’attente, dans cet ordre.",
        "Empreinte du dossier (record_hash) : faite comme celle de la partie figée, de tout le"
        " dossier sauf elle-même.",
    ),
)
