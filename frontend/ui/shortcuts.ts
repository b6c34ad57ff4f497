/** `/` search, `?` the list of keys, and any letter that an element asks for with `data-shortcut`. */
export function startShortcuts(): void {
  document.addEventListener("keydown", onKey);
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (document.querySelector("dialog:modal")) return;
  if (event.key === "/") {
    const search = document.querySelector<HTMLInputElement>("[data-search]");
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
  } else if (event.key === "?") {
    document.querySelector<HTMLDialogElement>("#keys")?.showModal();
  } else {
    const wanted = letterOf(event);
    const target = /^[a-z]$/.test(wanted) && document.querySelector<HTMLElement>(`[data-shortcut="${wanted}"]`);
    if (!target) return;
    event.preventDefault();
    target.click();
  }
}

/** The Latin letter of the key, whatever the keyboard layout: `n` is where N is printed. */
function letterOf(event: KeyboardEvent): string {
  return /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.replace(/^Key/, "").toLowerCase();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}
