"""What the commands share: the settings, and one clear line where something stands in the way."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn, cast

import typer

from bot.app import data_folder
from bot.config import Config
from storage.database import FILE
from storage.errors import FolderTaken, StorageError
from storage.plan_errors import PlanError

BAD_INPUT = 2


def config_of(ctx: typer.Context) -> Config:
    """The settings that were read before the command."""
    return cast("Config", ctx.obj)


@contextmanager
def in_one_line(folder: Path) -> Generator[None]:
    """Say in one line on stderr what stands in the way, and exit with code 2: no traceback."""
    try:
        yield
    except FolderTaken:
        give_up(f"a bot runs on {folder}; stop it first")
    except PlanError as error:
        first, *others = error.problems
        more = f" (and {len(others)} more: jalon plan check FILE)" if others else ""
        give_up(first + more)
    except FileNotFoundError as error:
        give_up(f"{error.filename or folder / FILE}: there is no such file, or nothing in it")
    except StorageError as error:
        give_up(str(error))
    except OSError as error:
        give_up(f"{error.filename or folder}: {error.strerror or error}")
    except sqlite3.DatabaseError as error:
        give_up(f"{folder / FILE}: {error}; jalon restore FILE puts a backup back")


def need_database(ctx: typer.Context) -> Path:
    """The data folder, which must hold a database already."""
    config = config_of(ctx)
    if not (config.data / FILE).is_file():
        sample = data_folder(config, with_sample=True)
        hint = f"; for the sample: jalon --data {sample} ..." if (sample / FILE).is_file() else ""
        give_up(f"{config.data / FILE}: there is no database yet; start the bot once{hint}")
    return config.data


def give_up(message: str) -> NoReturn:
    """One clear line, and the exit code of what the person can mend."""
    typer.echo(f"jalon: {message}", err=True)
    raise typer.Exit(BAD_INPUT)
