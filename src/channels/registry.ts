/** Every kind of channel; a new one is a file and a line here. */
import { board } from '#src/channels/board.ts';
import type { Channel } from '#src/channels/channel.ts';
import { mastodon } from '#src/channels/mastodon/channel.ts';
import { webhook } from '#src/channels/webhook/channel.ts';

export const channels: readonly Channel<any, any>[] = [board, mastodon, webhook];
