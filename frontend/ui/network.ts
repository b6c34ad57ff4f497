import { toast } from "./toast";
import { word } from "./words";

type RequestDetail = {
  ctx?: {
    request: { method: string; headers: Record<string, string> };
    response?: { status: number };
    sourceElement?: Element;
  };
};

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/** Everything between htmx and the person: CSRF, progress, busy buttons, and what to say when it fails. */
export function startNetwork(): void {
  on("htmx:config:request", ({ ctx }) => {
    if (!ctx || SAFE.has(ctx.request.method.toUpperCase())) return;
    const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content;
    if (token) ctx.request.headers["X-CSRFToken"] = token;
  });
  on("htmx:before:request", () => progress(1));
  on("htmx:finally:request", () => progress(-1));
  on("htmx:response:error", ({ ctx }) => sayStatus(ctx?.response?.status ?? 0));
  on("htmx:error", ({ ctx }) => ctx && !ctx.response && toast({ text: word("network"), hue: "bad" }));
  document.addEventListener("submit", markBusy);
  addEventListener("pageshow", (event) => event.persisted && clearBusy());
  for (const name of ["online", "offline"]) addEventListener(name, showOffline);
  showOffline();
}

function on(name: string, handle: (detail: RequestDetail) => void): void {
  document.addEventListener(name, (event) => handle((event as CustomEvent<RequestDetail>).detail));
}

function sayStatus(status: number): void {
  // A 4xx that carries a form is swapped in and speaks for itself.
  if (status >= 500) toast({ text: word("server"), hue: "bad" });
  else if (status === 403) toast({ text: word("forbidden"), hue: "bad" });
  else if (status === 429) toast({ text: word("many"), hue: "warn" });
}

let running = 0;

function progress(change: number): void {
  running = Math.max(0, running + change);
  const bar = document.getElementById("progress");
  bar?.toggleAttribute("data-busy", running > 0);
  bar?.toggleAttribute("data-done", running === 0);
}

/** An ordinary form that was sent shows it on its button and is not sent twice. */
function markBusy(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || form.method === "dialog" || form.method === "get") return;
  if (form.dataset["sent"]) {
    event.preventDefault();
    return;
  }
  form.dataset["sent"] = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
}

function clearBusy(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sent]")) delete form.dataset["sent"];
  for (const busy of document.querySelectorAll("[aria-busy]")) busy.removeAttribute("aria-busy");
}

function showOffline(): void {
  const bar = document.getElementById("offline");
  if (!bar) return;
  const text = bar.querySelector("[data-offline-text]");
  if (text) text.textContent = word("offline");
  bar.hidden = navigator.onLine;
}
