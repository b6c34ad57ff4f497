"""Every few minutes shared sessions are looked for that nobody is left in: of those to come, a few of all sessions."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("availability", "0005_every_kind_of_time")]

    operations = [
        migrations.AddIndex(
            model_name="session",
            index=models.Index(
                fields=["ends_at"],
                condition=models.Q(is_shared=True, state="scheduled"),
                name="session_shared_to_come",
            ),
        ),
    ]
