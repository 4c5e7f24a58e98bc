"""Settings: the file, the variables over it, and clear words where they are wrong."""

from pathlib import Path

import pytest

from bot.config import MICROSOFT, PREFIX, Config, ConfigError, Slack, Teams, load, setting_names


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
    assert not config.teams.configured
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


ID, TENANT = "11111111-aaaa-bbbb-cccc-222222222222", "33333333-dddd-eeee-ffff-444444444444"
WHOLE = {"app_id": ID, "app_password": SECRET, "tenant_id": TENANT}


def teams(monkeypatch: pytest.MonkeyPatch, **given: str) -> Teams:
    for name, value in given.items():
        monkeypatch.setenv(f"JALON_TEAMS__{name.upper()}", value)
    return load(None, {}).teams


def test_teams_needs_its_app_a_secret_and_a_tenant(monkeypatch: pytest.MonkeyPatch) -> None:
    found = teams(monkeypatch, **WHOLE)
    assert found.configured
    assert (found.app_id, found.tenant_id, found.app_type) == (ID, TENANT, "SingleTenant")
    assert found.service_hosts == MICROSOFT
    assert not found.emulator


def test_an_app_of_many_tenants_needs_none(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"app_id": ID, "app_password": SECRET, "app_type": "MultiTenant"}
    assert teams(monkeypatch, **given).configured


def test_local_clients_need_no_app(monkeypatch: pytest.MonkeyPatch) -> None:
    assert teams(monkeypatch, emulator="true").configured
    assert teams(monkeypatch, emulator="true", app_id=ID).app_password is None


def test_what_is_pasted_for_teams_is_trimmed_and_ids_are_in_small_letters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = teams(
        monkeypatch,
        app_id=f" {ID.upper()}\n",
        app_password=f"{SECRET}\n",
        tenant_id=TENANT,
        public_url="https://jalon.example.org/ ",
    )
    assert (found.app_id, found.public_url) == (ID, "https://jalon.example.org")
    assert found.app_password is not None
    assert found.app_password.get_secret_value() == SECRET


def test_teams_variables_that_are_set_to_nothing_are_not_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert teams(monkeypatch, **dict.fromkeys(Teams.model_fields, "")) == Teams()
    Path("jalon.toml").write_text('[teams]\napp_id = ""\napp_password = ""\ntenant_id = ""\n')
    assert load(None, {}).teams == Teams()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"app_id": ID}, "teams: beside app_id, set app_password"),
        ({"app_id": ID, "app_password": " "}, "teams: beside app_id, set app_password"),
        (
            {"app_id": ID, "app_password": SECRET},
            "teams: a SingleTenant app needs tenant_id",
        ),
        ({"app_password": SECRET}, "teams: set app_id as well"),
        (WHOLE | {"app_id": SECRET}, "teams.app_id: must look like 00000000-0000-0000-0000-"),
        (WHOLE | {"tenant_id": "secret.ca"}, "teams.tenant_id: must look like 00000000-0000-"),
        (WHOLE | {"app_type": "secret"}, "teams.app_type: input should be 'SingleTenant' or"),
        ({"emulator": "secret"}, "teams.emulator: input should be a valid boolean"),
        ({"public_url": "secret.example.org"}, "teams.public_url: must be an address that starts"),
        ({"public_url": "https://a.org/?secret=1"}, "teams.public_url: must be an address without"),
        ({"login_url": "file:///secret"}, "teams.login_url: must be an address that starts with"),
        ({"openid_url": "secret"}, "teams.openid_url: must be an address that starts with http"),
        ({"service_hosts": "secret.org"}, "JALON_TEAMS__SERVICE_HOSTS: must be a list in JSON"),
        ({"service_hosts": "[]"}, "teams.service_hosts: must be names of hosts, as in"),
        ({"service_hosts": '["https://secret"]'}, "teams.service_hosts: must be names of hosts"),
        ({"service_hosts": '[""]'}, "teams.service_hosts: must be names of hosts, as in"),
        ({"service_hosts": "[1]"}, "teams.service_hosts.0: input should be a valid string"),
    ],
)
def test_teams_settings_that_cannot_be_used_are_named_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], says: str
) -> None:
    with pytest.raises(ConfigError) as error:
        teams(monkeypatch, **given)
    assert str(error.value).startswith(says)
    assert "secret" not in str(error.value)


def test_hosts_that_the_bot_may_post_to_are_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    found = teams(monkeypatch, service_hosts='["Example.org", "localhost"]')
    assert found.service_hosts == ("example.org", "localhost")
    Path("jalon.toml").write_text('[teams]\nservice_hosts = ["one.example.org"]\n')
    monkeypatch.delenv("JALON_TEAMS__SERVICE_HOSTS")
    assert load(None, {}).teams.service_hosts == ("one.example.org",)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_local_clients_are_heard_on_an_address_of_this_machine(host: str) -> None:
    config = load(None, {"host": host, "teams": {"emulator": True}})
    assert config.over({"host": None}).teams.emulator
    assert config.over({"host": "127.0.0.3", "port": 1}).port == 1


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "192.168.1.5", "jalon.example.org"])
def test_local_clients_are_refused_on_any_other(host: str) -> None:
    says = "^teams.emulator: only with a host that is this machine's own$"
    with pytest.raises(ConfigError, match=says):
        load(None, {"host": host, "teams": {"emulator": True}})
    local = load(None, {"teams": {"emulator": True}})
    with pytest.raises(ConfigError, match=says):
        local.over({"host": host})
    assert Config().over({"host": host}).host == host


def test_teams_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    found = teams(monkeypatch, **WHOLE)
    shown = f"{found!r} {found} {found.model_dump()} {found.model_dump_json()}"
    assert SECRET not in shown
