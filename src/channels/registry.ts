/** Every kind of channel; a new one is a file and a line here. */

import { bluesky } from '#src/channels/bluesky/channel.ts';
import { board } from '#src/channels/board.ts';
import type { Channel } from '#src/channels/channel.ts';
import { email } from '#src/channels/email/channel.ts';
import { facebook } from '#src/channels/facebook/channel.ts';
import { mastodon } from '#src/channels/mastodon/channel.ts';
import { telegram } from '#src/channels/telegram/channel.ts';
import { webhook } from '#src/channels/webhook/channel.ts';

export const channels: readonly Channel<any, any>[] = [bluesky, board, email, facebook, mastodon, telegram, webhook];
