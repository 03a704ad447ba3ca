/** What an operator does at Facebook before; for the docs. */

export const setUp: readonly string[] = [
  'At developers.facebook.com make an app of the newsroom’s own with the use case “Manage everything on your Page”, and add the Page’s admin to it as admin. Your own Page needs no App Review.',
  'Switch the app to Live, which wants the address of a privacy policy: what an app in development posts, its own people alone see. Look at the first post with a browser that is logged out.',
  'Log in as an admin of the Page who may create content, with `pages_show_list`, `pages_read_engagement` and `pages_manage_posts`; `business_management` too where the Page stands in a business portfolio.',
  'Make the user’s token a long-lived one: `GET /oauth/access_token?grant_type=fb_exchange_token&client_id=APP&client_secret=SECRET&fb_exchange_token=TOKEN`.',
  'With that ask `GET /me/accounts?fields=id,name,access_token`: of your Page, `id` is `pageId`, and `access_token` is `accessToken`. It has no end date, but dies with a new password, a lost role or a removed app.',
  'With `appId` and `appSecret` (the app’s settings, Basic) Loa signs every request and says in time when the token ends.',
  'Facebook may want the admin’s identity confirmed or two-factor login first (Page Publishing Authorization): the channel is paused then, and says so.',
];
