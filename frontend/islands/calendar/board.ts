import { el, place } from "./dom";
import type { Clock } from "./times";
import type { Column, Feed, Island } from "./types";

export type Board = {
  scroll: HTMLElement;
  grid: HTMLElement;
  columns: Column[];
  nowLines: HTMLElement[];
  chips: HTMLElement;
};

let numbers = 0;

/** The empty grid: names, hours, closed time. What is on comes in by `Items`. */
export function buildBoard(root: HTMLElement, feed: Feed, island: Island, clock: Clock): Board {
  const columns = columnsOf(feed);
  const { from, until } = feed.range;
  const grid = el("div", { class: "cal-grid" });
  place(grid, { "--columns": columns.length, "--first": from, "--minutes": until - from });
  grid.append(el("div", { class: "cal-corner", "aria-hidden": "true" }));
  const chips = el("div", { class: "cal-chips", role: "group", "aria-label": island.words["columns"] ?? "" });
  columns.forEach((column, index) => {
    const id = `cal-column-${(numbers += 1)}`;
    grid.append(nameOf(column, id, feed, island));
    chips.append(chipOf(column, index));
    column.element.setAttribute("aria-labelledby", id);
  });
  grid.append(axisOf(feed, clock));
  const nowLines: HTMLElement[] = [];
  for (const column of columns) {
    shade(column, feed);
    if (isClosed(column, feed)) {
      column.element.classList.add("is-closed");
      column.element.append(el("p", { class: "cal-closed-note", "aria-hidden": "true" }, island.words["closedAllDay"] ?? ""));
    }
    column.element.append(column.list);
    if (column.isToday) {
      const line = el("div", { class: "cal-now", "aria-hidden": "true" });
      nowLines.push(line);
      column.element.append(line);
    }
    grid.append(column.element);
  }
  const scroll = el("div", { class: "cal-scroll" }, grid);
  root.replaceChildren(chips, scroll);
  root.dataset["view"] = feed.view;
  return { scroll, grid, columns, nowLines, chips };
}

function columnsOf(feed: Feed): Column[] {
  const make = (day: Feed["days"][number], resource: Feed["resources"][number] | null): Column => ({
    key: `${day.on}|${resource?.id ?? ""}`,
    on: day.on,
    resource,
    name: feed.view === "day" ? (resource?.name ?? "") : day.weekday,
    note: feed.view === "day" ? (resource?.title ?? "") : String(day.number),
    isToday: day.today,
    label: feed.view === "day" ? (resource?.name ?? "") : day.label,
    element: el("section", { class: `cal-column${day.today && feed.view === "week" ? " is-today" : ""}` }),
    list: el("ul", { class: "cal-items" }),
  });
  if (feed.view === "day") return feed.resources.map((resource) => make(feed.days[0]!, resource));
  const only = feed.resources.length === 1 ? feed.resources[0]! : null;
  return feed.days.map((day) => make(day, only));
}

function nameOf(column: Column, id: string, feed: Feed, island: Island): HTMLElement {
  const name = el("div", { class: `cal-name${column.isToday && feed.view === "week" ? " is-today" : ""}` });
  if (column.resource?.color && feed.view === "day") {
    const dot = el("span", { class: "cal-dot", "aria-hidden": "true" });
    place(dot, { "--mark": column.resource.color });
    name.append(dot);
  }
  const text = el("span", { class: "cal-name-text", id, title: column.label });
  if (feed.view === "week") {
    text.append(
      el("span", { class: "visually-hidden" }, column.label),
      el("span", { "aria-hidden": "true", class: "cal-weekday" }, column.name),
      el("strong", { "aria-hidden": "true", class: "num" }, column.note),
    );
  } else {
    const note = isClosed(column, feed) ? (island.words["closedAllDay"] ?? "") : column.note;
    text.append(el("strong", {}, column.name), note ? el("small", {}, note) : "");
  }
  name.append(text);
  return name;
}

function chipOf(column: Column, index: number): HTMLElement {
  const chip = el("button", { type: "button", class: "cal-chip", "data-index": String(index), "aria-label": column.label });
  if (column.note && column.label !== column.name) chip.append(el("small", {}, column.name), el("strong", {}, column.note));
  else chip.append(column.name);
  if (column.isToday && column.label !== column.name) chip.classList.add("is-today");
  return chip;
}

function axisOf(feed: Feed, clock: Clock): HTMLElement {
  const axis = el("div", { class: "cal-axis", "aria-hidden": "true" });
  for (let minute = feed.range.from; minute < feed.range.until; minute += 60) {
    const hour = el("span", { class: "num" }, clock.onAxis(minute));
    place(hour, { "--from": minute });
    axis.append(hour);
  }
  if (feed.days.some((day) => day.today)) axis.append(el("span", { class: "cal-now-time num" }));
  return axis;
}

/** Opening hours of a column: of its resource, or of anybody. */
export function hoursOf(column: Column, feed: Feed): [number, number][] {
  const ids = column.resource ? [column.resource.id] : feed.resources.map((one) => one.id);
  const all = ids.flatMap((id) => feed.hours[`${id}|${column.on}`] ?? []).sort((a, b) => a[0] - b[0]);
  const joined: [number, number][] = [];
  for (const [from, until] of all) {
    const last = joined[joined.length - 1];
    if (last && from <= last[1]) last[1] = Math.max(last[1], until);
    else joined.push([from, until]);
  }
  return joined;
}

function isClosed(column: Column, feed: Feed): boolean {
  return hoursOf(column, feed).length === 0;
}

function shade(column: Column, feed: Feed): void {
  let at = feed.range.from;
  for (const [from, until] of [...hoursOf(column, feed), [feed.range.until, feed.range.until] as const]) {
    if (from > at) {
      const shadow = el("div", { class: "cal-closed", "aria-hidden": "true" });
      place(shadow, { "--from": at, "--until": Math.min(from, feed.range.until) });
      column.element.append(shadow);
    }
    at = Math.max(at, until);
  }
}

export function drawNow(board: Board, minute: number, feed: Feed, clock: Clock): void {
  const isIn = minute >= feed.range.from && minute <= feed.range.until;
  const time = board.grid.querySelector<HTMLElement>(".cal-now-time");
  for (const line of time ? [...board.nowLines, time] : board.nowLines) {
    line.hidden = !isIn;
    place(line, { "--from": minute });
  }
  if (time) time.textContent = clock.at(minute);
}

export function minuteAt(column: Column, feed: Feed, clientY: number): number {
  const box = column.element.getBoundingClientRect();
  const share = (clientY - box.top) / box.height;
  return feed.range.from + share * (feed.range.until - feed.range.from);
}

export function columnAt(board: Board, clientX: number): Column | null {
  const found = board.columns.find((one) => {
    const box = one.element.getBoundingClientRect();
    return clientX >= box.left && clientX < box.right;
  });
  return found ?? null;
}

