// The public API over fetch. No cookie goes along and none comes back.

import type {
  Business,
  Choice,
  Contact,
  Day,
  Offering,
  Order,
  Payment,
  Problem,
  Quote,
  Slot,
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

  getBusiness(language: string): Promise<Business> {
    return this.ask(this.of(""), { language });
  }

  async listOfferings(language: string): Promise<readonly Offering[]> {
    return (await this.ask<{ offerings: Offering[] }>(this.of("/offerings"), { language })).offerings;
  }

  async listDays(
    offering: string,
    range: { readonly from: string; readonly to: string },
    choice: Choice,
    language: string,
  ): Promise<readonly Day[]> {
    const query = new URLSearchParams({ ...range, duration: `${choice.duration}`, party: `${choice.party}` });
    if (choice.resource) query.set("resource", choice.resource);
    for (const extra of choice.extras) query.append("extras", extra);
    const path = `/offerings/${encodeURIComponent(offering)}/availability?${query}`;
    return (await this.ask<{ days: Day[] }>(this.of(path), { language })).days;
  }

  quote(offering: string, slot: Slot, choice: Choice, language: string): Promise<Quote> {
    return this.ask(this.of("/quotes"), { language, body: { items: [item(offering, slot, choice)] } });
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
    init.method = "POST";
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
  item: unknown,
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
    items: [item],
    notes: contact.notes.trim(),
    return_url: about.returnUrl,
    channel: "widget",
  };
}

export function item(offering: string, slot: Slot, choice: Choice): Record<string, unknown> {
  const { duration, party, extras } = choice;
  const resource = choice.resource ? { resource: choice.resource } : {};
  return { offering, start: slot.start, duration, party, extras, ...resource };
}

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
