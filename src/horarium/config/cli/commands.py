"""All commands, thin: each calls one function that does the work."""

from typing import Annotated

import typer

from horarium.config import env

commands = typer.Typer(
    help="Horarium: booking for businesses that sell time.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
business = typer.Typer(help="Businesses of this installation.", no_args_is_help=True)
member = typer.Typer(help="People who work in a business.", no_args_is_help=True)
key = typer.Typer(help="Keys of the staff API.", no_args_is_help=True)
commands.add_typer(business, name="business")
commands.add_typer(member, name="member")
commands.add_typer(key, name="key")


@commands.command()
def demo() -> None:
    """Run everything here with demo businesses: database, web and worker."""
    from horarium.config.cli.demo import run_demo

    run_demo()


@commands.command()
def serve() -> None:
    """Answer HTTP requests."""
    from horarium.config.cli.run import serve

    serve(env.from_process())


@commands.command()
def worker() -> None:
    """Work jobs: messages, callbacks, reminders, expiry."""
    from horarium.config.cli.run import work

    work()


@commands.command()
def migrate() -> None:
    """Bring the database to the state that this version needs."""
    from horarium.config.cli.setup import migrate, product

    with product() as configuration:
        migrate(configuration)


@commands.command(hidden=True)
def prepare() -> None:
    """Migrate, fill the demo once, tell the addresses as JSON (used by `demo`)."""
    from horarium.config.cli.prepare import prepare

    prepare()


@commands.command()
def doctor() -> None:
    """Check database, migrations, worker, mail, storage, clock and keys, and say what to do."""
    from horarium.config.cli.doctor import run_doctor

    raise typer.Exit(run_doctor())


@commands.command()
def settings(
    write: Annotated[bool, typer.Option(help="Write docs/reference/settings.md and .env.example.")] = False,
) -> None:
    """Print all settings of the environment."""
    from horarium.config.cli import reference

    if write:
        reference.write()
    else:
        typer.echo(reference.as_markdown())


@commands.command()
def signin(email: str) -> None:
    """Print a one-time sign-in link."""
    from horarium.config.cli import people
    from horarium.config.cli.setup import product

    with product():
        typer.echo(people.sign_in_link(email))


@business.command("create")
def create_business(
    slug: str,
    *,
    name: Annotated[str, typer.Option(help="What guests read.")],
    owner: Annotated[str, typer.Option(help="The e-mail of the owner.")],
    kind: Annotated[
        str, typer.Option("--type", help="hotel, services, tours, events, rental or studio.")
    ] = "services",
    currency: Annotated[str, typer.Option(help="EUR, RUB, USD or CLP.")] = "EUR",
    country: Annotated[str, typer.Option(help="Two letters: PT, RU, CL.")] = "PT",
    time_zone: Annotated[str, typer.Option(help="As in Europe/Lisbon.")] = "Europe/Lisbon",
    language: Annotated[str, typer.Option(help="en, ru or es.")] = "en",
) -> None:
    """Create a business with its first location and owner; print the owner's sign-in link."""
    from horarium.config.cli import people
    from horarium.config.cli.setup import product

    wish = people.NewBusiness(
        slug=slug,
        name=name,
        owner=owner,
        kind=kind,
        currency=currency,
        country=country,
        time_zone=time_zone,
        language=language,
    )
    with product():
        typer.echo(people.create_business(wish))


@member.command("invite")
def invite_member(
    business_slug: Annotated[str, typer.Argument(metavar="BUSINESS")],
    email: str,
    role: Annotated[
        str, typer.Option(help="owner, manager, operator, specialist, marketer or accountant.")
    ] = "operator",
) -> None:
    """Invite a person into a business; print the link of the invitation."""
    from horarium.config.cli import people
    from horarium.config.cli.setup import product

    with product():
        typer.echo(people.invite_member(business_slug, email=email, role=role))


@key.command("create")
def create_key(
    business_slug: Annotated[str, typer.Argument(metavar="BUSINESS")],
    scope: Annotated[list[str], typer.Option(help="What the key may do; can be given several times.")],
    name: Annotated[str, typer.Option(help="To know the key again.")] = "command line",
) -> None:
    """Create an API key and print it, once."""
    from horarium.config.cli import people
    from horarium.config.cli.setup import product

    with product():
        typer.echo(people.create_key(business_slug, name=name, scopes=scope))
