"""How things reach an app from the fake Slack: again, signed, and from strangers."""

from tests.slack import events, payloads
from tests.slack.driver import SlackUser
from tests.slack.memory import Json
from tests.slack.people import Channel
from tests.slack.person.bolt_app import BoltApp
from tests.slack.transport import Kind, OverHttp, Response
from tests.slack.workspace import Workspace


async def test_the_same_thing_can_be_delivered_again(
    app: BoltApp, workspace: Workspace, alex: SlackUser
):
    await alex.writes("2h")
    await alex.again(2)
    assert len({body["event_id"] for body in app.heard}) == 1
    assert len(app.heard) == 3
    thrice = SlackUser(workspace, alex.user, alex.transport, copies=3)
    await thrice.slash("/say ephemeral")
    assert [one.status for one in thrice.responses] == [200] * 3
    assert [one.text for one in alex.sees()].count("2.25 h") == 1


async def test_a_wrong_signature_is_bolts_to_refuse(workspace: Workspace, http: OverHttp):
    alex = workspace.add_user("alex", "Alex Roy")
    http.secret = "another"
    payload = payloads.shortcut(workspace, alex, "new_entry")
    assert (await http.deliver(payload, Kind.INTERACTION)).status == 401


async def test_slack_makes_sure_of_the_url(http: OverHttp):
    answer = await http.deliver(payloads.url_verification("abc"), Kind.EVENT)
    assert answer.json == {"challenge": "abc"}
    assert (await http.deliver(payloads.ssl_check(), Kind.COMMAND)).status == 200


async def test_a_text_that_is_no_json_is_shown_as_it_is(workspace: Workspace):
    class Plain:
        async def deliver(self, payload: Json, kind: Kind, *, retry: int = 0) -> Response:
            return Response(200, b'{"text": "x"}', "text/plain")

    alex = SlackUser(workspace, workspace.add_user("alex", "Alex Roy"), Plain())
    await alex.slash("/say")
    assert [one.text for one in alex.sees()] == ['{"text": "x"}']


async def test_people_come_and_change(workspace: Workspace, alex: SlackUser, team: Channel):
    changed = events.user_change(workspace, alex.user)
    joined = events.member_joined_channel(workspace, alex.user, team)
    assert (changed["event"]["user"]["locale"], joined["event"]["channel"]) == ("en-US", team.id)


async def test_a_stranger_says_where_they_are_from(
    workspace: Workspace, alex: SlackUser, team: Channel
):
    other = workspace.add_user("other", "Another", stranger=True, team="T0OTHER")
    team.members.add(other.id)
    message = workspace.post(team.id, other.id, "hello")
    said = events.app_mention(workspace, message)["event"]
    assert (said["user_team"], said["team"]) == ("T0OTHER", "T0OTHER")
