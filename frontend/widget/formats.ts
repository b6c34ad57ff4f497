// Dates, times and money as the guest's language writes them, in the zone of the location.

import type { Money, Slot } from "./types.js";
import type { Say } from "./words.js";

const TWELVE_HOURS = /^en-(US|CA|AU|NZ|IN|PH)$/;

interface WeekInfo {
  readonly firstDay: number;
}

export class Formats {
  private readonly locale: string;
  private readonly hour12: boolean;

  constructor(
    language: string,
    private readonly country: string,
    readonly zone: string,
  ) {
    this.locale = country ? `${language}-${country}` : language;
    this.hour12 = TWELVE_HOURS.test(this.locale);
  }

  money(value: Money): string {
    const amount = Number(value.amount);
    const digits = Number.isInteger(amount) ? { minimumFractionDigits: 0, maximumFractionDigits: 0 } : {};
    return new Intl.NumberFormat(this.locale, {
      style: "currency",
      currency: value.currency,
      currencyDisplay: "narrowSymbol",
      ...digits,
    }).format(amount);
  }

  /** Without the currency, for narrow places. */
  amount(value: Money): string {
    return new Intl.NumberFormat(this.locale).format(Number(value.amount));
  }

  time(instant: string): string {
    return this.instant(instant, { hour: "2-digit", minute: "2-digit" });
  }

  span(start: string, end: string): string {
    return `${this.time(start)} – ${this.time(end)}`;
  }

  /** "Tuesday, 1 December, 10:00" */
  moment(instant: string): string {
    return `${this.dayOf(instant)}, ${this.time(instant)}`;
  }

  /** "1 December, 10:00", to stand inside a sentence. */
  dateAndTime(instant: string): string {
    return `${this.instant(instant, { day: "numeric", month: "long" })}, ${this.time(instant)}`;
  }

  /** When something chosen is, in few words: a moment, or the first and the last date of nights. */
  whenOf({ start, end, isNights }: Slot): string {
    if (!isNights) return this.shortMoment(start);
    const short = { weekday: "short", day: "numeric", month: "short" } as const;
    return `${this.date(start, short)} – ${this.date(end, short)}`;
  }

  dayOf(instant: string): string {
    return this.instant(instant, { weekday: "long", day: "numeric", month: "long" });
  }

  shortDay(instant: string): string {
    return this.instant(instant, { weekday: "short", day: "numeric", month: "short" });
  }

  shortMoment(instant: string): string {
    return `${this.shortDay(instant)}, ${this.time(instant)}`;
  }

  /** A local date in full: "Tuesday, 1 December 2026". */
  longDate(date: string): string {
    return this.date(date, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
  }

  day(date: string): string {
    return this.date(date, { weekday: "long", day: "numeric", month: "long" });
  }

  month(month: string): string {
    return capital(this.date(`${month}-01`, { month: "long", year: "numeric" }));
  }

  /** Names of the days of a week from its first one, each long and short. */
  weekdays(): { readonly long: string; readonly short: string }[] {
    const first = this.firstWeekday();
    return Array.from({ length: 7 }, (_, number) => {
      const date = `2024-01-${String(first + number).padStart(2, "0")}`;
      return { long: this.date(date, { weekday: "long" }), short: this.date(date, { weekday: "short" }) };
    });
  }

  /** 1 is Monday. */
  firstWeekday(): number {
    const locale = new Intl.Locale(`und-${this.country || "001"}`) as Intl.Locale & {
      getWeekInfo?: () => WeekInfo;
    };
    return locale.getWeekInfo?.().firstDay ?? 1;
  }

  duration(minutes: number, say: Say): string {
    const hours = Math.floor(minutes / 60);
    const rest = minutes % 60;
    const parts = [hours ? say.text("hours", { n: hours }) : "", rest ? say.text("minutes", { n: rest }) : ""];
    return parts.filter(Boolean).join(" ");
  }

  /** 0 to 23, for parting a day into morning, afternoon and evening. */
  hourOf(instant: string): number {
    return Number(
      new Intl.DateTimeFormat("en", { timeZone: this.zone, hour: "2-digit", hourCycle: "h23" }).format(
        new Date(instant),
      ),
    );
  }

  dateOf(instant: string): string {
    return new Intl.DateTimeFormat("en-CA", { timeZone: this.zone }).format(new Date(instant));
  }

  /** Whether the guest's own clock shows another time at this instant. */
  differs(instant: string): boolean {
    const here = new Intl.DateTimeFormat("en", { dateStyle: "short", timeStyle: "short" });
    const there = new Intl.DateTimeFormat("en", { dateStyle: "short", timeStyle: "short", timeZone: this.zone });
    return here.format(new Date(instant)) !== there.format(new Date(instant));
  }

  timeHere(instant: string): string {
    return new Intl.DateTimeFormat(this.locale, {
      hour: "2-digit",
      minute: "2-digit",
      hour12: this.hour12,
    }).format(new Date(instant));
  }

  private instant(instant: string, options: Intl.DateTimeFormatOptions): string {
    return new Intl.DateTimeFormat(this.locale, {
      timeZone: this.zone,
      hour12: this.hour12,
      ...options,
    }).format(new Date(instant));
  }

  private date(date: string, options: Intl.DateTimeFormatOptions): string {
    return new Intl.DateTimeFormat(this.locale, { timeZone: "UTC", ...options }).format(
      new Date(`${date}T12:00:00Z`),
    );
  }
}

/** As a heading begins, in languages that write days and months small. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
