"""The shared cache (rate limits, codes): unlogged, since losing it in a crash costs nothing."""

from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.RunSQL(
            sql="""
                CREATE UNLOGGED TABLE database_cache (
                    cache_key varchar(255) PRIMARY KEY,
                    value text NOT NULL,
                    expires timestamptz NOT NULL
                );
                CREATE INDEX database_cache_expires ON database_cache (expires);
            """,
            reverse_sql="DROP TABLE database_cache;",
        ),
    ]
