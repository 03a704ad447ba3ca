/** Keeping secrets out of reasons and logs. */

const secretName = /secret|token|password|passphrase|private|credential|authorization|headers|api.?key|webhook/i;

/** The secret values in a channel's settings, known by their names: whatever is under `headers`, a token, a password … */
export function secretsIn(settings: unknown, isSecret = false): string[] {
  if (typeof settings === 'string') return isSecret && settings.length >= 6 ? [settings] : [];
  if (typeof settings !== 'object' || settings === null) return [];
  return Object.entries(settings).flatMap(([name, value]) => secretsIn(value, isSecret || secretName.test(name)));
}

/** The text with every secret, and the percent-encoded form of it, replaced. */
export function mask(text: string, secrets: readonly string[]): string {
  return secrets
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .sort((a, b) => b.length - a.length)
    .reduce((masked, secret) => masked.replaceAll(secret, '***'), text);
}
