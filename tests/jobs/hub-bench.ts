/** Subscriptions on a real ledger, with the server that hubs come to and a hub over real HTTP; by TLS where there is openssl. */
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { pollSource } from '#jobs/poll-source.ts';
import { subscribeHub } from '#jobs/subscribe-hub.ts';
import { createHubCallbacks } from '#jobs/take-delivery.ts';
import type { ArticleRef } from '#src/core/signal.ts';
import { createHttp, type HttpClient } from '#src/net/http-client.ts';
import { makeCertificate } from '#tests/fakes/certificate.ts';
import { type HubServer, startHubServer } from '#tests/fakes/hub-server.ts';
import { type JobBench, openJobBench } from '#tests/fakes/job-bench.ts';
import { startServer } from '#tests/server/server-bench.ts';

export const topic = 'https://bao.example/rss';
export const certificate = makeCertificate();

export const ref: ArticleRef = {
  ...{ externalId: 'tin-1', url: null, title: 'Tin', stamp: '1', sign: 'changed', payload: null },
};

export interface HubBench {
  jobs: JobBench;
  hub: HubServer;
  /** Whether this machine is on a network that the settings allow. */
  isOwn: boolean;
  startHub(): Promise<HubServer>;
  /** The job once, and what the hub does of it. */
  run(): ReturnType<JobBench['run']>;
  /** The first poll, which names the hub, and its subscription; gives the callback. */
  subscribe(url?: string): Promise<string>;
  of(): ReturnType<JobBench['deps']['ledger']['subscriptions']['of']>;
  active(): Promise<boolean>;
  /** Titles of what waits to be read. */
  due(): Promise<(string | null)[]>;
}

/** Opened and closed around the tests of the file. */
export function hubBench(): HubBench {
  const bench = { isOwn: true } as HubBench;
  let http: HttpClient;
  let random = 0;

  beforeAll(async () => {
    const jobs = await openJobBench();
    if (certificate) setDefaultCACertificates([...getCACertificates('default'), certificate.cert]);
    http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'test', clock: jobs.clock });
    Object.assign(jobs.deps, {
      http,
      ownNetwork: (host: string) => bench.isOwn && host === '127.0.0.1',
      delivery: { random: (bytes: number) => new Uint8Array(bytes).fill(++random) },
    });
    jobs.deps.sources.get('portal')!.source.absorb = (document, cursor) => {
      const text = new TextDecoder().decode(document.body);
      if (!text.startsWith('<rss>')) throw new Error('it is no feed');
      const refs = [{ ...ref, title: text, stamp: text }];
      return { refs, cursor: { ...cursor, told: text }, unchanged: false, notBefore: null, warnings: [] };
    };
    bench.jobs = jobs;
  });
  afterAll(async () => {
    await http.close();
    await bench.jobs.close();
  });

  beforeEach(async () => {
    const { jobs } = bench;
    await jobs.reset();
    bench.isOwn = true;
    bench.hub = await bench.startHub();
    const { url } = await startServer({ deps: { websub: createHubCallbacks(jobs.deps) }, clock: jobs.clock });
    Object.assign(jobs.deps.settings, { publicUrl: url });
  });
  afterEach(() => bench.hub.close());

  return Object.assign(bench, {
    startHub: () => startHubServer(certificate ? { tls: certificate } : {}),
    async run() {
      const outcome = await bench.jobs.run(subscribeHub, { sourceId: 'portal' });
      await bench.hub.settled();
      return outcome;
    },
    async subscribe(url = bench.hub.url) {
      const { jobs } = bench;
      jobs.script.poll = () => ({
        ...{ refs: [], cursor: { at: 1 }, unchanged: true, notBefore: null, warnings: [], hub: { hubs: [url], topic } },
      });
      jobs.clock.advance(120_000);
      await jobs.run(pollSource, { sourceId: 'portal' });
      await bench.run();
      return (await bench.of())!.callback;
    },
    of: () => bench.jobs.deps.ledger.subscriptions.of('portal'),
    active: () => bench.jobs.deps.ledger.subscriptions.active('portal', bench.jobs.clock.now()),
    async due() {
      const readings = await bench.jobs.deps.ledger.sources.dueReadings(bench.jobs.clock.now(), 10);
      return readings.map((reading) => reading.ref.title);
    },
  });
}
