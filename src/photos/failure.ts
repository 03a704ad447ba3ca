/** Two ways to fail: the photo itself is no good (a value in its record), or the moment is (thrown, tried again). */
import { HttpFailure, type HttpFailureKind } from '#src/core/errors.ts';

/** The photo cannot be used; the message is for the desk. Never leaves this folder. */
export class PhotoRefusal extends Error {
  override readonly name = 'PhotoRefusal';
}

/** The same photo may well work a little later. */
export class TemporaryPhotoFailure extends Error {
  override readonly name = 'TemporaryPhotoFailure';
}

const temporaryHttp: ReadonlySet<HttpFailureKind> = new Set([
  'dns',
  'refused',
  'connect',
  'timeout',
  'reset',
  'aborted',
]);

// Disk full or over quota, too many open files, a failing or read-only disk: none of it is the photo's fault.
const temporaryCodes: ReadonlySet<string> = new Set([
  'ENOSPC',
  'EDQUOT',
  'EMFILE',
  'ENFILE',
  'EIO',
  'EROFS',
  'EACCES',
  'EAGAIN',
  'EBUSY',
]);

/** Whether an error thrown by `renderPhoto` is worth another try, rather than a bug. */
export function isTemporary(error: unknown): boolean {
  if (error instanceof TemporaryPhotoFailure) return true;
  if (error instanceof HttpFailure) return temporaryHttp.has(error.kind);
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && temporaryCodes.has(code);
}
