/** A real browser for tests: every page that is opened is watched for what no page of ours may do. */
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { browserOptions } from '#tests/servers/chromium.ts';

export function openBrowser(): Promise<Browser> {
  return chromium.launch(browserOptions());
}

export interface Watched {
  page: Page;
  /** Errors, warnings and refusals of the page, and requests that went anywhere but to `url`. */
  complaints: string[];
}

/** A page in a context of its own: its own cookies, language, colours and size. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: desktop, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`thrown: ${error.message}`));
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== url) complaints.push(`request to ${request.url()}`);
  });
  page.on('requestfailed', (request) => {
    const failure = request.failure()?.errorText ?? '';
    // A page that is left breaks off what it was loading.
    if (failure !== 'net::ERR_ABORTED') complaints.push(`${request.url()}: ${failure}`);
  });
  return { page, complaints };
}

export const phone = { width: 390, height: 844 };
export const desktop = { width: 1280, height: 800 };
