/** One alert while the database server is in trouble, however many queries meet it. */
import { DatabaseTrouble } from '#src/core/errors.ts';
import type { Alerts, Clock } from '#src/core/tools.ts';
import { troubleOf } from '#src/stores/postgres/server-trouble.ts';

export interface ServerWatch {
  /** To be thrown in place of what a query or a connection failed with. */
  failed(error: unknown): unknown;
  /** A statement went through; `command` as PostgreSQL names it. */
  worked(command: string): void;
}

const cause = 'database';
const sayEvery = 60_000;
/** Others may still meet trouble that this one did not. */
const quietFor = 3000;
const writing = /^(INSERT|UPDATE|DELETE|MERGE)$/;

/** `place`: of the server, for people. */
export function createWatch({ place, alerts, clock }: { place: string; alerts: Alerts; clock: Clock }): ServerWatch {
  let open: { kind: string; lastAt: number } | null = null;
  let saidAt = Number.NEGATIVE_INFINITY;
  return {
    failed(error) {
      const trouble = troubleOf(error);
      if (!trouble) return error;
      const now = clock.monotonic();
      const message = `The database at ${place} ${trouble.says}`;
      if (open?.kind !== trouble.kind || now - saidAt >= sayEvery) {
        saidAt = now;
        alerts.raise({ cause, message, next: trouble.next });
      }
      open = { kind: trouble.kind, lastAt: now };
      return new DatabaseTrouble(message, { code: trouble.code, cause: error });
    },
    worked(command) {
      if (!open || clock.monotonic() - open.lastAt < quietFor) return;
      // Reading goes on where nothing can be stored.
      if (open.kind === 'limited' && !writing.test(command)) return;
      open = null;
      alerts.resolve(cause);
    },
  };
}
