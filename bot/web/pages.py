"""Builds the playground's pages: the chat as one person sees it, each line, and the gallery."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.web.cast import CAST
from bot.web.channels import CHANNELS, DIRECT, Channel
from bot.web.conversation import Line
from bot.web.pictures import Pictures
from bot.web.render import TEMPLATES, render
from handlers.chat.cards import Card, Form
from handlers.chat.incoming import LARGEST_FILE
from handlers.chat.texts import Texts
from storage.people import Newcomer, TeamRole
from storage.plan import Language

Cards = Sequence[tuple[str, Card | Form]]


@dataclass(frozen=True, slots=True)
class View:
    """An open page: who looks at which channel, in which language; ``pictures`` are the page's."""

    me: Newcomer
    here: Channel
    t: Texts
    pictures: Pictures

    def title(self, channel: Channel) -> str:
        """A channel's name as this person reads it."""
        return self.t("playground.direct") if channel.direct else f"#{channel.id}"

    def link(self, person: Newcomer, channel: Channel) -> str:
        """The page of someone in a channel, or in their direct chat where they are not in it."""
        there = channel if channel.admits(person) else DIRECT
        return "/?" + urlencode({"as": person.id, "in": there.id})

    def moment(self, at: datetime) -> str:
        """Date and time in this person's zone and language."""
        return self.t.moment(at.astimezone(ZoneInfo(self.me.timezone)))

    def line(self, line: Line) -> Markup:
        """One line of the conversation."""
        at = line.at.astimezone(ZoneInfo(self.me.timezone))
        day = self.t.short_date(at.date())
        card = None
        if not isinstance(line.says, str):
            card = render(line.says, Texts.load(line.language), href=self.pictures.href)
        face = _face(line.author) if line.author else {}
        asked = urlencode({"as": self.me.id, "in": self.here.id})
        return _show(
            "line.html",
            line=line,
            href=f"/files/{line.id}?{asked}",
            card=card,
            me=self.me,
            t=self.t,
            at=self.t("playground.line_at", day=day, hour=at.hour, minute=f"{at.minute:02}"),
            private=bool(line.only_for) and not self.here.direct,
            **face,
        )

    def chat(
        self,
        lines: Sequence[Line],
        commands: Sequence[tuple[str, str]],
        languages: Mapping[str, Language],
        now: datetime,
        simulated: bool,
    ) -> Markup:
        """The whole page. ``languages`` are those of the cast by id."""
        t = self.t
        places = [
            {
                "id": one.id,
                "direct": one.direct,
                "name": self.title(one).removeprefix("#"),
                "href": self.link(self.me, one),
            }
            for one in CHANNELS
            if one.admits(self.me)
        ]
        others = [
            {
                "name": one.name,
                "role": _role(one, t),
                "language": _language(languages[one.id], t),
                "href": self.link(one, self.here),
                **_face(one),
            }
            for one in CAST
            if one is not self.me
        ]
        return _show(
            "page.html",
            t=t,
            language=t.language,
            me=self.me,
            here=self.here,
            title=self.title(self.here),
            about=_about(self.here, t),
            places=places,
            others=others,
            role=_role(self.me, t),
            language_name=_language(t.language, t),
            lines=[self.line(line) for line in lines],
            commands=[("/" + word.removeprefix("/"), says) for word, says in commands],
            tries=_tries(self.me, t),
            now=self.moment(now),
            now_iso=now.isoformat(timespec="seconds"),
            simulated=simulated,
            largest=LARGEST_FILE,
            **_face(self.me),
        )


def gallery(cards: Mapping[Language, Cards], t: Texts, pictures: Pictures) -> Markup:
    """Every card with its title, one column a language."""
    columns = [
        [
            {
                "title": title,
                "language": language,
                "shown": render(says, Texts.load(language), f"{language}-{n}", pictures.href),
            }
            for n, (title, says) in enumerate(column)
        ]
        for language, column in cards.items()
    ]
    rows = list(zip(*columns, strict=True))
    return _show("gallery.html", t=t, language=t.language, shown=list(cards), rows=rows)


def _face(person: Newcomer) -> dict[str, object]:
    words = person.name.split()
    initials = (words[0][:1] + words[-1][:1]).upper()
    return {"initials": initials, "face": [one.id for one in CAST].index(person.id)}


def _about(channel: Channel, t: Texts) -> str:
    about = {
        "direct": t("playground.about_direct"),
        "prt-team": t("playground.about_prt_team"),
        "cop-elementary": t("playground.about_cop_elementary"),
        "cop-secondary": t("playground.about_cop_secondary"),
    }
    return about[channel.id]


def _language(language: Language, t: Texts) -> str:
    match language:
        case Language.EN:
            return t("playground.language.en")
        case Language.FR:
            return t("playground.language.fr")


def _role(person: Newcomer, t: Texts) -> str:
    match person.role:
        case TeamRole.ADMIN:
            return t("playground.role.admin")
        case TeamRole.MANAGER:
            return t("playground.role.manager")
        case TeamRole.STAFF:
            return t("playground.role.staff")
        case TeamRole.MEMBER:
            return t("playground.role.member")
        case TeamRole.PENDING | None:
            return t("playground.role.new")


def _tries(person: Newcomer, t: Texts) -> list[tuple[str, str]]:
    """Lines to begin with: what it is for, and the line."""
    if person.guest:
        return [
            (t("playground.try_meeting"), t("playground.line_meeting")),
            (t("playground.try_help"), t("playground.line_help")),
            (t("playground.try_language"), t("playground.line_language")),
        ]
    return [
        (t("playground.try_log"), t("playground.line_log")),
        (t("playground.try_progress"), t("playground.line_progress")),
        (t("playground.try_help"), t("playground.line_help")),
    ]


def _show(template: str, **values: object) -> Markup:
    return Markup(TEMPLATES.get_template(template).render(**values))
