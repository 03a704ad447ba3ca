/** API routes of commands whose work needs more than the ledger. */
import { z } from 'zod';
import { UserError } from '#src/core/errors.ts';
import type { ApiRoute } from '#src/server/deps.ts';
import { type PreviewOptions, viewPreview } from '#src/server/ledger-preview.ts';
import type { Ledger } from '#src/stores/ledger.ts';

export interface CommandRoutesDeps {
  ledger: Ledger;
  preview: Omit<PreviewOptions, 'channelId'>;
  /** Writes a backup of the ledger to a path on this machine. */
  backupTo(file: string): Promise<unknown>;
}

const backupBody = z.object({ file: z.string().min(1).max(4096) });

export function commandRoutes({ ledger, preview, backupTo }: CommandRoutesDeps): ApiRoute[] {
  return [
    {
      method: 'POST',
      path: '/backup',
      async run({ body }) {
        const wanted = backupBody.safeParse(body);
        if (!wanted.success) throw new UserError('A backup needs the path of its file.');
        await backupTo(wanted.data.file);
        return { file: wanted.data.file };
      },
    },
    {
      method: 'GET',
      path: '/articles/:id/preview',
      run: ({ parameters, query }) => {
        const channelId = typeof query['channel'] === 'string' ? { channelId: query['channel'] } : {};
        return viewPreview(ledger, parameters['id'] ?? '', { ...preview, ...channelId });
      },
    },
  ];
}
