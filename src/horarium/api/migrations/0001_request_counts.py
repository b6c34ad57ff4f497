from django.db import migrations


class Migration(migrations.Migration):
    initial = True

    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.RunSQL(
            # Unlogged: counts of the running minute may be lost in a crash, and cost no write-ahead log.
            """CREATE UNLOGGED TABLE api_requestcount (
                key bytea PRIMARY KEY, minute bigint NOT NULL, requests integer NOT NULL)""",
            "DROP TABLE api_requestcount",
        )
    ]
