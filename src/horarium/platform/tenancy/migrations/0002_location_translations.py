from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="location",
            name="translations",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
