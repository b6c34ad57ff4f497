// What the widget tells the page around it. Nothing about a person, and no key to an order.

import type { Choice, Money, Offering, Order, Slot } from "./types.js";

export interface SlotChosen {
  readonly business: string;
  readonly offering: { readonly id: string; readonly slug: string; readonly name: string };
  readonly start: string;
  readonly end: string;
  readonly duration: number;
  readonly party: number;
  readonly price: Money;
}

export interface OrderPlaced {
  readonly business: string;
  readonly order: string;
  readonly status: string;
  readonly expiresAt: string | null;
  readonly total: Money;
  readonly dueNow: Money;
  readonly bookings: readonly BookedTime[];
}

export interface BookingConfirmed {
  readonly business: string;
  readonly order: string;
  readonly total: Money;
  readonly paid: Money;
  readonly bookings: readonly BookedTime[];
}

export interface BookedTime {
  readonly id: string;
  readonly offering: string;
  readonly start: string;
  readonly end: string;
  readonly price: Money;
}

export interface HorariumEvents {
  "horarium:slot-chosen": CustomEvent<SlotChosen>;
  "horarium:hold-placed": CustomEvent<OrderPlaced>;
  "horarium:booking-confirmed": CustomEvent<BookingConfirmed>;
}

export function tell<K extends keyof HorariumEvents>(
  from: EventTarget,
  name: K,
  detail: HorariumEvents[K]["detail"],
): void {
  from.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}

export function slotChosen(business: string, offering: Offering, slot: Slot, choice: Choice): SlotChosen {
  return {
    business,
    offering: { id: offering.id, slug: offering.slug, name: offering.name },
    start: slot.start,
    end: slot.end,
    duration: choice.duration,
    party: choice.party,
    price: slot.price,
  };
}

export function holdPlaced(order: Order): OrderPlaced {
  return {
    business: order.business.slug,
    order: order.id,
    status: order.status,
    expiresAt: order.expires_at,
    total: order.total,
    dueNow: order.due_now,
    bookings: bookedTimes(order),
  };
}

export function bookingConfirmed(order: Order): BookingConfirmed {
  return {
    business: order.business.slug,
    order: order.id,
    total: order.total,
    paid: order.paid,
    bookings: bookedTimes(order),
  };
}

function bookedTimes(order: Order): BookedTime[] {
  return order.bookings.map(({ id, offering, start, end, price }) => ({
    id,
    offering: offering.slug,
    start,
    end,
    price,
  }));
}
