"""Charts of a decision, for notebooks. They need Altair."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from winset.errors import NotConfigured

Told: TypeAlias = Sequence[tuple[dict[str, str], dict[str, Any]]]  # the first columns, and an issue of the answer

WIDTH, ROW = 480, 24  # pixels
NORMAL_90 = 1.645  # standard errors on each side of a 90% interval
FOR, AGAINST, MUTED, BAND = "#1666a8", "#b4560b", "#5a646e", "#dbe7f1"  # as in the shipped charts
AS_GIVEN = "as given"


def positions_plot(told: Told, scale: Sequence[float]) -> Any:
    """Who stands where, with 90% intervals; status quo, proposal, what can beat the status quo; issues one by one."""
    alt = _altair()
    given = [issue for head, issue in told if head.get("what_if", AS_GIVEN) == AS_GIVEN]
    across = alt.X("position:Q", scale=alt.Scale(domain=list(scale)), title=None)
    charts = []
    for issue in given:
        rows = [
            {
                "actor": each["actor"],
                "position": each["position"],
                "low": max(scale[0], each["position"] - NORMAL_90 * each["std_error"]),
                "high": min(scale[1], each["position"] + NORMAL_90 * each["std_error"]),
                "salience": each["salience"],
                "nearer": _nearer(each["position"], issue),
            }
            for each in issue["positions"]
        ]
        places = [{"place": "status quo", "at": issue["status_quo"]}]
        places += [{"place": each["option"], "at": each["at"]} for each in issue["options"]]
        who = alt.Y("actor:N", sort=alt.SortField("position"), title=None)
        tint = alt.Color(
            "nearer:N",
            scale=alt.Scale(domain=["proposal", "status quo"], range=[FOR, AGAINST]),
            title="nearer to",
        )
        hint = ["actor:N", "position:Q", "low:Q", "high:Q", "salience:Q"]
        layers = [
            alt.Chart(_values(places)).mark_rule(color=MUTED, strokeDash=[3, 3]).encode(x="at:Q", tooltip="place:N"),
            alt.Chart(_values(rows))
            .mark_rule(strokeWidth=3, opacity=0.55)
            .encode(x=alt.X("low:Q"), x2="high:Q", y=who, color=tint),
            alt.Chart(_values(rows)).mark_circle(size=90, opacity=1).encode(x=across, y=who, color=tint, tooltip=hint),
        ]
        if issue["winset"]:
            low, high = issue["winset"]
            band = alt.Chart(_values([{"low": low, "high": high}])).mark_rect(color=BAND, opacity=0.8)
            layers.insert(0, band.encode(x=alt.X("low:Q"), x2="high:Q"))
        title = f"{issue['issue']}: {issue['outcome']}, {issue['probability']:.0%}"
        charts.append(alt.layer(*layers).properties(title=title, width=WIDTH, height=ROW * max(1, len(rows))))
    return alt.vconcat(*charts)


def what_if_plot(told: Told, scale: Sequence[float]) -> Any:  # noqa: ARG001 - all plots are called alike
    """The probability of adoption as given and with each what-if."""
    alt = _altair()
    rows = [
        {
            "what if": head.get("what_if", AS_GIVEN),
            "issue": issue["issue"],
            "adopted": issue["probability_adopted"],
            "outcome": issue["outcome"],
        }
        for head, issue in told
    ]
    bars = (
        alt.Chart(_values(rows))
        .mark_bar()
        .encode(
            x=alt.X("adopted:Q", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%"), title="adopted"),
            y=alt.Y("what if:N", sort=None, title=None),
            color=alt.Color("outcome:N", scale=alt.Scale(domain=list(TINTS), range=list(TINTS.values()))),
            tooltip=["issue:N", "what if:N", alt.Tooltip("adopted:Q", format=".0%"), "outcome:N"],
        )
    )
    issues = {row["issue"] for row in rows}
    if len(issues) == 1:
        return bars.properties(width=WIDTH, title=next(iter(issues)))
    return bars.encode(row=alt.Row("issue:N", title=None)).properties(width=WIDTH)


def models_plot(told: Told, scale: Sequence[float]) -> Any:
    """Where each model says that it ends, four fifths of its draws; the forecast with its interval on top."""
    alt = _altair()
    rows = []
    for head, issue in told:
        if head.get("what_if", AS_GIVEN) != AS_GIVEN:
            continue
        forecast = issue["forecast"]
        found = [{**each, "model": each["model"]} for each in issue["models"]]
        if forecast:
            found.insert(0, {**forecast, "model": f"forecast, {forecast['nominal']:.0%}"})
        rows += [
            {"issue": issue["issue"], **{key: each[key] for key in ("model", "value", "low", "high")}} for each in found
        ]
    base = alt.Chart().encode(y=alt.Y("model:N", sort=None, title=None))
    spans = base.mark_rule(strokeWidth=3, opacity=0.55, color=MUTED).encode(x=alt.X("low:Q"), x2="high:Q")
    across = alt.X("value:Q", scale=alt.Scale(domain=list(scale)), title=None)
    points = base.mark_point(shape="diamond", size=90, filled=True, color=MUTED).encode(
        x=across, tooltip=["issue:N", "model:N", "value:Q", "low:Q", "high:Q"]
    )
    return (
        alt.layer(spans, points, data=_values(rows)).properties(width=WIDTH).facet(row=alt.Row("issue:N", title=None))
    )


TINTS = {"adopted": FOR, "blocked": AGAINST, "pending": MUTED}
PLOTS: dict[str, Callable[[Told, Sequence[float]], Any]] = {
    "positions": positions_plot,
    "what-if": what_if_plot,
    "models": models_plot,
}


def _nearer(position: float, issue: dict[str, Any]) -> str | None:
    """Which end it is nearer to; None half way."""
    left, right = abs(position - issue["status_quo"]), abs(position - issue["proposal"])
    return None if left == right else "proposal" if right < left else "status quo"


def _altair() -> Any:
    try:
        import altair
    except ImportError:
        raise NotConfigured("plots need Altair: pip install 'winset[plots]'; `.svg()` draws without it") from None
    return altair


def _values(rows: Sequence[dict[str, Any]]) -> Any:
    return _altair().Data(values=list(rows))
