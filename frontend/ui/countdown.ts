const SOON_SECONDS = 120;
const SPOKEN_SECONDS = new Set([300, 120, 60]);

/** Ticks every `[data-countdown]` on the page; says the time left aloud only at a few moments. */
export function startCountdowns(): void {
  tick();
  setInterval(tick, 1000);
}

function tick(): void {
  for (const clock of document.querySelectorAll<HTMLElement>("[data-countdown]")) {
    const left = Math.ceil((Date.parse(clock.dataset["countdown"] ?? "") - Date.now()) / 1000);
    if (Number.isFinite(left)) show(clock, left);
  }
}

function show(clock: HTMLElement, left: number): void {
  const text = clock.querySelector<HTMLElement>("[data-countdown-text]") ?? clock;
  if (left <= 0) return finish(clock, text);
  text.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  text.setAttribute("aria-live", SPOKEN_SECONDS.has(left) ? "polite" : "off");
  clock.toggleAttribute("data-soon", left <= SOON_SECONDS);
}

function finish(clock: HTMLElement, text: HTMLElement): void {
  text.textContent = clock.dataset["over"] ?? "0:00";
  delete clock.dataset["countdown"];
  clock.dispatchEvent(new CustomEvent("countdown:over", { bubbles: true }));
  if (clock.hasAttribute("data-reload")) location.reload();
}
