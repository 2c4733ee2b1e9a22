"""What ``events plan`` says of how good its schedule is."""

import pytest

from netmap.cli import planning
from netmap.events import Plan
from netmap.events.placing import exact


def said(**more: float | str | bool) -> str:
    """Say how good a schedule is that gives up ten."""
    given = {"sessions": (), "optimal": False, "cost": 10.0, "bound": 8.0, "method": "local search"}
    return planning._how_good(Plan(**{**given, **more}))  # type: ignore[arg-type]


def test_a_proved_schedule_says_so() -> None:
    """Nobody need look further."""
    assert said(optimal=True).endswith(
        "(found by local search); no schedule gives up less (proved)."
    )


def test_another_says_how_far_it_may_be_from_the_best() -> None:
    """A strategist sees whether more time would be worth it."""
    assert (
        "no schedule can give up less than 8, so it is at most 20 % worse than the best." in said()
    )
    assert "at most 0 % worse" in said(cost=0.0, bound=0.0)


@pytest.mark.parametrize("there", [True, False])
def test_who_has_no_solver_is_told_of_it(monkeypatch: pytest.MonkeyPatch, there: bool) -> None:  # noqa: FBT001
    """And who has one is not."""
    monkeypatch.setattr(exact, "is_there", lambda: there)
    assert ("community-netmap[schedule]" in said()) is not there
