/** Wall-clock minutes as text. No zones here: the server has already put everything on the wall of the location. */
export class Clock {
  private readonly time: Intl.DateTimeFormat;
  private readonly hour: Intl.DateTimeFormat;
  private readonly isTwelve: boolean;

  constructor(language: string) {
    this.time = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
    this.hour = new Intl.DateTimeFormat(language, { hour: "numeric", timeZone: "UTC" });
    this.isTwelve = this.hour.resolvedOptions().hour12 === true;
    if (this.isTwelve) {
      this.time = new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit", timeZone: "UTC" });
    }
  }

  at(minute: number): string {
    return this.time.format(new Date((minute % 1440) * 60_000));
  }

  span(from: number, until: number): string {
    return `${this.at(from)}–${this.at(until)}`;
  }

  onAxis(minute: number): string {
    return this.isTwelve ? this.hour.format(new Date((minute % 1440) * 60_000)) : this.at(minute);
  }
}

/** `HH:MM` for an address. */
export function plain(minute: number): string {
  const rest = minute % 1440;
  return `${String(Math.floor(rest / 60)).padStart(2, "0")}:${String(rest % 60).padStart(2, "0")}`;
}

export function dayAfter(on: string): string {
  const next = new Date(`${on}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().slice(0, 10);
}
