// Free days of one offering, month by month, remembered for as long as they are looked at.

import type { Api } from "./api.js";
import { addDays, firstOf, lastOf, monthOf, todayIn } from "./dates.js";
import type { Choice, Day, Offering } from "./types.js";

const FRESH = 60_000;

interface Kept {
  readonly days: ReadonlyMap<string, Day>;
  readonly at: number;
}

export class Calendar {
  readonly today: string;
  readonly last: string;
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly api: Api,
    private readonly offering: Offering,
    private readonly choice: Choice,
  ) {
    this.today = todayIn(offering.time_zone);
    this.last = addDays(this.today, offering.horizon_days);
  }

  get firstMonth(): string {
    return monthOf(this.today);
  }

  get lastMonth(): string {
    return monthOf(this.last);
  }

  /** The days of a month that can be asked for; the others are past or beyond the horizon. */
  async load(month: string, language: string): Promise<ReadonlyMap<string, Day>> {
    const kept = this.kept.get(month);
    if (kept && Date.now() - kept.at < FRESH) return kept.days;
    const from = firstOf(month) < this.today ? this.today : firstOf(month);
    const to = lastOf(month) > this.last ? this.last : lastOf(month);
    const found = from <= to ? await this.api.listDays(this.offering, { from, to }, this.choice, language) : [];
    const days = new Map(found.map((day) => [day.date, day]));
    this.kept.set(month, { days, at: Date.now() });
    return days;
  }

  forget(): void {
    this.kept.clear();
  }
}
