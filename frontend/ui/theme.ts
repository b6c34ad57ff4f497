const YEAR = 365 * 24 * 3600;

/** The chosen theme lives in a cookie, so that the server renders the right one without a flash. */
export function startTheme(): void {
  document.documentElement.classList.add("js");
  document.addEventListener("click", (event) => {
    const choice = (event.target as Element).closest<HTMLElement>("[data-theme-choice]");
    if (!choice) return;
    choose(choice.dataset["themeChoice"] ?? "");
  });
  mark(document.documentElement.dataset["theme"] ?? "");
}

function choose(theme: string): void {
  const root = document.documentElement;
  if (theme) root.dataset["theme"] = theme;
  else delete root.dataset["theme"];
  document.cookie = `theme=${theme}; path=/; max-age=${theme ? YEAR : 0}; samesite=lax`;
  mark(theme);
}

function mark(theme: string): void {
  for (const choice of document.querySelectorAll<HTMLElement>("[data-theme-choice]")) {
    if (choice.dataset["themeChoice"] === theme) choice.setAttribute("aria-current", "true");
    else choice.removeAttribute("aria-current");
  }
}
