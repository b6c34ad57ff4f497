import { type Board, columnAt, minuteAt } from "./board";
import type { Choice } from "./choice";
import { el, place } from "./dom";
import type { Clock } from "./times";
import type { Column, Feed, Part, Place } from "./types";

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

/** From where the press began to where the pointer is, as far as nothing is in between. */
function stretch(column: Column, feed: Feed, one: number, other: number): Place {
  const anchor = Math.floor(one / STEP) * STEP;
  const from = Math.max(feed.range.from, busyUntil(column, feed, anchor), Math.floor(Math.min(one, other) / STEP) * STEP);
  const until = Math.min(freeUntil(column, feed, anchor), Math.ceil(Math.max(one, other) / STEP) * STEP);
  return { column, from: Math.min(from, anchor), until: Math.max(until, anchor + STEP) };
}

function busyUntil(column: Column, feed: Feed, minute: number): number {
  const ends = partsOn(column, feed)
    .map((part) => part.until + (part.after ?? 0))
    .filter((end) => end <= minute);
  return Math.max(feed.range.from, ...ends);
}

/** What is on in a column of one resource; in a column of everybody nothing is in the way of anything. */
function partsOn(column: Column, feed: Feed): Part[] {
  const { resource } = column;
  if (!resource) return [];
  return feed.items.flatMap((item) => item.parts).filter((part) => part.on === column.on && part.resource === resource.id);
}

/** The hour from there, or as much of it as is free. */
function hourAt(column: Column, feed: Feed, clientY: number): Place {
  const from = Math.max(feed.range.from, Math.floor(minuteAt(column, feed, clientY) / STEP) * STEP);
  return { column, from, until: Math.min(freeUntil(column, feed, from), from + USUAL) };
}

function freeUntil(column: Column, feed: Feed, from: number): number {
  const starts = partsOn(column, feed)
    .map((part) => part.from - (part.before ?? 0))
    .filter((minute) => minute >= from + STEP);
  return Math.min(feed.range.until, ...starts);
}
