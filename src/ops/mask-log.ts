/** Keeps secrets out of the log, whoever writes: by the names of fields and by the forms secrets have. */

const secretName =
  /secret|token|password|passwd|passphrase|credential|authorization|cookie|api.?key|private.?key|access.?key|signature/i;

/** Each form: what stands before the secret is kept, the secret is not. */
const secretForms: readonly [RegExp, string][] = [
  // User name and password in an address; a password may hold an @ of its own.
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#]+@/gi, '$1***@'],
  [/\b(whsec_|xox[a-z]-|ghp_|sk-)[A-Za-z0-9+/=_-]{4,}/g, '$1***'],
  [/\b(Bearer|DPoP|vapid)\s+[A-Za-z0-9+/=._~:-]{6,}/gi, '$1 ***'],
  // Words too: “the bot cannot post” is no secret.
  [
    /\b([Bb]asic|BASIC|[Bb]ot|BOT)\s+(?![A-Za-z][a-z]*(?:-[a-z]+)*[.:]?(?![A-Za-z0-9+/=._~:-]))[A-Za-z0-9+/=._~:-]{6,}/g,
    '$1 ***',
  ],
  [/\b(authorization|x-api-key|cookie|set-cookie)(["']?\s*[:=]\s*["']?)[^\s"',;]+/gi, '$1$2***'],
  // Of JSON, of `key=value` as databases write it.
  [
    /\b(pass(?:word|wd)?|pwd|(?:access|refresh|bearer|auth)[_-]?token|client[_-]?secret|api[_-]?key)(["']?\s*[:=]\s*["']?)[^\s"',;&]+/gi,
    '$1$2***',
  ],
  [/\b(loa-session[\w-]*=)[^\s;,]+/g, '$1***'],
  // A bot's token in a path: `/bot123:ABC/sendPhoto`.
  [/\/bot\d+:[A-Za-z0-9_-]+/g, '/bot***'],
  // The last part of a webhook address is its password.
  [/(\/api\/webhooks\/\d+\/)[A-Za-z0-9_-]+/g, '$1***'],
  [/(hooks\.slack\.com\/(?:services|workflows|triggers)\/)[^\s?#"']+/g, '$1***'],
  [/(\/websub\/[a-z0-9-]+\/)[A-Za-z0-9_-]+/g, '$1***'],
  [
    /([?&][^=&#\s"']*(?:token|secret|key|password|passwd|pwd|sig|signature|auth|code|credential)[^=&#\s"']*=)[^&#\s"']+/gi,
    '$1***',
  ],
];

/** A headline of a megabyte, searched for secrets, would hold everything up for minutes. */
const longest = 5000;

/** The text on one line, without secrets and without characters that steer a terminal or turn text around. */
export function maskText(text: string): string {
  const masked = secretForms.reduce((result, [form, kept]) => result.replace(form, kept), cut(text));
  return masked.replace(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu, ' ');
}

/** Between words: half a secret would not be known as one. */
function cut(text: string): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, text.lastIndexOf(' ', longest) + 1)}…`;
}

/** A field's value, all that is inside it included; errors become their message, and what caused them. */
export function maskField(name: string, value: unknown, depth = 0): unknown {
  if (secretName.test(name) && value !== null && value !== undefined && typeof value !== 'boolean') return '***';
  if (typeof value === 'string') return maskText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value;
  // A page of nested data helps nobody, and a circle would never end.
  if (depth >= 4) return '…';
  if (value instanceof Error) return describeError(value, depth);
  if (value instanceof URL) return maskText(value.href);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`;
  if (Array.isArray(value)) return value.slice(0, 100).map((item) => maskField(name, item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskField(key, inner, depth + 1)]));
}

function describeError(error: Error, depth: number): unknown {
  const cause = error.cause === undefined ? {} : { cause: maskField('cause', error.cause, depth + 1) };
  const stack = error.stack
    ? {
        stack: error.stack
          .split('\n')
          .slice(1, 6)
          .map((line) => maskText(line.trim())),
      }
    : {};
  return { name: error.name, message: maskText(error.message), ...stack, ...cause };
}
