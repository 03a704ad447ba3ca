/** How to get in: what to do, and a form for the link. */
import { html } from '#src/console/html.ts';
import { page } from '#src/console/layout.ts';
import type { Looking } from '#src/console/looking.ts';
import { signInWords } from '#src/console/sign-in-words.ts';
import type { PageAnswer } from '#src/core/page.ts';
import type { Settings } from '#src/core/settings.ts';

export function signInPage(
  { publicUrl }: Pick<Settings, 'publicUrl'>,
  notice: 'wrong' | 'insecure' | null,
  looking: Looking,
): PageAnswer {
  const words = signInWords(looking.words.language);
  const link = `${publicUrl}/console/sign-in`;
  const content = html`<h1>${words.title}</h1>
${notice === 'wrong' && html`<p class="panel narrow alarm" role="alert">${words.wrong}</p>`}
${notice === 'insecure' && html`<p class="panel narrow alarm" role="alert">${words.insecure} <a href="${link}">${link}</a></p>`}
<p class="intro">${words.intro}</p>
<section class="panel narrow sign-in">
<p>${words.how}</p>
<pre><code>npx --no-install loa sign-in</code></pre>
<p>${words.whenStarting}</p>
<form method="post" action="/console/sign-in">
<label for="link">${words.paste}</label>
<input id="link" name="link" required autocomplete="off" autocapitalize="none" spellcheck="false" placeholder="http://…/console/sign-in?token=…">
<button>${words.button}</button>
</form>
</section>`;
  const status = notice === null ? 200 : 400;
  return page({ title: words.title, looking, at: null, content, status });
}
