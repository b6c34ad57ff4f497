export type Hue = "ok" | "warn" | "bad" | "info" | "hold" | "plain";
export type ToastOptions = { text: string; hue?: Hue; sticky?: boolean; action?: { label: string; url: string } };

const READING_MS = 6000;
const ICONS: Record<Hue, string> = {
  ok: "circle-check",
  warn: "triangle-alert",
  bad: "circle-alert",
  info: "info",
  hold: "timer",
  plain: "info",
};

/** Shows a toast above everything, open dialogs included. */
export function toast({ text, hue = "ok", sticky = false, action }: ToastOptions): void {
  const host = document.getElementById("toasts");
  const template = document.getElementById("toast-template") as HTMLTemplateElement | null;
  const made = template?.content.firstElementChild?.cloneNode(true) as HTMLElement | undefined;
  if (!host || !made || !text) return;
  made.className = `toast hue-${hue}`;
  const use = made.querySelector("svg use");
  use?.setAttribute("href", `${(use.getAttribute("href") ?? "").split("#")[0]}#${ICONS[hue]}`);
  const body = made.querySelector(".grow");
  if (body) body.textContent = text;
  if (action) body?.append(" ", link(action.label, action.url));
  host.append(made);
  raise(host);
  if (!sticky && !action) leaveLater(made);
}

export function startToasts(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (target.closest("[data-toast-close]")) target.closest("[data-toast]")?.remove();
  });
  for (const shown of document.querySelectorAll<HTMLElement>("#toasts > [data-toast]:not([data-sticky])")) {
    leaveLater(shown);
  }
  // The server says `HX-Trigger: {"toast": {"text": "…", "hue": "ok"}}`.
  document.addEventListener("toast", (event) => toast((event as CustomEvent<ToastOptions>).detail));
}

/** The top layer keeps the order of opening: opening again puts the toasts above a newer dialog. */
function raise(host: HTMLElement): void {
  if (!("showPopover" in host)) return;
  host.popover = "manual";
  if (host.matches(":popover-open")) host.hidePopover();
  host.showPopover();
}

function leaveLater(shown: HTMLElement): void {
  let timer = setTimeout(() => shown.remove(), READING_MS);
  const stay = () => clearTimeout(timer);
  const leave = () => {
    clearTimeout(timer);
    timer = setTimeout(() => shown.remove(), READING_MS / 2);
  };
  for (const name of ["pointerenter", "focusin"]) shown.addEventListener(name, stay);
  for (const name of ["pointerleave", "focusout"]) shown.addEventListener(name, leave);
}

function link(label: string, url: string): HTMLAnchorElement {
  const made = document.createElement("a");
  made.className = "toast-action";
  made.href = url;
  made.textContent = label;
  return made;
}
