"""Short allocations are found by start and end: what ended before the span is passed over in the index itself."""

from django.db import migrations

OF_SHORT = "state IN ('held', 'taken') AND upper(during) - lower(during) <= interval '1 day'"


class Migration(migrations.Migration):
    dependencies = [("availability", "0007_leaner_indexes")]

    operations = [
        migrations.RunSQL(
            [
                "DROP INDEX allocation_read_short",
                f"CREATE INDEX allocation_read_short ON availability_allocation "
                f"(resource_id, lower(during), upper(during)) WHERE {OF_SHORT}",
            ],
            [
                "DROP INDEX allocation_read_short",
                f"CREATE INDEX allocation_read_short ON availability_allocation (resource_id, lower(during)) "
                f"WHERE {OF_SHORT}",
            ],
        ),
    ]
