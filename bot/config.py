"""The settings: `jalon.toml`, `JALON_*` variables over it, options over both; read once."""

import os
import re
import tomllib
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from bot.dispatch import NewPeople
from storage.plan_errors import hint

FILE = Path("jalon.toml")
PREFIX = "JALON_"
OPEN = "teams.emulator: only with a host that is this machine's own"
NO_LIST = 'JALON_TEAMS__SERVICE_HOSTS: must be a list in JSON, as in ["botframework.com"]'
FOR_TESTS = {
    "JALON_CHROMIUM",
    "JALON_KILLS",
    "JALON_REQUIRE_BROWSER",
    "JALON_REQUIRE_OFFICE",
    "JALON_REQUIRE_PLAYGROUND",
    "JALON_TALKS",
}

GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*", re.IGNORECASE)
# Teams' own hosts, and those of the government clouds.
MICROSOFT = (
    "botframework.com",
    "smba.trafficmanager.net",
    "smba.infra.gcc.teams.microsoft.com",
    "smba.infra.gov.teams.microsoft.us",
    "smba.infra.dod.teams.microsoft.us",
    "botframework.azure.us",
)


class ConfigError(Exception):
    """The settings can't be used: the message names each one that is wrong, and never its value."""


class Slack(BaseModel):
    """How to reach Slack. ``api_url`` is where its Web API answers, with a slash at the end."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    bot_token: SecretStr | None = None
    signing_secret: SecretStr | None = None
    app_token: SecretStr | None = None
    api_url: str = "https://slack.com/api/"

    @property
    def configured(self) -> bool:
        """Whether there is a workspace to speak to."""
        return self.bot_token is not None

    @field_validator("bot_token", "signing_secret", "app_token", mode="before")
    @classmethod
    def _given(cls, value: object) -> object:
        """What is nothing is not set; what is pasted often has an end of line."""
        return value.strip() or None if isinstance(value, str) else value

    @field_validator("bot_token", "app_token")
    @classmethod
    def _of_its_kind(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        start = "xoxb-" if info.field_name == "bot_token" else "xapp-"
        if value is not None and not value.get_secret_value().startswith(start):
            raise ValueError(f"must start with {start}")
        return value

    @field_validator("api_url")
    @classmethod
    def _address(cls, value: str) -> str:
        return _url(value).rstrip("/") + "/"

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.configured and self.app_token is None and self.signing_secret is None:
            raise ValueError(
                "beside bot_token, set app_token (Socket Mode) or signing_secret (HTTP)"
            )
        if not self.configured and (self.app_token or self.signing_secret):
            raise ValueError("set bot_token as well")
        return self


class Teams(BaseModel):
    """How to reach Microsoft Teams.

    ``login_url`` gives out the bot's tokens, ``openid_url`` says which keys Microsoft signs with.
    ``service_hosts`` are the hosts, with all beneath them, that the bot may post to.
    ``public_url`` is where people's browsers reach the bot. ``emulator``: for local clients, nobody
    proves anything.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    app_id: str = ""
    app_password: SecretStr | None = None
    tenant_id: str = ""
    app_type: Literal["SingleTenant", "MultiTenant"] = "SingleTenant"
    emulator: bool = False
    public_url: str = ""
    login_url: str = "https://login.microsoftonline.com"
    openid_url: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    service_hosts: tuple[str, ...] = MICROSOFT

    @property
    def configured(self) -> bool:
        """Whether there is a Teams, or a local client, to speak to."""
        return self.app_id != "" or self.emulator

    @field_validator("app_id", "tenant_id", "public_url", mode="before")
    @classmethod
    def _pasted(cls, value: object) -> object:
        """What is pasted often has an end of line."""
        return value.strip() if isinstance(value, str) else value

    @field_validator("app_password", mode="before")
    @classmethod
    def _given(cls, value: object) -> object:
        """What is nothing is not set; what is pasted often has an end of line."""
        return value.strip() or None if isinstance(value, str) else value

    @field_validator("app_id", "tenant_id")
    @classmethod
    def _guid(cls, value: str) -> str:
        if value and not GUID.fullmatch(value):
            raise ValueError("must look like 00000000-0000-0000-0000-000000000000")
        return value.lower()

    @field_validator("public_url")
    @classmethod
    def _origin(cls, value: str) -> str:
        if value and any(urlsplit(_url(value))[3:]):
            raise ValueError("must be an address without ? and #")
        return value.rstrip("/")

    @field_validator("login_url", "openid_url")
    @classmethod
    def _address(cls, value: str) -> str:
        return _url(value).rstrip("/")

    @field_validator("service_hosts")
    @classmethod
    def _hosts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not value or not all(HOST.fullmatch(host) for host in value):
            raise ValueError('must be names of hosts, as in ["botframework.com"]')
        return tuple(host.lower() for host in value)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.app_id and not self.emulator:
            if self.app_password is None:
                raise ValueError("beside app_id, set app_password")
            if self.app_type == "SingleTenant" and not self.tenant_id:
                raise ValueError("a SingleTenant app needs tenant_id")
        if self.app_password is not None and not self.app_id:
            raise ValueError("set app_id as well")
        return self


class Config(BaseSettings):
    """Every setting there is, with its default."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        env_ignore_empty=True,  # a variable that is set to nothing is not set
        extra="forbid",
        frozen=True,
    )

    data: Path = Path("data")
    host: str = "127.0.0.1"
    port: int = Field(3978, ge=0, le=65535)
    new_people: NewPeople = "staff"
    backups: Path | None = None  # the folder of the daily copies; None: "backups" among the data
    backups_kept: int = Field(14, ge=1, le=366)
    slack: Slack = Slack()
    teams: Teams = Teams()

    @model_validator(mode="after")
    def _local(self) -> Self:
        if self._open:
            raise ValueError(OPEN)
        return self

    @property
    def _open(self) -> bool:
        """Whether anyone could say they were anyone."""
        return self.teams.emulator and not is_loopback(self.host)

    def over(self, given: Mapping[str, Any]) -> Self:
        """These settings with a command's options over them; None is not given.

        Raises ConfigError.
        """
        changed = self.model_copy(update={k: v for k, v in given.items() if v is not None})
        if changed._open:
            raise ConfigError(OPEN)
        return changed

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load(file: Path | None, given: Mapping[str, Any]) -> Config:
    """Read the settings. ``file``: named by the person, so it must exist. Raises ConfigError."""
    if file is not None and not file.is_file():
        raise ConfigError(f"{file}: there is no such file")
    path = file or FILE

    class FromFile(Config):
        model_config = SettingsConfigDict(toml_file=path)

    problems = [f"{name}: not a setting; {_hint(name)}" for name in _unknown_variables()]
    try:
        config = FromFile(**given)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: {error}") from None
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from None
    except SettingsError:
        raise ConfigError("; ".join(problems) or NO_LIST) from None
    except ValidationError as error:
        problems += [_in_words(".".join(map(str, one["loc"])), one) for one in error.errors()]
        raise ConfigError("; ".join(problems)) from None
    if problems:
        raise ConfigError("; ".join(problems))
    return config


def _in_words(name: str, problem: Mapping[str, object]) -> str:
    if problem["type"] == "extra_forbidden":
        return f"{name}: not a setting; {_hint(name)}"
    message = str(problem["msg"]).removeprefix("Value error, ")
    return f"{name}: {message[:1].lower()}{message[1:]}" if name else message


def is_loopback(host: str) -> bool:
    """Whether only this machine answers to the name or the IP address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def setting_names() -> list[str]:
    """Every setting's name; those of a table with its name and a dot before."""
    tables: dict[str, type[BaseModel]] = {"slack": Slack, "teams": Teams}
    inner = [f"{table}.{name}" for table, model in tables.items() for name in model.model_fields]
    return [*(name for name in Config.model_fields if name not in tables), *inner]


def _url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be an address that starts with https:// or http://")
    return value


def _hint(name: str) -> str:
    asked = name.removeprefix(PREFIX).lower().replace("__", ".")
    return hint(asked, setting_names(), "there are")


def _unknown_variables() -> list[str]:
    known = {PREFIX + name.upper().replace(".", "__") for name in setting_names()} | FOR_TESTS
    return sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known)
