/** The newcomer's way through the demo newsroom: walked by a test, and photographed for the README. */
import type { Page } from 'playwright-core';
import { freePort, type Running, startLoa } from '#tests/e2e/loa.ts';

export interface Demo {
  url: string;
  /** What `loa start` printed for a person to open. */
  signIn: string;
  running: Running;
}

/** `every`: seconds between two new articles. */
export async function startDemo(cwd: string, every: number): Promise<Demo> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { LOA_DEMO_LISTEN: `127.0.0.1:${port}`, LOA_DEMO_EVERY: String(every) };
  const running = startLoa(['start'], { cwd, env });
  const [, signIn = ''] = await running.printed(new RegExp(`(${url}/console\\S*)`));
  await running.printed(/nothing old will be posted/);
  return { url, signIn, running };
}

/** From the printed link to the newsroom's page. */
export async function enter(page: Page, { signIn }: Demo): Promise<void> {
  await page.goto(signIn);
  await page.getByRole('heading', { level: 1, name: 'Newsroom' }).waitFor();
}

/** Until this article stands on the page that is open, without loading it again; gives its whole headline. */
export async function waitForArticle(page: Page, opening: RegExp): Promise<string> {
  await page.evaluate('window.isTheSamePage = true');
  const headline = page.getByRole('heading', { level: 3, name: opening });
  await headline.waitFor();
  if (!(await page.evaluate('window.isTheSamePage'))) throw new Error('the page was loaded again');
  return (await headline.textContent()) ?? '';
}
