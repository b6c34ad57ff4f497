import type { Feed, Verdict } from "./types";

export type Done = { text: string; undo: string };
export type Refused = { text: string; names: string[] };
/** It changes money or goes beyond rules: the form at this address shows how, and asks. */
export type Asked = { confirm: string };

export async function readFeed(url: string): Promise<{ feed: Feed; text: string }> {
  const answer = await fetch(url, { headers: { accept: "application/json" }, cache: "no-store" });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  const text = await answer.text();
  return { feed: JSON.parse(text) as Feed, text };
}

export async function askVerdict(url: string, target: Record<string, string>, signal: AbortSignal): Promise<Verdict> {
  const answer = await fetch(`${url}?${new URLSearchParams(target).toString()}`, { signal });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as Verdict;
}

/** The move, why it was refused, or where to confirm it. Throws when nobody knows. */
export async function move(url: string, target: Record<string, string>): Promise<Done | Refused | Asked> {
  const answer = await post(url, target);
  if (!answer.ok && answer.status !== 409) throw new Error(String(answer.status));
  return (await answer.json()) as Done | Refused | Asked;
}

/** Undoes by the address that a toast gave; what the server says of it comes as htmx's events do. */
export async function undo(url: string): Promise<void> {
  const answer = await post(url, { from: "today" }, { "HX-Request": "true" });
  const told = answer.headers.get("HX-Trigger");
  for (const [name, detail] of Object.entries(told ? (JSON.parse(told) as Record<string, unknown>) : {})) {
    document.body.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }
  if (!told) throw new Error(String(answer.status));
}

function post(url: string, body: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
  const token = document.querySelector<HTMLMetaElement>("meta[name='csrf-token']")?.content ?? "";
  return fetch(url, {
    method: "POST",
    headers: { "X-CSRFToken": token, ...headers },
    body: new URLSearchParams(body),
    credentials: "same-origin",
  });
}
