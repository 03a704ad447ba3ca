import { userInfo } from 'node:os';

/** Who gives a command, as this machine knows them. */
export function userName(env: Readonly<Record<string, string | undefined>>): string {
  try {
    return userInfo().username;
  } catch {
    // In a container the user may have no name.
    return env['USER'] || `user ${process.getuid?.() ?? 'unknown'}`;
  }
}
