import type { SendResult } from '#src/core/outcome.ts';

/** Of an edit: somebody deleted the post at the service. */
export const postIsGone: SendResult = {
  kind: 'permanent',
  scope: 'item',
  reason: 'the post is not there any more: nothing is left to correct',
};
