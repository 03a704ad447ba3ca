/** All migrations, in the order of their names. Released ones never change. */
import type { Migration } from 'kysely/migration';
import { createLedgerTables } from '#src/stores/postgres/migrations/001-ledger.ts';
import { createSignIn } from '#src/stores/postgres/migrations/002-sign-in.ts';
import { createSwitches } from '#src/stores/postgres/migrations/003-switches.ts';
import { createCounts } from '#src/stores/postgres/migrations/005-counts.ts';
import { addPhotoCard } from '#src/stores/postgres/migrations/006-photo-card.ts';
import { createPush } from '#src/stores/postgres/migrations/007-push.ts';
import { createIdentity } from '#src/stores/postgres/migrations/008-identity.ts';
import { createHabits } from '#src/stores/postgres/migrations/009-habits.ts';
import { addBegun } from '#src/stores/postgres/migrations/010-poison.ts';
import { addPhotoWords } from '#src/stores/postgres/migrations/011-photo-words.ts';
import { addHabitBodies } from '#src/stores/postgres/migrations/012-habit-bodies.ts';
import { addLooks } from '#src/stores/postgres/migrations/013-look-again.ts';
import { addDeliveryParts } from '#src/stores/postgres/migrations/014-delivery.ts';
import { createChannelServices } from '#src/stores/postgres/migrations/015-channel-services.ts';
import { addDoubt } from '#src/stores/postgres/migrations/016-doubt.ts';
import { addUrgent } from '#src/stores/postgres/migrations/017-urgent.ts';
import { addChannelExpiry } from '#src/stores/postgres/migrations/020-channel-expiry.ts';

export const migrations: Record<string, Migration> = {
  '001-ledger': { up: createLedgerTables },
  '002-sign-in': { up: createSignIn },
  '003-switches': { up: createSwitches },
  '005-counts': { up: createCounts },
  '006-photo-card': { up: addPhotoCard },
  '007-push': { up: createPush },
  '008-identity': { up: createIdentity },
  '009-habits': { up: createHabits },
  '010-poison': { up: addBegun },
  '011-photo-words': { up: addPhotoWords },
  '012-habit-bodies': { up: addHabitBodies },
  '013-look-again': { up: addLooks },
  '014-delivery': { up: addDeliveryParts },
  '015-channel-services': { up: createChannelServices },
  '016-doubt': { up: addDoubt },
  '017-urgent': { up: addUrgent },
  '020-channel-expiry': { up: addChannelExpiry },
};
