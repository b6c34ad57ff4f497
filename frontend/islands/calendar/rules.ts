import { hoursOf } from "./board";
import { fill } from "./dom";
import type { Column, Feed, Item, Words } from "./types";

/**
 * What speaks against a place as far as the shown part of the calendar tells: a hint while the pointer moves.
 * The server's verdict comes after it and counts.
 */
export function refusal(item: Item, column: Column, from: number, feed: Feed, words: Words): string {
  const until = from + item.minutes;
  const now = feed.now;
  if (item.type === "booking" && (column.on < now.on || (column.on === now.on && from < now.minute))) {
    return words["past"] ?? "";
  }
  const able = feed.able[item.offering];
  if (column.resource && able && !able.includes(column.resource.id)) {
    return fill(words["notAble"] ?? "", { what: column.resource.name });
  }
  const isOpen = hoursOf(column, feed).some(([opens, closes]) => opens <= from && until <= closes);
  if (item.type === "booking" && !isOpen) return words["outside"] ?? "";
  const ids = new Set(column.resource ? [column.resource.id] : item.resources);
  for (const other of feed.items) {
    if (other.id === item.id) continue;
    const isInTheWay = other.parts.some(
      (part) =>
        part.on === column.on &&
        ids.has(part.resource) &&
        part.from - (part.before ?? 0) < until &&
        part.until + (part.after ?? 0) > from,
    );
    if (isInTheWay) return fill(words["taken"] ?? "", { what: `${other.title}, ${other.time}` });
  }
  return "";
}
