import { type Board, columnAt, minuteAt } from "./board";
import type { Choice } from "./choice";
import { el, place } from "./dom";
import type { Clock } from "./times";
import type { Column, Feed, Place } from "./types";

const STEP = 15;
const USUAL = 60;
const THRESHOLD = 6;

export type Ground = { board: Board; feed: Feed; clock: Clock; choice: Choice };

/** A press on free ground chooses time: an hour by a click, any length by dragging. */
export function listenToSelections(ground: () => Ground): (grid: HTMLElement) => void {
  return (grid) => {
    let wasOpen = false;
    grid.addEventListener("pointerdown", (event) => (wasOpen = ground().choice.isOpen && event.isTrusted), { capture: true });
    grid.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || event.pointerType === "touch" || !isGround(event.target)) return;
      event.preventDefault();
      draw(event, ground(), wasOpen);
    });
    // A finger scrolls; only its tap chooses.
    grid.addEventListener("click", (event) => {
      if ((event as PointerEvent).pointerType !== "touch" || !isGround(event.target)) return;
      const found = ground();
      const column = columnAt(found.board, event.clientX);
      if (column && found.feed.write && !wasOpen) found.choice.show(hourAt(column, found.feed, event.clientY), false, null);
    });
  };
}

function isGround(target: EventTarget | null): boolean {
  const element = target as Element;
  return element.closest(".cal-column") !== null && element.closest(".cal-item, .cal-cursor") === null;
}

function draw(down: PointerEvent, { board, feed, clock, choice }: Ground, wasOpen: boolean): void {
  const column = columnAt(board, down.clientX);
  if (!column || !feed.write) return;
  const start = minuteAt(column, feed, down.clientY);
  const mark = el("div", { class: "cal-chosen" });
  let chosen: Place | null = null;
  const stop = new AbortController();
  const { signal } = stop;
  document.addEventListener(
    "pointermove",
    (event) => {
      if (!chosen && Math.abs(event.clientY - down.clientY) < THRESHOLD) return;
      chosen = stretch(column, feed, start, minuteAt(column, feed, event.clientY));
      if (!mark.isConnected) column.element.append(mark);
      place(mark, { "--from": chosen.from, "--until": chosen.until });
      mark.textContent = clock.span(chosen.from, chosen.until);
    },
    { signal },
  );
  const finish = (isDone: boolean) => {
    stop.abort();
    mark.remove();
    const opener = column.element.querySelector<HTMLElement>(".cal-cursor");
    if (!isDone) return;
    if (chosen) choice.show(chosen, true, opener);
    else if (!wasOpen) choice.show(hourAt(column, feed, down.clientY), false, opener);
  };
  document.addEventListener("pointerup", () => finish(true), { signal });
  document.addEventListener("pointercancel", () => finish(false), { signal });
  document.addEventListener("keydown", (event) => event.key === "Escape" && finish(false), { signal });
}

function stretch(column: Column, feed: Feed, one: number, other: number): Place {
  const from = Math.max(feed.range.from, Math.floor(Math.min(one, other) / STEP) * STEP);
  const until = Math.min(feed.range.until, Math.ceil(Math.max(one, other) / STEP) * STEP);
  return { column, from, until: Math.max(until, from + STEP) };
}

/** The hour from there, or as much of it as is free. */
function hourAt(column: Column, feed: Feed, clientY: number): Place {
  const from = Math.max(feed.range.from, Math.floor(minuteAt(column, feed, clientY) / STEP) * STEP);
  return { column, from, until: Math.min(freeUntil(column, feed, from), from + USUAL) };
}

export function freeUntil(column: Column, feed: Feed, from: number): number {
  const starts = feed.items
    .flatMap((item) => item.parts)
    .filter((part) => part.on === column.on && part.from > from && (!column.resource || part.resource === column.resource.id))
    .map((part) => part.from - (part.before ?? 0))
    .filter((minute) => minute >= from + STEP);
  return Math.min(feed.range.until, ...starts);
}
