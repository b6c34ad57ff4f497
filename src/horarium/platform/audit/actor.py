"""Who acts, and from where: given to every action that leaves a trace."""

from __future__ import annotations

from dataclasses import dataclass

from .models import ActorKind


@dataclass(frozen=True, slots=True)
class Actor:
    """`kind` is a value of ActorKind; `channel` is the face or program that the request came through."""

    kind: str
    channel: str
    user_id: int | None = None
    api_key_id: int | None = None
    ip: str | None = None

    @classmethod
    def guest(cls, channel: str, ip: str | None = None) -> Actor:
        return cls(ActorKind.GUEST.value, channel, ip=ip)

    @classmethod
    def member(cls, user_id: int, *, channel: str = "backoffice", ip: str | None = None) -> Actor:
        return cls(ActorKind.MEMBER.value, channel, user_id=user_id, ip=ip)

    @classmethod
    def api_key(cls, key_id: int, *, ip: str | None = None) -> Actor:
        return cls(ActorKind.API_KEY.value, "api", api_key_id=key_id, ip=ip)

    @classmethod
    def system(cls) -> Actor:
        return cls(ActorKind.SYSTEM.value, "system")
