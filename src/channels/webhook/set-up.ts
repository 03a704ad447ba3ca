/** What a receiver must do; for the docs. */

export const setUp: readonly string[] = [
  'Leave `secret` out once: `loa check` offers a fresh one. The receiver gets the same.',
  'It checks `webhook-signature`: `v1,` and base64 of HMAC-SHA256 over `webhook-id.webhook-timestamp.body`, where the key is what follows `whsec_`, decoded from base64. Libraries for Standard Webhooks do it. It refuses what is more than five minutes old.',
  'It answers 2xx within 15 seconds; what it says beyond that is not read. Redirects are not followed. 410 stops the channel; other refusals are tried again over three days.',
  'It remembers `webhook-id`, since an event may come twice, and ignores a `data.revision` below the one it has, since events may come out of order.',
  'Types: `article.published`, `article.updated`, `article.retracted`, and `ping` from `loa channel test`.',
  'To change the secret, put the new one into `secret` and the old one into `secrets` for a day: both sign.',
];
