"""Settings: the file, the variables over it, and clear words where they are wrong."""

from pathlib import Path

import pytest

from bot.config import PREFIX, ConfigError, Slack, load, setting_names


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in setting_names():
        monkeypatch.delenv(PREFIX + name.upper().replace(".", "__"), raising=False)


def test_the_defaults_need_no_file() -> None:
    config = load(None, {})
    assert (str(config.data), config.host, config.port) == ("data", "127.0.0.1", 3978)
    assert config.new_people == "staff"
    assert not config.slack.configured
    assert config.slack.api_url == "https://slack.com/api/"


def test_variables_win_over_the_file_and_options_over_both(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("jalon.toml").write_text('data = "one"\nport = 4000\nhost = "::1"\n')
    monkeypatch.setenv("JALON_DATA", "two")
    monkeypatch.setenv("JALON_PORT", "4001")
    config = load(None, {"port": 4002})
    assert (str(config.data), config.port, config.host) == ("two", 4002, "::1")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("prot = 1", "prot: not a setting; did you mean port?"),
        ("[slack]\nbot_tokne = 'x'", "slack.bot_tokne: not a setting; did you mean"),
        ("port = 'x'", "port: input should be a valid integer"),
        ("port = 70000", "port: input should be less than or equal to 65535"),
        ("new_people = 'all'", "new_people: input should be 'staff', 'member' or 'ask'"),
        ("port = ", "jalon.toml: "),
    ],
)
def test_what_is_wrong_is_named(text: str, says: str) -> None:
    Path("jalon.toml").write_text(text)
    with pytest.raises(ConfigError) as error:
        load(None, {})
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_an_unknown_variable_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JALON_DTAA", "x")
    with pytest.raises(ConfigError, match="JALON_DTAA: not a setting; did you mean data"):
        load(None, {})


def test_a_file_that_was_named_must_exist() -> None:
    with pytest.raises(ConfigError, match="there is no such file"):
        load(Path("other.toml"), {})


BOT, APP, SECRET = "xoxb-secret-1", "xapp-secret-2", "secret-3"


def slack(monkeypatch: pytest.MonkeyPatch, **given: str) -> Slack:
    for name, value in given.items():
        monkeypatch.setenv(f"JALON_SLACK__{name.upper()}", value)
    return load(None, {}).slack


@pytest.mark.parametrize(
    "beside",
    [{"app_token": APP}, {"signing_secret": SECRET}, {"app_token": APP, "signing_secret": SECRET}],
)
def test_slack_needs_its_bot_token_and_a_way_to_be_heard(
    monkeypatch: pytest.MonkeyPatch, beside: dict[str, str]
) -> None:
    assert slack(monkeypatch, bot_token=BOT, **beside).configured


def test_slack_settings_may_come_from_the_file_and_from_variables(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path("jalon.toml").write_text(f'[slack]\nsigning_secret = "{SECRET}"\n')
    found = slack(monkeypatch, bot_token=BOT)
    assert found.signing_secret is not None
    assert found.signing_secret.get_secret_value() == SECRET
    assert found.app_token is None


def test_what_is_pasted_loses_its_line_end_and_a_variable_set_to_nothing_is_not_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = slack(monkeypatch, bot_token=f" {BOT}\n", app_token="", signing_secret=SECRET)
    assert found.bot_token is not None
    assert found.bot_token.get_secret_value() == BOT
    assert found.app_token is None
    assert not slack(monkeypatch, bot_token="", signing_secret="").configured


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (
            {"bot_token": BOT},
            "slack: beside bot_token, set app_token (Socket Mode) or signing_secret (HTTP)",
        ),
        ({"app_token": APP}, "slack: set bot_token as well"),
        ({"signing_secret": SECRET}, "slack: set bot_token as well"),
        ({"bot_token": APP, "app_token": APP}, "slack.bot_token: must start with xoxb-"),
        ({"bot_token": BOT, "app_token": BOT}, "slack.app_token: must start with xapp-"),
        (
            {"bot_token": SECRET, "app_token": SECRET},
            "slack.bot_token: must start with xoxb-; slack.app_token: must start with xapp-",
        ),
        ({"api_url": "slack.com/api"}, "slack.api_url: must be an address that starts with https"),
        ({"api_url": f"ftp://{SECRET}/"}, "slack.api_url: must be an address"),
        ({"api_url": "https:///api"}, "slack.api_url: must be an address"),
        ({"api_url": "http://[secret"}, "slack.api_url: invalid IPv6 URL"),
    ],
)
def test_slack_settings_that_cannot_be_used_are_named_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], says: str
) -> None:
    with pytest.raises(ConfigError) as error:
        slack(monkeypatch, **given)
    assert str(error.value).startswith(says)
    assert "secret" not in str(error.value).replace("signing_secret", "")


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("http://127.0.0.1:4000/api", "http://127.0.0.1:4000/api/"),
        ("https://slack.example.org/api//", "https://slack.example.org/api/"),
    ],
)
def test_the_web_apis_address_ends_in_a_slash(
    monkeypatch: pytest.MonkeyPatch, given: str, url: str
) -> None:
    assert slack(monkeypatch, api_url=given).api_url == url


def test_a_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    found = slack(monkeypatch, bot_token=BOT, app_token=APP, signing_secret=SECRET)
    shown = f"{found!r} {found} {found.model_dump()} {found.model_dump_json()}"
    for secret in (BOT, APP, SECRET):
        assert secret not in shown
    monkeypatch.setenv("JALON_PORT", BOT)
    with pytest.raises(ConfigError) as error:
        load(None, {})
    assert BOT not in str(error.value)
