"""The settings: `jalon.toml`, `JALON_*` variables over it, options over both; read once."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self
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
    TomlConfigSettingsSource,
)

from bot.dispatch import NewPeople
from storage.plan_errors import hint

FILE = Path("jalon.toml")
PREFIX = "JALON_"
FOR_TESTS = {"JALON_CHROMIUM", "JALON_KILLS", "JALON_REQUIRE_BROWSER", "JALON_TALKS"}


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
        """A variable that is set to nothing is not set; what is pasted often has an end of line."""
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
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("must be an address that starts with https:// or http://")
        return value.rstrip("/") + "/"

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.configured and self.app_token is None and self.signing_secret is None:
            raise ValueError(
                "beside bot_token, set app_token (Socket Mode) or signing_secret (HTTP)"
            )
        if not self.configured and (self.app_token or self.signing_secret):
            raise ValueError("set bot_token as well")
        return self


class Config(BaseSettings):
    """Every setting there is, with its default."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True
    )

    data: Path = Path("data")
    host: str = "127.0.0.1"
    port: int = Field(3978, ge=0, le=65535)
    new_people: NewPeople = "staff"
    slack: Slack = Slack()

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
    return f"{name}: {message[:1].lower()}{message[1:]}"


def setting_names() -> list[str]:
    """Every setting's name; those of a table with its name and a dot before."""
    inner = [f"slack.{name}" for name in Slack.model_fields]
    return [*(name for name in Config.model_fields if name != "slack"), *inner]


def _hint(name: str) -> str:
    asked = name.removeprefix(PREFIX).lower().replace("__", ".")
    return hint(asked, setting_names(), "there are")


def _unknown_variables() -> list[str]:
    known = {PREFIX + name.upper().replace(".", "__") for name in setting_names()} | FOR_TESTS
    return sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known)
