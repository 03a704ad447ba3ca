/** A service's JSON object or list; null for whatever else it may have sent. Nothing in it is checked yet. */
export function parseObject(text: string): any {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
