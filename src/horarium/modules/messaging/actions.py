"""Writing messages and sending them. The same fact is written once and sent until a server takes it."""

from __future__ import annotations

from datetime import datetime
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.db import transaction

from horarium.kit.clock import now
from horarium.kit.errors import NotFound
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.jobs.queue import defer

from .compose import compose
from .content import sender_of
from .errors import DeliveryFailed
from .letters import Draft
from .mail import is_mail_server_set, send_mail
from .models import Message, MessageState
from .rules import MessageKey

SEND = "messaging.send"
_ERROR_LENGTH = 300


def write_message(business_id: int, draft: Draft, *, due_at: datetime | None = None) -> Message | None:
    """Write the message and the job that sends it, at `due_at` or at once; None when it was there already."""
    instant = now()
    with transaction.atomic():
        message, is_new = Message.objects.get_or_create(
            business_id=business_id,
            key=str(draft.key),
            defaults={
                "template": draft.key.template,
                "about": draft.key.subject,
                "to_name": draft.to_name,
                "due_at": due_at or instant,
                "created_at": instant,
                **_content(draft),
            },
        )
        if not is_new:
            return None
        defer(SEND, queue="mail", at=due_at, business_id=business_id, message_id=message.public_id)
        return message


def send_message(business_id: int, public_id: str) -> str:
    """Send a message that is still to be sent and still true; gives its state. Runs in the worker.

    The row stays locked meanwhile, so that two jobs never send it both. A refusal is written down, then
    raised as DeliveryFailed for the job to be tried again; an address that the server refuses for good is
    not tried again.
    """
    with transaction.atomic():
        message = (
            Message.objects.select_for_update(of=("self",))
            .select_related("business")
            .filter(business_id=business_id, public_id=public_id)
            .first()
        )
        if message is None or message.state not in (MessageState.QUEUED, MessageState.FAILED):
            return message.state if message else MessageState.SKIPPED
        if not _refresh(message):
            return _finish(message, MessageState.SKIPPED)
        if not is_mail_server_set():
            return _finish(message, MessageState.KEPT)
        error = _hand_over(message)
        if error is None:
            return _finish(message, MessageState.SENT)
        _finish(message, MessageState.FAILED, str(error))
    if is_permanent(error):
        return MessageState.FAILED
    raise DeliveryFailed(str(error)[:_ERROR_LENGTH])


def send_again(business_id: int, public_id: str, *, actor: Actor) -> None:
    """Staff try a failed message once more. Raises NotFound for one that has not failed."""
    with transaction.atomic():
        failed = Message.objects.filter(
            business_id=business_id, public_id=public_id, state=MessageState.FAILED
        )
        if not failed.exists():
            raise NotFound("no such failed message")
        defer(SEND, queue="mail", business_id=business_id, message_id=public_id)
        record(business_id, actor, "message.sent_again", public_id)


def _refresh(message: Message) -> bool:
    """Compose anew from the present state; False when the message is no longer true (T-79)."""
    draft = compose(message.business_id, MessageKey.parse(message.key))
    if draft is None:
        return False
    for name, value in _content(draft).items():
        setattr(message, name, value)
    return True


def _hand_over(message: Message) -> Exception | None:
    sender = sender_of(message.business, message.locale)
    try:
        send_mail(message, business_name=sender.name, reply_to=sender.email)
    except (SMTPException, OSError) as error:
        return error
    return None


def is_permanent(error: Exception) -> bool:
    """Whether the server will say the same tomorrow: codes from 500 on about the recipient or the message."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, SMTPResponseException) and error.smtp_code in (550, 551, 552, 553, 554)


def _content(draft: Draft) -> dict[str, str]:
    return {
        "locale": draft.locale,
        "to_address": draft.to_address,
        "subject": draft.subject,
        "html": draft.html,
        "text": draft.text,
        "calendar": draft.calendar,
    }


def _finish(message: Message, state: MessageState, error: str = "") -> str:
    message.state, message.error = state, error[:_ERROR_LENGTH]
    message.sent_at = now() if state in (MessageState.SENT, MessageState.KEPT) else None
    message.save()
    return state
