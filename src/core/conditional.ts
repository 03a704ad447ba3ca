/** What a server gave to recognise a version by; stored and sent back byte for byte. */
export interface Validators {
  etag: string | null;
  lastModified: string | null;
  /** When they were first given; some servers answer 304 for ever, so they are dropped after a while. Milliseconds. */
  since: number;
}

const keptFor = 8 * 24 * 3_600_000;

/** Headers that ask for an answer only if it changed; none once the validators are eight days old. */
export function conditionalHeaders(validators: Validators | null, now: number): Record<string, string> {
  if (!validators || now - validators.since >= keptFor) return {};
  return {
    ...(validators.etag !== null && { 'if-none-match': validators.etag }),
    ...(validators.lastModified !== null && { 'if-modified-since': validators.lastModified }),
  };
}

/** The validators of a full answer; a date in the year 2038 is a server's placeholder and is ignored. */
export function validatorsOf(headers: Readonly<Record<string, string>>, now: number): Validators | null {
  const etag = headers['etag'] ?? null;
  const modified = headers['last-modified'] ?? null;
  const lastModified = modified?.includes(' 2038 ') ? null : modified;
  return etag === null && lastModified === null ? null : { etag, lastModified, since: now };
}
