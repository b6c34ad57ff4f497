import htmx from "htmx.org";

/**
 * A link with `data-sheet` opens its page in the side sheet; with a modifier key, or without scripts, the page
 * itself. The address follows the sheet, Esc and the back button close it, focus returns to the link.
 * The server may close it: `HX-Trigger: sheet:close`.
 */
export function startSheets(): void {
  document.addEventListener("click", onClick);
  document.addEventListener("htmx:after:swap", () => host()?.querySelector("dialog:not([open])") && show());
  document.addEventListener("sheet:close", () => dialog()?.close());
  addEventListener("popstate", onPopState);
}

let opener: HTMLElement | null = null;
let addressBelow: string | null = null;

const host = () => document.querySelector<HTMLElement>("[data-sheet-host]");
const dialog = () => host()?.querySelector<HTMLDialogElement>("dialog") ?? null;

export function openSheet(url: string, from: HTMLElement | null = null): void {
  const target = host();
  if (!target) {
    location.assign(url);
    return;
  }
  opener = from ?? (document.activeElement as HTMLElement | null);
  void htmx.ajax("GET", url, { target, swap: "innerHTML", source: from ?? target }).then(() => {
    if (!dialog()) return;
    addressBelow ??= location.href;
    history.pushState({ sheet: true }, "", url);
  });
}

function onClick(event: MouseEvent): void {
  const anchor = (event.target as Element).closest<HTMLAnchorElement>("a[data-sheet]");
  if (!anchor || event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || !host()) return;
  event.preventDefault();
  openSheet(anchor.href, anchor);
}

function show(): void {
  const sheet = dialog();
  if (!sheet || sheet.open) return;
  const page = document.querySelector<HTMLElement>("main .sheet-page");
  if (page && page.getAttribute("aria-labelledby") === sheet.getAttribute("aria-labelledby")) {
    drawAnew(page, sheet);
    return;
  }
  sheet.showModal();
  if (!sheet.contains(document.activeElement) || document.activeElement === sheet) {
    sheet.querySelector<HTMLElement>("[autofocus], .sheet-head [tabindex]")?.focus();
  }
  markRow(true);
  sheet.addEventListener("close", onClose, { once: true });
  // A click on the backdrop lands on the dialog itself, outside its box.
  sheet.addEventListener("pointerdown", (event) => {
    const box = sheet.getBoundingClientRect();
    const isInside =
      event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (event.target === sheet && !isInside && !sheet.querySelector("[data-unsaved]")) sheet.close();
  });
}

/** A page that is a sheet by itself is drawn anew where it stands: over it, every id would be there twice. */
function drawAnew(page: HTMLElement, sheet: HTMLDialogElement): void {
  sheet.querySelector("form[method=dialog]")?.remove();
  const body = sheet.querySelector(".sheet-body");
  for (const name of ["tabindex", "role", "aria-labelledby"]) body?.removeAttribute(name);
  page.replaceChildren(...sheet.childNodes);
  host()?.replaceChildren();
  (page.querySelector<HTMLElement>("[autofocus]") ?? page.querySelector<HTMLElement>("h1"))?.focus();
}

function onClose(): void {
  markRow(false);
  host()?.replaceChildren();
  if (addressBelow && location.href !== addressBelow) history.pushState({}, "", addressBelow);
  addressBelow = null;
  if (opener?.isConnected) opener.focus();
  opener = null;
}

function onPopState(event: PopStateEvent): void {
  const isSheet = (event.state as { sheet?: boolean } | null)?.sheet === true;
  const open = dialog();
  if (open && !isSheet) {
    addressBelow = null;
    open.close();
  } else if (!open && isSheet) {
    location.reload();
  }
}

function markRow(isOpen: boolean): void {
  opener?.closest("tr")?.classList.toggle("is-open", isOpen);
}
