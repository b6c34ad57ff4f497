from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0003_every_kind_of_time"),
    ]

    operations = [
        migrations.AddField(
            model_name="offering",
            name="repeats_up_to",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddConstraint(
            model_name="offering",
            constraint=models.CheckConstraint(
                condition=models.Q(("repeats_up_to__gte", 1)), name="offering_repeats"
            ),
        ),
    ]
