import { openSheet } from "../../ui/sheet";
import { Carry } from "./carry";
import { above } from "./choice";
import { el, fill, icon } from "./dom";
import { type Carried, isCarrying, listenToPresses } from "./press";
import { dateOf, numberOf, RoomBoard } from "./roomboard";
import type { Verdict, Words } from "./types";

type Island = { language: string; words: Words };
type Context = { board: RoomBoard; words: Words; dates: Intl.DateTimeFormat };

const RELOAD_MS = 4000;
const known = new WeakSet<Element>();

/** Stays are dragged to other rooms and dates, free nights are drawn to book them; all else are links to forms. */
export function startRooms(): void {
  mount();
  document.addEventListener("htmx:after:swap", mount);
  // The board is drawn again every now and then, but not under a hand.
  document.addEventListener("htmx:before:swap", (event) => {
    if (isBoard(event) && isCarrying()) event.preventDefault();
  });
}

function mount(): void {
  const scroll = document.querySelector<HTMLElement>("[data-rooms]");
  const text = document.getElementById("cal-island")?.textContent;
  if (!scroll || !text || known.has(scroll)) return;
  known.add(scroll);
  const { language, words } = JSON.parse(text) as Island;
  const dates = new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
  const context = { board: new RoomBoard(scroll), words, dates };
  listenToPresses(scroll, (down) => pickUp(down, context));
}

function pickUp(down: PointerEvent, context: Context): (() => Carried) | null {
  const target = down.target as Element;
  const row = context.board.rowOf(target);
  const bar = target.closest<HTMLElement>(".room-bar[data-move]");
  if (row && bar) {
    const grab = context.board.nightAt(down.clientX) - numberOf(bar.dataset["in"]!);
    return () => new StayDrag(bar, row, grab, context);
  }
  const free = target.closest<HTMLAnchorElement>(".rooms-free > a");
  if (row && free) return () => new Nights(free, row, context.board.nightAt(down.clientX), context);
  return null;
}

function span(context: Context, from: number, until: number): string {
  return context.dates.formatRange(new Date(`${dateOf(from)}T00:00:00Z`), new Date(`${dateOf(until)}T00:00:00Z`));
}

/** What is said beside the ghost: it has too little room for words itself. */
class Tip {
  private readonly box = el("div", { class: "cal-card rooms-tip", role: "status" });

  show(target: HTMLElement, title: string, look: string, text: string): void {
    this.box.replaceChildren(el("strong", { class: "num" }, icon(look), title), text && el("span", {}, text));
    if (!this.box.isConnected) document.querySelector("#calendar")?.append(this.box);
    above(this.box, target);
  }

  remove(): void {
    this.box.remove();
  }
}

class StayDrag extends Carry {
  private readonly ghost = el("div", { class: "rooms-ghost" });
  private readonly tip = new Tip();
  private readonly arrives: number;
  private readonly nights: number;
  private at: { row: HTMLElement; arrives: number } | null = null;

  constructor(
    private readonly bar: HTMLElement,
    private readonly row: HTMLElement,
    private readonly grab: number,
    private readonly context: Context,
  ) {
    const { board, words } = context;
    const { scroll, insets } = board;
    super({ element: bar, url: bar.dataset["move"]!, asks: true, scroll, insets, words, reload: redraw });
    this.arrives = numberOf(bar.dataset["in"]!);
    this.nights = numberOf(bar.dataset["out"]!) - this.arrives;
  }

  protected follow(x: number, y: number): boolean {
    const { board } = this.context;
    const row = board.rowAt(y) ?? this.at?.row ?? this.row;
    // Who is here already cannot arrive on another day.
    const arrives = this.bar.dataset["here"] ? this.arrives : board.nightAt(x) - this.grab;
    if (this.at?.row === row && this.at.arrives === arrives) return false;
    this.at = { row, arrives };
    board.put(this.ghost, row, arrives, arrives + this.nights);
    return true;
  }

  protected key(): string {
    return this.at ? `${this.at.row.dataset["room"]}|${this.at.arrives}` : "";
  }

  protected isHome(): boolean {
    return this.at?.row === this.row && this.at.arrives === this.arrives;
  }

  protected target(): Record<string, string> {
    return { on: dateOf(this.at!.arrives), resource: this.at!.row.dataset["room"] ?? "" };
  }

  protected hint(): string {
    const { row, arrives } = this.at!;
    const { board, words } = this.context;
    const sold = (row.dataset["offerings"] ?? "").split(" ");
    if (!sold.includes(this.bar.dataset["offering"] ?? "")) return fill(words["otherType"] ?? "", { what: nameOf(row) });
    const { starts, ends } = board.span(arrives, arrives + this.nights);
    const other = board.taken(row).find((one) => one.element !== this.bar && one.starts < ends && one.ends > starts);
    return other ? fill(words["taken"] ?? "", { what: other.element.title }) : "";
  }

  protected show(text: string, verdict: Verdict | undefined): void {
    const { row, arrives } = this.at!;
    const isGood = verdict !== undefined && verdict.reason === null;
    this.ghost.classList.toggle("is-bad", text !== "");
    this.ghost.classList.toggle("is-good", isGood && !verdict.note);
    this.ghost.classList.toggle("is-costly", isGood && Boolean(verdict.note));
    const look = text ? "circle-alert" : "bed-double";
    this.tip.show(this.ghost, `${span(this.context, arrives, arrives + this.nights)}, ${nameOf(row)}`, look, text || verdict?.note || "");
  }

  protected save(): void {
    this.ghost.classList.add("is-saving");
    this.tip.remove();
  }

  protected remove(): void {
    this.ghost.remove();
    this.tip.remove();
  }
}

/** Free nights of a room, drawn from the first to the last. */
class Nights implements Carried {
  private readonly mark = el("div", { class: "rooms-ghost is-new" });
  private readonly tip = new Tip();
  private nights: [number, number];

  constructor(
    private readonly free: HTMLAnchorElement,
    private readonly row: HTMLElement,
    private readonly anchor: number,
    private readonly context: Context,
  ) {
    this.nights = [anchor, anchor];
  }

  moveTo(x: number, _y: number): void {
    const { board, words } = this.context;
    const [earliest, latest] = this.bounds();
    const night = Math.max(earliest, Math.min(board.nightAt(x), latest));
    this.nights = [Math.min(night, this.anchor), Math.max(night, this.anchor)];
    const [from, until] = [this.nights[0], this.nights[1] + 1];
    board.put(this.mark, this.row, from, until);
    this.tip.show(this.mark, `${span(this.context, from, until)}, ${nameOf(this.row)}`, "calendar-plus", words["newBooking"] ?? "");
  }

  drop(): void {
    this.cancel();
    const url = new URL(this.free.href);
    url.searchParams.set("on", dateOf(this.nights[0]));
    url.searchParams.set("until", dateOf(this.nights[1] + 1));
    openSheet(url.href, this.free);
  }

  cancel(): void {
    this.mark.remove();
    this.tip.remove();
  }

  /** The first and the last night around the pressed one that nobody has. */
  private bounds(): [number, number] {
    const { board } = this.context;
    const here = board.span(this.anchor, this.anchor + 1);
    const taken = board.taken(this.row);
    const before = taken.filter((one) => one.ends <= here.starts).map((one) => one.ends);
    const after = taken.filter((one) => one.starts >= here.ends).map((one) => one.starts);
    const first = Math.max(board.today, board.first + Math.ceil((Math.max(0, ...before) - 1) / 2));
    const last = board.first + Math.floor((Math.min(board.halves, ...after) - 1) / 2) - 1;
    return [Math.min(first, this.anchor), Math.max(last, this.anchor)];
  }
}

function nameOf(row: HTMLElement): string {
  return row.querySelector("th")?.textContent ?? "";
}

function isBoard(event: Event): boolean {
  return (event as CustomEvent<{ ctx?: { target?: Element } } | null>).detail?.ctx?.target?.id === "cal-face";
}

/** The board as it is now, from the server. */
function redraw(): Promise<void> {
  return new Promise((resolve) => {
    const done = (event: Event) => {
      if (isBoard(event)) end();
    };
    const end = () => {
      clearTimeout(timer);
      document.removeEventListener("htmx:after:swap", done);
      resolve();
    };
    const timer = setTimeout(end, RELOAD_MS);
    document.addEventListener("htmx:after:swap", done);
    document.body.dispatchEvent(new CustomEvent("bookings:changed", { bubbles: true }));
  });
}
