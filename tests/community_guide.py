"""What a year of a community leaves: feedback, a practice in the guide, an attestation."""

from tests.community_story import Someone, Story
from tests.reading_papers import words_of


class Guide(Story):
    """Goes on where a meeting is over, and who came to it is recorded."""

    async def had(self, sam: Someone, comes: Someone, stays: Someone) -> None:
        """From the feedback on the meeting to the documents; ``stays`` was not there."""
        await self._feedback(sam, comes)
        await self._practice(comes, stays)
        await self._guide(sam)
        await self._attestation(sam, comes)

    async def _feedback(self, sam: Someone, comes: Someone) -> None:
        t = self.text
        await sam.presses(t("meeting.ask_feedback"))
        await sam.presses(t("feedback.ask", count=1))
        await sam.reads(t("feedback.title.asked"))
        await self.door.settled()
        await comes.reads(t("feedback.title.question"))
        await comes.presses(t("feedback.score.5"))
        await comes.reads(t("feedback.thanks"))

    @property
    def _title(self) -> str:
        return self.said("Quiet garden", "Jardin calme")

    async def _practice(self, author: Someone, reader: Someone) -> None:
        """A member shares one by its form; another comments on it."""
        t = self.text
        await author.says(self.said("/practice", "/pratique"))
        await author.fills(
            {
                "title": self._title,
                "level": t("practice.level.elementary"),
                "theme": t("practice.theme.climate"),
                "did": self.said("We dug a garden with the class.", "La classe a fait un jardin."),
                "effects": self.said("Calmer mornings.", "Des matins plus calmes."),
                "institution": f"{author.name.split()[0]} School",
            }
        )
        await author.reads(t("practice.title.shared"))
        await reader.says(self.said("/practice list", "/pratique liste"))
        await reader.presses(f"{t('practice.open')} {self._title}")
        await reader.presses(f"{t('practice.comment')} {self._title}")
        await reader.fills({"text": self.said("We will dig one too.", "Nous en ferons un aussi.")})
        await reader.reads(t("practice.commented"))

    async def _guide(self, sam: Someone) -> None:
        """The practice is found promising, then selected; then it stands in the guide."""
        t = self.text
        await sam.says(self.said("/practice list", "/pratique liste"))
        await sam.presses(f"{t('practice.open')} {self._title}")
        for status in ("promising", "selected"):
            await sam.presses(f"{t(f'practice.mark.{status}')} {self._title}")
            await sam.reads(t(f"practice.marked.{status}"))
        await sam.says("/guide")
        await sam.presses(t(f"guide.chat.build_{self.language}"))
        guide = words_of(await sam.takes(t("guide.file", language=self.language.value)))
        assert self._title in guide
        assert t("guide.title") in guide

    async def _attestation(self, sam: Someone, comes: Someone) -> None:
        t = self.text
        await sam.says(
            self.said(
                f"/community attestation {comes.name} in Calm schools",
                f"/communaute attestation {comes.name} dans Écoles calmes",
            )
        )
        name = "-".join(comes.name.lower().split())
        paper = words_of(await sam.takes(f"attestation-{name}-{self.language}.docx"))
        assert comes.name in paper
        count = t("attestation.paper.meetings", count=1)
        assert t("attestation.paper.total", meetings=count, length=self.t.duration(90)) in paper
