"""The settings: `jalon.toml`, `JALON_*` variables over it, options over both; read once."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
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
FOR_TESTS = {"JALON_CHROMIUM", "JALON_REQUIRE_BROWSER"}


class ConfigError(Exception):
    """The settings can't be used: the message names each one that is wrong, and never its value."""


class Slack(BaseModel):
    """How to reach Slack."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    bot_token: SecretStr | None = None


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
    return f"{name}: {str(problem['msg'])[:1].lower()}{str(problem['msg'])[1:]}"


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
