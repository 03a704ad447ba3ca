import type { Running } from '#tests/e2e/loa.ts';

/** Opens the link that `loa start` printed; gives the cookie of the session. */
export async function signIn(running: Running): Promise<string> {
  const [, link = ''] = await running.printed(/console +(http[^\s"]+)/);
  const answer = await fetch(link, { redirect: 'manual' });
  const [cookie] = answer.headers.getSetCookie();
  if (answer.status !== 303 || !cookie) throw new Error(`${link} answered ${answer.status}`);
  return cookie.split(';')[0]!;
}
