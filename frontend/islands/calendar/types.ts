/** A part of an item on one local date and resource. Minutes of the wall clock from midnight. */
export type Part = {
  resource: string;
  on: string;
  from: number;
  until: number;
  before?: number;
  after?: number;
};

export type Card = {
  phone?: string;
  party?: number | null;
  notes?: string;
  price?: string;
  payment?: { state: string; word: string; icon: string };
};

export type Item = {
  type: "booking" | "block";
  id: string;
  state: string;
  word: string;
  icon: string;
  title: string;
  what: string;
  places: string;
  resources: string[];
  offering: string;
  time: string;
  /** Where the booking itself starts on the wall: a part may start later. */
  at: { on: string; minute: number };
  end: string;
  expires: string | null;
  minutes: number;
  url: string | null;
  move: string | null;
  parts: Part[];
  card: Card;
};

export type Day = { on: string; weekday: string; number: number; label: string; today: boolean };
export type Resource = { id: string; name: string; title: string; color: string };

export type Feed = {
  view: "day" | "week";
  zone: string;
  now: { on: string; minute: number; at: number };
  range: { from: number; until: number };
  days: Day[];
  resources: Resource[];
  single: boolean;
  able: Record<string, string[]>;
  hours: Record<string, [number, number][]>;
  items: Item[];
  write: boolean;
};

export type Words = Record<string, string>;
export type Island = { feed: string; newBooking: string; newBlock: string; language: string; words: Words };

/** A column of the grid: one resource on one day, or (week of everybody) all resources of a day. */
export type Column = {
  key: string;
  on: string;
  resource: Resource | null;
  name: string;
  note: string;
  isToday: boolean;
  label: string;
  element: HTMLElement;
  list: HTMLElement;
};

export type Place = { column: Column; from: number; until: number };
/** `note`: what it would cost or which rule it would break. */
export type Verdict = { reason: string | null; text: string; names: string[]; note?: string };
