const SHORTEST = 15;

export type Spot<T> = { what: T; from: number; until: number; lane: number; lanes: number };

/** Puts what overlaps side by side: every cluster of overlapping spans shares its width evenly. */
export function inLanes<T>(spans: { what: T; from: number; until: number }[]): Spot<T>[] {
  const spots = spans
    .map((one) => ({ ...one, until: Math.max(one.until, one.from + SHORTEST), lane: 0, lanes: 1 }))
    .sort((a, b) => a.from - b.from || b.until - a.until);
  let cluster: Spot<T>[] = [];
  let clusterEnd = -1;
  const close = () => {
    const lanes = Math.max(0, ...cluster.map((one) => one.lane)) + 1;
    for (const one of cluster) one.lanes = lanes;
    cluster = [];
  };
  for (const spot of spots) {
    if (spot.from >= clusterEnd) close();
    const taken = new Set(cluster.filter((one) => one.until > spot.from).map((one) => one.lane));
    while (taken.has(spot.lane)) spot.lane += 1;
    cluster.push(spot);
    clusterEnd = Math.max(cluster.length > 1 ? clusterEnd : 0, spot.until);
  }
  close();
  return spots;
}
