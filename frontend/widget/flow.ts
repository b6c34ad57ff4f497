// The booking from the first question to the confirmation: what is known, and what each act of the guest does to it.

import { Attempt, item, orderBody, Refusal, Trouble, type Api } from "./api.js";
import { Calendar } from "./calendar.js";
import { addMonths, monthOf } from "./dates.js";
import { bookingConfirmed, holdPlaced, slotChosen, type HorariumEvents } from "./events.js";
import { goTo, leaveMark, pageAddress, takeMark, withMark } from "./returning.js";
import { clashesOf, keptOf, weekly, type Occurrence, type Repeat } from "./repeats.js";
import type { Business, Cart, Choice, Contact, Day, Departure, Item, Offering, Order, Product, Quote, Slot, StayPlan } from "./types.js";
import type { Say } from "./words.js";

export type Step = "offerings" | "options" | "when" | "repeat" | "details" | "order";
export type Busy = "" | "loading" | "days" | "placing" | "paying";
export type Demand = "required" | "optional" | "hidden";

/** What the element around the flow does for it. */
export interface Stage {
  readonly api: Api;
  readonly say: Say;
  readonly offering: string;
  readonly emailDemand: Demand;
  readonly phoneDemand: Demand;
  readonly returnUrl: string;
  changed(): void;
  lead(target: string): void;
  announce(text: string): void;
  tell<K extends keyof HorariumEvents>(name: K, detail: HorariumEvents[K]["detail"]): void;
}

/** What went wrong outside, and what to do again. */
export interface Stuck {
  readonly trouble: Trouble;
  readonly again: () => void;
  readonly unsure: boolean;
}

const NOTHING: Choice = { duration: 60, party: 1, resource: "", extras: [], adults: 1, ages: [], plan: "", tickets: {} };
const NOBODY: Contact = { name: "", email: "", phone: "", notes: "" };
const FIELDS = ["name", "email", "phone", "notes"] as const;
const MONTHS_TO_LOOK_AHEAD = 3;
const QUICK = 2000;
const CALM = 8000;
const PATIENT = 25_000;

export class Flow {
  step: Step = "offerings";
  busy: Busy = "loading";
  stuck: Stuck | null = null;
  business: Business | null = null;
  offerings: readonly Offering[] = [];
  offering: Offering | null = null;
  choice: Choice = NOTHING;
  calendar: Calendar | null = null;
  month = "";
  days: ReadonlyMap<string, Day> = new Map();
  day = "";
  slot: Slot | null = null;
  checkIn = "";
  checkOut = "";
  departures: ReadonlyMap<string, Departure> = new Map();
  plans: readonly StayPlan[] = [];
  repeat: Repeat | null = null;
  dates: readonly Occurrence[] = [];
  isLate = false;
  quote: Quote | null = null;
  contact: Contact = NOBODY;
  errors: Readonly<Record<string, string>> = {};
  refusal: { readonly text: string; readonly alternatives: readonly Slot[] } | null = null;
  isNewTime = false;
  cart: Cart | null = null;
  products: readonly Product[] = [];
  order: Order | null = null;
  isAwaiting = false;
  payFailed = false;

  private readonly placing = new Attempt();
  private readonly paying = new Attempt();
  private awaitingSince = 0;
  private poll = 0;
  private run = 0;

  constructor(private readonly stage: Stage) {}

  // Beginning

  async start(): Promise<void> {
    const run = (this.run += 1);
    this.stop();
    const { api, say } = this.stage;
    await this.attempt("loading", () => void this.start(), async () => {
      const [business, offerings] = await Promise.all([
        api.getBusiness(say.language),
        api.listOfferings(say.language),
      ]);
      if (run !== this.run) return;
      this.business = business;
      this.offerings = offerings;
      this.renew();
      await this.findCart(business.slug);
      const mark = takeMark(business.slug);
      if (mark) await this.comeBack(mark.order, mark.token);
      else if (!this.offering) this.begin();
    });
  }

  /** Texts in another language for what has been chosen already. */
  private renew(): void {
    const known = this.offering?.id;
    this.offering = this.offerings.find((one) => one.id === known) ?? null;
  }

  private begin(): void {
    const wanted = this.stage.offering;
    if (!wanted) return;
    const found = this.offerings.find((one) => one.slug === wanted || one.id === wanted);
    if (!found) throw new Trouble("missing");
    this.choose(found, { quietly: true });
  }

  private async comeBack(order: string, token: string): Promise<void> {
    this.order = await this.stage.api.getOrder(order, token, this.stage.say.language);
    this.isAwaiting = this.order.status === "held";
    this.awaitingSince = Date.now();
    this.enter("order");
    this.follow(null);
  }

  stop(): void {
    window.clearTimeout(this.poll);
  }

  /** The element stands in a page again. */
  changedHands(): void {
    if (this.order) this.follow(this.order);
  }

  fail(trouble: Trouble): void {
    this.busy = "";
    this.stuck = { trouble, again: () => void this.start(), unsure: false };
    this.stage.changed();
  }

  // Choosing

  get isPreset(): boolean {
    return Boolean(this.stage.offering);
  }

  get steps(): readonly Step[] {
    const first: Step[] = this.isPreset ? [] : ["offerings"];
    const options: Step[] = this.offering && !hasOptions(this.offering) ? [] : ["options"];
    return [...first, ...options, "when", ...(this.repeat ? (["repeat"] as const) : []), "details"];
  }

  choose(offering: Offering, { quietly = false } = {}): void {
    const isSame = this.offering?.id === offering.id;
    this.offering = offering;
    if (!isSame) {
      const first = offering.session?.ticket_types.find((one) => one.places);
      this.choice = {
        ...NOTHING,
        duration: offering.durations[0] ?? 60,
        party: offering.party_min,
        adults: Math.min(Math.max(offering.party_min, 2), offering.party_max),
        tickets: first ? { [first.id]: 1 } : {},
      };
      this.forgetTime();
    }
    if (hasOptions(offering)) this.enter("options", quietly);
    else this.lookForTimes(quietly);
  }

  want(change: Partial<Choice>): void {
    this.choice = { ...this.choice, ...change };
    this.forgetTime();
    this.stage.changed();
  }

  lookForTimes(quietly = false): void {
    if (!this.offering) return;
    this.enter("when", quietly);
    if (this.calendar) void this.show(this.month);
    else {
      this.calendar = new Calendar(this.stage.api, this.offering, this.choice);
      if (this.day) void this.show(monthOf(this.day));
      else void this.show(this.calendar.firstMonth, MONTHS_TO_LOOK_AHEAD);
    }
  }

  /** A month; while nothing in it is free, up to so many months further on. */
  async show(month: string, ahead = 0): Promise<void> {
    const calendar = this.calendar;
    if (!calendar) return;
    this.month = month;
    await this.attempt("days", () => void this.show(month, ahead), async () => {
      let days = await calendar.load(month, this.stage.say.language);
      let shown = month;
      for (let more = ahead; more > 0 && !anyFree(days) && shown < calendar.lastMonth; more -= 1) {
        shown = addMonths(shown, 1);
        days = await calendar.load(shown, this.stage.say.language);
      }
      if (calendar !== this.calendar || this.month !== month) return;
      this.month = shown;
      this.days = days;
      if (this.day && monthOf(this.day) === shown && !this.days.get(this.day)?.slots.length) this.day = "";
    });
  }

  /** First the arrival, then the departure; a third click begins anew. */
  async pickNight(date: string): Promise<void> {
    const { offering, checkIn } = this;
    if (!offering) return;
    const { api, say } = this.stage;
    if (checkIn && !this.checkOut && this.departures.get(date)?.total) {
      this.checkOut = date;
      this.stage.changed();
      await this.attempt("days", () => void this.pickNight(date), async () => {
        const dates = { check_in: checkIn, check_out: date };
        this.plans = await api.listPlans(offering, dates, this.choice, say.language);
        if (this.plans.length === 1) this.pickPlan(this.plans[0] as StayPlan);
        else this.stage.lead("#times-title");
      });
      return;
    }
    this.arrive(date);
    await this.attempt("days", () => void this.pickNight(date), async () => {
      const found = await api.listDepartures(offering, date, this.choice, say.language);
      if (this.checkIn !== date) return;
      this.departures = new Map(found.map((one) => [one.check_out, one]));
      this.stage.lead("#times-title");
    });
  }

  arrive(date: string): void {
    this.checkIn = date;
    this.checkOut = "";
    this.plans = [];
    this.departures = new Map();
    this.stage.changed();
  }

  pickPlan(plan: StayPlan): void {
    this.choice = { ...this.choice, plan: plan.rate_plan ?? "" };
    this.pick(nights(this.checkIn, this.checkOut, plan.price));
  }

  pickDay(date: string): void {
    this.day = date;
    this.stage.changed();
    this.stage.lead("#times-title");
  }

  pick(slot: Slot): void {
    if (!this.offering || !this.business) return;
    this.slot = slot;
    this.forgetDates();
    this.refusal = null;
    this.isNewTime = false;
    this.stage.tell(
      "horarium:slot-chosen",
      slotChosen(this.business.slug, this.offering, slot, this.choice),
    );
    this.enter("details");
    void this.price();
  }

  back(): void {
    const at = this.steps.indexOf(this.step);
    const before = this.steps[at - 1];
    this.stuck = null;
    this.refusal = null;
    if (this.step === "repeat") this.forgetDates();
    if (!this.offering) this.enter("offerings");
    else if (before === "when") this.lookForTimes();
    else if (before) this.enter(before);
  }

  // Several dates

  /** How many dates of this one order may take. */
  get mostDates(): number {
    return this.offering?.mode === "slot" && this.slot ? this.offering.repeats_up_to : 1;
  }

  startRepeating(): void {
    const repeat = weekly(this.mostDates);
    this.forgetDates();
    this.repeat = repeat;
    this.enter("repeat");
    void this.plan(repeat);
  }

  /** All dates with their prices, or with what is free near those that clash; then to `target`. */
  async plan(repeat: Repeat, target = ""): Promise<void> {
    this.repeat = repeat;
    this.quote = null;
    this.refusal = null;
    this.isLate = false;
    // Nothing to ask for when every date is left out.
    if (repeat.skip.length >= repeat.times)
      this.dates = this.dates.map((one) => ({ ...one, end: null, price: null, code: null, is_skipped: true }));
    else await this.attempt("days", () => void this.plan(repeat, target), () => this.planned(repeat));
    if (this.repeat !== repeat || this.stuck || this.refusal) return;
    const { say } = this.stage;
    const clashes = clashesOf(this.dates).length;
    this.stage.announce(say.text(clashes ? "datesTaken" : "dates", { n: clashes || keptOf(this.dates).length }));
    if (target) this.stage.lead(target);
  }

  private async planned(repeat: Repeat): Promise<void> {
    const { api, say } = this.stage;
    try {
      const quote = await api.quote(this.items, say.language);
      if (this.repeat !== repeat) return;
      this.quote = quote;
      this.dates = quote.items.at(-1)?.occurrences ?? [];
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (this.repeat === repeat) this.refuse(error);
    }
  }

  goOn(): void {
    this.enter("details");
  }

  once(): void {
    this.forgetDates();
    this.refusal = null;
    this.enter("details");
    void this.price();
  }

  private forgetDates(): void {
    this.repeat = null;
    this.dates = [];
    this.isLate = false;
  }

  // The order that is put together

  /** What would be booked now: everything put aside, and what is being chosen. */
  get items(): readonly Item[] {
    const aside = (this.cart?.lines ?? []).filter((one) => one.is_free).map((one) => one.item);
    if (!this.offering || !this.slot) return aside;
    return [...aside, item(this.offering, this.slot, this.choice, this.repeat)];
  }

  async putAside(): Promise<void> {
    const wanted = this.items;
    this.offering = null;
    this.forgetTime();
    await this.saveCart(wanted);
    if (this.stuck) return;
    if (this.isPreset) this.begin();
    else this.enter("offerings");
  }

  takeOut(at: number): void {
    void this.saveCart((this.cart?.lines ?? []).filter((_, other) => other !== at).map((one) => one.item));
  }

  addProduct(product: string): void {
    const lines = this.cart?.lines.map((one) => one.item) ?? [];
    const known = lines.find((one) => one["product"] === product);
    const quantity = Number(known?.["quantity"] ?? 0) + 1;
    void this.saveCart([...lines.filter((one) => one !== known), { product, quantity }]);
  }

  /** Where several things are put into one visit, with what has been chosen so far; empty when there is nothing to combine. */
  get visitPage(): string {
    const able = new Set(this.offerings.filter((one) => one.mode === "slot").map((one) => one.id));
    if (able.size < 2) return "";
    const aside = this.cart?.lines.map((one) => one.item["offering"]) ?? [];
    const chosen = [...aside, this.offering?.id].filter((one): one is string => able.has(one as string));
    return this.stage.api.visitPage([...new Set(chosen)], this.day);
  }

  bookAll(): void {
    this.offering = null;
    this.forgetTime();
    this.enter("details");
    void this.price();
  }

  private async saveCart(items: readonly Item[]): Promise<void> {
    const { api, say } = this.stage;
    await this.attempt("loading", () => void this.saveCart(items), async () => {
      try {
        this.cart = await api.saveCart(this.cart?.id ?? "", items, say.language);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        this.stage.announce(error.problem.detail);
      }
      if (this.cart && this.business) remember(this.business.slug, this.cart.id);
      if (!this.products.length) this.products = await api.listProducts(say.language);
    });
  }

  private async findCart(slug: string): Promise<void> {
    const id = this.cart?.id ?? remembered(slug);
    if (!id) return;
    const { api, say } = this.stage;
    try {
      [this.cart, this.products] = await Promise.all([api.getCart(id, say.language), api.listProducts(say.language)]);
    } catch (error) {
      if (!(error instanceof Trouble) || error.kind !== "missing") throw error;
      this.dropCart(slug);
    }
  }

  private dropCart(slug: string): void {
    this.cart = null;
    remember(slug, "");
  }

  // Booking

  type(field: keyof Contact, value: string): void {
    this.contact = { ...this.contact, [field]: value };
    if (this.errors[field]) {
      const { [field]: _gone, ...rest } = this.errors;
      this.errors = rest;
      this.stage.changed();
    }
  }

  takeInstead(slot: Slot): void {
    const kept = slot.resources.includes(this.choice.resource) ? this.choice.resource : "";
    this.choice = { ...this.choice, resource: kept };
    this.forgetTime();
    this.day = slot.start.slice(0, 10);
    if (slot.isNights) [this.checkIn, this.checkOut] = [slot.start, slot.end];
    this.pick(slot);
    this.isNewTime = true;
    this.stage.lead("#news");
  }

  otherTimes(): void {
    const day = this.slot?.start.slice(0, 10) ?? "";
    this.forgetTime();
    this.day = day;
    this.lookForTimes();
  }

  async book(): Promise<void> {
    const { business, items } = this;
    if (!items.length || !business || this.busy === "placing") return;
    if (this.hasMistakes()) return;
    const { api, say } = this.stage;
    const body = orderBody(items, this.contact, {
      locale: say.language,
      returnUrl: pageAddress(this.stage.returnUrl),
    });
    const key = this.placing.keyOf(body);
    await this.attempt("placing", () => void this.book(), async () => {
      const order = await this.judged(() => api.placeOrder(body, key, say.language));
      if (order) await this.placed(order);
    });
  }

  private async placed(order: Order): Promise<void> {
    this.placing.settle();
    this.dropCart(order.business.slug);
    this.order = order;
    this.isAwaiting = false;
    const isDue = order.status === "held" && order.due_now.minor > 0;
    this.stage.tell("horarium:hold-placed", holdPlaced(order));
    if (order.status === "confirmed") this.stage.tell("horarium:booking-confirmed", bookingConfirmed(order));
    this.enter("order");
    this.follow(order);
    if (isDue) await this.pay();
  }

  async pay(): Promise<void> {
    const order = this.order;
    if (!order) return;
    const { api, say } = this.stage;
    this.busy = "paying";
    this.payFailed = false;
    this.stage.announce(say.text("toPayment"));
    this.stage.changed();
    const address = withMark(pageAddress(this.stage.returnUrl), order.business.slug, order.token);
    try {
      const key = this.paying.keyOf([order.id, address]);
      const payment = await api.startPayment(order, address, key, say.language);
      this.paying.settle();
      leaveMark(order.business.slug, order.token);
      goTo(payment.confirmation_url ?? order.manage_url);
    } catch (error) {
      if (!(error instanceof Trouble) && !(error instanceof Refusal)) throw error;
      if (error instanceof Refusal) this.paying.settle();
      this.busy = "";
      this.payFailed = true;
      this.stage.changed();
      void this.refresh();
    }
  }

  /** Back from the browser's memory: the payment may have been made meanwhile. */
  resume(): void {
    if (this.busy !== "paying" || !this.order) return;
    takeMark(this.order.business.slug);
    this.busy = "";
    this.isAwaiting = true;
    this.awaitingSince = Date.now();
    this.stage.changed();
    void this.refresh();
  }

  again(): void {
    this.stop();
    this.order = null;
    this.isAwaiting = false;
    this.payFailed = false;
    const known = this.offering;
    this.forgetTime();
    if (known && this.steps.includes("when")) this.lookForTimes();
    else if (this.isPreset) this.begin();
    else this.enter("offerings");
  }

  // Following the order

  get isLapsed(): boolean {
    const until = this.order?.expires_at;
    return this.order?.status === "held" && Boolean(until) && Date.parse(until ?? "") <= Date.now();
  }

  private follow(before: Order | null): void {
    this.stop();
    const status = this.order?.status;
    if (status === "confirmed" && before?.status !== "confirmed" && this.order)
      this.stage.tell("horarium:booking-confirmed", bookingConfirmed(this.order));
    if (status !== "held") return;
    const isFresh = this.isAwaiting && Date.now() - this.awaitingSince < PATIENT;
    if (this.isAwaiting && !isFresh) this.isAwaiting = false;
    this.poll = window.setTimeout(() => void this.refresh(), isFresh ? QUICK : CALM);
  }

  private async refresh(): Promise<void> {
    const before = this.order;
    if (!before) return;
    try {
      const found = await this.stage.api.getOrder(before.id, before.token, this.stage.say.language);
      if (this.order !== before) return;
      this.order = found;
      if (found.status !== before.status) {
        this.busy = "";
        this.stage.lead("#heading");
      }
    } catch (error) {
      if (!(error instanceof Trouble) && !(error instanceof Refusal)) throw error;
    }
    if (this.order) this.follow(before);
    this.stage.changed();
  }

  // Within

  private enter(step: Step, quietly = false): void {
    this.step = step;
    this.stuck = null;
    this.stage.changed();
    if (!quietly) this.stage.lead("#heading");
  }

  private forgetTime(): void {
    this.calendar = null;
    this.days = new Map();
    this.day = "";
    this.slot = null;
    this.forgetDates();
    this.arrive("");
    this.quote = null;
    this.refusal = null;
    this.isNewTime = false;
  }

  private async price(): Promise<void> {
    const { slot, items } = this;
    if (!items.length) return;
    this.quote = null;
    const isOurs = () => this.slot === slot && !this.repeat;
    try {
      const { api, say } = this.stage;
      const quote = await api.quote(items, say.language);
      if (isOurs()) this.quote = quote;
    } catch (error) {
      if (isOurs() && error instanceof Refusal) this.refuse(error);
      else if (!(error instanceof Trouble) && !(error instanceof Refusal)) throw error;
    }
    this.stage.changed();
  }

  private async attempt(busy: Busy, again: () => void, act: () => Promise<void>): Promise<void> {
    this.busy = busy;
    this.stuck = null;
    this.stage.changed();
    if (busy === "placing") this.stage.announce(this.stage.say.text("working"));
    try {
      await act();
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      this.stuck = { trouble: error, again, unsure: busy === "placing" && error.kind !== "busy" };
      this.stage.lead("#stuck");
    } finally {
      if (this.busy === busy) this.busy = "";
      this.stage.changed();
    }
  }

  private async judged<T>(act: () => Promise<T>): Promise<T | null> {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.placing.settle();
      this.refuse(error);
      return null;
    }
  }

  private refuse({ problem }: Refusal): void {
    const errors: Record<string, string> = {};
    for (const one of problem.errors ?? []) {
      const field = one.field.replace(/^customer\./, "");
      if ((FIELDS as readonly string[]).includes(field)) errors[field] = one.message;
    }
    if (Object.keys(errors).length) {
      this.point(errors);
      return;
    }
    this.calendar?.forget();
    if (problem.occurrences) {
      this.clash(problem.occurrences);
      return;
    }
    const own = this.items.length - 1;
    const other = this.slot && (problem.item ?? own) < own;
    if (!this.slot || other) {
      this.offering = null;
      this.forgetTime();
      void this.findCart(this.business?.slug ?? "").then(() => this.enter("offerings"));
      return;
    }
    const isTaken = problem.code === "availability.slot_taken";
    const text = isTaken ? this.stage.say.text("taken") : problem.errors?.[0]?.message || problem.title;
    this.refusal = { text, alternatives: (problem.alternatives ?? []).map(asSlot) };
    this.stage.changed();
    this.stage.lead("#news");
  }

  /** Not all of the dates can be had, so none is taken. */
  private clash(dates: readonly Occurrence[]): void {
    this.dates = dates;
    this.quote = null;
    if (this.step !== "details") return;
    this.isLate = true;
    this.enter("repeat");
    this.stage.lead("#news");
  }

  private hasMistakes(): boolean {
    const { say, emailDemand, phoneDemand } = this.stage;
    const { name, email, phone } = this.contact;
    const errors: Record<string, string> = {};
    if (!name.trim()) errors["name"] = say.text("nameMissing");
    if (emailDemand === "required" && !email.trim()) errors["email"] = say.text("emailMissing");
    else if (email.trim() && !/^\S+@\S+\.\S+$/.test(email.trim())) errors["email"] = say.text("emailWrong");
    if (phoneDemand === "required" && !phone.trim()) errors["phone"] = say.text("phoneMissing");
    if (!Object.keys(errors).length) return false;
    this.point(errors);
    return true;
  }

  private point(errors: Readonly<Record<string, string>>): void {
    this.errors = errors;
    const count = Object.keys(errors).length;
    this.stage.announce(this.stage.say.text("checkFields", { n: count }));
    this.stage.changed();
    const first = FIELDS.find((field) => errors[field]);
    this.stage.lead(`#field-${first}`);
  }
}

const storeKey = (slug: string): string => `horarium:${slug}:cart`;

/** Pages may forbid storage; then the cart lasts as long as the page. */
function remembered(slug: string): string {
  try {
    return sessionStorage.getItem(storeKey(slug)) ?? "";
  } catch {
    return "";
  }
}

function remember(slug: string, id: string): void {
  try {
    if (id) sessionStorage.setItem(storeKey(slug), id);
    else sessionStorage.removeItem(storeKey(slug));
  } catch {
    // Nothing to do: the cart is in memory.
  }
}

const asSlot = (one: Slot | Departure): Slot =>
  "check_in" in one ? nights(one.check_in, one.check_out, one.total) : { ...one, resources: one.resources ?? [] };

function nights(start: string, end: string, price: Departure["total"]): Slot {
  const free = { minor: 0, currency: "", amount: "0" };
  return { start, end, price: price ?? free, resources: [], places: 0, isNights: true };
}

export function hasOptions(offering: Offering): boolean {
  const { durations, extras, resources } = offering;
  if (offering.mode !== "slot") return true;
  const isSized = offering.party_max > offering.party_min;
  return durations.length > 1 || extras.length > 0 || resources.length > 1 || isSized;
}

export function anyFree(days: ReadonlyMap<string, Day>): boolean {
  return [...days.values()].some((day) => day.slots.length > 0 || Boolean(day.night));
}
