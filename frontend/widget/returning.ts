// The way to the payment page and back. What opens the order stands in the fragment of the page's address: browsers
// never send it to a server, and it is taken out as soon as it has been read.

const MARK = /(?:^#|&)horarium=([\w-]+)\.(ord_\w+)\.([\w-]+)/;

export interface Returned {
  readonly order: string;
  readonly token: string;
}

// The API takes addresses of 500 characters; the mark needs its share.
const LONGEST = 380;

/** The page that the guest comes back to, without a fragment; empty when it has no address of its own. */
export function pageAddress(wish: string): string {
  const url = new URL(wish || location.href, document.baseURI);
  url.hash = "";
  if (url.href.length > LONGEST) url.search = "";
  const isWeb = url.protocol === "https:" || url.protocol === "http:";
  return isWeb && url.href.length <= LONGEST ? url.href : "";
}

export function withMark(address: string, business: string, token: string): string {
  return address && `${address}#horarium=${business}.${token}`;
}

/** What the address says about an order of this business; the first widget that asks gets it. */
export function takeMark(business: string): Returned | null {
  const found = MARK.exec(location.hash);
  if (!found || found[1] !== business) return null;
  const [mark, , order = "", signature = ""] = found;
  const rest = location.hash.replace(mark, "");
  const hash = rest.length > 1 ? `#${rest.replace(/^[#&?]+/, "")}` : "";
  history.replaceState(history.state, "", location.pathname + location.search + hash);
  return { order, token: `${order}.${signature}` };
}

/** So that "back" from the payment page finds the held time again. */
export function leaveMark(business: string, token: string): void {
  history.replaceState(history.state, "", withMark(pageAddress(location.href), business, token));
}

export function goTo(url: string): void {
  // Our payment page lets nobody frame it, so a page that is framed itself leaves as a whole.
  if (window.top && window.top !== window) window.open(url, "_top");
  else location.assign(url);
}
