/**
 * Plain data as JSON text and back, without loss: JSON itself turns `undefined` in lists, NaN and the infinities into null,
 * and forgets the sign of -0. They travel as `{"$": "NaN"}`; data of ours has no key `$`.
 */
const SPECIAL: ReadonlyMap<string, unknown> = new Map<string, unknown>([['undefined', undefined], ['NaN', NaN], ['Infinity', Infinity], ['-Infinity', -Infinity], ['-0', -0]]);

export function encodePlain(data: unknown): string {
  return JSON.stringify(data, function (this: unknown, _key, value: unknown) {
    if (value === undefined) return Array.isArray(this) ? { $: 'undefined' } : undefined;
    if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) return { $: Object.is(value, -0) ? '-0' : String(value) };
    return value;
  });
}

export function decodePlain<T>(text: string): T {
  return restore(JSON.parse(text)) as T;
}

/** A reviver cannot put `undefined` into a list (it would leave a hole), so the tree is walked. */
function restore(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) value[i] = restore(value[i]);
    return value;
  }
  const record = value as Record<string, unknown>;
  if (typeof record.$ === 'string' && SPECIAL.has(record.$)) return SPECIAL.get(record.$);
  for (const key of Object.keys(record)) record[key] = restore(record[key]);
  return record;
}
