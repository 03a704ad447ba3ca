/** Whether one of our own pages sent a request: another site's page can send one too, with our visitor's cookie. */
import type { FastifyRequest } from 'fastify';

export const refusal = 'Refused: this did not come from a page of this Loa. Open the page again and repeat it there.';

/** For requests that change something. The browser says where they come from; who says nothing is refused. */
export function isSameOrigin(request: FastifyRequest, publicUrl: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  // Browsers leave it out on plain http to anything but this machine.
  const { origin } = request.headers;
  if (origin === undefined || origin === 'null') return false;
  const own = URL.parse(`${request.protocol}://${request.host}`);
  const at = new URL(publicUrl);
  // A proxy that is not on `network.trustedProxies` does not tell us that its visitors come by https.
  return origin === own?.origin || (origin === at.origin && own?.hostname === at.hostname);
}

export const changesSomething = ({ method }: FastifyRequest) => !['GET', 'HEAD', 'OPTIONS'].includes(method);
