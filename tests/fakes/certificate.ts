import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  key: string;
  cert: string;
  /** Path of the certificate, for `NODE_EXTRA_CA_CERTS`. */
  file: string;
}

/** A certificate of 127.0.0.1 that nobody has signed; null on a machine without openssl. */
export function makeCertificate(): Certificate | null {
  const folder = mkdtempSync(join(tmpdir(), 'loa-certificate-'));
  const [key, file] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const subject = ['-subj', '/CN=hub.example', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const elliptic = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  try {
    execFileSync(
      'openssl',
      ['req', '-x509', ...elliptic, '-nodes', '-days', '2', '-keyout', key, '-out', file, ...subject],
      {
        stdio: 'ignore',
      },
    );
  } catch {
    return null;
  }
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(file, 'utf8'), file };
}
