// The dates of a booking that repeats: what the guest has decided about each, in the form that an item of an order takes.

import type { Money, Slot } from "./types.js";

export const EVERY = ["week", "two_weeks", "month"] as const;
const USUAL_TIMES = 4;

/** `times` dates in all. Single ones, by number from 0: left out, or at another start (`resource` null: with anyone). */
export interface Repeat {
  readonly every: (typeof EVERY)[number];
  readonly times: number;
  readonly skip: readonly number[];
  readonly starts: readonly { readonly number: number; readonly start: string; readonly resource?: null }[];
}

/** One of the dates; `code` is the reason why it cannot be had. */
export interface Occurrence {
  readonly number: number;
  readonly start: string;
  readonly end: string | null;
  readonly price: Money | null;
  readonly code: string | null;
  readonly is_skipped: boolean;
  readonly alternatives: readonly Slot[];
}

export const weekly = (most: number): Repeat => ({
  every: "week",
  times: Math.min(USUAL_TIMES, most),
  skip: [],
  starts: [],
});

export function often(repeat: Repeat, times: number): Repeat {
  const { skip, starts } = repeat;
  return { ...repeat, times, skip: skip.filter((one) => one < times), starts: starts.filter((one) => one.number < times) };
}

export function putBack(repeat: Repeat, number: number): Repeat {
  const { skip, starts } = repeat;
  return { ...repeat, skip: skip.filter((one) => one !== number), starts: starts.filter((one) => one.number !== number) };
}

export function leftOut(repeat: Repeat, number: number): Repeat {
  const rest = putBack(repeat, number);
  return { ...rest, skip: [...rest.skip, number] };
}

/** `resource`: whom the guest has chosen; anyone serves this date where that one is not free. */
export function moved(repeat: Repeat, number: number, slot: Slot, resource: string): Repeat {
  const rest = putBack(repeat, number);
  const whom = isOther(slot, resource) ? { resource: null } : {};
  return { ...rest, starts: [...rest.starts, { number, start: slot.start, ...whom }] };
}

export const isOther = (slot: Slot, resource: string): boolean => resource !== "" && !slot.resources.includes(resource);

export const isDecided = ({ skip, starts }: Repeat, number: number): boolean =>
  skip.includes(number) || starts.some((one) => one.number === number);

/** Each date that clashes at the free start next to it, none twice; left out where nothing is near. */
export function nearest(repeat: Repeat, dates: readonly Occurrence[], resource: string): Repeat {
  const taken = new Set<string>();
  let found = repeat;
  for (const { number, start, alternatives } of clashesOf(dates)) {
    const apart = (slot: Slot) => Math.abs(Date.parse(slot.start) - Date.parse(start));
    const free = alternatives.filter((slot) => !taken.has(slot.start));
    const [best] = free.sort((one, other) => apart(one) - apart(other));
    if (best) taken.add(best.start);
    found = best ? moved(found, number, best, resource) : leftOut(found, number);
  }
  return found;
}

export const clashesOf = (dates: readonly Occurrence[]): readonly Occurrence[] => dates.filter((one) => one.code);

export const keptOf = (dates: readonly Occurrence[]): readonly Occurrence[] =>
  dates.filter((one) => !one.code && !one.is_skipped);
