/** What an operator does for a list by mail before; for the docs. */

export const setUp: readonly string[] = [
  'Take an account of a mail server that may send as `from`. Nothing is sent unencrypted but to this machine, or with `startTls: false` in your own network.',
  'In the DNS of the domain of `from`: SPF that names the server, a DKIM key, and DMARC (`p=none` at least). The server’s address has a name that leads back to it. Large mail services refuse lists without these.',
  'Readers leave the list by one click where `publicUrl` is https, or at `unsubscribe.url`. A DKIM signature must cover List-Unsubscribe and List-Unsubscribe-Post: with `dkim` it does; where the mail server signs, look at a received mail.',
  '`loa channel test` sends a mail to `testTo`: look whether it arrives, and not among the spam.',
  'A mail cannot be changed or taken back. With `corrections: reply` and `withdrawals: reply` a further one goes to those who got the first.',
];
