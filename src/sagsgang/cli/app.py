"""The commands, and what their help pages say. Each command's file is imported when it runs."""

from __future__ import annotations

from keyword import iskeyword

from cyclopts import App, Group, Parameter

from .. import __version__
from .help import Pages
from .language import say


def build() -> App:
    """The command line in the spoken language."""
    app = _app(
        "sagsgang",
        say("sagsgang KOMMANDO …", "sagsgang COMMAND …"),
        say(
            "Læser dagsordener og referater fra kommunale udvalg.",
            "Reads agendas and minutes of Danish municipal committees.",
        ),
    )
    for group, told in _groups():
        app.command(
            _app(group, say(f"sagsgang {group} KOMMANDO …", f"sagsgang {group} COMMAND …"), told)
        )
    for name, usage, told, examples in _commands():
        group, _space, last = name.rpartition(" ")
        home = app[group] if group else app
        file, function = _identifier(group or last), _identifier(last)
        home.command(
            f"sagsgang.cli.{file}:{function}",
            name=last,
            usage=f"sagsgang {usage}",
            help=told,
            help_epilogue=examples,
        )
    app["--version"].help = say("Vis versionen.", "Show the version.")
    return app


def _app(name: str, usage: str, told: str) -> App:
    app = App(
        name=name,
        help=told,
        usage=usage,
        version=f"sagsgang {__version__}",
        version_format="plaintext",
        version_flags=["--version"] if name == "sagsgang" else [],
        help_format="plaintext",
        help_formatter=Pages(),
        group_commands=Group.create_default_commands(say("Kommandoer", "Commands")),
        group_arguments=Group.create_default_arguments(say("Argumenter", "Arguments")),
        group_parameters=Group.create_default_parameters(say("Valg", "Options")),
        default_parameter=Parameter(negative="", show_default=False),
        suppress_keyboard_interrupt=False,
    )
    app["--help"].help = say("Vis denne hjælp.", "Show this help.")
    return app


def _groups() -> tuple[tuple[str, str], ...]:
    """Commands that have commands of their own, and what they are about; each is one file."""
    return (
        (
            "audit",
            say(
                "Loggen over alt, hvad der er ændret i arbejdshuset.",
                "The log of everything that was changed in the working house.",
            ),
        ),
        (
            "seal",
            say("Segl på godkendte referater.", "Seals of approved minutes."),
        ),
    )


def _identifier(name: str) -> str:
    """What a command's file and function are called: `check_archive`, `import_`."""
    identifier = name.replace("-", "_")
    return f"{identifier}_" if iskeyword(identifier) else identifier


def _commands() -> tuple[tuple[str, str, str, str], ...]:
    """Each command's name, how it is written, what it does, and examples."""
    return (
        (
            "read",
            say("read FIL|MAPPE|ADRESSE… [VALG]", "read FILE|FOLDER|URL… [OPTIONS]"),
            say(
                "Læs referater, og få punkterne ud: titel, indstilling, beslutning, stemmer.",
                "Read minutes, and get their items: title, recommendation, decision, votes.",
            ),
            say(
                """Eksempler
  sagsgang read referat.pdf
  sagsgang read referater > punkter.jsonl
  sagsgang read referater --format html --out sider""",
                """Examples
  sagsgang read minutes.pdf
  sagsgang read archive > items.jsonl
  sagsgang read archive --format html --out pages""",
            ),
        ),
        (
            "check",
            say("check FIL|MAPPE|ADRESSE… [VALG]", "check FILE|FOLDER|URL… [OPTIONS]"),
            say(
                "Læs korrektur: det, der mangler, og det, der ikke kan passe.",
                "Proofread: what is missing, and what cannot be right.",
            ),
            say(
                """Eksempler
  sagsgang check dagsorden.docx
  sagsgang check referater --format json > bemaerkninger.jsonl""",
                """Examples
  sagsgang check agenda.docx
  sagsgang check archive --format json > remarks.jsonl""",
            ),
        ),
        (
            "serve",
            say("serve [VALG]", "serve [OPTIONS]"),
            say(
                "Vis arkivet som et websted: søg, læs og følg.",
                "Show the archive as a site: search, read and follow.",
            ),
            say(
                """Eksempler
  sagsgang serve
  sagsgang serve --host 0.0.0.0 --port 80 --data /srv/sagsgang""",
                """Examples
  sagsgang serve
  sagsgang serve --host 0.0.0.0 --port 80 --data /srv/sagsgang""",
            ),
        ),
        (
            "demo",
            say("demo [VALG]", "demo [OPTIONS]"),
            say(
                "Indret den opdigtede Lindvig Kommune, og få et link ind som hver rolle.",
                "Furnish the invented Lindvig Kommune, and get a link in as each role.",
            ),
            say(
                """Eksempel
  sagsgang demo --data /tmp/demo""",
                """Example
  sagsgang demo --data /tmp/demo""",
            ),
        ),
        (
            "invite",
            say("invite MAIL [VALG]", "invite MAIL [OPTIONS]"),
            say(
                "Giv nogen et link til at vælge navn og adgangskode, også når den er glemt.",
                "Give somebody a link to choose name and password, also when it is forgotten.",
            ),
            say(
                """Eksempler
  sagsgang invite karin@kommunen.dk --name "Karin Holm"
  sagsgang invite it@kommunen.dk --administrator""",
                """Examples
  sagsgang invite karin@municipality.dk --name "Karin Holm"
  sagsgang invite it@municipality.dk --administrator""",
            ),
        ),
        (
            "import",
            say("import FIL|MAPPE… [VALG]", "import FILE|FOLDER… [OPTIONS]"),
            say(
                "Læg referater i arkivet. Det, der er der i forvejen, springes over.",
                "Put minutes in the archive. What is there already is skipped.",
            ),
            say(
                """Eksempler
  sagsgang import referater
  sagsgang import udvalget --municipality Horsens --committee Socialudvalget
  sagsgang import punkter.jsonl""",
                """Examples
  sagsgang import minutes
  sagsgang import committee --municipality Horsens --committee Socialudvalget
  sagsgang import items.jsonl""",
            ),
        ),
        (
            "harvest",
            say("harvest ADRESSE… [VALG]", "harvest URL… [OPTIONS]"),
            say(
                "Hent møder fra kommunernes FirstAgenda-sider til arkivet. Det, der ikke har "
                "ændret sig, hentes ikke igen.",
                "Fetch meetings from municipalities' FirstAgenda sites to the archive. What has "
                "not changed is not fetched again.",
            ),
            say(
                """Eksempler
  sagsgang harvest https://dagsordener.kommunen.dk
  sagsgang harvest dagsordener.kommunen.dk --since 2022 --attachments""",
                """Examples
  sagsgang harvest https://dagsordener.municipality.dk
  sagsgang harvest dagsordener.municipality.dk --since 2022 --attachments""",
            ),
        ),
        (
            "held",
            say("held [VALG]", "held [OPTIONS]"),
            say(
                "Vis de dokumenter, der er holdt tilbage, og hvorfor.",
                "Show the documents that are held back, and why.",
            ),
            "",
        ),
        (
            "release",
            say(
                "release NUMMER --by NAVN --why GRUND",
                "release NUMBER --by NAME --why REASON",
            ),
            say(
                "Offentliggør et dokument, der er holdt tilbage.",
                "Publish a document that is held back.",
            ),
            say(
                """Eksempel
  sagsgang release 3 --by "Bo Hansen" --why "Det er et journalnummer" """,
                """Example
  sagsgang release 3 --by "Bo Hansen" --why "It is a file number" """,
            ).rstrip(),
        ),
        (
            "check-archive",
            say("check-archive [VALG]", "check-archive [OPTIONS]"),
            say(
                "Kontrollér arkivet: hvert dokument, hver version, hver række og fil.",
                "Check the archive: every document, version, row and file.",
            ),
            "",
        ),
        (
            "backup",
            say("backup FIL [VALG]", "backup FILE [OPTIONS]"),
            say(
                "Gem hele arkivet i én fil, også mens det er i brug.",
                "Save the whole archive in one file, also while it is in use.",
            ),
            say(
                """Eksempel
  sagsgang backup /srv/kopier/arkivet.zip""",
                """Example
  sagsgang backup /srv/copies/archive.zip""",
            ),
        ),
        (
            "restore",
            say("restore FIL [VALG]", "restore FILE [OPTIONS]"),
            say(
                "Gendan arkivet fra en sikkerhedskopi: helt eller slet ikke.",
                "Put a backup back: whole or not at all.",
            ),
            "",
        ),
        (
            "reindex",
            say("reindex [VALG]", "reindex [OPTIONS]"),
            say(
                "Byg søgeindekset på ny: efter en ny version, eller når arkivet er vokset meget.",
                "Build the index anew: after a new version, or when the archive has grown much.",
            ),
            "",
        ),
        (
            "kle",
            say("kle FIL [VALG]", "kle FILE [OPTIONS]"),
            say(
                "Tag kommunens egen KLE ind, så emnerne kan slås op.",
                "Take the municipality's own KLE in, so that subjects can be looked up.",
            ),
            "",
        ),
        (
            "audit verify",
            say("audit verify [VALG]", "audit verify [OPTIONS]"),
            say(
                "Kontrollér loggen: at intet i den mangler eller er ændret, og at intet er ændret "
                "uden om den.",
                "Check the log: that nothing in it is missing or changed, and nothing was changed "
                "past it.",
            ),
            "",
        ),
        (
            "audit export",
            say("audit export [VALG]", "audit export [OPTIONS]"),
            say(
                "Skriv loggen ud: hvem der gjorde hvad, hvornår, fra hvad til hvad.",
                "Write the log: who did what, when, from what to what.",
            ),
            say(
                """Eksempler
  sagsgang audit export --who "Ida Holm" --since 2026-03-01
  sagsgang audit export --what agenda.publish --format csv --out log.csv""",
                """Examples
  sagsgang audit export --who "Ida Holm" --since 2026-03-01
  sagsgang audit export --what agenda.publish --format csv --out log.csv""",
            ),
        ),
        (
            "seal check",
            say("seal check FIL [VALG]", "seal check FILE [OPTIONS]"),
            say(
                "Se, om en PDF er, som kommunen forseglede den.",
                "See whether a PDF is as the municipality sealed it.",
            ),
            say(
                """Eksempel
  sagsgang seal check referat-forseglet.pdf --roots rod.pem""",
                """Example
  sagsgang seal check minutes-sealed.pdf --roots root.pem""",
            ),
        ),
        (
            "seal due",
            say("seal due [VALG]", "seal due [OPTIONS]"),
            say(
                "Send påmindelser om manglende godkendelser, og forsegl de endelige referater.",
                "Remind of approvals that lack, and seal the minutes that are final.",
            ),
            say(
                """Til cron eller en timer, for eksempel hver morgen
  0 7 * * *  sagsgang seal due --data /srv/sagsgang""",
                """For cron or a timer, every morning for instance
  0 7 * * *  sagsgang seal due --data /srv/sagsgang""",
            ),
        ),
        ("formats", "formats", say("Vis, hvad der kan læses.", "Show what can be read."), ""),
        (
            "schema",
            "schema",
            say(
                "Vis opbygningen af data som JSON Schema.", "Show the data's shape as JSON Schema."
            ),
            say("sagsgang schema > skema.json", "sagsgang schema > schema.json"),
        ),
        (
            "notify",
            say("notify [VALG]", "notify [OPTIONS]"),
            say(
                "Send mail til dem, der følger noget, om det, der er nyt.",
                "Send mail to those who follow something, about what is new.",
            ),
            say(
                """Til cron eller en timer, for eksempel hvert kvarter
  */15 * * * *  sagsgang notify --data /srv/sagsgang""",
                """For cron or a timer, every quarter of an hour for instance
  */15 * * * *  sagsgang notify --data /srv/sagsgang""",
            ),
        ),
        (
            "export",
            say("export [VALG]", "export [OPTIONS]"),
            say(
                "Skriv arkivets gældende dokumenter ud som data.",
                "Write the archive's current documents as data.",
            ),
            say(
                """Eksempler
  sagsgang export > referater.jsonl
  sagsgang export --format parquet --out referater.parquet
  sagsgang export --since 2026-03-01 --out nyt.jsonl""",
                """Examples
  sagsgang export > minutes.jsonl
  sagsgang export --format parquet --out minutes.parquet
  sagsgang export --since 2026-03-01 --out new.jsonl""",
            ),
        ),
    )
