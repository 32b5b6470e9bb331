"""Commands for a practice's own data: read, chart, run.

Whatever a command needs is imported inside it, so that `pcqa --help` answers at once.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from pcqa_teach.cli.group import Json, Project, Replace, app
from pcqa_teach.run import terminal

Map = Annotated[Path | None, typer.Option("--map", metavar="FILE", help="What each column means.")]
GO_LIVE = "go_live=YYYY-MM-DD"  # d8 asks for the day of the change
Dates = Annotated[
    Literal["day-first", "month-first"] | None,
    typer.Option(help="How dates are written; day first unless you say otherwise."),
]
Clock = Annotated[
    Literal["local", "utc"] | None,
    typer.Option(help="What a telephone log's clock shows, where the log does not say."),
]


@app.command(short_help="See what is in an export")
def read(
    exports: Annotated[list[Path], typer.Argument(metavar="EXPORT...", help="One file or more.")],
    mapping: Map = None,
    write_map: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a mapping file to fill in, and stop."),
    ] = None,
    kind: Annotated[
        Literal["appointments", "calls"],
        typer.Option(help="What a mapping to be written is for; calls: a telephone log."),
    ] = "appointments",
    dates: Dates = None,
    clock: Clock = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write the tidy rows (CSV).")
    ] = None,
    as_json: Json = False,
    replace: Replace = False,
    project: Project = None,
) -> None:
    """Say what is in an export: what was kept, mended, set aside and refused, and why.

    Known by their content are: SystmOne's appointment report; EMIS Web's list of slots and its
    table of counts; NHS England's appointments (practice, regional, daily) and calls by day and
    time; askmygp's crosstab of demand; Anima's audit; telephone logs; the kit's own sheets.

    \b
    Examples:
      pcqa read appointments.csv
      pcqa read april.csv may.csv -o tidy.csv
      pcqa read unknown.csv --write-map map.toml     then fill in map.toml, and
      pcqa read unknown.csv --map map.toml
      pcqa read telephone.csv --clock utc            a telephone log
      pcqa read tally.xlsx                           a sheet of `pcqa template`, filled in
    """  # noqa: D301
    from pcqa_teach import data
    from pcqa_teach.run import output

    with terminal.unnamed(exports) as names:
        if write_map is not None:
            with output.file(write_map, replace=replace) as partial:
                data.write_mapping_template(exports[0], partial, kind)
            typer.echo(
                f"Next: fill in '{write_map.name}' in any text editor, then type the same again "
                "with --map in place of --write-map."
            )
            return
        frame, quality = data.read_with_report(
            exports,
            dates=dates,
            mapping=mapping,
            project=project,
            clock=clock,
            only_counts=out is None,
        )
        if out is not None:
            with output.file(out, replace=replace) as partial:
                partial.touch(mode=0o600)
                frame.to_csv(partial, index=False)
    if as_json:
        typer.echo(json.dumps(names.tree(quality.to_dict()), indent=2, ensure_ascii=False))
    else:
        from pcqa_teach.run.said import quality_lines

        typer.echo("\n".join(names.text(line) for line in quality_lines(quality)))
        typer.echo(f"\nWritten: {out} (tidy rows, no names)" if out else "")
        options: dict[str, Path | str | None] = {} if out else {"--map": mapping, "--dates": dates}
        lesson = getattr(quality, "lesson", "d1")
        asked = getattr(quality, "asked", ())
        if "weeks" in asked and not quality.has("weeks"):
            return  # the report says that its chart has to wait
        options |= {"--project": project, "--set": GO_LIVE if lesson == "d8" else None}
        typer.echo(_next([out] if out else exports, options, lesson))


def _next(
    exports: Sequence[Path], options: Mapping[str, Path | str | None], lesson: str = "d1"
) -> str:
    """Return the line to type for a report, as it stands: the files as they were typed.

    It is empty where the lesson that takes such a file did not come with this copy.
    """
    from pcqa_teach import resources

    if not any(name.split("_")[0] == lesson for name in resources.lessons()):
        return ""
    files = "".join(f" --export {terminal.typed(path)}" for path in exports)
    more = "".join(f" {name} {terminal.typed(value)}" for name, value in options.items() if value)
    return f"Next: {terminal.program()} run {lesson}{files}{more} -o report"


@app.command(short_help="Draw a chart of change over time")
def chart(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV with one row a period.")],
    x: Annotated[str, typer.Option(metavar="COLUMN", help="The column of dates.")],
    y: Annotated[str, typer.Option(metavar="COLUMN", help="The column of values.")],
    n: Annotated[str | None, typer.Option(metavar="COLUMN", help="What values are out of.")] = None,
    kind: Annotated[str, typer.Option(help="Which chart: xmr, run, p, u, c, g, t, ...")] = "xmr",
    rules: Annotated[
        str | None, typer.Option(help="Which rules: mdc, nhsr, western_electric, nelson, anhoej.")
    ] = None,
    baseline: Annotated[
        str | None,
        typer.Option(metavar="N|DATE", help="Limits from the first N points, or up to a date."),
    ] = None,
    target: Annotated[
        float | None, typer.Option(metavar="NUMBER", help="A line to aim for; limits ignore it.")
    ] = None,
    improvement: Annotated[
        str | None, typer.Option(metavar="[up|down]", help="Which way is better.")
    ] = None,
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What is measured; else the column's name.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write FILE.png or FILE.svg.")
    ] = None,
    as_json: Json = False,
    replace: Replace = False,
) -> None:
    """Draw a chart of change over time and say what it shows.

    The book's page "Charts and rules" says which chart and which rules suit what you have.

    \b
    Examples:
      pcqa chart weekly.csv --x week --y dna_rate --improvement down
      pcqa chart weekly.csv --x week --y dna_rate --target 5 -o dna.png
      pcqa chart weekly.csv --x week --y missed --n booked --kind p
      pcqa chart weekly.csv --x week --y dna_rate --json
    """  # noqa: D301
    if out is not None and out.suffix.lower() not in (".png", ".svg"):
        raise typer.BadParameter("give a name that ends in .png or .svg", param_hint="-o")
    if improvement not in (None, "up", "down"):
        raise typer.BadParameter("say up or down: which way is better", param_hint="--improvement")
    from pcqa_teach import spc
    from pcqa_teach.run import output, said

    with terminal.unnamed([file]) as names, said.columns(file, [x, y, n]):
        made = spc.chart_file(
            file,
            x=x,
            y=y,
            n=n,
            kind=kind,
            rules=rules,
            baseline=int(baseline) if baseline and baseline.isdigit() else baseline,
            target=target,
            improvement=improvement,
            title=title,
        )
        if out is not None:
            drawn = made.figure()
            content = drawn.png if out.suffix.lower() == ".png" else drawn.svg
            with output.file(out, replace=replace) as partial:
                partial.write_bytes(content)
    if as_json:
        typer.echo(json.dumps(names.tree(made.to_dict()), indent=2, ensure_ascii=False))
    else:
        typer.echo(names.text(made.explain()))
        if out is not None:
            typer.echo(f"\nWritten: {out}\nIts words, for whoever cannot see it:")
            typer.echo(names.text(made.alt_text))


@app.command(short_help="Make a report on your own export")
def run(
    lesson: Annotated[str, typer.Argument(metavar="LESSON", help="See `pcqa lessons`.")],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FOLDER", help="A new folder for the report.")
    ],
    export: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Your export; again for a second. Else synthetic data."),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="One of the lesson's parameters."),
    ] = None,
    list_size: Annotated[
        int | None, typer.Option(min=1, metavar="PATIENTS", help="How many are registered.")
    ] = None,
    practice: Annotated[
        str | None, typer.Option(metavar="NAME", help="Which practice of several.")
    ] = None,
    clock: Clock = None,
    mapping: Map = None,
    dates: Dates = None,
    since: Annotated[
        Path | None,
        typer.Option(metavar="REPORT", help="An earlier report, to be shown beside this one."),
    ] = None,
    show_code: Annotated[bool, typer.Option("--show-code", help="Show the code too.")] = False,
    replace: Replace = False,
    project: Project = None,
) -> None:
    """Run a lesson on your own export and write a report.

    The folder holds report.html (open it in a browser, or print it), the executed notebook and the
    figures, which stay in the practice; and, made to be shared, summary.json and notice-board.pdf.
    It appears whole or not at all.

    \b
    Examples:
      pcqa run d1 --export appointments.csv -o report
      pcqa run d1 --export appointments.csv --list-size 9450 -o report --replace
      pcqa run d1 --export june.csv --since report -o report-june
      pcqa run d2 --export telephone.csv --clock utc -o my-eight-am
      pcqa run d1 --export unknown.csv --map map.toml -o report
    """  # noqa: D301
    from pcqa_teach.run import run_lesson
    from pcqa_teach.run.mapped import Reading, tidied

    parameters = parameters_given(settings or [])
    parameters |= {"list_size": list_size} if list_size is not None else {}
    parameters |= {"practice": practice} if practice is not None else {}
    parameters |= {"clock": clock} if clock is not None else {}
    reading = Reading(mapping, dates, clock)
    if reading and not export:
        raise typer.BadParameter("they say how to read an export: add --export FILE",
                                 param_hint="--map and --dates")  # fmt: skip
    with terminal.unnamed(export or []), terminal.status() as line:

        def told(quality: Any) -> None:
            line.clear()
            typer.echo(quality.sentences()[1])

        line.say("Reading the export" if reading else "Starting Python for the lesson")
        with tidied(export or [], reading, project=project, told=told) as given:
            line.say("Starting Python for the lesson")
            done = run_lesson(
                participant(lesson),
                given or None,
                out,
                parameters=parameters,
                show_code=show_code,
                replace=replace,
                project=project,
                since=since,
                progress=line.cell,
            )
    typer.echo(f"The report is in {done}: open {done / 'report.html'}")


def participant(name: str) -> Any:
    """Return a lesson as participants have it: an installed copy is that already."""
    from pcqa_teach.publish import editions

    return editions.for_participants(name)


def parameters_given(settings: list[str]) -> dict[str, Any]:
    """Return `name=value` settings; a value that Python can read is that, any other is a text."""
    found: dict[str, Any] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or not name.isidentifier():
            raise typer.BadParameter("write it as NAME=VALUE", param_hint="--set")
        try:
            found[name] = ast.literal_eval(value)
        except (ValueError, SyntaxError):
            found[name] = value
    return found
