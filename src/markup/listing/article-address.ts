/** Words in an address that say what it is not. */
const noArticle =
  /\/(?:tags?|categor(?:y|ies)|chuyen-?muc|danh-?muc|the-loai|authors?|tac-?gia|users?|profiles?|members?|search|tim-?kiem|log-?in|sign-?(?:in|up)|dang-?(?:nhap|ky)|register|account|cart|contact|lien-?he|about(?:-us)?|gioi-?thieu|privacy(?:-policy)?|terms(?:-of-\w+)?|dieu-khoan|policy|cookies?|rss|feeds?|sitemaps?|subscribe|newsletter|advertis\w*|quang-?cao|help|faq|share|print|wp-(?:login|admin|content))(?:[/.]|$)/i;

/** Some keep their articles below these. */
const seldomArticle = /\/(?:topics?|chu-?de|pages?|trang|archives?|videos?)(?:[/.]|$)/i;

/** How much an address looks like one article's, about 0 to 5; below 0: like something else. */
export function articleLikeness(address: string): number {
  const { pathname, searchParams } = new URL(address);
  const path = decode(pathname);
  const steps = path.split('/').filter(Boolean);
  const last = steps.at(-1) ?? '';
  const slug = last.replace(/\.\w{2,6}$/, '');
  let score = 0;
  if (/\/(?:19|20)\d\d[/-]?(?:0[1-9]|1[0-2])(?:[/-]?(?:[0-2]\d|3[01]))?(?:\/|-|$)/.test(path)) score += 2;
  if (/(?:^|[^\d])\d{4,}(?:$|[^\d])|[\da-f]{8}-[\da-f]{4}-|(?:^|[-_])[\da-f]{10,}$/i.test(slug)) score += 2;
  const words = slug.split(/[-_]+/).filter((word) => /\p{L}/u.test(word));
  // Where words are not parted, letters count.
  const letters = slug.match(/[^\x00-\x7F]/g)?.length ?? 0;
  if (words.length >= 4 || letters >= 12) score += 2;
  else if (words.length === 3 || letters >= 6) score += 1;
  if (/\.(?:s?html?|php|aspx?|jsp|chn|vnp|ldo|epi|tpo|vov|antd|dec)$/i.test(last)) score += 1;
  if (steps.length >= 2) score += 0.5;
  if ([...searchParams].some(([name, value]) => /id$|^p$|^item$|^article$|^aid$/i.test(name) && /^\d+$/.test(value)))
    score += 2;
  if (noArticle.test(path)) score -= 4;
  else if (seldomArticle.test(path)) score -= 1.5;
  return score;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
