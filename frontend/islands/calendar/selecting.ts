import { type Board, columnAt, minuteAt } from "./board";
import type { Choice } from "./choice";
import { el, place } from "./dom";
import { type Carried, listenToPresses } from "./press";
import type { Clock } from "./times";
import type { Column, Feed, Part, Place } from "./types";

const STEP = 15;
const USUAL = 60;

export type Ground = { board: Board; feed: Feed; clock: Clock; choice: Choice };

/** A press on free ground chooses time: an hour by a click or a tap, any length by dragging. */
export function listenToSelections(grid: HTMLElement, ground: () => Ground): void {
  let wasOpen = false;
  grid.addEventListener("pointerdown", (event) => (wasOpen = ground().choice.isOpen && event.isTrusted), { capture: true });
  grid.addEventListener("pointerdown", (event) => {
    // Nothing is marked and no focus is lost while the mouse draws.
    if (event.button === 0 && event.pointerType !== "touch" && isGround(event.target)) event.preventDefault();
  });
  listenToPresses(grid, (down) => {
    const found = ground();
    const column = isGround(down.target) && found.feed.write ? columnAt(found.board, down.clientX) : null;
    return column && (() => new Stretch(column, down.clientY, found));
  });
  grid.addEventListener("click", (event) => {
    if (!isGround(event.target)) return;
    const found = ground();
    const column = columnAt(found.board, event.clientX);
    if (!column || !found.feed.write || wasOpen) return;
    const opener = (event as PointerEvent).pointerType === "touch" ? null : cursorOf(column);
    found.choice.show(hourAt(column, found.feed, event.clientY), false, opener);
  });
}

function isGround(target: EventTarget | null): boolean {
  const element = target as Element;
  return element.closest(".cal-column") !== null && element.closest(".cal-item, .cal-cursor") === null;
}

function cursorOf(column: Column): HTMLElement | null {
  return column.element.querySelector<HTMLElement>(".cal-cursor");
}

/** Time that is drawn from where the press began to where the pointer is. */
class Stretch implements Carried {
  private readonly mark = el("div", { class: "cal-chosen" });
  private readonly start: number;
  private chosen: Place | null = null;

  constructor(
    private readonly column: Column,
    clientY: number,
    private readonly ground: Ground,
  ) {
    this.start = minuteAt(column, ground.feed, clientY);
  }

  moveTo(_x: number, y: number): void {
    const { column, mark } = this;
    const { feed, clock } = this.ground;
    this.chosen = stretch(column, feed, this.start, minuteAt(column, feed, y));
    if (!mark.isConnected) column.element.append(mark);
    place(mark, { "--from": this.chosen.from, "--until": this.chosen.until });
    mark.textContent = clock.span(this.chosen.from, this.chosen.until);
  }

  drop(): void {
    this.cancel();
    if (this.chosen) this.ground.choice.show(this.chosen, true, cursorOf(this.column));
  }

  cancel(): void {
    this.mark.remove();
  }
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
