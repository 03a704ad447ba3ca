/** A server in front of a fake service that tells everything it was sent, in whatever it answers. */
import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Served, serve } from '#src/net/serve.ts';

export interface Gossip {
  /** How it answers what readers could see; else it passes everything on. */
  how: 'refuses' | 'fails' | 'sends elsewhere' | 'shows a page' | 'speaks no HTTP' | 'gives its address' | 'breaks off';
  /** Everything is answered so, log-ins and questions too. */
  always?: true;
  /** The service behind, by the first part of the path: `/xrpc/`, `/bot`, … */
  services: Readonly<Record<string, string>>;
}

export async function startGossip({ how, always, services }: Gossip): Promise<Served & { told(): number }> {
  let told = 0;
  const served: Served = await serve(async (request, response) => {
    const body = await read(request);
    const url = request.url ?? '/';
    const behind = Object.entries(services).find(([start]) => url.startsWith(start))?.[1];
    if (!always && !isVisible(request)) return passOn(request, response, body, behind ?? '', served.url);
    told++;
    const heard = `${request.method} ${url} ${JSON.stringify(request.headers)} ${body.toString('latin1').slice(0, 20_000)}`;
    answer(how, response, heard, request);
  });
  return { ...served, told: () => told };
}

const isVisible = ({ method, url = '' }: IncomingMessage) =>
  method !== 'GET' &&
  /putRecord|deleteRecord|\/(send|edit|delete)\w+$|\/feed$|\/api\/v1\/statuses|\/hook|\/chat\//.test(url);

function answer(how: Gossip['how'], response: ServerResponse, heard: string, { headers }: IncomingMessage): void {
  const json = { 'content-type': 'application/json', 'x-you-sent': encodeURIComponent(heard).slice(0, 8000) };
  const given = String(headers.authorization ?? 'nothing');
  if (how === 'breaks off') return void response.socket?.destroy();
  if (how === 'speaks no HTTP') return void response.socket?.end(`HTTP/9 ${heard}\r\n\r\n${heard}`);
  if (how === 'shows a page') {
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<title>${given}</title><p>${heard}</p>`);
  } else if (how === 'sends elsewhere') {
    response.writeHead(302, { location: `http://127.0.0.1:1/?${encodeURIComponent(heard).slice(0, 8000)}` }).end(heard);
  } else if (how === 'gives its address') {
    const url = `https://elsewhere.example/?with=${encodeURIComponent(given)}&in=${btoa(given)}`;
    response.writeHead(200, { ...json, location: url }).end(JSON.stringify({ id: '12345', url, ok: true }));
  } else {
    const status = how === 'refuses' ? 401 : 500;
    const error = { code: 1, message: heard, error_user_msg: `x${btoa(given)}`, toString: heard };
    const said = {
      ok: false,
      error_code: status,
      description: `${given} ${heard}`,
      message: `${btoa(given)} ${heard}`,
    };
    const isGraph = 'access_token' in headers || /facebook|graph|\/v\d+\./.test(heard.split(' ')[1] ?? '');
    response.writeHead(status, json).end(JSON.stringify({ ...said, error: isGraph ? error : `${given} ${heard}` }));
  }
}

/** With our own address in place of the service's: whatever follows comes through here too. */
function passOn(request: IncomingMessage, response: ServerResponse, body: Buffer, to: string, own: string): void {
  const { method, headers } = request;
  const options = { method: method ?? 'GET', headers: { ...headers, 'accept-encoding': 'identity' } };
  const asked = ask(to + request.url, options, async (answer) => {
    const content = (await read(answer)).toString().replaceAll(to, own);
    const { 'content-length': _length, 'transfer-encoding': _encoding, ...kept } = answer.headers;
    response.writeHead(answer.statusCode ?? 502, kept).end(content);
  });
  asked.on('error', () => response.destroy());
  asked.end(body);
}

async function read(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
