import { toast } from "../../ui/toast";
import { askVerdict, move } from "./api";
import { type Board, columnAt, minuteAt } from "./board";
import { el, icon, place } from "./dom";
import type { Shown } from "./items";
import { refusal } from "./rules";
import type { Clock } from "./times";
import type { Column, Feed, Verdict, Words } from "./types";

const STEP = 15;
const THRESHOLD = 5;
const REST_MS = 140;
const EDGE = 36;

type Context = {
  board: Board;
  feed: Feed;
  words: Words;
  clock: Clock;
  find: (element: Element) => Shown | undefined;
  reload: () => Promise<void>;
};

/** One drag at a time: a ghost shows where it would go and what stands against it; the drop asks the server. */
export class Drag {
  private readonly ghost: HTMLElement;
  private readonly verdicts = new Map<string, Verdict>();
  private readonly question = new AbortController();
  private timer = 0;
  private frame = 0;
  private at: { column: Column; from: number } | null = null;
  private pointer = { x: 0, y: 0 };

  constructor(
    private readonly shown: Shown,
    private readonly grab: number,
    private readonly context: Context,
  ) {
    this.ghost = el("div", { class: "cal-ghost", role: "status" });
    shown.element.classList.add("is-lifted");
    document.documentElement.classList.add("is-dragging");
    this.scrollAtEdges();
  }

  moveTo(x: number, y: number): void {
    this.pointer = { x, y };
    const { board, feed } = this.context;
    const column = columnAt(board, x);
    if (!column) return;
    const { item, part } = this.shown;
    const raw = minuteAt(column, feed, y) - this.grab;
    const snapped = Math.round(raw / STEP) * STEP + (part.from % STEP);
    const from = Math.max(feed.range.from, Math.min(snapped, feed.range.until - Math.min(item.minutes, part.until - part.from)));
    if (this.at && this.at.column === column && this.at.from === from) return;
    this.at = { column, from };
    column.element.append(this.ghost);
    place(this.ghost, { "--from": from, "--until": from + (part.until - part.from) });
    this.say();
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), REST_MS);
  }

  async drop(): Promise<void> {
    this.stopWatching();
    const { shown, at } = this;
    if (!at || !shown.item.move || this.isHome()) return this.cancel();
    const known = this.verdicts.get(this.key());
    if (known?.reason) return this.refuse(known.text, known.names);
    this.ghost.classList.add("is-saving");
    try {
      const answer = await move(shown.item.move, this.target());
      if (!("undo" in answer)) return this.refuse(answer.text, answer.names);
      await this.context.reload();
      this.cancel();
      const action = { label: this.context.words["undo"] ?? "", url: answer.undo };
      toast({ text: answer.text, action });
      leaveAfterAMinute();
    } catch {
      this.refuse(this.context.words["failed"] ?? "", []);
    }
  }

  cancel(): void {
    this.stopWatching();
    this.ghost.remove();
    this.shown.element.classList.remove("is-lifted");
  }

  private refuse(text: string, names: string[]): void {
    const said = this.explain(text, names);
    this.cancel();
    toast({ text: said, hue: "bad" });
    this.shown.element.classList.add("is-refused");
    setTimeout(() => this.shown.element.classList.remove("is-refused"), 600);
  }

  /** The server's reason with who is in the way; where it names nobody, what is to be seen here says more. */
  private explain(text: string, names: string[]): string {
    if (names.length) return `${text} ${names.join("; ")}`;
    const { column, from } = this.at!;
    return refusal(this.shown.item, column, from, this.context.feed, this.context.words) || text;
  }

  private stopWatching(): void {
    clearTimeout(this.timer);
    cancelAnimationFrame(this.frame);
    this.question.abort();
    document.documentElement.classList.remove("is-dragging");
  }

  private isHome(): boolean {
    return this.at?.column === this.shown.column && this.at.from === this.shown.part.from;
  }

  private key(): string {
    return this.at ? `${this.at.column.key}|${this.at.from}` : "";
  }

  private target(): Record<string, string> {
    const { column, from } = this.at!;
    const { item, part } = this.shown;
    const target: Record<string, string> = { on: column.on, minute: String(Math.max(0, item.at.minute + from - part.from)) };
    const resource = column.resource?.id;
    if (resource && resource !== part.resource) Object.assign(target, { resource, old: part.resource });
    return target;
  }

  private async ask(): Promise<void> {
    const key = this.key();
    const { item } = this.shown;
    if (!item.move || item.type !== "booking" || this.isHome() || this.verdicts.has(key)) return;
    try {
      this.verdicts.set(key, await askVerdict(item.move, this.target(), this.question.signal));
      if (key === this.key()) this.say();
    } catch {
      // No verdict is not a refusal: the drop will ask again.
    }
  }

  private say(): void {
    const { column, from } = this.at!;
    const { item, part } = this.shown;
    const { feed, words, clock } = this.context;
    const known = this.verdicts.get(this.key());
    const isHome = this.isHome();
    const hint = isHome ? "" : refusal(item, column, from, feed, words);
    const text = known ? (known.reason ? this.explain(known.text, known.names) : "") : hint;
    this.ghost.classList.toggle("is-bad", text !== "");
    this.ghost.classList.toggle("is-good", known !== undefined && known.reason === null);
    this.ghost.replaceChildren(
      el(
        "strong",
        { class: "num" },
        icon(text ? "circle-alert" : "calendar-clock"),
        clock.span(from, from + (part.until - part.from)),
      ),
      el("span", {}, text || item.title),
    );
  }

  private scrollAtEdges(): void {
    const { scroll } = this.context.board;
    const step = () => {
      const box = scroll.getBoundingClientRect();
      const { x, y } = this.pointer;
      if (x || y) {
        const dx = x > box.right - EDGE ? 12 : x < box.left + EDGE + 40 ? -12 : 0;
        const dy = y > box.bottom - EDGE ? 10 : y < box.top + EDGE + 40 ? -10 : 0;
        if (dx || dy) {
          scroll.scrollBy(dx, dy);
          this.moveTo(x, y);
        }
      }
      this.frame = requestAnimationFrame(step);
    };
    this.frame = requestAnimationFrame(step);
  }
}

/** Watches the pointer: a press on something movable may become a drag. */
export function listenToDrags(context: () => Context, hideCard: () => void): (grid: HTMLElement) => void {
  return (grid) => {
    grid.addEventListener("dragstart", (event) => event.preventDefault());
    grid.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || event.pointerType === "touch" || event.ctrlKey || event.metaKey) return;
      const found = context();
      const shown = found.find(event.target as Element);
      if (!shown?.item.move || shown.part.on !== shown.item.at.on) return;
      follow(event, shown, found, hideCard);
    });
  };
}

function follow(down: PointerEvent, shown: Shown, context: Context, hideCard: () => void): void {
  const grab = minuteAt(shown.column, context.feed, down.clientY) - shown.part.from;
  let drag: Drag | null = null;
  const stop = new AbortController();
  const { signal } = stop;
  document.addEventListener(
    "pointermove",
    (event) => {
      if (!drag && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < THRESHOLD) return;
      event.preventDefault();
      hideCard();
      drag ??= new Drag(shown, grab, context);
      drag.moveTo(event.clientX, event.clientY);
    },
    { signal },
  );
  const finish = (isDrop: boolean) => {
    stop.abort();
    if (!drag) return;
    // The click that ends a drag must not open the sheet.
    const eat = (event: Event) => {
      event.preventDefault();
      event.stopPropagation();
    };
    document.addEventListener("click", eat, { capture: true, once: true });
    setTimeout(() => document.removeEventListener("click", eat, { capture: true }), 0);
    if (isDrop) void drag.drop();
    else drag.cancel();
  };
  document.addEventListener("pointerup", () => finish(true), { signal });
  document.addEventListener("pointercancel", () => finish(false), { signal });
  document.addEventListener("keydown", (event) => event.key === "Escape" && finish(false), { signal });
}

/** A way back that has run out must not stay on the screen. */
export function leaveAfterAMinute(): void {
  const shown = document.querySelector("#toasts > [data-toast]:last-child");
  setTimeout(() => shown?.remove(), 60_000);
}
