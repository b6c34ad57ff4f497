"""What was said to whom: one row is one message to one person."""

from __future__ import annotations

from django.db import models

from horarium.platform.tenancy.fields import PublicIdField
from horarium.platform.tenancy.models import BusinessOwned


class MessageState(models.TextChoices):
    QUEUED = "queued"
    SENT = "sent"
    KEPT = "kept"
    FAILED = "failed"
    SKIPPED = "skipped"


class Message(BusinessOwned):
    """`key` makes a message unique (`booking_confirmed:bk_…:0`): the same fact never writes twice.

    `kept`: no mail server is set (demo), so that the message can be read in the back office only.
    """

    public_id = PublicIdField(prefix="msg")
    key = models.CharField(max_length=120)
    template = models.CharField(max_length=40)
    locale = models.CharField(max_length=8)
    to_name = models.CharField(max_length=120, blank=True)
    to_address = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    html = models.TextField()
    text = models.TextField()
    calendar = models.TextField(blank=True)
    about = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=8, choices=MessageState.choices, default=MessageState.QUEUED)
    error = models.CharField(max_length=300, blank=True)
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["business", "-id"], name="message_by_age"),
            models.Index(fields=["business", "about"], name="message_by_subject"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="message_public_id"),
            models.UniqueConstraint(fields=["business", "key"], name="message_key"),
        ]
