/** `data/metrics-token`: what a Prometheus on another machine shows for `/metrics`. It opens nothing else. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Made on first use, readable by the owner alone. Whoever removes or replaces it changes it with the next start. */
export async function openMetricsToken(data: string): Promise<string> {
  const file = join(data, 'metrics-token');
  const known = await readFile(file, 'utf8').catch(() => '');
  if (known.trim().length >= 16) return known.trim();
  const token = randomBytes(24).toString('base64url');
  // With the ledger on a server nobody has made the folder yet.
  await mkdir(data, { recursive: true });
  await writeFile(file, `${token}\n`, { mode: 0o600 });
  return token;
}
