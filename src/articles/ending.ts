/** What stands under a story in its own body: who wrote it, and what the page adds. */
import { type BodyBlock, bodyBlocks } from '#src/articles/blocks.ts';
import { isCounter, isStamp } from '#src/articles/counters.ts';
import { cutBlock } from '#src/articles/cut-block.ts';
import { findSignature } from '#src/articles/signature.ts';
import { boilerplateBlocks } from '#src/core/boilerplate.ts';
import { type Byline, readByline } from '#src/core/byline.ts';
import type { Profile } from '#src/core/profile.ts';
import { endsSentence, tidy } from '#src/core/text.ts';
import { type HtmlElement, type HtmlNode, isElement, selectAll, textOf } from '#src/markup/html.ts';

export interface Ending {
  byline: Byline | null;
  removed: string[];
}

/** Takes boilerplate, the signature, and the lines around it out of the body. */
export function takeEnding(body: HtmlElement, authors: readonly string[], profile: Profile, zone: string): Ending {
  const removed = cutBoilerplate(body, profile);
  removed.push(...cutNotices(body, authors, zone));
  partSignature(body, profile.byline);
  const signature = findSignature(bodyBlocks(body), profile.byline);
  if (!signature) return { byline: null, removed };
  removed.push(...signature.after.map((block) => block.text));
  for (const block of [...signature.own, ...signature.after]) cutBlock(block.element, body);
  removed.push(...cutNotices(body, [...authors, ...signature.byline.names], zone));
  return { byline: signature.byline, removed };
}

function cutBoilerplate(body: HtmlElement, profile: Profile): string[] {
  const removed = cutLabels(body);
  const blocks = bodyBlocks(body);
  for (const index of boilerplateBlocks(blocks, profile.boilerplate)) {
    const block = blocks[index] as BodyBlock;
    // A photo after the last word of the story may still be the story's.
    if (block.photo) continue;
    removed.push(block.text);
    cutBlock(block.element, body);
  }
  return removed;
}

/** Over an advertisement or a script's work: no story has such a line, wherever it stands. */
const label =
  /^(?:advertisements?|advertising|skip advertisement|anzeige|werbung|publicidad|publicité|pubblicità|publicidade|iklan|reklam|реклама|広告|광고|广告|廣告|إعلان|โฆษณา|quảng cáo|scroll to continue(?: with content)?|(?:story|article) continues below(?: (?:this )?ad(?:vertisement)?)?|please (?:turn on|enable) javascript.{0,40}|cỡ chữ|kích thước chữ|font size|text size|schriftgröße|размер шрифта|字号|文字サイズ)[.:：]?$/iu;

function cutLabels(body: HtmlElement): string[] {
  const labels = bodyBlocks(body).filter(
    ({ element, text, photo }) => !photo && !/^(?:h\d|li|tr)$/.test(element.localName) && label.test(text),
  );
  for (const { element } of labels) cutBlock(element, body);
  return labels.map(({ text }) => text);
}

/** What publishing systems add to every entry of their feeds. */
const firstOn =
  /^(?:the post|el artículo|la entrada|der beitrag|l[’']article|o post|a publicação|l[’']articolo|het bericht|bài viết)\s.{1,300}\s(?:appeared first on|first appeared on|apareció primero en|se publicó primero en|aparece primero en|erschien zuerst auf|est apparu en premier sur|apareceu primeiro em|proviene da|verscheen eerst op|xuất hiện đầu tiên (?:vào|trên|tại))\s/iu;

const notice =
  /^.{0,40}(?:riproduzione riservata|all rights reserved|todos los derechos reservados|tous droits réservés|alle rechte vorbehalten)\.?$|^(?:©|\(c\)\s|copyright\b|bản quyền\b|all rights reserved|https?:\/\/\S+$|www\.\S+$|(?:#[\p{L}\p{M}\p{N}_]+\s*)+$)/iu;
/** To readers, at the very end. */
const invitation =
  /^(?:mời (?:các |quý )?(?:bạn đọc|độc giả|bạn|vị)\s(?:theo dõi|xem|đọc|đón|gửi|tham gia|bình luận|chia sẻ|truy cập)|(?:quý )?(?:bạn đọc|độc giả) có thể (?:theo dõi|xem|đọc)|mọi (?:thông tin|ý kiến|góp ý|phản ánh)\s.{0,60}(?:gửi về|liên hệ)|follow us\b|you can follow\b|get in touch\b|do you have a story\b|sign up\b|subscribe\b|folgen sie uns|suivez-nous|síguenos|siga-nos|ikuti kami|yorum yaz(?:arak|mak)\s|ติดตาม(?:เรา|ข่าว)|تابعونا|подписывайтесь)/iu;
const longestInvitation = 200;
const mostNotices = 4;

/** Copyright lines, addresses, hashtags and what is told of the author, from the end upwards. */
function cutNotices(body: HtmlElement, authors: readonly string[], zone: string): string[] {
  const texts = bodyBlocks(body).filter((block) => !block.photo);
  const removed: string[] = [];
  for (let count = 0; texts.length > 1 && count < mostNotices; count += 1) {
    const last = texts.pop();
    if (
      !last ||
      !(
        notice.test(last.text) ||
        firstOn.test(last.text) ||
        isInvitation(last) ||
        isAboutAuthor(last, authors) ||
        isRowOfLinks(last) ||
        isMoving(last, zone)
      )
    )
      break;
    removed.unshift(last.text);
    cutBlock(last.element, body);
  }
  return removed;
}

/** It would be another text with every look. */
function isMoving({ text }: BodyBlock, zone: string): boolean {
  if (endsSentence(text)) return false;
  return text.split(/\s*[|•·]\s*/u).every((part) => isCounter(part) || isStamp(part, zone));
}

/** `Front page | Last week's story` */
function isRowOfLinks({ element, text }: BodyBlock): boolean {
  const links = selectAll(element, 'a[href]').map((link) => tidy(textOf(link)));
  const rest = links.reduce((left, link) => left.replace(link, ''), text);
  if (links.length < 2 || text.length > 160 || !/^[\s|•·»›/–—-]*$/u.test(rest)) return false;
  const leadsNowhere = selectAll(element, 'a[href]').every((link) =>
    /^(?:#|javascript:|mailto:)/i.test(link.getAttribute('href') ?? ''),
  );
  return leadsNowhere || /[|•·»›/–—-]/u.test(rest);
}

function isInvitation({ text }: BodyBlock): boolean {
  return text.length <= longestInvitation && invitation.test(text);
}

const work =
  /\b(?:reporter|correspondent|journalist|columnist|writer|editor|author|photographer|freelance|professor|journaliste|auteure?|rédact\p{L}+|redakteur(?:in)?|journalistin?|autorin?|periodista|redactora?|jornalista|phóng viên|nhà báo|biên tập viên|tác giả)\b/iu;
const verb =
  /^(?:\s*[,(–-][^.]{0,60}[,)–-])?\s+(?:is|was|are|has|covers?|reports?|writes?|joined|leads?|works?|ist|schreibt|berichtet|est|écrit|es|escribe|é|escreve|là)\s/iu;

/** `Isla Marr is the Herald's transport reporter.`, under the story. */
function isAboutAuthor({ element, text }: BodyBlock, authors: readonly string[]): boolean {
  if (text.length > 500) return false;
  const name = authors.find((author) => author.includes(' ') && text.toLowerCase().startsWith(author.toLowerCase()));
  // No story ends with what its own author does.
  if (name !== undefined)
    return verb.test(text.slice(name.length)) && (text.length <= 250 || work.test(text) || isSlanted(element, text));
  const opening = /^\p{Lu}[\p{L}\p{M}.’'-]+(?:\s+\p{Lu}[\p{L}\p{M}.’'-]+){1,3}/u.exec(text)?.[0];
  return opening !== undefined && isSlanted(element, text) && verb.test(text.slice(opening.length)) && work.test(text);
}

function isSlanted(element: HtmlElement, text: string): boolean {
  return selectAll(element, 'em, i').some((each) => tidy(textOf(each)).length >= text.length * 0.9);
}

/** A signature on the last line of the last paragraph gets a paragraph of its own. */
function partSignature(body: HtmlElement, rules: Profile['byline']): void {
  const last = bodyBlocks(body).findLast((block) => !block.photo)?.element;
  if (!last || !/^(?:p|div|td)$/.test(last.localName)) return;
  partBracketed(last);
  const nodes = [...last.childNodes];
  const at = nodes.findLastIndex(
    (node, index) => isElement(node) && node.localName === 'br' && nodes.slice(index + 1).some(isShown),
  );
  if (at <= 0 || !nodes.slice(0, at).some(isShown)) return;
  const line = nodes.slice(at + 1);
  const text = tidy(line.map(textOf).join(''));
  if (!readByline(text, rules, { bare: rules.bareNames || line.filter(isShown).every(isMarked) })) return;
  const paragraph = last.ownerDocument.createElement('p');
  const style = last.getAttribute('style');
  if (style) paragraph.setAttribute('style', style);
  last.after(paragraph);
  nodes[at]?.parentElement && (nodes[at] as HtmlElement).remove();
  paragraph.append(...line);
}

/** `…た。（佐伯遼）`, `…した。【村瀬結衣】`: who wrote it, right after the last sentence; not `（終わり）`. */
const bracketed =
  /(?<=[。」！？])\s*(?<name>[（【](?![^）】]*(?:終|完|続|了|写真|撮影|提供|関連|編|敬称|責|责|以下))\p{Script=Han}[\p{Script=Han}々\p{Script=Hiragana}\p{Script=Katakana}ー・、 ]{1,20}[）】])\s*$/u;

function partBracketed(last: HtmlElement): void {
  const node = [...last.childNodes].at(-1);
  const text = node?.nodeType === 3 ? (node.textContent ?? '') : '';
  const match = bracketed.exec(text.slice(-60));
  const name = match?.groups?.['name'];
  if (!node || !match || name === undefined) return;
  node.textContent = text.slice(0, text.length - match[0].length);
  const paragraph = last.ownerDocument.createElement('p');
  paragraph.setAttribute('style', 'text-align: right');
  paragraph.append(name);
  last.after(paragraph);
}

function isShown(node: HtmlNode): boolean {
  return textOf(node).trim() !== '';
}

function isMarked(node: HtmlNode): boolean {
  return isElement(node) && /^(?:b|strong|em|i)$/.test(node.localName);
}
