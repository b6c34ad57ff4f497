const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** Arrow keys in the month: to the next day in that direction that can be chosen. Tab goes on working. */
export function startMonth(): void {
  document.addEventListener("keydown", (event) => {
    const day = (event.target as Element).closest<HTMLElement>("[data-month-grid] a");
    if (!day || event.altKey || event.ctrlKey || event.metaKey) return;
    const target = targetOf(day, event.key);
    if (!target) return;
    event.preventDefault();
    target.focus();
  });
}

function targetOf(day: HTMLElement, key: string): HTMLElement | null {
  const cells = [...(day.closest("tbody")?.querySelectorAll("td") ?? [])];
  const at = cells.findIndex((cell) => cell.contains(day));
  const links = cells.map((cell) => cell.querySelector<HTMLElement>("a"));
  if (key === "Home") return links.find(Boolean) ?? null;
  if (key === "End") return links.findLast(Boolean) ?? null;
  const step = STEPS[key];
  if (!step) return null;
  const forward = getComputedStyle(day).direction === "rtl" && Math.abs(step) === 1 ? -step : step;
  for (let next = at + forward; next >= 0 && next < links.length; next += forward) {
    const found = links[next];
    if (found) return found;
  }
  return null;
}
