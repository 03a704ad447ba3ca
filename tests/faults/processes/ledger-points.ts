/** Holds a worker at a point inside the ledger: a trigger in the test's own database waits for the test. */
import pg from 'pg';

const points = {
  claim: "NEW.state = 'sending' AND OLD.state <> 'sending'",
  freeze: 'NEW.post IS NOT NULL AND OLD.post IS NULL',
  record: "OLD.state = 'sending' AND NEW.state <> 'sending'",
};

export type LedgerPoint = keyof typeof points;

export interface HeldInLedger {
  /** Resolves once so many workers' transactions stand at the point. */
  reached(count: number): Promise<void>;
  /** Lets them go on, those whose process is dead into nothing; the point is gone. */
  release(): Promise<void>;
}

/** `claim`, `freeze`, `record`: right before it is committed. Only on a server. */
export async function holdInLedger(database: string, point: LedgerPoint): Promise<HeldInLedger> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  await client.query(`SELECT pg_advisory_lock(${key})`);
  await client.query(`CREATE OR REPLACE FUNCTION loa.stand() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN PERFORM pg_advisory_xact_lock_shared(${key}); RETURN NEW; END'`);
  await client.query(`CREATE OR REPLACE TRIGGER stand BEFORE UPDATE ON loa.deliveries FOR EACH ROW
    WHEN (${points[point]}) EXECUTE FUNCTION loa.stand()`);
  let released = false;
  return {
    async reached(count) {
      for (;;) {
        const { rows } = await client.query(
          "SELECT count(*)::int AS standing FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = $1",
          [key],
        );
        if (rows[0].standing >= count) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async release() {
      if (released) return;
      released = true;
      await client.query(`SELECT pg_advisory_unlock(${key})`);
      await client.query('DROP TRIGGER stand ON loa.deliveries');
      await client.end();
    },
  };
}

/** Of the lock; nothing else uses such. */
const key = 4711;
