/** Keeping secrets out of reasons and logs. */

const secretName = /secret|token|password|passphrase|private|credential|authorization|headers|api.?key|webhook/i;

/** The secret values in a channel's settings, known by their names: whatever is under `headers`, a token, a password … */
export function secretsIn(settings: unknown, isSecret = false): string[] {
  if (typeof settings === 'string') return isSecret && settings.length >= 6 ? [settings] : [];
  if (typeof settings !== 'object' || settings === null) return [];
  return Object.entries(settings).flatMap(([name, value]) => secretsIn(value, isSecret || secretName.test(name)));
}

/** The text with every secret replaced, also as services and programs write it anew when they tell what they were sent. */
export function mask(text: string, secrets: readonly string[]): string {
  return [...new Set(secrets.flatMap(formsOf))]
    .sort((a, b) => b.length - a.length)
    .reduce((masked, form) => masked.replaceAll(form, '***'), text);
}

function formsOf(secret: string): string[] {
  if (secret === '') return [];
  const wellFormed = secret.toWellFormed();
  const percent = encodeURIComponent(wellFormed);
  const json = JSON.stringify(secret).slice(1, -1);
  return [
    ...[secret, json, JSON.stringify(json).slice(1, -1)],
    ...[percent, percent.replace(/%../g, (code) => code.toLowerCase()), percent.toLowerCase()],
    new URLSearchParams([['', wellFormed]]).toString().slice(1),
    secret.replace(/[&<>"]/g, (character) => entities[character]!),
    ...inBase64(wellFormed),
  ];
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Behind a user's name, as Basic and AUTH PLAIN have it, it begins at one of three places of a group of four letters. */
function inBase64(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const forms = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
  });
  return [bytes.toString('base64'), bytes.toString('base64url'), ...forms, ...forms.map(forAddresses)].filter(isLong);
}

const forAddresses = (base64: string) => base64.replaceAll('+', '-').replaceAll('/', '_');

/** Shorter ones would stand in many a word. */
const isLong = (form: string) => form.length >= 7;
