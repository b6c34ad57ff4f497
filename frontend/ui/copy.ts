const SHOWN_MS = 2000;

export function startCopy(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("[data-copy] button");
    const holder = button?.closest<HTMLElement>("[data-copy]");
    if (holder) void copy(holder);
  });
}

async function copy(holder: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(holder.dataset["copy"] ?? "");
  } catch {
    const code = holder.querySelector("code");
    if (code) getSelection()?.selectAllChildren(code);
    return;
  }
  const said = holder.querySelector<HTMLElement>("[data-copied-text]");
  holder.toggleAttribute("data-copied", true);
  if (said) said.textContent = said.dataset["copiedText"] ?? "";
  setTimeout(() => {
    holder.removeAttribute("data-copied");
    if (said) said.textContent = "";
  }, SHOWN_MS);
}
