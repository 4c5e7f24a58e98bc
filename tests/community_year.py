"""A year of a community, from the interest in it to what it leaves, had through a door.

What is typed and pressed is what people would; how it reaches the bot is the door's.
"""

from storage.people import TeamRole
from tests.community_guide import Guide
from tests.community_story import Someone, Story

SCHOOLS = ("Oak", "Elm", "Ash")  # six people each, and fifteen seats


class Year(Story):
    """The story."""

    async def had(self) -> None:
        """From the first interest to the guide."""
        await self.at(2025, 2, 12, 15)
        sam = await self.door.someone("Sam Roy", "sam@prt.example", self.language, TeamRole.MANAGER)
        schools = [
            await self.door.someone(
                f"{name} Hill", f"{name.lower()}@school.example", self.language, TeamRole.MEMBER
            )
            for name in SCHOOLS
        ]
        await self._interest(sam, schools)
        members = await self._draw(sam, schools)
        await self._meeting(sam, members)
        await Guide(self.door, self.language).had(sam, *members)

    async def _interest(self, sam: Someone, schools: list[Someone]) -> None:
        t = self.text
        await sam.says(
            self.said(
                "/community new Calm schools / Écoles calmes, 12 to 15, 2024-25 to 2026-27",
                "/communaute nouvelle Calm schools / Écoles calmes, 12 à 15, 2024-25 à 2026-27",
            )
        )
        await sam.reads(t("community.title.made"))
        await sam.says(
            self.said("/community here Calm schools", "/communaute ici Écoles calmes"), channel=True
        )
        await self.door.settled()
        await sam.says(
            self.said("/community open until 20 February", "/communaute ouvrir jusqu’au 20 février")
        )
        await sam.reads(t("interest.call.open"))
        for name, one in zip(SCHOOLS, schools, strict=True):
            await one.says(self.said("/interest", "/interet"))
            people = [f"{one.name}, teacher, {one.email}"]
            people += [
                f"{name} Number {n}, teacher" for n in ("Two", "Three", "Four", "Five", "Six")
            ]
            await one.fills(
                {
                    "institution": f"{name} School",
                    "sector": t("community.pays.public"),
                    "level": self.said("elementary", "primaire"),
                    "people": "\n".join(people),
                    "project": self.said("Calm corners", "Des coins calmes"),
                    "first": self.said("Calm schools", "Écoles calmes"),
                }
            )
            await one.reads(t("interest.title.sent"))

    async def _draw(self, sam: Someone, schools: list[Someone]) -> list[Someone]:
        """Eighteen people for fifteen seats: two schools are taken, one waits."""
        t, name = self.text, self.said("Calm schools", "Écoles calmes")
        await self.at(2025, 2, 21, 15)
        for school in SCHOOLS:
            await sam.says(self.said("/interest list", "/interet liste"))
            await sam.presses(f"{t('community.open')} {school} School")
            await sam.presses(t("interest.verdict.yes"))
            await sam.fills({"reason": self.said("Staff designated", "Du personnel désigné")})
            await sam.reads(t("interest.title.judged_undo"))
        await sam.says(self.said("/interest list", "/interet liste"))
        await sam.presses(t("interest.send_outcomes", count=len(SCHOOLS)))
        await self.door.settled()
        for one in schools:
            assert t("interest.outcome.yes") in await one.reads(t("interest.outcome.title"))
        await sam.presses(t("draw.all"))
        await sam.presses(f"{t('community.open')} {name}")
        await sam.presses(t("draw.freeze"))
        await sam.fills({"day": "2025-02-22", "time": "22:00"})
        await sam.reads(t("draw.next.frozen"))
        await self.door.settled()
        await sam.reads(t("draw.published"), channel=True)
        await self.at(2025, 2, 24, 15)
        await sam.presses(t("draw.mix"))
        await sam.fills({"typed": "3 14 15 9 26 5"})
        await sam.reads(t("draw.state.proposed"))
        await sam.presses(t("draw.confirm"))
        await sam.reads(t("draw.state.confirmed"))
        await sam.presses(t("draw.tell"))
        await sam.reads(t("draw.state.told"))
        await self.door.settled()
        taken: list[Someone] = []
        for one in schools:
            outcome = await one.reads(t("draw.outcome.drawn"))
            if self.said("is on the waiting list", "liste d’attente") not in outcome:
                taken.append(one)
        assert len(taken) == 2
        return taken

    async def _meeting(self, sam: Someone, members: list[Someone]) -> None:
        """Planned, answered, reminded of, held; then its notes go to who was not there."""
        t, (comes, stays) = self.text, members
        await sam.says(
            self.said(
                "/meeting Calm schools March 12 1pm 90 min https://example.org/meet",
                "/rencontre Écoles calmes 12 mars 13 h 90 min https://example.org/meet",
            )
        )
        await self.door.settled()
        for one in members:
            assert t("meeting.question") in await one.reads(t("meeting.title.set"))
        await comes.presses(t("meeting.answer.coming"))
        await comes.reads(t("meeting.mine.coming"))
        await stays.presses(t("meeting.answer.not_coming"))
        await stays.reads(t("meeting.mine.not_coming"))
        await self.door.settled()
        counted = f"{t('meeting.count.coming', count=1)} · {t('meeting.count.not_coming', count=1)}"
        assert t("meeting.title.set") in await sam.reads(counted, channel=True)
        await self.at(2025, 3, 5, 18)
        week = t("meeting.title.reminder", ahead=t("meeting.ahead.days", count=7))
        assert counted in await sam.reads(week, channel=True)
        assert t("meeting.mine.coming") in await comes.reads(week)
        await self.at(2025, 3, 11, 17)
        tomorrow = t("meeting.title.reminder", ahead=t("meeting.ahead.tomorrow"))
        await comes.reads(tomorrow)
        await self.at(2025, 3, 12, 18, 45)
        await sam.reads(t("meeting.title.after"))
        await sam.presses(t("meeting.take", count=1))
        await sam.reads(t("meeting.title.taken"))
        await sam.presses(t("meeting.send_notes"))
        await sam.fills({"notes": "https://example.org/notes"})
        await self.door.settled()
        await stays.reads("https://example.org/notes")
