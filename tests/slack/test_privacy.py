"""In Slack nobody's hours are shown around, and nothing of a person or a secret is in a log."""

import json
import logging
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot import gallery, sample
from bot.config import ConfigError, load
from bot.gallery import NAMES, Step
from bot.slack import client
from handlers.chat.cards import Card
from handlers.chat.texts import Texts
from storage.engine import Store
from storage.people import TeamRole
from storage.plan import Language
from storage.plan_files import load_plans
from tests import whole_conversation
from tests.new_database import new_folder
from tests.slack.driver import SlackUser
from tests.slack.faults import Fault
from tests.slack.jalon import Jalon
from tests.slack.memory import BOT, Message
from tests.slack.payloads import signed, slash_command
from tests.slack.reading import Seen, plain
from tests.slack.test_failing import Unmoved
from tests.slack.test_whole_conversation import Talk, button_in, had
from tests.slack.transport import Kind, OverHttp, encoded
from tests.slack.workspace import APP_TOKEN, BOT_TOKEN, SECRET, Workspace

LINE = "2h15 with Zebulon (CDA) at EMSB yesterday re quixotic planning"
FRENCH = "2h15 avec Zébulon (ADC) à la CSEM hier, planification quichottesque"
SECRETS = (BOT_TOKEN, APP_TOKEN, SECRET)
# Words that are in no log: of what is typed here, of who types it, and of what is answered.
TELLING = (
    "bulon",
    "qui",
    "planni",
    "planif",
    "2h15",
    "2 h 15",
    "2.25",
    "2,25",
    "Logged",
    "Inscrit",
)
FAULTS = [
    Fault.rate_limited(0),
    Fault.status(500),
    Fault.dropped(after=True),
    Fault.malformed(after=True),
    Fault.error("invalid_auth"),
    Fault.error("channel_not_found"),
]


class InAChannel(Talk):
    """The conversation that brings up every card, all of it where others read along."""

    async def _do(self, step: Step, user: SlackUser) -> None:
        said = step.fr if self.language is Language.FR else step.en
        if said and not said.startswith("/"):
            await user.mentions(said, self.team)
        elif step.drop:
            await user.shares(step.drop, step.content.encode().ljust(step.size), self.team)
        elif step.forge:
            action = {"action_id": f"{step.forge}#0", "value": json.dumps(dict(step.values))}
            await user.presses(action, user.sees(self.team)[-1])
        elif step.press and (stands := self._others(user, step)) is not None:
            shown, _ = self.kept[step.on]
            assert isinstance(shown, Card)
            await user.slash("/help", self.team)  # a card of one's own to press it on
            await user.presses(button_in(shown, stands, step), user.sees(self.team)[-1])
        else:
            await super()._do(step, user)

    def _others(self, user: SlackUser, step: Step) -> Seen | None:
        """The card that is pressed, if it is shown to somebody else."""
        _, stands = self.kept[step.on]
        seen_by = stands.message.only_for if isinstance(stands, Seen) else user.user.id
        return stands if isinstance(stands, Seen) and seen_by not in ("", user.user.id) else None


def is_shared(message: Message, t: Texts) -> bool:
    """Whether this is what "Share with the others" tells everyone."""
    return any(
        plain(t("log.shared", name=name)) in Seen.of(message).text for name in NAMES.values()
    )


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses are what a test does not have to sit through."""
    monkeypatch.setattr("bot.patience.PAUSE", 0.01)
    monkeypatch.setattr(client, "random", Unmoved())


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Everything that our loggers say, and the others' what they say in production."""
    caplog.set_level(logging.DEBUG, "jalon")
    for name in list(logging.root.manager.loggerDict):
        if name.startswith("jalon.") and logging.getLogger(name).level < logging.CRITICAL:
            caplog.set_level(logging.DEBUG, name)
    return caplog


def check(log: pytest.LogCaptureFixture, *more: str) -> None:
    """No log line, and no error logged with one, holds anything of a person or a secret."""
    said = log.text + "".join(repr(one.args) for one in log.records)
    assert [word for word in (*TELLING, *SECRETS, *NAMES.values(), *more) if word in said] == []


@pytest.mark.parametrize("language", Language)
async def test_in_a_channel_others_see_nothing_but_what_is_shared(
    tmp_path: Path, workspace: Workspace, language: Language, log: pytest.LogCaptureFixture
) -> None:
    jalon = Jalon(new_folder(tmp_path / "data"), workspace)
    await jalon.start()
    await sample.fill(jalon.store, load_plans(None))
    jalon.now = sample.STARTS
    talk = InAChannel(jalon, language)
    talk.team.members.add(jalon.user("other", "Other Person").user.id)
    # Whose e-mail is told speaks by themself, as one does who can be asked in their own chat.
    # What the bot says to somebody by itself is theirs alone.
    steps = [
        step.model_copy(update={"channel": step.channel if step.posted else not step.email})
        for step in gallery.steps(whole_conversation.SCENES)
    ]
    # Who has never spoken by themself could be told nothing.
    spoken = (TeamRole.MANAGER, TeamRole.STAFF)
    steps[:0] = [Step(en="/help", fr="/aide", role=role) for role in spoken]
    shown = await without_a_door(steps, language, tmp_path / "beside")
    for step, says in zip(steps, shown, strict=True):
        if had(step):
            await talk.take(step, says)
    t = Texts.load(language)
    others_see = [
        one
        for one in workspace.messages
        if one.user == BOT and not one.only_for and not workspace.channels[one.channel].direct
    ]
    assert others_see
    assert all(is_shared(one, t) for one in others_see)
    assert all(one.edits == [] for one in others_see)
    check(log, "Gallery", "Whitfield")
    await jalon.stop()


async def without_a_door(
    steps: Sequence[Step], language: Language, folder: Path
) -> Sequence[gallery.Shown]:
    """What each step brings up."""
    store = Store(folder)
    await sample.fill(store, load_plans(None))
    talk = gallery.Talk(store, language)
    shown = [(await talk.take(step))[1] for step in steps]
    await store.close()
    return shown


@pytest.mark.parametrize("fault", FAULTS, ids=str)
async def test_what_fails_says_nothing_of_anyone_in_a_log(
    jalon: Jalon, fault: Fault, log: pytest.LogCaptureFixture
) -> None:
    alex = jalon.user("alex", "Alex Roy", email="alex.roy@example.org")
    team = jalon.workspace.add_channel("team", [alex.user])
    asked = () if fault.error_code == "channel_not_found" else ("users.info",)
    for method in (*asked, "chat.postMessage", "chat.postEphemeral", "response_url"):
        jalon.workspace.fail(method, 2, with_=fault)
    for method in ("conversations.open", "views.open", "views.publish", "files.upload"):
        jalon.workspace.fail(method, with_=fault)
    await alex.slash(f"/log {LINE}", team)
    await alex.mentions(f"log {LINE}", team)
    await alex.writes(f"noter {FRENCH}")
    await alex.press("Undo", team)
    await alex.opens_home()
    await alex.slash("/entries", team)
    await alex.slash("/log")
    await jalon.settled()
    check(log, "alex.roy", "EMSB", "CSEM")


async def test_a_direct_chat_that_slack_does_not_name_is_taken_for_anothers(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    jalon.workspace.fail("conversations.open", 2, with_=Fault.error("missing_scope"))
    await alex.slash(f"/log {LINE}")
    assert (await alex.reads("Logged")).private
    await alex.press("Undo")
    await alex.reads("Taken back")
    assert jalon.workspace.faults_left == {}


async def test_what_fails_in_the_door_gives_back_what_was_typed(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    jalon.workspace.fail("files.info", with_=Fault.error("missing_scope"))
    await alex.shares("a.csv", b"1", text=LINE, only_its_id=True)
    said = await alex.reads("Something failed on our side")
    assert LINE in said.text
    assert await jalon.entries() == 0


async def test_an_exception_of_ours_says_nothing_of_anyone_in_a_log(
    jalon: Jalon, log: pytest.LogCaptureFixture
) -> None:
    alex = jalon.user("alex", "Alex Roy")
    team = jalon.workspace.add_channel("team", [alex.user])
    await alex.slash("/log 1h with a CDA", team)
    await jalon.store.write(lambda tx: tx.run("DROP TABLE totals"))
    await alex.slash(f"/log {LINE}", team)
    await alex.mentions(f"log {LINE}", team)
    await alex.press("Undo", alex.sees(team)[0])
    await alex.opens_home()
    await jalon.settled()
    codes = [one for one in log.records if one.levelno == logging.ERROR]
    assert len(codes) >= 3
    check(log, "EMSB", "Alex")


async def test_a_store_that_fails_altogether_says_nothing_of_anyone_in_a_log(
    tmp_path: Path, workspace: Workspace, log: pytest.LogCaptureFixture
) -> None:
    jalon = Jalon(new_folder(tmp_path / "data"), workspace)
    await jalon.start()
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash("/log 1h with a CDA")
    await jalon.store.write(lambda tx: tx.run("DROP TABLE unfinished"))
    await alex.writes(f"log {LINE}")
    assert [one.status for one in alex.responses] == [200]
    await alex.reads("Logged")  # said all the same, though it could not be kept
    check(log, "EMSB", "Alex")
    await jalon.stop()


async def test_a_refused_request_says_nothing_of_itself_in_a_log(
    jalon: Jalon, log: pytest.LogCaptureFixture
) -> None:
    if not isinstance(jalon.transport, OverHttp):
        return
    alex = jalon.user("alex", "Alex Roy")
    payload = slash_command(jalon.workspace, alex.user, alex.dm, f"/log {LINE}")
    body, content_type = encoded(payload, Kind.COMMAND)
    headers = {"Content-Type": content_type}
    session = jalon.transport
    assert (await session.post(body, headers)).status == 401
    wrong = headers | signed(body, "another secret", time.time())
    assert (await session.post(body, wrong)).status == 401
    torn = LINE.encode() + b"\xff{"
    for kind in (content_type, "application/json", "text/plain"):
        answer = await session.post(
            torn, {"Content-Type": kind} | signed(torn, SECRET, time.time())
        )
        assert answer.status == 401
    odd = {"type": "block_actions", "user": LINE, "actions": [LINE], "team": {"id": LINE}}
    for payload in (odd, {"type": LINE}, {"event": LINE}, {"command": [LINE], "text": LINE}):
        for kind in Kind:
            await session.deliver(payload, kind)
    assert any("401" in one.getMessage() for one in log.records)
    check(log, "EMSB", "Alex")


async def test_tokens_that_slack_refuses_are_in_no_log(
    tmp_path: Path, workspace: Workspace, log: pytest.LogCaptureFixture
) -> None:
    for method in ("auth.test", "apps.connections.open"):
        workspace.fail(method, 3, with_=Fault.error("invalid_auth"))
    for socket in (True, False):
        jalon = Jalon(new_folder(tmp_path / "data"), workspace, socket=socket)
        await jalon.start()
        await workspace.until(lambda: workspace.called("auth.test"), "the sign-in")
        await jalon.stop()
    assert "invalid_auth" in log.text
    check(log)


def test_tokens_are_in_no_settings_and_no_error_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JALON_SLACK__BOT_TOKEN", BOT_TOKEN)
    monkeypatch.setenv("JALON_SLACK__SIGNING_SECRET", SECRET)
    monkeypatch.setenv("JALON_SLACK__APP_TOKEN", APP_TOKEN)
    config = load(None, {})
    shown = f"{config!r} {config} {config.slack!r} {config.model_dump()} {config.model_dump_json()}"
    assert not any(secret in shown for secret in SECRETS)
    for name, wrong in (("BOT_TOKEN", "xoxq-oops"), ("APP_TOKEN", "oops"), ("API_URL", "oops")):
        monkeypatch.setenv(f"JALON_SLACK__{name}", wrong)
        with pytest.raises(ConfigError) as raised:
            load(None, {})
        assert "oops" not in str(raised.value)
        assert not any(secret in str(raised.value) for secret in SECRETS)
        assert raised.value.__suppress_context__
        monkeypatch.setenv("JALON_SLACK__BOT_TOKEN", BOT_TOKEN)
        monkeypatch.setenv("JALON_SLACK__APP_TOKEN", APP_TOKEN)
