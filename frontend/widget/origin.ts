// Where the installation is: it served this script, from <base>/widget/v1/horarium.js.

const own = import.meta.url;

/** The address of the installation with a slash at its end; null when nothing usable says it. */
export function baseUrl(api: string): string | null {
  const given = api.trim();
  try {
    const url = given ? new URL(given.replace(/\/*$/, "/"), document.baseURI) : new URL("../../", own);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}
