/** What an operator does at Bluesky before; for the docs. */

export const setUp: readonly string[] = [
  'In Bluesky: Settings, Privacy and security, App passwords, Add. It is shown once and needs no access to direct messages; the account’s own password is refused.',
  '`identifier` is the account’s handle. An account that lives with another provider names that as `service`.',
  'Bluesky asks accounts that post by themselves to carry the label “bot”: set it in the account’s profile.',
  'A post cannot be changed there. With `corrections: reply` a correction is told below it; with `edit` it stands as it was.',
];
