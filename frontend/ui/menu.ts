/**
 * A menu is a <details>: it works without scripts. With them its panel moves to the top layer (never clipped),
 * closes on Esc, on a click outside and after a choice, and the arrows walk through it.
 */
export function startMenus(): void {
  document.addEventListener("toggle", onToggle, true);
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  addEventListener("resize", closeAll);
  document.addEventListener("scroll", (event) => {
    if (!(event.target as Element).closest?.("[data-menu]")) closeAll();
  }, { capture: true, passive: true });
}

const panelOf = (menu: Element) => menu.querySelector<HTMLElement>(":scope > .menu-panel");
const openMenus = () => document.querySelectorAll<HTMLDetailsElement>("details[data-menu][open]");
const isPlain = (menu: HTMLElement) => menu.dataset["menu"] === "plain";

function closeAll(): void {
  for (const menu of openMenus()) if (!isPlain(menu)) menu.open = false;
}

function onToggle(event: Event): void {
  const menu = event.target as HTMLDetailsElement;
  if (!(menu instanceof HTMLDetailsElement) || !menu.matches("[data-menu]") || isPlain(menu)) return;
  const panel = panelOf(menu);
  if (!panel || !("showPopover" in panel)) return;
  panel.popover = "manual";
  if (!menu.open) return panel.hidePopover();
  panel.showPopover();
  place(panel, menu);
}

/** Beside the summary, above or below, wherever it fits. */
function place(panel: HTMLElement, menu: HTMLElement): void {
  const anchor = (menu.querySelector("summary") ?? menu).getBoundingClientRect();
  panel.style.minWidth = `${Math.max(anchor.width, 176)}px`;
  const { offsetWidth: width, offsetHeight: height } = panel;
  const atEnd = menu.classList.contains("menu-end") !== (getComputedStyle(menu).direction === "rtl");
  const left = atEnd ? anchor.right - width : anchor.left;
  const below = anchor.bottom + 4;
  const above = anchor.top - height - 4;
  const wantsUp = menu.classList.contains("menu-up") || below + height > innerHeight - 8;
  panel.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
  panel.style.top = `${wantsUp && above >= 8 ? above : Math.max(8, Math.min(below, innerHeight - height - 8))}px`;
}

function onClick(event: MouseEvent): void {
  const target = event.target as Element;
  for (const menu of openMenus()) {
    const isInside = menu.contains(target);
    const isChoice = isInside && panelOf(menu)?.contains(target) && target.closest("a, button");
    if (!isInside || isChoice) menu.open = false;
  }
}

function onKey(event: KeyboardEvent): void {
  const menu = (event.target as Element).closest<HTMLDetailsElement>("details[data-menu]");
  if (!menu?.open) return;
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    menu.open = false;
    menu.querySelector("summary")?.focus();
    return;
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const choices = [...menu.querySelectorAll<HTMLElement>(".menu-panel a, .menu-panel button")];
  if (!choices.length) return;
  event.preventDefault();
  const at = choices.indexOf(document.activeElement as HTMLElement);
  const step = event.key === "ArrowDown" ? 1 : -1;
  choices[(at + step + choices.length) % choices.length]?.focus();
}
