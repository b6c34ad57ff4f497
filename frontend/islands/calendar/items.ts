import { el, icon, place } from "./dom";
import { inLanes } from "./layout";
import type { Column, Feed, Item, Part } from "./types";

export type Shown = { item: Item; part: Part; column: Column; element: HTMLElement };

const SHORT = 40;
const LINE = 16;
const PIXELS_A_MINUTE = 64 / 60;
const PAID = new Set(["paid", "overpaid", "refunded"]);

/** The items of every column, kept by key from one drawing to the next so that focus stays where it is. */
export class Items {
  readonly shown = new Map<HTMLElement, Shown>();
  private readonly elements = new Map<string, HTMLElement>();

  draw(columns: Column[], feed: Feed): void {
    const kept = new Set<string>();
    this.shown.clear();
    for (const column of columns) {
      const here = spansOf(column, feed);
      column.element.dataset["lanes"] = String(Math.max(1, ...here.map((one) => one.lanes)));
      here.forEach((spot, index) => {
        const { item, part } = spot.what;
        const key = `${column.key}|${item.id}`;
        kept.add(key);
        const element = this.elements.get(key) ?? el("li");
        this.elements.set(key, element);
        this.fill(element, item, part, column, feed, spot.lanes);
        place(element, {
          "--from": part.from,
          "--until": Math.max(part.until, part.from + 15),
          "--lane": spot.lane,
          "--lanes": spot.lanes,
          "--before": part.before ?? 0,
          "--after": part.after ?? 0,
        });
        if (column.list.children[index] !== element) column.list.insertBefore(element, column.list.children[index] ?? null);
        this.shown.set(element, { item, part, column, element });
      });
    }
    for (const [key, element] of this.elements) {
      if (kept.has(key)) continue;
      element.remove();
      this.elements.delete(key);
    }
  }

  /** What lies behind us is faded; drawn again as time goes on. */
  age(now: number): void {
    for (const { item, element } of this.shown.values()) {
      element.classList.toggle("is-past", Date.parse(item.end) <= now);
    }
  }

  private fill(element: HTMLElement, item: Item, part: Part, column: Column, feed: Feed, lanes: number): void {
    const drawn = JSON.stringify([item, part, lanes]);
    if (element.dataset["drawn"] === drawn) return;
    element.dataset["drawn"] = drawn;
    const length = part.until - part.from;
    element.className = `cal-item is-${item.state}${length < SHORT ? " is-short" : ""}${lanes > 2 ? " is-narrow" : ""}${item.move ? " is-movable" : ""}`;
    element.dataset["id"] = item.id;
    let target = element.querySelector<HTMLElement>(".cal-item-target");
    if (!target || (target.tagName === "A") !== Boolean(item.url)) {
      target = el(item.url ? "a" : "div", { class: "cal-item-target" });
      element.replaceChildren(target);
    }
    if (item.url) {
      target.setAttribute("href", item.url);
      target.toggleAttribute("data-sheet", true);
      target.setAttribute("draggable", "false");
    } else {
      target.setAttribute("tabindex", "0");
      target.setAttribute("role", "img");
    }
    target.setAttribute("aria-label", this.label(item));
    target.replaceChildren(...this.content(item, part, column, feed, lanes));
    const tails = [part.before && "before", part.after && "after"].filter(Boolean);
    for (const old of element.querySelectorAll(".cal-tail")) old.remove();
    for (const side of tails) element.append(el("span", { class: `cal-tail is-${side}`, "aria-hidden": "true" }));
    const resource = !column.resource && feed.resources.find((one) => one.id === part.resource);
    place(element, { "--mark": resource ? resource.color || "currentColor" : "" });
  }

  private content(item: Item, part: Part, column: Column, feed: Feed, lanes: number): Node[] {
    const head = el("span", { class: "cal-item-head" }, icon(item.icon), el("span", { class: "cal-item-time num" }, shortTime(item, part, lanes)));
    if (item.expires) {
      head.append(el("span", { class: "cal-item-left num", "data-countdown": item.expires, "data-over": "0:00" }));
    }
    const name = el("span", { class: "cal-item-name" }, item.title);
    const found: Node[] = [head, name];
    const elsewhere = feed.view === "week" && feed.resources.length > 1 ? item.places : othersOf(item, column);
    const text = [item.what, elsewhere].filter(Boolean).join(" · ");
    const room = Math.floor(((part.until - part.from) * PIXELS_A_MINUTE - 6) / LINE) - 2;
    place(name, { "--room": Math.max(1, room + 1) });
    if (text && room > 0) {
      const what = el("span", { class: "cal-item-what" }, text);
      place(what, { "--room": room });
      found.push(what);
    }
    const payment = item.card.payment;
    if (payment && !PAID.has(payment.state) && item.state !== "held") {
      const mark = icon(payment.icon);
      mark.classList.add("cal-item-owes");
      found.push(mark);
    }
    return found;
  }

  private label(item: Item): string {
    const parts = [item.time, item.title, item.what, item.places, item.word, item.card.payment?.word];
    return [...new Set(parts.filter(Boolean))].join(", ");
  }
}

/** The end of a span is to be seen, and the half of the day stands at the axis: little room is left for writing. */
function shortTime(item: Item, part: Part, lanes: number): string {
  const text = item.time.replace(/[\s\u00a0\u202f]*[ap]\.?[\s\u00a0]?m\.?/gi, "");
  return text.length > 13 || lanes > 1 || part.until - part.from < SHORT ? (text.split("–")[0] ?? text) : text;
}

/** Who or where else, besides the column that it stands in. */
function othersOf(item: Item, column: Column): string {
  if (item.resources.length < 2) return "";
  return item.places
    .split(", ")
    .filter((name) => name !== column.resource?.name)
    .join(", ");
}

function spansOf(column: Column, feed: Feed) {
  const spans: { what: { item: Item; part: Part }; from: number; until: number }[] = [];
  const { from: first, until: last } = feed.range;
  for (const item of feed.items) {
    const parts = item.parts.filter((one) => one.on === column.on && (!column.resource || one.resource === column.resource.id));
    const part = parts[0];
    if (!part || part.until <= first || part.from >= last) continue;
    const clipped = { ...part, from: Math.max(part.from, first), until: Math.min(part.until, last) };
    spans.push({ what: { item, part: clipped }, from: clipped.from, until: clipped.until });
  }
  return inLanes(spans);
}
