type Words = Partial<Record<"offline" | "network" | "server" | "forbidden" | "many", string>>;

/** Translated words that the server put into the page. */
export function word(name: keyof Words): string {
  const source = document.getElementById("ui-words")?.textContent;
  return (source ? (JSON.parse(source) as Words)[name] : undefined) ?? "";
}
