import htmx from "htmx.org";

const SHOWN_MS = 60_000;

/** "Undo" in a toast is a request, not a page; it goes away with the minute that it is good for. */
export function startUndo(): void {
  document.addEventListener("click", onClick);
  document.addEventListener("toast", (event) => {
    const url = (event as CustomEvent<{ action?: { url: string } }>).detail.action?.url ?? "";
    if (isUndo(url)) setTimeout(() => remove(url), SHOWN_MS);
  });
}

const isUndo = (url: string) => url.includes("/undo/");

function onClick(event: MouseEvent): void {
  const link = (event.target as Element).closest<HTMLAnchorElement>("a.toast-action");
  const host = document.querySelector<HTMLElement>("[data-sheet-host]");
  if (!link || !host || !isUndo(link.href)) return;
  event.preventDefault();
  link.closest("[data-toast]")?.remove();
  const isOpen = host.querySelector("dialog") !== null;
  void htmx.ajax("POST", link.href, { target: host, swap: isOpen ? "innerHTML" : "none", source: host });
}

function remove(url: string): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a.toast-action")) {
    if (link.getAttribute("href") === url) link.closest("[data-toast]")?.remove();
  }
}
