// Local dates as "2026-12-01" and months as "2026-12": arithmetic without any zone.

const at = (date: string): Date => new Date(`${date}T00:00:00Z`);
const text = (date: Date): string => date.toISOString().slice(0, 10);

export function addDays(date: string, count: number): string {
  const moved = at(date);
  moved.setUTCDate(moved.getUTCDate() + count);
  return text(moved);
}

export const monthOf = (date: string): string => date.slice(0, 7);

export function addMonths(month: string, count: number): string {
  const moved = at(`${month}-01`);
  moved.setUTCMonth(moved.getUTCMonth() + count);
  return monthOf(text(moved));
}

export const firstOf = (month: string): string => `${month}-01`;
export const lastOf = (month: string): string => addDays(firstOf(addMonths(month, 1)), -1);

export function daysOf(month: string): string[] {
  const first = firstOf(month);
  const count = Number(lastOf(month).slice(8));
  return Array.from({ length: count }, (_, number) => addDays(first, number));
}

/** 1 is Monday, 7 is Sunday. */
export const weekdayOf = (date: string): number => at(date).getUTCDay() || 7;

export const todayIn = (zone: string): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format();
