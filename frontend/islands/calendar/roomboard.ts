import { place } from "./dom";

const DAY_MS = 86_400_000;

/** Days are numbered from 1970; a night has the number of the day whose evening it begins on. */
export const numberOf = (on: string): number => Math.round(Date.parse(`${on}T00:00:00Z`) / DAY_MS);
export const dateOf = (number: number): string => new Date(number * DAY_MS).toISOString().slice(0, 10);

/** A bar of a room: who has it, in half days from the noon before the first shown day. */
export type Taken = { element: HTMLElement; starts: number; ends: number };

/** Where things are on the chessboard, a table drawn by the server: two columns a day, one row a room. */
export class RoomBoard {
  constructor(readonly scroll: HTMLElement) {}

  get first(): number {
    return numberOf(this.days[0]?.dataset["on"] ?? "1970-01-01");
  }

  get today(): number {
    return numberOf(this.scroll.dataset["today"] ?? "1970-01-01");
  }

  get halves(): number {
    return 2 * this.days.length;
  }

  /** What sticks to the edges: the names of the rooms and the days. */
  get insets(): { left: number; top: number } {
    const corner = this.scroll.querySelector<HTMLElement>(".rooms-corner");
    return { left: corner?.offsetWidth ?? 0, top: corner?.offsetHeight ?? 0 };
  }

  /** The night under a point: from the noon of its day to the next noon. */
  nightAt(clientX: number): number {
    const { left, half } = this.measure();
    const box = this.scroll.getBoundingClientRect();
    const x = Math.max(box.left + this.insets.left + 1, Math.min(clientX, box.right - 1));
    const column = Math.max(0, Math.min(this.halves - 1, Math.floor((x - left) / half)));
    return this.first + Math.max(0, Math.floor((column - 1) / 2));
  }

  rowAt(clientY: number): HTMLElement | null {
    const top = this.scroll.getBoundingClientRect().top + this.insets.top;
    const y = Math.max(clientY, top + 1);
    const found = this.rows.find((row) => {
      const box = row.getBoundingClientRect();
      return y >= box.top && y < box.bottom;
    });
    return found ?? null;
  }

  rowOf(element: Element): HTMLElement | null {
    return element.closest<HTMLElement>("tr[data-room]");
  }

  taken(row: HTMLElement): Taken[] {
    return [...row.querySelectorAll<HTMLElement>(".room-bar")].map((element) => ({
      element,
      starts: Number(element.dataset["starts"]),
      ends: Number(element.dataset["ends"]),
    }));
  }

  /** The half day in which a night begins, and that in which it ends, of nights `from` to before `until`. */
  span(from: number, until: number): { starts: number; ends: number } {
    return { starts: 2 * (from - this.first) + 1, ends: 2 * (until - this.first) + 1 };
  }

  /** Lays something over the nights of a row, as far as they are shown. */
  put(mark: HTMLElement, row: HTMLElement, from: number, until: number): void {
    const { left, half } = this.measure();
    const { starts, ends } = this.span(from, until);
    const begin = Math.max(0, Math.min(starts, this.halves - 1));
    const end = Math.max(begin + 1, Math.min(ends, this.halves));
    const box = this.scroll.getBoundingClientRect();
    const at = row.getBoundingClientRect();
    const { scrollLeft, scrollTop, clientLeft, clientTop } = this.scroll;
    if (mark.parentElement !== this.scroll) this.scroll.append(mark);
    place(mark, {
      left: `${left + begin * half - box.left - clientLeft + scrollLeft}px`,
      top: `${at.top - box.top - clientTop + scrollTop}px`,
      width: `${(end - begin) * half}px`,
      height: `${at.height}px`,
    });
  }

  private get days(): HTMLElement[] {
    return [...this.scroll.querySelectorAll<HTMLElement>("th[data-on]")];
  }

  private get rows(): HTMLElement[] {
    return [...this.scroll.querySelectorAll<HTMLElement>("tr[data-room]")];
  }

  /** Days stick to the top but not to the side, so the first of them says where all are. */
  private measure(): { left: number; half: number } {
    const box = this.days[0]?.getBoundingClientRect();
    return { left: box?.left ?? 0, half: (box?.width ?? 2) / 2 };
  }
}
