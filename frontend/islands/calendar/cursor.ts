import { type Board, hoursOf } from "./board";
import type { Choice } from "./choice";
import { el, fill, place } from "./dom";
import type { Clock } from "./times";
import type { Column, Feed, Words } from "./types";

const STEP = 15;
const USUAL = 60;

/** The keyboard's way to free time: one stop in the tab order of the grid, moved by the arrow keys. */
export class Cursor {
  readonly element: HTMLButtonElement;
  private index = 0;
  private from = 0;
  private length = USUAL;

  constructor(
    private readonly words: Words,
    private readonly clock: Clock,
    private readonly choice: Choice,
    private readonly state: () => { board: Board; feed: Feed },
  ) {
    this.element = el("button", { type: "button", class: "cal-cursor num", "aria-haspopup": "dialog" });
    this.element.addEventListener("keydown", (event) => this.onKey(event));
    this.element.addEventListener("click", () => this.open());
    this.element.addEventListener("focus", () => this.draw(false));
  }

  /** Into a new grid: at the present time of today, else where work begins. */
  settle(): void {
    const { board, feed } = this.state();
    if (!feed.write || !board.columns.length) return;
    const today = board.columns.findIndex((one) => one.isToday);
    const isInRange = feed.now.minute >= feed.range.from && feed.now.minute < feed.range.until - USUAL;
    this.index = Math.max(0, Math.min(today, board.columns.length - 1));
    const opens = hoursOf(board.columns[this.index]!, feed)[0]?.[0] ?? feed.range.from;
    this.from = today >= 0 && isInRange ? Math.ceil(feed.now.minute / STEP) * STEP : opens;
    this.put();
  }

  /** Into a grid that was drawn again: where it was. */
  stay(): void {
    const { board, feed } = this.state();
    if (!feed.write || !board.columns.length) return;
    this.index = Math.min(this.index, board.columns.length - 1);
    this.put();
  }

  private get column(): Column {
    return this.state().board.columns[this.index]!;
  }

  private put(): void {
    const hadFocus = document.activeElement === this.element;
    if (this.element.parentElement !== this.column.element) this.column.element.prepend(this.element);
    this.draw(hadFocus);
    if (hadFocus) this.element.focus();
  }

  private onKey(event: KeyboardEvent): void {
    const { board, feed } = this.state();
    const last = feed.range.until - this.length;
    const keys: Record<string, () => void> = {
      ArrowDown: () => (event.shiftKey ? (this.length = Math.min(this.length + STEP, feed.range.until - this.from)) : (this.from += STEP)),
      ArrowUp: () => (event.shiftKey ? (this.length = Math.max(STEP, this.length - STEP)) : (this.from -= STEP)),
      ArrowLeft: () => (this.index = Math.max(0, this.index - 1)),
      ArrowRight: () => (this.index = Math.min(board.columns.length - 1, this.index + 1)),
      PageDown: () => (this.from += 60),
      PageUp: () => (this.from -= 60),
      Home: () => (this.from = feed.range.from),
      End: () => (this.from = last),
      b: () => this.choice.block(this.place(), this.element),
    };
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    act();
    this.from = Math.max(feed.range.from, Math.min(this.from, feed.range.until - this.length));
    this.put();
    this.element.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  private place() {
    return { column: this.column, from: this.from, until: this.from + this.length };
  }

  private open(): void {
    this.choice.show(this.place(), this.length !== USUAL, this.element);
  }

  private draw(isMoving: boolean): void {
    const until = this.from + this.length;
    place(this.element, { "--from": this.from, "--until": until });
    const span = this.clock.span(this.from, until);
    this.element.textContent = span;
    const label = fill(this.words["cursor"] ?? "", { column: this.column.label, time: span, state: this.stateWord(until) });
    this.element.setAttribute("aria-label", label);
    this.element.setAttribute("aria-description", this.words["cursorHelp"] ?? "");
    if (isMoving) announce(label);
  }

  private stateWord(until: number): string {
    const { feed } = this.state();
    const { column, from } = this;
    const inTheWay = feed.items.find((item) =>
      item.parts.some(
        (part) => part.on === column.on && (!column.resource || part.resource === column.resource.id) && part.from < until && part.until > from,
      ),
    );
    if (inTheWay) return fill(this.words["taken"] ?? "", { what: inTheWay.title });
    const isOpen = hoursOf(column, feed).some(([opens, closes]) => opens <= from && until <= closes);
    return (isOpen ? this.words["free"] : this.words["closed"]) ?? "";
  }
}

function announce(text: string): void {
  let said = document.querySelector<HTMLElement>("#cal-said");
  if (!said) {
    said = el("div", { id: "cal-said", class: "visually-hidden", role: "status" });
    document.querySelector("#calendar")?.append(said);
  }
  said.textContent = text;
}
