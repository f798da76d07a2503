/** `dense_2` before `dense_10`. */
export function naturalOrder(left: string, right: string): number {
  return left.localeCompare(right, 'en', { numeric: true });
}
