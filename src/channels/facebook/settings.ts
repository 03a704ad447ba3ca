/** What an operator gives for a Page on Facebook. */
import { z } from 'zod';

export const settings = z
  .strictObject({
    pageId: z
      .union([z.string().trim(), z.number()], {
        error: 'is missing: the Page’s number, as under About, Page transparency',
      })
      .refine(isWhole, 'is too long for a plain number: put it in quotation marks')
      .transform(String)
      .refine(
        (id) => /^\d+$/.test(id),
        'must be the Page’s number, not its name: it stands under About, Page transparency',
      )
      .meta({ title: 'text or number', description: 'Number of the Page.' }),
    accessToken: z
      .string({ error: 'is missing: a Page token, made from a long-lived user token by GET /me/accounts' })
      .trim()
      .regex(/^[\x21-\x7e]{6,}$/, 'must be the access token as Facebook shows it')
      .describe(
        'Of the Page, with pages_show_list, pages_read_engagement and pages_manage_posts; made from a long-lived user token it has no end date.',
      ),
    appId: z
      .union([z.string().trim(), z.number()])
      .refine(isWhole, 'is too long for a plain number: put it in quotation marks')
      .transform(String)
      .refine((id) => /^\d+$/.test(id), 'must be the app’s number')
      .optional()
      .meta({
        title: 'text or number',
        description: 'With `appSecret`: Loa asks when the token ends and says so in time.',
      }),
    appSecret: z
      .string()
      .trim()
      .min(6, 'must be the app secret as Facebook shows it')
      .optional()
      .describe('Signs every request (appsecret_proof); needs `appId`.'),
    version: z
      .string()
      .regex(/^v\d+\.\d+$/, 'must be a version such as v25.0')
      .default('v25.0')
      .describe('Of the Graph API.'),
    baseUrl: z
      .url({ protocol: /^https?$/, error: 'must be an address that begins with https://' })
      .default('https://graph.facebook.com')
      .transform((address) => address.replace(/\/+$/, ''))
      .describe('Another server than Facebook’s own, for trials.'),
  })
  .refine(({ appId, appSecret }) => (appId === undefined) === (appSecret === undefined), {
    path: ['appSecret'],
    error: 'appId and appSecret go together: give both or neither',
  });

export type FacebookSettings = z.infer<typeof settings>;

/** Facebook's numbers have up to 18 digits; beyond 2^53 YAML's are rounded. */
function isWhole(id: string | number): boolean {
  return typeof id === 'string' || Number.isSafeInteger(id);
}
