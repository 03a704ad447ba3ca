/** Log-ins to a provider: two tokens, of which the second makes new ones. */
import { XrpcError } from '#tests/fakes/bluesky-record.ts';

export interface BlueskyAccount {
  did: string;
  handle: string;
  appPassword: string;
  /** The account's own password, behind a code by e-mail. */
  ownPassword: string;
}

const minutes = 60_000;

export function blueskySessions(account: BlueskyAccount, now: () => number) {
  const access = new Map<string, number>();
  const refresh = new Set<string>();
  const logins: number[] = [];
  let count = 0;
  /** Null: all is well. */
  let state: { error: string; status: string } | null = null;

  const pair = () => {
    const accessJwt = `canary.access.${++count}`;
    const refreshJwt = `canary.refresh.${count}`;
    access.set(accessJwt, now() + 120 * minutes);
    refresh.add(refreshJwt);
    const { did, handle } = account;
    return { did, handle, accessJwt, refreshJwt, active: state === null, ...(state && { status: state.status }) };
  };

  return {
    logins,
    create({ identifier, password }: any) {
      const recent = logins.filter((at) => at > now() - 5 * minutes).length;
      if (recent >= 30) throw new XrpcError(429, 'RateLimitExceeded');
      logins.push(now());
      const isOurs = identifier === account.handle || identifier === account.did;
      if (isOurs && password === account.ownPassword) {
        throw new XrpcError(401, 'AuthFactorTokenRequired', 'A sign in code has been sent to your email address');
      }
      if (!isOurs || password !== account.appPassword) {
        throw new XrpcError(401, 'AuthenticationRequired', 'Invalid identifier or password');
      }
      return pair();
    },
    renew(token: string) {
      if (state) throw new XrpcError(401, state.error);
      if (!refresh.delete(token)) throw new XrpcError(400, 'ExpiredToken', 'Token has been revoked');
      return pair();
    },
    /** Throws unless the token serves. */
    check(token: string): void {
      if (token === '') throw new XrpcError(401, 'AuthMissing', 'Authentication Required');
      const until = access.get(token);
      if (until === undefined) throw new XrpcError(400, 'InvalidToken', 'Token could not be verified');
      if (until <= now()) throw new XrpcError(400, 'ExpiredToken', 'Token has expired');
      if (state) throw new XrpcError(401, state.error, 'Account has been taken down');
    },
    /** Access tokens end now. */
    expire(): void {
      for (const token of access.keys()) access.set(token, now());
    },
    /** Everything ends: only the password helps. */
    revoke(): void {
      access.clear();
      refresh.clear();
    },
    close(error = 'AccountTakedown', status = 'takendown'): void {
      state = { error, status };
    },
  };
}
