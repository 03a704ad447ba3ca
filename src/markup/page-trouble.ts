/** Pages that stand where an article should: a check for humans, a login, a wall, a polite “not found”. */
import type { PageSigns } from '#src/markup/page-signs.ts';

export interface PageTrouble {
  /** `broken`: for the moment. */
  kind: 'challenge' | 'login' | 'consent' | 'missing' | 'broken';
  /** What stands there, for the end of a sentence: `a check for humans (Cloudflare)`. */
  what: string;
}

interface Answer {
  html: string;
  headers: Readonly<Record<string, string>>;
  /** Asked for, and after redirects. */
  asked: string;
  url: string;
}

// Each with the firm whose page it is, as far as that helps whoever runs the site.
const challengeMarks: readonly [RegExp, string][] = [
  [/_cf_chl_opt|cf-browser-verification|cf_chl_|challenges\.cloudflare\.com/, 'Cloudflare'],
  [/captcha-delivery\.com/, 'DataDome'],
  [/px-captcha|_pxAppId/, 'HUMAN'],
  [/_Incapsula_Resource/, 'Imperva'],
  [/gokuProps|awsWafCookieDomainList/, 'AWS WAF'],
  [/sucuri_cloudproxy|Sucuri Website Firewall/, 'Sucuri'],
  [/ddos-guard/i, 'DDoS-Guard'],
  [/\.within\.website\/x\/(?:cmd\/anubis|xess)|id="anubis_/, 'Anubis'],
  [/_abck|edgesuite\.net|errors\.edgesuite/, 'Akamai'],
  [/document\.cookie\s*=\s*["'][A-Z]\w{0,5}=[\da-f]{16,}/, ''],
  [/class="(?:g-recaptcha|h-captcha|cf-turnstile)"|data-sitekey=/, ''],
];
const challengeTitle =
  /^(?:just a moment|attention required|one moment,? please|please wait|checking (?:your|if)|verify(?:ing)? (?:that )?you are|are you (?:a )?(?:human|robot)|security check|access denied|access to this page has been denied|pardon our interruption|robot check|bot verification|human verification|client challenge|making sure you're not a bot|you have been blocked|captcha|xác (?:minh|thực) (?:bạn|trình duyệt|người)|đang kiểm tra trình duyệt|vui lòng chờ|请稍候|人机验证|しばらくお待ちください|잠시만 기다리|รอสักครู่)/iu;
const loginPath = /\/(?:log-?in|sign-?in|dang-nhap|sso|oauth2?|authorize|wp-login\.php)(?:[/.?]|$)/i;
const loginTitle =
  /^(?:log ?in|sign ?in|đăng nhập|anmelden|connexion|iniciar sesión|ログイン|เข้าสู่ระบบ|로그인|登录|تسجيل الدخول)/iu;
const consentHost = /^(?:consent|guce|cmp|cookiewall|privacy(?:wall|-gate)?)\./i;
const consentTitle =
  /^(?:before you continue|we value your privacy|your privacy (?:choices|matters)|cookie (?:consent|wall)|consent required)/i;
const consentHeading =
  /^(?:we (?:and our \d* ?partners )?(?:value|respect|care about) your privacy|(?:chúng tôi|báo|trang web này) (?:tôn trọng|coi trọng) quyền riêng tư|cài đặt quyền riêng tư|wir (?:schätzen|respektieren) ihre privatsphäre|nous respectons votre vie privée|respetamos (?:su|tu) privacidad)/iu;
// Whole names, as far as a headline could begin with the same words.
const brokenTitle =
  /^(?:(?:this |the |our )?(?:site|website|page|server|service) (?:is )?(?:currently |temporarily )?(?:(?:down for |under |undergoing )(?:scheduled )?maintenance|unavailable[.!]?$)|(?:down for |under |scheduled )?maintenance(?: mode)?$|(?:we['’]ll )?be (?:right )?back(?: soon| shortly)?[.!]?$|briefly unavailable for|(?:service )?(?:temporarily )?unavailable$|error establishing a database connection|(?:fatal|database|internal server|server) error(?:$|:)|bad gateway$|gateway time-?out$|(?:http |error )*50[0-4](?:$|:| -? ?(?:internal|bad|service|gateway|server)\b)|welcome to nginx|apache2? .{0,20}default page|it works!?$|(?:hệ thống|website|trang (?:web|tin|báo)) (?:này )?(?:hiện )?(?:đang|tạm (?:ngừng|dừng|nghỉ)(?: hoạt động)?(?: để)?) (?:được )?(?:bảo trì|nâng cấp)|ただいまメンテナンス|メンテナンス中|系统维护|網站維護|网站维护|ปิดปรับปรุง|wartungsarbeiten$|site en maintenance|sitio en mantenimiento)/iu;
const brokenCode = /<b>(?:Fatal error|Parse error)<\/b>:[^\n]{0,2000}\bon line\b/;
const missingTitle =
  /^(?:(?:error|lỗi)\s*)?404\b|\b404 (?:not found|error)|^not found$|^(?:sorry,? |oops!? )?(?:the |this )?(?:requested )?(?:page|article|story|content|url)\b.{0,40}(?:not found|not exist|be found|no longer (?:exists|available)|been (?:removed|deleted))|(?:trang|bài viết|nội dung|đường dẫn|liên kết)\b.{0,40}(?:không tồn tại|không tìm thấy|đã bị (?:xóa|xoá|gỡ))|không tìm thấy (?:trang|bài viết|nội dung|đường dẫn)|ไม่พบหน้า|ページ[はが]?(?:見つかりません|存在しません)|お探しのページ|页面不存在|頁面不存在|找不到(?:页面|頁面|网页|網頁)|페이지를 찾을 수 없|seite (?:wurde )?nicht gefunden|page (?:introuvable|non trouvée)|página no (?:encontrada|existe)|الصفحة غير موجودة/iu;

const missingStory =
  /^(?:rất tiếc,? )?bài viết (?:này|bạn|quý|mà bạn)\b.{0,40}(?:không còn|không có|đã (?:được )?(?:gỡ|xóa|xoá))/iu;

/** A wall is short: whatever holds a story is one, whatever else stands around it. */
const longestWall = 1500;
const longestApology = 500;
/** Letters of a whole page that only checks, scripts and pictures in it included. */
const longestCheck = 300_000;

/** Null: nothing speaks against the page being what it should be. Only what is beyond doubt is named. */
export function pageTrouble(answer: Answer, signs: PageSigns): PageTrouble | null {
  const { headers, html, url, asked } = answer;
  if (/challenge/i.test(headers['cf-mitigated'] ?? '')) return challenge('Cloudflare');
  if (/challenge|captcha/i.test(headers['x-amzn-waf-action'] ?? '')) return challenge('AWS WAF');
  if (signs.saysArticle) return null;
  const isShort = signs.textLength < longestWall && signs.longestRun < longestApology;
  if (isShort && signs.longLinks < 8) {
    const mark = challengeMarks.find(([pattern]) => pattern.test(html.slice(0, longestCheck)));
    // A story may begin with the same words.
    if (challengeTitle.test(signs.title) && (mark || signs.longestRun < 200)) return challenge(mark?.[1] ?? '');
    if (mark && !signs.hasPasswordField && signs.textLength < 600 && signs.longestRun < 200) return challenge(mark[1]);
  }
  const moved = url !== asked ? URL.parse(url) : null;
  if (isShort && moved && (consentHost.test(moved.hostname) || consentTitle.test(signs.title))) return consent;
  if (isShort && consentTitle.test(signs.title)) return consent;
  if (moved && loginPath.test(moved.pathname) && !loginPath.test(new URL(asked).pathname)) return login;
  if (isShort && signs.hasPasswordField && (loginTitle.test(signs.title) || signs.longestRun < 250)) return login;
  const names = [signs.title, ...signs.headings];
  if (isShort && names.some((name) => consentHeading.test(name))) return consent;
  if (
    isShort &&
    signs.longLinks < 8 &&
    (names.some((name) => brokenTitle.test(name)) || brokenCode.test(html.slice(0, 20_000)))
  ) {
    return { kind: 'broken', what: 'a notice that its site is out of order' };
  }
  if (signs.longestRun < longestApology && names.some((name) => missingTitle.test(name) || missingStory.test(name))) {
    return { kind: 'missing', what: 'a page that says that there is none' };
  }
  return null;
}

const login: PageTrouble = { kind: 'login', what: 'a login' };
const consent: PageTrouble = { kind: 'consent', what: 'a wall that asks for consent' };

function challenge(firm: string): PageTrouble {
  return { kind: 'challenge', what: firm ? `a check for humans (${firm})` : 'a check for humans' };
}
