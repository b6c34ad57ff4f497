import type { Board } from "./board";

/** On a phone one column fills the screen: a swipe or a chip goes to another. */
export function followChips({ scroll, chips, columns }: Board): void {
  const buttons = [...chips.querySelectorAll<HTMLButtonElement>(".cal-chip")];
  const today = columns.findIndex((one) => one.isToday);
  let current = -1;
  const mark = (index: number) => {
    if (index === current) return;
    current = index;
    buttons.forEach((one, number) => one.setAttribute("aria-pressed", String(number === index)));
    const chip = buttons[index];
    if (chip) chips.scrollTo({ left: chip.offsetLeft - (chips.clientWidth - chip.offsetWidth) / 2 });
  };
  const show = (index: number, behavior: ScrollBehavior) => {
    const column = columns[index]?.element;
    const first = columns[0]?.element;
    if (column && first) scroll.scrollTo({ left: column.offsetLeft - first.offsetLeft, behavior });
  };
  chips.addEventListener("click", (event) => {
    const chip = (event.target as Element).closest<HTMLElement>(".cal-chip");
    if (!chip) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    show(Number(chip.dataset["index"]), calm ? "auto" : "smooth");
  });
  scroll.addEventListener("scroll", () => {
    const width = columns[0]?.element.offsetWidth ?? 1;
    mark(Math.max(0, Math.min(columns.length - 1, Math.round(scroll.scrollLeft / width))));
  });
  const open = columns.findIndex((one) => !one.element.classList.contains("is-closed"));
  const start = Math.max(0, today > 0 && columns.every((one) => one.on !== columns[0]?.on || one === columns[0]) ? today : open);
  mark(start);
  if (start) requestAnimationFrame(() => chips.offsetParent && show(start, "auto"));
}
