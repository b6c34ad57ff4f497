// The public API over fetch. No cookie goes along and none comes back.

import type { Repeat } from "./repeats.js";
import type {
  Business,
  Cart,
  Choice,
  Contact,
  Day,
  Departure,
  Item,
  Money,
  Offering,
  Order,
  Payment,
  Problem,
  Product,
  Quote,
  Slot,
  StayPlan,
} from "./types.js";

const PATIENCE = 20_000;
const IN_FLIGHT = "idempotency.in_flight";

/** The server has judged the request and said no. */
export class Refusal extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code);
  }
}

export type TroubleKind = "offline" | "down" | "busy" | "missing" | "misplaced";

/** Nobody has judged the request: "the outside is down" is another answer than "nothing is free". */
export class Trouble extends Error {
  constructor(
    readonly kind: TroubleKind,
    readonly seconds = 0,
  ) {
    super(kind);
  }
}

interface Wanted {
  readonly language: string;
  readonly body?: unknown;
  readonly method?: string;
  readonly token?: string;
  readonly key?: string;
}

export class Api {
  constructor(
    private readonly base: string,
    private readonly business: string,
  ) {}

  file(path: string | null): string | null {
    return path ? new URL(path.replace(/^\//, ""), this.base).href : null;
  }

  page(): string {
    return `${this.base}b/${encodeURIComponent(this.business)}/`;
  }

  /** The page that plans several of them, for several people, in one visit. */
  visitPage(offerings: readonly string[], day: string): string {
    const query = new URLSearchParams(offerings.map((one) => [`step-${one}`, "1"]));
    if (day) query.set("day", day);
    return `${this.page()}-/visit/${offerings.length ? `?${query}` : ""}`;
  }

  getBusiness(language: string): Promise<Business> {
    return this.ask(this.of(""), { language });
  }

  async listOfferings(language: string): Promise<readonly Offering[]> {
    return (await this.ask<{ offerings: Offering[] }>(this.of("/offerings"), { language })).offerings;
  }

  async listDays(
    offering: Offering,
    range: { readonly from: string; readonly to: string },
    choice: Choice,
    language: string,
  ): Promise<readonly Day[]> {
    const path = this.about(offering, "availability", choice, range);
    const { days } = await this.ask<{ days: Listed[] }>(path, { language });
    if (offering.mode === "stay") return days.map((day) => ({ ...day, slots: [], night: arrival(day) }));
    if (offering.mode === "slot") return days as unknown as Day[];
    return days.map((day) => ({
      ...day,
      slots: day.sessions.filter((one) => !one.reason).map((one) => ({ ...one, resources: [] })),
    }));
  }

  async listDepartures(offering: Offering, check_in: string, choice: Choice, language: string): Promise<readonly Departure[]> {
    const path = this.about(offering, "departures", choice, { check_in });
    return (await this.ask<{ stays: Departure[] }>(path, { language })).stays;
  }

  async listPlans(
    offering: Offering,
    dates: { readonly check_in: string; readonly check_out: string },
    choice: Choice,
    language: string,
  ): Promise<readonly StayPlan[]> {
    const path = this.about(offering, "stay", choice, dates);
    return (await this.ask<{ plans: StayPlan[] }>(path, { language })).plans;
  }

  private about(
    offering: Offering,
    what: string,
    choice: Choice,
    dates: Readonly<Record<string, string>>,
  ): string {
    const query = new URLSearchParams(dates);
    if (offering.mode === "stay") {
      query.set("adults", `${choice.adults}`);
      for (const age of choice.ages) query.append("child_ages", `${age}`);
    } else if (offering.mode === "session") {
      query.set("places", `${Math.max(1, placesOf(offering, choice))}`);
    } else {
      query.set("duration", `${choice.duration}`);
      query.set("party", `${choice.party}`);
    }
    if (offering.mode !== "session") {
      if (choice.resource) query.set("resource", choice.resource);
      for (const extra of choice.extras) query.append("extras", extra);
    }
    return this.of(`/offerings/${encodeURIComponent(offering.id)}/${what}?${query}`);
  }

  quote(items: readonly Item[], language: string): Promise<Quote> {
    return this.ask(this.of("/quotes"), { language, body: { items } });
  }

  /** Put these aside: in a new cart, or in place of what was in the known one. */
  saveCart(id: string, items: readonly Item[], language: string): Promise<Cart> {
    const wanted = { language, body: { items }, ...(id ? { method: "PUT" } : {}) };
    return this.ask(this.of(id ? `/carts/${id}` : "/carts"), wanted);
  }

  getCart(id: string, language: string): Promise<Cart> {
    return this.ask(this.of(`/carts/${id}`), { language });
  }

  async listProducts(language: string): Promise<readonly Product[]> {
    return (await this.ask<{ products: Product[] }>(this.of("/products"), { language })).products;
  }

  placeOrder(body: OrderBody, key: string, language: string): Promise<Order> {
    return this.ask(this.of("/orders"), { language, body, key });
  }

  getOrder(id: string, token: string, language: string): Promise<Order> {
    return this.ask(`orders/${encodeURIComponent(id)}`, { language, token });
  }

  startPayment(order: Order, returnUrl: string, key: string, language: string): Promise<Payment> {
    const body = { return_url: returnUrl };
    return this.ask(`orders/${encodeURIComponent(order.id)}/payments`, {
      language,
      body,
      key,
      token: order.token,
    });
  }

  private of(path: string): string {
    return `${encodeURIComponent(this.business)}${path}`;
  }

  private async ask<T>(path: string, wanted: Wanted): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.once<T>(path, wanted);
      } catch (error) {
        const isInFlight = error instanceof Refusal && error.problem.code === IN_FLIGHT;
        if (!isInFlight || attempt >= 5) throw error;
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    }
  }

  private async once<T>(path: string, wanted: Wanted): Promise<T> {
    const answer = await send(`${this.base}api/v1/public/${path}`, wanted);
    const type = answer.headers.get("Content-Type") ?? "";
    const isJson = /^application\/(problem\+)?json/.test(type);
    if (answer.status === 429) throw new Trouble("busy", Number(answer.headers.get("Retry-After")) || 30);
    if (answer.status >= 500) throw new Trouble("down");
    if (!isJson) throw new Trouble("misplaced");
    const value: unknown = await answer.json().catch(() => {
      throw new Trouble("down");
    });
    if (answer.ok) return value as T;
    if (answer.status === 404) throw new Trouble("missing");
    throw new Refusal(value as Problem);
  }
}

async function send(url: string, wanted: Wanted): Promise<Response> {
  const headers = new Headers({ Accept: "application/json", "Accept-Language": wanted.language });
  if (wanted.token) headers.set("Authorization", `Bearer ${wanted.token}`);
  if (wanted.key) headers.set("Idempotency-Key", wanted.key);
  const init: RequestInit = {
    headers,
    credentials: "omit",
    referrerPolicy: "no-referrer",
    signal: AbortSignal.timeout(PATIENCE),
  };
  if (wanted.body !== undefined) {
    headers.set("Content-Type", "application/json");
    init.method = wanted.method ?? "POST";
    init.body = JSON.stringify(wanted.body);
  }
  try {
    return await fetch(url, init);
  } catch {
    throw new Trouble(navigator.onLine ? "down" : "offline");
  }
}

export interface OrderBody {
  readonly customer: { name: string; email: string; phone: string; locale: string };
  readonly items: readonly unknown[];
  readonly notes: string;
  readonly return_url: string;
  readonly channel: "widget";
}

export function orderBody(
  items: readonly Item[],
  contact: Contact,
  about: { readonly locale: string; readonly returnUrl: string },
): OrderBody {
  return {
    customer: {
      name: contact.name.trim(),
      email: contact.email.trim(),
      phone: contact.phone.trim(),
      locale: about.locale,
    },
    items,
    notes: contact.notes.trim(),
    return_url: about.returnUrl,
    channel: "widget",
  };
}

/** The form of an order's line, by the offering's kind. */
export function item({ id, mode }: Offering, slot: Slot, choice: Choice, repeat: Repeat | null): Item {
  const { duration, party, extras, adults, ages, plan, tickets } = choice;
  const resource = choice.resource ? { resource: choice.resource } : {};
  if (mode === "stay") {
    const dates = { check_in: slot.start, check_out: slot.end };
    const rate = plan ? { rate_plan: plan } : {};
    return { offering: id, ...dates, guests: { adults, child_ages: ages }, extras, ...rate, ...resource };
  }
  if (mode === "session") {
    const which = slot.session ? { session: slot.session } : { offering: id, start: slot.start };
    const wanted = Object.fromEntries(Object.entries(tickets).filter(([, count]) => count));
    return { ...which, tickets: wanted, extras };
  }
  const again = repeat ? { repeat } : {};
  return { offering: id, start: slot.start, duration, party, extras, ...resource, ...again };
}

export function placesOf(offering: Offering, { tickets }: Choice): number {
  const types = offering.session?.ticket_types ?? [];
  return types.reduce((sum, one) => sum + one.places * (tickets[one.id] ?? 0), 0);
}

interface Listed extends Omit<Day, "slots"> {
  readonly price: Money | null;
  readonly closed_to_arrival: boolean;
  readonly sessions: readonly (Slot & { readonly reason: string | null })[];
}

const arrival = (day: Listed): Money | null => (day.reason || day.closed_to_arrival ? null : day.price);

/** One attempt of the guest: the same words keep their key, so that repeating them after a failure books once. */
export class Attempt {
  private said = "";
  private value = "";

  keyOf(body: unknown): string {
    const words = JSON.stringify(body);
    if (!this.value || words !== this.said) {
      this.said = words;
      this.value = randomKey();
    }
    return this.value;
  }

  /** The server has answered: whatever comes next is a new attempt. */
  settle(): void {
    this.value = "";
  }
}

/** Not `crypto.randomUUID`, which pages without https do not have. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
