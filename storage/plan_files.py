"""Reads plans and networks from their files, and settles which file wins."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from storage.network import Network
from storage.plan import Plan
from storage.plan_checks import check_network, check_plan
from storage.plan_errors import PlanError, hint, in_words

SHIPPED = Path(__file__).parent / "plans"

T = TypeVar("T", Plan, Network)


@dataclass(frozen=True)
class Plans:
    """Every plan there is, oldest first, and the file each was read from."""

    all: tuple[Plan, ...]
    files: Mapping[str, Path] = field(default_factory=dict[str, Path])

    def get(self, id: str) -> Plan:
        """The plan of this id; PlanError names the ids there are."""
        for plan in self.all:
            if plan.id == id:
                return plan
        raise PlanError([f'no plan "{id}"; {hint(id, (p.id for p in self.all), "there are")}'])

    def in_force(self, day: date) -> tuple[Plan, ...]:
        """The plans whose dates hold this day."""
        return tuple(plan for plan in self.all if plan.starts <= day <= plan.ends)

    def current(self, day: date) -> Plan:
        """The plan in force that started last; where none is, the last one that was.

        Of two that started together, the one that is over first: that year's own.
        """
        started = [plan for plan in self.all if plan.starts <= day]
        there = [*self.in_force(day)] or started or [*self.all]
        return max(there, key=lambda plan: (plan.starts, plan.starts - plan.ends, plan.id))

    def newest(self, programme: str) -> Plan:
        """The last plan of a programme to start; PlanError names the programmes there are."""
        for plan in reversed(self.all):
            if plan.programme == programme:
                return plan
        programmes = dict.fromkeys(plan.programme for plan in self.all)
        raise PlanError([f'no programme "{programme}"; {hint(programme, programmes, "there are")}'])

    @cached_property
    def network(self) -> Network:
        """The bodies, roles and partners of all plans; of two under one id, the newest plan's."""
        networks = {plan.network.id: plan.network for plan in self.all}
        if len(networks) == 1:
            return next(iter(networks.values()))
        return Network(
            id="+".join(networks) or "none",
            body=tuple({b.id: b for net in networks.values() for b in net.body}.values()),
            role=tuple({r.id: r for net in networks.values() for r in net.role}.values()),
            partner=tuple({p.name: p for net in networks.values() for p in net.partner}.values()),
        )


def load_plans(data_folder: Path | None) -> Plans:
    """The shipped plans and those of ``data_folder``/plans, which win by id.

    Raises PlanError with the problems of every file.
    """
    return _load_plans(data_folder) if data_folder else _shipped()


@cache
def _shipped() -> Plans:
    return _load_plans(None)  # which are as they are while a process runs


def _load_plans(data_folder: Path | None) -> Plans:
    problems: list[str] = []
    networks = _networks(data_folder, problems)
    plans: dict[str, Plan] = {}
    files: dict[str, Path] = {}
    for folder in _folders(data_folder):
        found = _load_all(folder, lambda text: load_plan(text, networks), problems)
        plans |= {plan.id: plan for plan, _ in found}
        files |= {plan.id: path for plan, path in found}
    if problems:
        raise PlanError(problems)
    return Plans(tuple(sorted(plans.values(), key=lambda plan: (plan.starts, plan.id))), files)


def load_networks(data_folder: Path | None) -> dict[str, Network]:
    """The shipped networks and those of ``data_folder``/plans/networks, which win, by id."""
    problems: list[str] = []
    networks = _networks(data_folder, problems)
    if problems:
        raise PlanError(problems)
    return networks


def load_plan(text: str, networks: Mapping[str, Network]) -> Plan:
    """The plan that a file's text holds. Raises PlanError with everything wrong in it."""
    raw = _parse(text)
    problems: list[str] = []
    named = raw.get("network")
    network = networks.get(named) if isinstance(named, str) else None
    if network:
        raw["network"] = network
    elif "network" in raw:
        known = hint(str(named), networks, "there are")
        problems.append(f'network: no network has the id "{named}"; {known}')
        # Stands in while the rest of the file is checked.
        raw["network"] = Network(id="unknown", body=(), role=())
    plan = _model(Plan, raw, problems)
    problems += check_plan(raw, network)
    if problems or not plan:
        raise PlanError(problems)
    return plan


def load_network(text: str) -> Network:
    """The network that a file's text holds. Raises PlanError with everything wrong in it."""
    raw = _parse(text)
    problems: list[str] = []
    network = _model(Network, raw, problems)
    problems += check_network(raw)
    if problems or not network:
        raise PlanError(problems)
    return network


def read_text(path: Path) -> str:
    """A file's text, with or without the mark that Windows editors put first."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise PlanError([f"can't be read: {error.strerror}"]) from error
    except UnicodeDecodeError as error:
        raise PlanError([f"not UTF-8 text (byte {error.start + 1})"]) from error


def _folders(data_folder: Path | None) -> list[Path]:
    return [SHIPPED, *([data_folder / "plans"] if data_folder else [])]


def _networks(data_folder: Path | None, problems: list[str]) -> dict[str, Network]:
    networks: dict[str, Network] = {}
    for folder in _folders(data_folder):
        found = _load_all(folder / "networks", load_network, problems)
        networks |= {network.id: network for network, _ in found}
    return networks


def _load_all(folder: Path, load: Callable[[str], T], problems: list[str]) -> list[tuple[T, Path]]:
    """What a folder's files hold; no two of one id."""
    found: dict[str, tuple[T, Path]] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            one = load(read_text(path))
        except PlanError as error:
            problems += (f"{path.name}: {each}" for each in error.problems)
            continue
        if one.id in found:
            other = found[one.id][1].name
            problems.append(f'{path.name}: id: "{one.id}" is the id of {other} already')
        found[one.id] = (one, path)
    return list(found.values())


def _parse(text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise PlanError([f"not TOML: {error}"]) from error


def _model(model: type[T], raw: dict[str, object], problems: list[str]) -> T | None:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        problems += in_words(error, model, raw)
        return None
