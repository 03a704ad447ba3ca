import { expect, it } from 'vitest';
import type { Http, HttpRequest } from '#src/core/tools.ts';
import { askHub } from '#src/sources/websub/ask-hub.ts';

const token = 'dG9rZW4tdGhhdC1uby1vbmUtbWF5LXNlZQ';
const secret = 'ab'.repeat(32);

const ask = (http: Http) =>
  askHub(
    {
      mode: 'subscribe',
      hub: 'https://hub.example/',
      topic: 'https://bao.example/rss',
      callback: `https://tin.bao.example/websub/bao/${token}`,
      leaseSeconds: 864_000,
      mayNamePort: () => false,
      secret: async () => secret,
      signal: new AbortController().signal,
      now: 0,
    },
    http,
  );

it.each([
  ['as it came', (form: string) => form],
  ['decoded', (form: string) => [...new URLSearchParams(form)].map((pair) => pair.join(' = ')).join('\n')],
  ['at the end of what is told', (form: string) => `${'x'.repeat(150)} ${form.slice(form.indexOf('hub.secret'))}`],
])('what a hub says of a request is told without what only it may know: %s', async (_how, echo) => {
  const http: Http = {
    request: async ({ url, body }: HttpRequest) => ({
      ...{ status: 400, headers: {}, url, movedTo: null },
      body: new TextEncoder().encode(`Sai: ${echo(String(body))}`),
    }),
  };
  const failure = await ask(http).catch((error) => error);
  expect(failure.message).toMatch(/^the hub answered 400: Sai: /);
  expect(failure.message).not.toContain(token.slice(0, 8));
  expect(failure.message).not.toContain(secret.slice(0, 8));
});

it('a redirect is told without them too', async () => {
  const http: Http = {
    request: async ({ url, body }: HttpRequest) => ({
      ...{ status: 307, url, movedTo: null, body: new Uint8Array() },
      headers: { location: `https://hub.example/?${body}` },
    }),
  };
  const failure = await ask(http).catch((error) => error);
  expect(failure.message).toMatch(/sends on and on/);
  expect(failure.message).not.toContain(token.slice(0, 8));
  expect(failure.message).not.toContain(secret.slice(0, 8));
});
