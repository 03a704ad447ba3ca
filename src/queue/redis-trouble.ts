import type { Trouble } from '#src/queue/health.ts';

type Explained = { isAway: boolean; says: string; next: string };

const goesOn = 'Loa goes on by itself once it works again.';

/** By how the server's answer, or the error of its client, begins or reads. */
const answers: readonly [RegExp, Explained][] = [
  [/^OOM\b|maxmemory/, full('is full and takes no new jobs')],
  [/^READONLY\b/, refuses('is a read-only replica', 'Name the primary in `queue`, or let sentinels name it.')],
  [/^MISCONF\b/, refuses('cannot save to its disk and so takes no jobs', "Free its disk, and look at Redis' own log.")],
  [/^NOREPLICAS\b/, refuses('has too few replicas and so takes no jobs', 'Look at its replicas.')],
  [/LOADING\b/, away('is starting and still reads its data', `Wait a moment; ${goesOn}`)],
  [/MASTERDOWN\b/, away('is a replica that has lost its primary', 'Look at the primary.')],
  [
    /CLUSTERDOWN\b|TRYAGAIN\b|too many cluster redirections/i,
    away('cannot be reached: the cluster is not complete', 'Look at its nodes: `redis-cli --cluster check`.'),
  ],
  [/NOAUTH\b/, away('wants a password', 'Give it in `queue`: redis://:PASSWORD@…')],
  [/WRONGPASS\b|invalid password/, away('refuses the user name or the password', 'Mend it in `queue`.')],
  [
    /^NOPERM\b|NOPERM/,
    refuses(
      'does not let this user do all that a queue needs',
      'ACL SETUSER NAME ~{loa}:* +@all -@dangerous +info, with `prefix` in place of loa.',
    ),
  ],
  [/DENIED Redis is running in protected mode/, away('refuses connections from other machines', 'Give it a password.')],
  [/sentinels are unreachable/i, away('cannot be reached: no sentinel answers', `Look at the sentinels; ${goesOn}`)],
  [
    /self.signed|unable to verify|unable to get .*issuer|CERT_|ERR_TLS|certificate/i,
    away(
      'cannot be trusted: its certificate is not known here',
      'Name the certificate that signed it in `queue`: { url: rediss://…, ca: … }',
    ),
  ],
  [
    /wrong version number|packet length too long|EPROTO/i,
    away('does not speak TLS there', 'Write redis:// in place of rediss://, or name its TLS port.'),
  ],
  [
    /ECONNREFUSED/,
    away('cannot be reached: nothing listens there', `Start it, or mend \`queue\` in the settings; ${goesOn}`),
  ],
  [/ENOTFOUND|EAI_AGAIN/, away('cannot be reached: there is no such host', `Mend the name in \`queue\`; ${goesOn}`)],
  [
    /ENOENT/,
    away('cannot be reached: there is no such socket', `Start it, or mend \`queue\` in the settings; ${goesOn}`),
  ],
  [
    /ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|Socket timeout|Command timed out|connection (is|was) closed|Connection is closed|Stream isn't writeable|Cluster isn't ready|MaxRetriesPerRequest|max retries per request|refresh slots cache|None of startup nodes|All sentinels|Command aborted due to connection close|ClusterAllFailed/i,
    away('does not answer', `Look at it, and at the network between; ${goesOn}`),
  ],
];

/** Null when the error is no trouble of the server's. `place`: `Redis at cache:6379`. */
export function explainRedis(error: unknown, place: string): Trouble | null {
  const text = textsOf(error).find((one) => answers.some(([pattern]) => pattern.test(one)));
  const found = text === undefined ? undefined : answers.find(([pattern]) => pattern.test(text))?.[1];
  if (!found) return null;
  return {
    isAway: found.isAway,
    message: `The queue (${place}) ${found.says}. What is under way waits; readers are served.`,
    next: found.next,
  };
}

/** The messages of an error and of what caused it, the innermost first: it says most. */
function textsOf(error: unknown, depth = 0): string[] {
  if (error === null || typeof error !== 'object' || depth > 3) return [];
  const { message = '', code = '', name = '', cause, lastNodeError, previousErrors } = error as Record<string, unknown>;
  const inner = [lastNodeError, cause, ...(Array.isArray(previousErrors) ? previousErrors : [])];
  return [...inner.flatMap((one) => textsOf(one, depth + 1)), String(message), `${code} ${name}`];
}

function away(says: string, next: string): Explained {
  return { isAway: true, says, next };
}

function refuses(says: string, next: string): Explained {
  return { isAway: false, says, next };
}

function full(says: string): Explained {
  return refuses(says, `Give it more memory (CONFIG SET maxmemory …) or room; ${goesOn}`);
}
