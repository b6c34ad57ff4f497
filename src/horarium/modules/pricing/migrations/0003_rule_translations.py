from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pricing", "0002_every_kind_of_time"),
    ]

    operations = [
        migrations.AddField(
            model_name="pricerule",
            name="translations",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
