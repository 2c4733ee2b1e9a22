"""The command that gives the site out over HTTP: serve."""

from typing import Annotated

import typer

from netmap.cli.app import Call, Seen, app


@app.command(epilog="Example: netmap serve --audience staff")
def serve(
    context: typer.Context,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port; 0 takes any that is free.")
    ] = 8000,
    audience: Annotated[Seen, typer.Option(help="Who the site is for.")] = Seen.PUBLIC,
    host: Annotated[
        str, typer.Option(help="Listen here; others can reach it only if you name their network.")
    ] = "127.0.0.1",
) -> None:
    """Show the site and live feeds in a browser; what you change is there when you reload."""
    from pathlib import Path  # noqa: PLC0415
    from tempfile import TemporaryDirectory  # noqa: PLC0415

    from netmap.build.serving import Live, Server, is_loopback  # noqa: PLC0415
    from netmap.cli.console import aside, out  # noqa: PLC0415
    from netmap.errors import CannotServeError  # noqa: PLC0415

    call: Call = context.obj
    with TemporaryDirectory(prefix="netmap-") as scratch:
        aside().print("Building the site ...")
        live = Live(lambda: call.now().open(audience), Path(scratch), aside().print)
        try:
            server = Server(live, host, port)
        except OSError as error:
            raise CannotServeError(host, port, error.strerror or str(error)) from error
        with server:
            name, number = str(server.server_address[0]), server.server_address[1]
            shown = f"[{name}]" if ":" in name else name
            out().print(f"For {audience.value}: http://{shown}:{number}/  (Ctrl+C ends it)")
            if not is_loopback(name) and audience is not Seen.PUBLIC:
                aside().print(f"Whoever can reach this machine sees what {audience.value} see.")
            server.serve_forever()
