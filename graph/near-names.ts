/** The names most like a given one, the nearest first: those that contain it, and those a few letters away. */
export function nearNames(name: string, candidates: readonly string[], most: number): string[] {
  const wanted = name.toLowerCase();
  return [...new Set(candidates)]
    .map((candidate) => {
      const other = candidate.toLowerCase();
      const contains = wanted !== '' && (other.includes(wanted) || (other !== '' && wanted.includes(other)));
      return { candidate, distance: editDistance(wanted, other) - (contains ? Math.max(wanted.length, other.length) : 0) };
    })
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** How many letters must be put in, left out or replaced to make one text of the other. */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, j) => j);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (left[i - 1] === right[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[right.length];
}
