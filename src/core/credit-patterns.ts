/** The forms in which the owner of a photo is printed at the end of its caption. */

const word = String.raw`(?:\p{Lu}[\p{L}\p{M}\p{N}'’.&-]*|d[’']\p{Lu}[\p{L}\p{M}]*|de|da|di|do|dos|van|von|der|den|del|della|la|le|bin|ibn|al|và|and|et|und|y|e|&|dpa|afp|epa|via)`;
const names = `${word}(?:(?:\\s+|\\s*[/,|]\\s*)${word}){0,7}`;
/** Those whose photos papers of any country print. */
const agency = String.raw`(?:AP|AFP|Reuters|REUTERS|dpa|DPA|EPA(?:-EFE)?|EFE|ANSA|Ansa|LaPresse|TASS|UPI|PA|PTI|AAP|Xinhua|XINHUA|Kyodo|Jiji|Yonhap|Bernama|BERNAMA|Antara|ANTARA|TTXVN|VNA|Getty|GETTY|Shutterstock|iStock|Unsplash|Pexels|Alamy|Bloomberg|Imago|IMAGO|Belga|Keystone|KEYSTONE|SIPA|Lusa|Anadolu|NurPhoto|Zuma|picture alliance|Wikimedia(?: Commons)?|Handout|رويترز|الفرنسية|الأناضول|أسوشيتد برس|РИА Новости|ТАСС)(?:\s+(?:Photos?|Images|IMAGES|Foto|FOTO|Wire))?`;
const owned = String.raw`${names}\s+via\s+${agency}|${agency}(?:\s*[/,|–-]\s*${names}(?:/\p{Ll}{2,4})?)?|${names}\s*[/|,]\s*${agency}|${word}(?:\s+${word}){0,4}\s*/\s*${word}(?:\s+${word}){0,4}`;

// After a sentence, so that words of the caption itself are left alone.
const afterSentence = String.raw`(?<=[.!?…»”"'’)\]。」]\s*)`;
const afterSign = String.raw`(?:^|(?<=[\s.!?…|/–—」。)\]-]))`;

const worldwide = [
  new RegExp(`[(（\\[]\\s*(?<name>${owned})\\s*[)）\\]]\\.?$`, 'u'),
  new RegExp(`${afterSentence}(?<name>${owned})\\.?$`, 'u'),
  // `… el puente. / NOMBRE`
  new RegExp(`(?<=[.!?…»”"')\\]]\\s*)/\\s*(?<name>${names})\\.?$`, 'u'),
  new RegExp(`^(?<name>${names}\\s*[/|]\\s*${agency})\\.?$`, 'u'),
  // `… at dawn. LUIS PAZ`
  new RegExp(`${afterSentence}(?<name>\\p{Lu}[\\p{Lu}\\p{M}'’-]+(?:\\s\\p{Lu}[\\p{Lu}\\p{M}'’-]+){1,3})\\.?$`, 'u'),
  // 朝の橋＝共同, 아침의 다리. 연합뉴스, 清晨的老桥 新华社记者 张三 摄
  /[＝=](?<name>共同|時事|ロイター|ＡＰ|ＡＦＰ|ゲッティ)$/u,
  /(?<=[.。]\s*)(?<name>연합뉴스|뉴시스|뉴스1|로이터|EPA연합뉴스|AP연합뉴스)$/u,
  /(?<=[.。]\s+)(?<name>(?:\p{Script=Hangul}{2,10}\s)?\p{Script=Hangul}{2,4})\s기자$/u,
  /(?<=[。！？\s])(?:新华社|中新社|本报|本网|人民网)?(?:记者|通讯员)\s*(?<name>[\p{Script=Han}·]{2,8})\s*(?:摄影|摄|攝)$/u,
  // `… by the bridge | MINH TÚ`
  new RegExp(`\\s\\|\\s*(?<name>${names})\\.?$`, 'u'),
  /(?:^|(?<=[.!?…)(]\s*))Ảnh(?: tư liệu)? do (?<name>[\p{L}\p{M} ]{2,40}?) cung cấp[.)]*$/u,
  new RegExp(`${afterSign}(?:©|\\(c\\)|Copyright:?)\\s*(?<name>[^©]+)$`, 'iu'),
  new RegExp(`${afterSentence}(?<name>${word}(?:\\s${word}){1,3}\\s(?:for|pour|para|für)\\s${names})\\.?$`, 'u'),
  new RegExp(`${afterSentence}[(（]\\s*(?<name>${word}(?:\\s${word}){1,3}\\s*[,/|]\\s*${names})\\s*[)）]\\.?$`, 'u'),
  /[（(](?<name>共同|時事|ロイター)(?:通信)?[)）]$/u,
  // 初しぼり＝写真・堀口直人, 会場（県提供）, 会场（张三 摄）, 현장/사진=홍길동
  /[（(]\s*(?:写真|撮影|摄影|攝影|图片?|圖片?|사진)\s*[:：・＝=/／は]?\s*(?<name>[^（）()]{1,40})[)）]\s*[。.]?$/u,
  /(?:(?<=[。！？\s])(?:新华社|中新社|本报|人民网)发?\s*)?[（(](?<name>[^（）()、。]{1,30}?)(?:さん|氏)?\s*(?:撮影|提供|写す|摄影|摄|攝|供图|제공|촬영)[)）]\s*[。.]?$/u,
  /[＝=]\s*(?:写真\s*(?:[・:：/／]|は)|撮影\s*[・:：])\s*(?<name>[^＝=。]{1,40})$/u,
  /[＝=、](?:写真部[・･])?(?<name>[^＝=。、]{1,30}?)(?:さん|氏)?(?:撮影|提供|写す)$/u,
  /(?<=[。！？\s])(?:本[報报])?(?:特約)?記者(?<name>[\p{Script=Han}·]{2,8})\s*[／/]\s*(?:攝影|摄影|攝|翻攝|提供)[。.]?$/u,
  /(?<=[。！？\s])(?<name>[\p{Script=Han}·]{2,20})\s*(?:摄影|摄|攝)$/u,
  /(?:[[/／(]|(?<=[\s.。]))\s*사진\s*(?:제공)?\s*[=＝:：]\s*(?<name>[^\]/／)]{1,40})[\])]?$/u,
];

const compiled = new Map<string, RegExp[]>();

/**
 * In the order to be tried; each has a group `name`. `prefixes`: the words of the article's language (`Ảnh`, `Photo`):
 * in brackets, after a sentence or dash, or as the whole text. A bare word needs its colon, or a name after a full stop,
 * so that "Nguồn nước sạch" stays a sentence.
 */
export function creditPatterns(prefixes: readonly string[]): RegExp[] {
  const key = prefixes.join('\u0000');
  const known = compiled.get(key);
  if (known) return known;
  const patterns = [...(prefixes.length > 0 ? prefixed(prefixes) : []), ...worldwide];
  compiled.set(key, patterns);
  return patterns;
}

function prefixed(prefixes: readonly string[]): RegExp[] {
  const longestFirst = [...prefixes].sort((a, b) => b.length - a.length);
  const words = longestFirst.map((each) => RegExp.escape(each)).join('|');
  const cased = longestFirst
    .flatMap((each) => [each, each.toUpperCase()])
    .map((each) => RegExp.escape(each))
    .join('|');
  return [
    new RegExp(`[(\\[（]\\s*(?:${words})\\s*[:：.]?\\s+?(?<name>[^()\\[\\]（）]+)[)\\]）]\\s*\\.?$`, 'iu'),
    new RegExp(`[(\\[（]\\s*(?:${words})\\s*[:：.]\\s*(?<name>[^()\\[\\]（）]+)[)\\]）]\\s*\\.?$`, 'iu'),
    // `… at dawn | Photo Jane Roe`
    new RegExp(`\\s[|/]\\s*(?:${words})\\.?\\s+(?<name>[^|/:：.]{2,60})$`, 'iu'),
    new RegExp(`${afterSign}(?:${words})\\s*(?:[:：]|\\.{3}|…)\\s*(?<name>[^:：]+)$`, 'iu'),
    // Nothing but a credit: `Photo by Jane Roe`.
    new RegExp(`^(?:${cased})\\.?\\s+(?<name>${word}(?:\\s+${word}){1,5})\\.?$`, 'u'),
    // `Photo taken 20/11: Minh Tú`
    new RegExp(`${afterSentence}(?:${cased})\\s[^:：.]{1,24}[:：]\\s*(?<name>${names})\\.?$`, 'u'),
    new RegExp(`${afterSentence}(?:${cased})\\.?\\s+(?<name>${names})\\.?$`, 'u'),
  ];
}
