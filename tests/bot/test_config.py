"""Settings: the file, the variables over it, and clear words where they are wrong."""

from pathlib import Path

import pytest

from bot.config import ConfigError, load


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("JALON_DATA", "JALON_PORT", "JALON_HOST", "JALON_NEW_PEOPLE"):
        monkeypatch.delenv(name, raising=False)


def test_the_defaults_need_no_file() -> None:
    config = load(None, {})
    assert (str(config.data), config.host, config.port) == ("data", "127.0.0.1", 3978)
    assert config.new_people == "staff"


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


def test_a_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JALON_SLACK__BOT_TOKEN", "xoxb-secret")
    config = load(None, {})
    assert "xoxb-secret" not in repr(config)
    assert "xoxb-secret" not in str(config.model_dump())
    monkeypatch.setenv("JALON_PORT", "xoxb-secret")
    with pytest.raises(ConfigError) as error:
        load(None, {})
    assert "xoxb-secret" not in str(error.value)
