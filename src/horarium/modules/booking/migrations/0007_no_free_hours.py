from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("booking", "0006_terms_of_bookings")]

    operations = [migrations.RemoveField(model_name="booking", name="cancel_free_hours")]
