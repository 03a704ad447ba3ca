import { endsSentence, tidy } from '#src/core/text.ts';
import { parsePage, selectAll, textOf } from '#src/markup/html.ts';

const furniture = 'script, style, noscript, template, nav, footer, header, aside, form, ul, ol';
/** What pages say in a story's place, in a sentence or two. */
const excuse =
  /java ?script|cookie|trình duyệt|browser|captcha|©|copyright|all rights reserved|bản quyền|maintenance|bảo trì|not found|không tìm thấy|try again|thử lại|log ?in|đăng nhập|subscribe|loading|đang tải/iu;
const shortestSentence = 10;

/**
 * Whether a page in which no story could be told apart says something of its own all the same: a brief without any
 * layout has a sentence, or a line under its headline; what stands there instead of a story excuses itself, or says
 * nothing.
 */
export function isTinyStory(html: string): boolean {
  const page = parsePage(html, null);
  const hasHeadline = selectAll(page.body, 'h1').some((heading) => tidy(textOf(heading)) !== '');
  for (const element of selectAll(page.body, furniture)) element.remove();
  const texts = selectAll(page.body, 'p, div, td')
    .filter((element) => element.querySelector('p, div, td, a, h1, h2, h3') === null)
    .map((element) => tidy(textOf(element)))
    .filter((text) => text !== '');
  if (texts.length === 0 || texts.some((text) => excuse.test(text))) return false;
  return (
    hasHeadline || texts.some((text) => text.length >= shortestSentence && endsSentence(text) && !text.endsWith('…'))
  );
}
