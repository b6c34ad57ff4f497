/** Says so when the guest's clock is not that of the place, with an example; otherwise nothing needs saying. */
export function startZones(): void {
  explain();
  document.addEventListener("htmx:after:swap", explain);
}

function explain(): void {
  for (const note of document.querySelectorAll<HTMLElement>("[data-zone]:not([data-explained])")) {
    note.dataset["explained"] = "yes";
    const { zone, instant, differs } = note.dataset;
    if (!zone || !instant || !differs) continue;
    const at = new Date(instant);
    const there = clock(at, zone);
    const here = clock(at);
    if (there.full === here.full) continue;
    const text = differs.replace("{there}", there.short).replace("{here}", here.short);
    note.append(Object.assign(document.createElement("span"), { className: "zone-differs", textContent: text }));
  }
}

function clock(at: Date, timeZone?: string): { short: string; full: string } {
  const language = document.documentElement.lang;
  const short = new Intl.DateTimeFormat(language, { timeStyle: "short", timeZone }).format(at);
  const day = new Intl.DateTimeFormat(language, { dateStyle: "short", timeZone }).format(at);
  return { short, full: `${day} ${short}` };
}
