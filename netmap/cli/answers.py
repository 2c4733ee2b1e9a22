"""An answer about one network or about all of them, for people or for programs."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from netmap.cli.app import Form

if TYPE_CHECKING:
    from rich.console import Console

    from netmap.build.workplace import Workplace
    from netmap.networks.register import Register

A = TypeVar("A")


def answer_each(
    place: "Workplace",
    network: str | None,
    form: Form,
    answer: "Callable[[Register], A]",
    as_json: Callable[[A], dict[str, Any]],
    show: "Callable[[Console, Register, A], None]",
) -> list[A]:
    """Answer for one network or all, and print it.

    Args:
        place: The workspace, opened for the audience.
        network: The network asked about; all of them where None.
        form: Text, one network after another, or one JSON document.
        answer: Works the answer out.
        as_json: Shapes it for JSON; several networks stand under ``networks``.
        show: Prints it for people, below the network's title.

    Returns:
        The answers, in the order of the networks.

    Raises:
        NoNetworkError: There is no such network, or none at all.
        NothingUsableError: A network has no organisation and no area that could be read.
    """
    from netmap.cli.console import print_json  # noqa: PLC0415

    opened = (place.register(name) for name in place.names(network))
    answers = [(register, answer(register)) for register in opened]
    if form is Form.TEXT:
        for register, said in answers:
            _show_below_title(register, said, show)
    else:
        shaped = [as_json(said) for _, said in answers]
        print_json(shaped[0] if len(shaped) == 1 else {"networks": shaped})
    return [said for _, said in answers]


def _show_below_title(
    register: "Register", said: A, show: "Callable[[Console, Register, A], None]"
) -> None:
    from netmap.cli.console import out, print_title  # noqa: PLC0415

    console = out()
    print_title(console, register.title, note=register.settings.disclaimer)
    show(console, register, said)
    console.print()
