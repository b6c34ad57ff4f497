import { toast } from "../../ui/toast";
import { readFeed, undo } from "./api";
import { type Board, buildBoard, drawNow } from "./board";
import { HoverCard } from "./card";
import { Choice } from "./choice";
import { Cursor } from "./cursor";
import { listenToDrags } from "./dragging";
import { Items, type Shown } from "./items";
import { followChips } from "./phone";
import { isCarrying } from "./press";
import { startRooms } from "./rooms";
import { listenToSelections } from "./selecting";
import { Clock } from "./times";
import type { Feed, Island } from "./types";

const REFRESH_MS = 20_000;
const TICK_MS = 10_000;
const EARLY = 6 * 60;

/** Where the grid was scrolled to, kept from one day to the next. */
let kept: { view: string; top: number; left: number } | null = null;

export class Calendar {
  private feed: Feed;
  private board!: Board;
  private drawn = "";
  private readonly clock: Clock;
  private readonly items: Items;
  private readonly card: HoverCard;
  private readonly choice: Choice;
  private readonly cursor: Cursor;
  private readAt = performance.now();

  constructor(
    private readonly root: HTMLElement,
    feed: Feed,
    private readonly island: Island,
  ) {
    this.feed = feed;
    this.clock = new Clock(island.language);
    this.items = new Items();
    this.card = new HoverCard(island.words["people"] ?? "");
    const only = () => (this.feed.resources.length === 1 ? this.feed.resources[0]!.id : "");
    this.choice = new Choice(island, this.clock, only);
    this.cursor = new Cursor(island.words, this.clock, this.choice, () => ({ board: this.board, feed: this.feed }));
    this.drawn = JSON.stringify(shape(feed));
    this.build();
    this.cursor.settle();
    this.scrollToWork();
    this.watch();
    root.removeAttribute("aria-busy");
  }

  get isConnected(): boolean {
    return this.root.isConnected;
  }

  async reload(): Promise<void> {
    if (!this.isConnected || isCarrying()) return;
    try {
      const { feed } = await readFeed(this.island.feed);
      this.take(feed);
      this.stale(false);
    } catch {
      this.stale(true);
    }
  }

  private take(feed: Feed): void {
    this.feed = feed;
    this.readAt = performance.now();
    const drawn = JSON.stringify(shape(feed));
    if (drawn === this.drawn) {
      this.fill();
      return;
    }
    this.drawn = drawn;
    const { scrollTop: top, scrollLeft: left } = this.board.scroll;
    this.choice.close();
    this.build();
    this.cursor.stay();
    this.board.scroll.scrollTo(left, top);
  }

  private build(): void {
    this.board = buildBoard(this.root, this.feed, this.island, this.clock);
    const { grid, scroll } = this.board;
    this.fill();
    this.card.listen(grid, (element) => this.find(element));
    if (this.feed.write) {
      listenToDrags(grid, () => this.context(), () => this.card.hide());
      listenToSelections(grid, () => ({ board: this.board, feed: this.feed, clock: this.clock, choice: this.choice }));
    }
    scroll.addEventListener("scroll", () => {
      this.card.hide();
      this.choice.close();
      kept = { view: this.feed.view, top: scroll.scrollTop, left: scroll.scrollLeft };
    });
    followChips(this.board);
  }

  private fill(): void {
    this.items.draw(this.board.columns, this.feed);
    const most = this.board.columns.map((one) => Number(one.element.dataset["lanes"] ?? 1));
    this.board.grid.style.setProperty("--lanes-most", String(Math.max(1, ...most)));
    this.tick();
  }

  private tick(): void {
    const passed = performance.now() - this.readAt;
    this.items.age(this.feed.now.at + passed);
    drawNow(this.board, this.feed.now.minute + Math.floor(passed / 60_000), this.feed, this.clock);
  }

  private find(element: Element): Shown | undefined {
    const item = element.closest<HTMLElement>(".cal-item");
    return item ? this.items.shown.get(item) : undefined;
  }

  private context() {
    return {
      board: this.board,
      feed: this.feed,
      words: this.island.words,
      clock: this.clock,
      find: (element: Element) => this.find(element),
      reload: () => this.reload(),
    };
  }

  private scrollToWork(): void {
    const { scroll, columns } = this.board;
    if (kept?.view === this.feed.view) {
      scroll.scrollTo(kept.left, kept.top);
      return;
    }
    const today = columns.find((one) => one.isToday);
    const { now, range, hours } = this.feed;
    const height = this.board.columns[0]?.element.getBoundingClientRect().height ?? 0;
    const opens = Object.values(hours).flatMap((one) => one.map(([from]) => from));
    const begin = today ? now.minute - 60 : Math.min(...opens.filter((one) => one >= EARLY)) - 30;
    const share = (begin - range.from) / (range.until - range.from);
    const left = this.feed.view === "week" && today ? today.element.offsetLeft - columns[0]!.element.offsetLeft : 0;
    scroll.scrollTo(left, Number.isFinite(share) ? Math.max(0, share * height) : 0);
  }

  private stale(isStale: boolean): void {
    const said = document.querySelector<HTMLElement>("[data-stale]");
    if (said) said.textContent = isStale ? (this.island.words["stale"] ?? "") : "";
  }

  private watch(): void {
    const refresh = setInterval(() => (this.isConnected ? document.hidden || void this.reload() : stop()), REFRESH_MS);
    const tick = setInterval(() => this.isConnected && this.tick(), TICK_MS);
    const again = () => void this.reload();
    const stop = () => {
      clearInterval(refresh);
      clearInterval(tick);
      for (const name of ["bookings:changed", "countdown:over", "visibilitychange"]) document.removeEventListener(name, again);
    };
    for (const name of ["bookings:changed", "countdown:over", "visibilitychange"]) document.addEventListener(name, again);
  }
}

/** What the grid itself is built from; a change of anything else only changes what is on it. */
function shape(feed: Feed): unknown {
  return [feed.view, feed.range, feed.days, feed.resources, feed.hours, feed.write];
}

export function startCalendar(): void {
  mount();
  showView();
  document.addEventListener("htmx:after:swap", () => {
    mount();
    showView();
  });
  startRooms();
  document.addEventListener("click", onUndo, { capture: true });
}

/** On a phone there are more views than fit side by side. */
function showView(): void {
  const views = document.querySelector<HTMLElement>(".cal-views .scroll-x");
  const current = views?.querySelector<HTMLElement>("[aria-current]");
  if (views && current) views.scrollLeft = current.offsetLeft - (views.clientWidth - current.offsetWidth) / 2;
}

function mount(): void {
  const root = document.querySelector<HTMLElement>("[data-board][aria-busy]");
  const feed = document.getElementById("cal-feed")?.textContent;
  const island = document.getElementById("cal-island")?.textContent;
  if (root && feed && island) new Calendar(root, JSON.parse(feed) as Feed, JSON.parse(island) as Island);
}

/** "Undo" in a toast goes back at once; without scripts it is a page with a button. */
function onUndo(event: MouseEvent): void {
  const action = (event.target as Element).closest<HTMLAnchorElement>(".toast-action[href*='/undo/']");
  if (!action || !document.querySelector("[data-board]")) return;
  event.preventDefault();
  event.stopPropagation();
  action.closest("[data-toast]")?.remove();
  undo(action.href).catch(() => toast({ text: action.textContent ?? "", hue: "bad" }));
}

