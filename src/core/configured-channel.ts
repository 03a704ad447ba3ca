import { UserError } from '#src/core/errors.ts';
import { nearest } from '#src/core/nearest.ts';

/** The channel of this id; a `UserError` that names those there are. */
export function configuredChannel<C>(id: string, channels: ReadonlyMap<string, C>): C {
  const found = channels.get(id);
  if (found) return found;
  const ids = [...channels.keys()];
  const near = nearest(id, ids);
  const next = ids.length > 0 ? `There are: ${ids.join(', ')}` : 'Add one under `channels` in the settings.';
  throw new UserError(`There is no channel "${id}"${near ? `: did you mean "${near}"?` : '.'}`, { next });
}
