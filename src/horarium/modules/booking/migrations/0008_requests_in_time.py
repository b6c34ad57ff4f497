"""Every minute requests are looked for that nobody has decided about: a handful of all bookings."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("booking", "0007_no_free_hours")]

    operations = [
        migrations.AddIndex(
            model_name="booking",
            index=models.Index(
                fields=["approve_by"], condition=models.Q(state="pending"), name="booking_to_approve"
            ),
        ),
    ]
