// Answers of the public API, as far as the widget reads them. The contract is the OpenAPI file.

import type { Occurrence } from "./repeats.js";

export interface Money {
  readonly minor: number;
  readonly currency: string;
  readonly amount: string;
}

export interface Place {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly city: string;
  readonly time_zone: string;
}

export interface Business {
  readonly slug: string;
  readonly name: string;
  readonly type: string;
  readonly country: string;
  readonly default_language: string;
  readonly languages: readonly string[];
  readonly brand_color: string;
  readonly email: string;
  readonly phone: string;
  readonly needs_phone: boolean;
  readonly locations: readonly Place[];
  readonly categories: readonly { readonly id: string; readonly name: string }[];
}

/** `price` is counted by `basis`, such as for each person and night. */
export interface Extra {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly max_quantity: number;
  readonly price: Money | null;
  readonly basis: Basis | null;
}

export type Basis =
  | "flat"
  | "per_hour"
  | "per_day"
  | "per_night"
  | "per_person"
  | "per_person_hour"
  | "per_person_day"
  | "per_person_night";

export interface Resource {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly title: string;
  readonly photo: string | null;
}

export interface Tier {
  readonly minutes: number;
  readonly percent: number;
  readonly minor: number;
}

export interface Terms {
  readonly prepayment: "none" | "deposit_percent" | "deposit_fixed" | "full";
  readonly hold_minutes: number;
  readonly needs_approval: boolean;
  readonly cancellation: readonly Tier[];
}

export interface RatePlan {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly terms: Terms;
}

export interface TicketType {
  readonly id: string;
  readonly name: string;
  readonly places: number;
  readonly max_per_order: number;
  readonly price_from: Money;
}

export interface Offering {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly summary: string;
  readonly category: string | null;
  readonly location: string;
  readonly time_zone: string;
  readonly photo: string | null;
  readonly mode: "slot" | "stay" | "session";
  readonly durations: readonly number[];
  readonly party_min: number;
  readonly party_max: number;
  readonly horizon_days: number;
  readonly repeats_up_to: number;
  readonly price_from: Money | null;
  readonly terms: Terms;
  readonly extras: readonly Extra[];
  readonly resources: readonly Resource[];
  readonly stay: { readonly rate_plans: readonly RatePlan[] } | null;
  readonly session: { readonly capacity: number; readonly ticket_types: readonly TicketType[] } | null;
}

/** A start, a session (`session`, null for a new shared one), or nights: then `start` and `end` are local dates. */
export interface Slot {
  readonly start: string;
  readonly end: string;
  readonly price: Money;
  readonly resources: readonly string[];
  readonly places: number;
  readonly capacity?: number;
  readonly session?: string | null;
  readonly isNights?: boolean;
}

export interface Departure {
  readonly check_in: string;
  readonly check_out: string;
  readonly reason: string | null;
  readonly total: Money | null;
}

export interface StayPlan {
  readonly rate_plan: string | null;
  readonly name: string;
  readonly summary: string;
  readonly price: Money;
}

export interface Day {
  readonly date: string;
  readonly status: "available" | "limited" | "sold_out" | "closed";
  readonly reason: string | null;
  readonly slots: readonly Slot[];
  /** Of the night that begins here, when somebody may arrive. */
  readonly night?: Money | null;
}

export type Item = Readonly<Record<string, unknown>>;

/** What is put aside; `text` says why a line cannot be had. */
export interface Cart {
  readonly id: string;
  readonly lines: readonly {
    readonly item: Item;
    readonly name: string;
    readonly start: string | null;
    readonly is_free: boolean;
    readonly text: string;
    readonly price: Money | null;
  }[];
  readonly total: Money;
  readonly can_be_booked: boolean;
}

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly price: Money;
  readonly most: number;
}

export interface Line {
  readonly label: string;
  readonly amount: Money;
  readonly extra: string | null;
  readonly minutes: number | null;
  readonly quantity: number | null;
  readonly nights: number | null;
  readonly ticket: string | null;
}

export interface Quote {
  readonly total: Money;
  readonly due_now: Money;
  readonly items: readonly {
    readonly offering?: string;
    readonly price: Money;
    readonly lines: readonly Line[];
    readonly occurrences?: readonly Occurrence[] | null;
  }[];
}

export interface Booking {
  readonly id: string;
  readonly state: string;
  readonly offering: { readonly id: string; readonly slug: string; readonly name: string };
  readonly location: Place;
  readonly resources: readonly Resource[];
  readonly start: string;
  readonly end: string;
  readonly party: number;
  readonly price: Money;
  readonly guests: { readonly adults?: number } | null;
}

export interface Order {
  readonly id: string;
  readonly token: string;
  readonly status: string;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly total: Money;
  readonly paid: Money;
  readonly due_now: Money;
  readonly payment_state: string;
  readonly manage_url: string;
  readonly business: { readonly slug: string };
  readonly bookings: readonly Booking[];
  readonly products: readonly { readonly product: { readonly name: string }; readonly quantity: number }[];
}

export interface Payment {
  readonly confirmation_url: string | null;
}

export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
  readonly alternatives?: readonly (Slot | Departure)[];
  readonly occurrences?: readonly Occurrence[];
  readonly item?: number;
}

/**
 * What the guest asks for besides the time. `resource` is empty for "any"; an extra taken twice stands twice in `extras`.
 * `adults`, `ages` and `plan` are of stays; an age that has not been said is `UNSAID`.
 */
export interface Choice {
  readonly adults: number;
  readonly ages: readonly number[];
  readonly plan: string;
  readonly tickets: Readonly<Record<string, number>>;
  readonly duration: number;
  readonly party: number;
  readonly resource: string;
  readonly extras: readonly string[];
}

export const UNSAID = -1;

export interface Contact {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly notes: string;
}
