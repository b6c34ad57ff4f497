import { openSheet } from "../../ui/sheet";
import { toast } from "../../ui/toast";
import { askVerdict, move } from "./api";
import type { Carried } from "./press";
import type { Verdict, Words } from "./types";

const REST_MS = 140;
const EDGE = 36;
const LEAN = 12;

/** What something that can be carried is, and where: the board scrolls at its edges, less what sticks there. */
export type Load = {
  element: HTMLElement;
  url: string;
  asks: boolean;
  scroll: HTMLElement;
  insets: { left: number; top: number };
  words: Words;
  reload: () => Promise<void>;
};

/** Something on its way over the board: where it is and what stands against it is said, the drop asks the server. */
export abstract class Carry implements Carried {
  private readonly verdicts = new Map<string, Verdict>();
  private readonly question = new AbortController();
  private timer = 0;
  private frame = 0;
  private began: { x: number; y: number } | null = null;
  private hasLeft = false;
  private pointer = { x: 0, y: 0 };

  constructor(protected readonly load: Load) {
    load.element.classList.add("is-lifted");
    this.scrollAtEdges();
  }

  /** Goes where the pointer is; false where that is the same place as before. */
  protected abstract follow(x: number, y: number): boolean;
  /** The place it is at; empty while it is nowhere. */
  protected abstract key(): string;
  protected abstract isHome(): boolean;
  protected abstract target(): Record<string, string>;
  /** What speaks against this place as far as can be seen here. */
  protected abstract hint(): string;
  protected abstract show(text: string, known: Verdict | undefined): void;
  protected abstract save(): void;
  protected abstract remove(): void;

  moveTo(x: number, y: number): void {
    this.pointer = { x, y };
    this.began ??= { x, y };
    if (!this.follow(x, y)) return;
    this.hasLeft ||= !this.isHome();
    this.say();
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), REST_MS);
  }

  drop(): void {
    void this.settle();
  }

  cancel(): void {
    this.stopWatching();
    this.remove();
    this.load.element.classList.remove("is-lifted");
  }

  private async settle(): Promise<void> {
    this.stopWatching();
    const { element, url, words, reload } = this.load;
    const key = this.key();
    if (!key || this.isHome()) return this.comeHome();
    const known = this.verdicts.get(key);
    if (known?.reason) return this.refuse(known.text, known.names);
    this.save();
    try {
      const answer = await move(url, this.target());
      if ("confirm" in answer) {
        this.cancel();
        openSheet(answer.confirm, element);
        return;
      }
      if (!("undo" in answer)) return this.refuse(answer.text, answer.names);
      await reload();
      this.cancel();
      toast({ text: answer.text, action: { label: words["undo"] ?? "", url: answer.undo } });
      leaveAfterAMinute();
    } catch {
      this.refuse(words["failed"] ?? "", []);
    }
  }

  /** What was pressed long, or by a hand that shakes, and never left its place is opened as by a click. */
  private comeHome(): void {
    this.cancel();
    const { element } = this.load;
    const link = element.closest("a") ?? element.querySelector("a");
    if (link && !this.hasLeft) openSheet(link.href, link);
  }

  private refuse(text: string, names: string[]): void {
    const said = this.explain(text, names);
    const { element } = this.load;
    this.cancel();
    toast({ text: said, hue: "bad" });
    element.classList.add("is-refused");
    setTimeout(() => element.classList.remove("is-refused"), 600);
  }

  /** The server's reason with who is in the way; where it names nobody, what is to be seen here says more. */
  private explain(text: string, names: string[]): string {
    return names.length ? `${text} ${names.join("; ")}` : this.hint() || text;
  }

  private async ask(): Promise<void> {
    const key = this.key();
    if (!this.load.asks || this.isHome() || this.verdicts.has(key)) return;
    try {
      this.verdicts.set(key, await askVerdict(this.load.url, this.target(), this.question.signal));
      if (key === this.key()) this.say();
    } catch {
      // No verdict is not a refusal: the drop will ask again.
    }
  }

  private say(): void {
    const known = this.verdicts.get(this.key());
    if (known) this.show(known.reason ? this.explain(known.text, known.names) : "", known);
    else this.show(this.isHome() ? "" : this.hint(), undefined);
  }

  private stopWatching(): void {
    clearTimeout(this.timer);
    cancelAnimationFrame(this.frame);
    this.question.abort();
  }

  /** Only towards an edge that it was carried to: what begins there stays where it is. */
  private scrollAtEdges(): void {
    const { scroll, insets } = this.load;
    const step = () => {
      const { x, y } = this.pointer;
      const [leansX, leansY] = this.began ? [x - this.began.x, y - this.began.y] : [0, 0];
      const box = scroll.getBoundingClientRect();
      const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
      const dx = x > box.right - EDGE && leansX > LEAN ? 12 : x < box.left + EDGE + insets.left && leansX < -LEAN ? -12 : 0;
      const dy = y > bottom - EDGE && leansY > LEAN ? 10 : y < top + EDGE + insets.top && leansY < -LEAN ? -10 : 0;
      if (dx || dy) {
        scroll.scrollBy(dx, dy);
        if (dy && scroll.scrollHeight <= scroll.clientHeight) scrollBy(0, dy);
        this.moveTo(x, y);
      }
      this.frame = requestAnimationFrame(step);
    };
    this.frame = requestAnimationFrame(step);
  }
}

/** A way back that has run out must not stay on the screen. */
function leaveAfterAMinute(): void {
  const shown = document.querySelector("#toasts > [data-toast]:last-child");
  setTimeout(() => shown?.remove(), 60_000);
}
