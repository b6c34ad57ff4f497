import { type Board, columnAt, minuteAt } from "./board";
import { Carry } from "./carry";
import { el, icon, place } from "./dom";
import type { Shown } from "./items";
import { listenToPresses } from "./press";
import { refusal } from "./rules";
import type { Clock } from "./times";
import type { Column, Feed, Verdict, Words } from "./types";

const STEP = 15;
const STICKY = { left: 40, top: 40 };

type Context = {
  board: Board;
  feed: Feed;
  words: Words;
  clock: Clock;
  find: (element: Element) => Shown | undefined;
  reload: () => Promise<void>;
};

/** One drag at a time: a ghost shows where it would go and what stands against it; the drop asks the server. */
class Drag extends Carry {
  private readonly ghost = el("div", { class: "cal-ghost", role: "status" });
  private at: { column: Column; from: number } | null = null;

  constructor(
    private readonly shown: Shown,
    url: string,
    private readonly grab: number,
    private readonly context: Context,
  ) {
    const { board, words, reload } = context;
    const asks = shown.item.type === "booking";
    super({ element: shown.element, url, asks, scroll: board.scroll, insets: STICKY, words, reload });
  }

  protected follow(x: number, y: number): boolean {
    const { board, feed } = this.context;
    const column = columnAt(board, x);
    if (!column) return false;
    const { item, part } = this.shown;
    const raw = minuteAt(column, feed, y) - this.grab;
    const snapped = Math.round(raw / STEP) * STEP + (part.from % STEP);
    const from = Math.max(feed.range.from, Math.min(snapped, feed.range.until - Math.min(item.minutes, part.until - part.from)));
    if (this.at && this.at.column === column && this.at.from === from) return false;
    this.at = { column, from };
    column.element.append(this.ghost);
    place(this.ghost, { "--from": from, "--until": from + (part.until - part.from) });
    return true;
  }

  protected key(): string {
    return this.at ? `${this.at.column.key}|${this.at.from}` : "";
  }

  protected isHome(): boolean {
    return this.at?.column === this.shown.column && this.at.from === this.shown.part.from;
  }

  protected target(): Record<string, string> {
    const { column, from } = this.at!;
    const { item, part } = this.shown;
    const target: Record<string, string> = { on: column.on, minute: String(Math.max(0, item.at.minute + from - part.from)) };
    const resource = column.resource?.id;
    if (resource && resource !== part.resource) Object.assign(target, { resource, old: part.resource });
    return target;
  }

  protected hint(): string {
    const { column, from } = this.at!;
    return refusal(this.shown.item, column, from, this.context.feed, this.context.words);
  }

  protected show(text: string, known: Verdict | undefined): void {
    const { from } = this.at!;
    const { item, part } = this.shown;
    this.ghost.classList.toggle("is-bad", text !== "");
    this.ghost.classList.toggle("is-good", known !== undefined && known.reason === null);
    this.ghost.replaceChildren(
      el(
        "strong",
        { class: "num" },
        icon(text ? "circle-alert" : "calendar-clock"),
        this.context.clock.span(from, from + (part.until - part.from)),
      ),
      el("span", {}, text || item.title),
    );
  }

  protected save(): void {
    this.ghost.classList.add("is-saving");
  }

  protected remove(): void {
    this.ghost.remove();
  }
}

/** A press on something movable may become a drag. */
export function listenToDrags(grid: HTMLElement, context: () => Context, hideCard: () => void): void {
  listenToPresses(grid, (down) => {
    const found = context();
    const shown = found.find(down.target as Element);
    const url = shown?.item.move;
    if (!shown || !url || shown.part.on !== shown.item.at.on) return null;
    const grab = minuteAt(shown.column, found.feed, down.clientY) - shown.part.from;
    return () => {
      hideCard();
      return new Drag(shown, url, grab, found);
    };
  });
}
