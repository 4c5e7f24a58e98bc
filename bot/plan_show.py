"""A whole plan as readable text, for `jalon plan show`."""

import textwrap
from collections.abc import Iterable, Iterator
from fractions import Fraction

from handlers.chat.texts import Texts
from storage.plan import Community, Measure, Network, Plan, Strand, Target

WIDTH = 100


def show(plan: Plan, t: Texts) -> str:
    """Strands down to targets, then milestones, closed days, communities and the network."""
    return "\n".join(
        [
            *_head(plan, t),
            *(line for strand in plan.strand for line in _strand(plan, strand, t)),
            *_dates(plan, t),
            *_communities(plan, t),
            *_network(plan.network, t),
        ]
    )


def _head(plan: Plan, t: Texts) -> Iterator[str]:
    yield plan.title[t.language]
    dates = t("plan.dates", starts=t.day(plan.starts), ends=t.day(plan.ends))
    yield f"{plan.id} · {dates}"
    yield t("plan.half_day", duration=t.duration(plan.half_day_minutes))


def _strand(plan: Plan, strand: Strand, t: Texts) -> Iterator[str]:
    yield from _title(t("plan.strand", id=strand.id, title=strand.title[t.language]))
    for objective in (each for each in plan.objective if each.strand == strand.id):
        yield ""
        yield from _wrapped(objective.text[t.language], "  ")
        for strategy in (each for each in plan.strategy if each.objective == objective.id):
            yield from _wrapped(strategy.text[t.language], "  • ")
            indicators = [each for each in plan.indicator if each.strategy == strategy.id]
            if indicators:
                yield f"    {t('plan.indicators')}"
            for indicator in indicators:
                yield from _wrapped(indicator.text[t.language], "      - ")
            targets = [each for each in plan.target if each.strategy == strategy.id]
            if targets:
                yield f"    {t('plan.targets')}"
            for target in targets:
                yield from _target(plan, target, t)


def _target(plan: Plan, target: Target, t: Texts) -> Iterator[str]:
    yield from _wrapped(f"{target.id}: {target.text[t.language]}", "      * ")
    parts = " + ".join(
        t("plan.part", goal=_goal(target.measure, part.goal, t), name=part.name[t.language])
        for part in target.part
    )
    goal = t(f"plan.{target.measure}", goal=_goal(target.measure, target.goal, t))
    facts = [f"{goal} = {parts}" if parts else goal]
    if target.paced:
        facts.append(t("plan.paced"))
    elif any(milestone.target == target.id for milestone in plan.milestone):
        facts.append(t("plan.on_milestones"))
    if target.minimum_minutes:
        facts.append(t("plan.minutes", minutes=target.minimum_minutes))
    if target.days > 1:
        facts.append(t("plan.days", days=target.days))
    if target.each_community:
        facts.append(t("plan.each_community"))
    if target.head_counts:
        facts.append(t("plan.head_counts"))
    if target.among:
        facts.append(t("plan.among", among=_among(plan.network, target.among, t)))
    if target.of:
        facts.append(t("plan.of", targets=", ".join(target.of)))
    if not target.confirmed:
        facts.append(t("plan.not_confirmed"))
    yield from _wrapped(" · ".join(facts), "        ")


def _goal(measure: Measure, goal: Fraction, t: Texts) -> str:
    if measure is Measure.SHARE:
        return t.percent(goal)
    return t.hours(goal * 60) if measure is Measure.HOURS else t.number(goal, 2)


def _among(network: Network, among: str, t: Texts) -> str:
    kind, _, id = among.partition(":")
    role = next((role.plural[t.language] for role in network.role if role.id == id), id)
    return t(f"plan.denominator.{kind}", role=role)


def _dates(plan: Plan, t: Texts) -> Iterator[str]:
    yield from _title(t("plan.milestones"))
    for each in sorted(plan.milestone, key=lambda milestone: milestone.due):
        yield _line(t.day(each.due), each.name[t.language], t("plan.assumed") * each.assumed)
    yield from _title(t("plan.closed"))
    for each in sorted(plan.closed, key=lambda closed: closed.first):
        days = t("plan.dates", starts=t.day(each.first), ends=t.day(each.last))
        when = t.day(each.first) if each.first == each.last else days
        yield _line(when, each.name[t.language], t("plan.assumed") * each.assumed)


def _communities(plan: Plan, t: Texts) -> Iterator[str]:
    if plan.community:
        yield from _title(t("plan.communities"))
    for each in plan.community:
        yield from _wrapped(_line(each.name[t.language], *_sizes(each, t)).strip(), "  ")
    if plan.replacement:
        yield from _title(t("plan.replacement"))
    for each in plan.replacement:
        measures = t("plan.measures", measures=t.all_of(list(each.measures)))
        yield _line(each.name[t.language], measures)


def _sizes(community: Community, t: Texts) -> Iterator[str]:
    yield t.all_of([t(f"plan.{kind}") for kind in community.kinds])
    if community.smallest and community.largest:
        yield t("plan.participants", smallest=community.smallest, largest=community.largest)
    if community.note:
        yield community.note[t.language]


def _network(network: Network, t: Texts) -> Iterator[str]:
    yield from _title(t("plan.network", id=network.id))
    yield t("plan.bodies")
    for body in network.body:
        short = "" if body.short == body.name else body.short[t.language]
        yield _line(body.name[t.language], short, t("plan.private") * body.private)
    yield t("plan.roles")
    for role in network.role:
        yield _line(role.name[t.language])
    if network.partner:
        yield t("plan.partners")
    for partner in network.partner:
        yield _line(partner.name, t(f"plan.{partner.kind}"))


def _title(words: str) -> tuple[str, ...]:
    return "", *_wrapped(words, ""), "─" * min(len(words), WIDTH)


def _line(*parts: str) -> str:
    return "  " + " · ".join(part for part in parts if part)


def _wrapped(words: str, before: str) -> Iterable[str]:
    return textwrap.wrap(
        words,
        WIDTH,
        initial_indent=before,
        subsequent_indent=" " * len(before),
        break_long_words=False,
        break_on_hyphens=False,
    )
