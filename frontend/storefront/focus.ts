const HEADING = "#month-title, #dates-title";

/**
 * Focus is never lost: after a swap it goes where the server says (`data-focus`), stays on the element of the same
 * id, or, when that one is gone, goes to the heading of what has changed.
 */
export function startFocus(): void {
  const named = location.hash ? "[data-focus]" : "[data-focus][autofocus]";
  document.querySelector<HTMLElement>(named)?.focus();
  document.addEventListener("htmx:after:swap", () => {
    const calendar = document.getElementById("calendar") ?? document.getElementById("dates");
    if (!calendar) return;
    const wanted = calendar.querySelector<HTMLElement>("[data-focus]");
    if (wanted) goTo(wanted);
    else if (isNowhere()) calendar.querySelector<HTMLElement>(HEADING)?.focus({ preventScroll: true });
    say(calendar);
  });
}

function goTo(heading: HTMLElement): void {
  heading.removeAttribute("data-focus");
  heading.focus({ preventScroll: true });
  const { top, bottom } = heading.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight * 0.7) heading.scrollIntoView({ block: "start", behavior: "smooth" });
}

function isNowhere(): boolean {
  return !document.activeElement || document.activeElement === document.body;
}

/** What has changed, for those who do not see it; a heading that takes the focus is read anyway. */
function say(calendar: HTMLElement): void {
  const status = document.getElementById("said");
  const heading = calendar.querySelector<HTMLElement>("#times-title") ?? calendar.querySelector<HTMLElement>("#times h2, .alert-title");
  if (!status || heading === document.activeElement) return;
  const month = calendar.querySelector(HEADING)?.textContent?.trim() ?? "";
  status.textContent = [month, heading?.textContent?.trim()].filter(Boolean).join(". ");
}
