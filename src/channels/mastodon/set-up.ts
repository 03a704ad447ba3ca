/** What an operator does at a Mastodon server before; for the docs. */

export const setUp: readonly string[] = [
  'On the server: Preferences, Development, New application, with the scopes `profile` (`read:accounts` on older servers), `read:statuses`, `write:statuses` and `write:media`.',
  'Open the application and copy “Your access token”. It has no end; after a change of scopes there is a new one.',
  'Mastodon asks accounts that post by themselves to say so: Preferences, Public profile, “This is an automated account”.',
  'A server takes some 30 photos in half an hour, about seven articles of four photos: `compose: { photos: 2 }` lets more through.',
  'Whoever shared a post is told when it is edited: corrections of slips alone leave it as it stands.',
];
