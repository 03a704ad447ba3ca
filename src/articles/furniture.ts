/** What a page's own names say of its parts: menus, share bars, related stories, forms. */
import type { HtmlElement } from '#src/markup/html.ts';

/** `furniture`: never part of a story. `perhaps`: only when what it holds reads so too. */
export type Named = 'furniture' | 'perhaps' | null;

/** By the element's kind, role, class and id. */
export function namedAs(element: HtmlElement): Named {
  const { localName } = element;
  if (/^(?:nav|form|menu|dialog)$/.test(localName)) return 'furniture';
  const role = element.getAttribute('role') ?? '';
  if (/^(?:navigation|search|dialog|alertdialog|form|toolbar|banner|contentinfo|menu|tablist)$/i.test(role))
    return 'furniture';
  const names = namesOf(element);
  const parts = names.trim() === '' ? '' : nameParts(names);
  if (parts !== '' && certain.test(parts)) return 'furniture';
  if (/^(?:aside|footer|header)$/.test(localName) || /^(?:complementary)$/i.test(role)) return 'perhaps';
  return parts !== '' && possible.test(parts) ? 'perhaps' : null;
}

/** Whether it holds who and when: lines above the story that are told as facts. */
export function isFactLine(element: HtmlElement): boolean {
  const names = nameParts(namesOf(element));
  return factLine.test(names) && !/photo|image|img|pic|media|caption|credit|figure/.test(names);
}

/** Whether it holds what readers wrote. */
export function isDiscussion(element: HtmlElement): boolean {
  return /^(?:div|section|aside|ol|ul)$/.test(element.localName) && discussion.test(nameParts(namesOf(element)));
}

/** Whether a reader of the page does not see it. */
export function isHidden(element: HtmlElement): boolean {
  if (element.getAttribute('hidden') !== null) return true;
  if (/(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(element.getAttribute('style') ?? '')) return true;
  return /(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-reader(?:-text)?|screenreader|u-hidden|offscreen)(?:$|\s)/i.test(
    element.getAttribute('class') ?? '',
  );
}

function namesOf(element: HtmlElement): string {
  // A photo's id is its file's name: `photo-of-the-vote`.
  const ids = /^(?:figure|picture|img)$/.test(element.localName) ? [] : ['id'];
  return ['class', ...ids, 'data-component', 'data-testid', 'data-module', 'data-block']
    .map((name) => element.getAttribute(name) ?? '')
    .join(' ');
}

/** `relatedArticles tin_lienQuan` -> `-related-articles- -tin-lien-quan-`. */
function nameParts(names: string): string {
  return (
    names
      .slice(0, 400)
      .replace(/(\p{Ll})(\p{Lu})/gu, '$1-$2')
      .toLowerCase()
      .split(/\s+/)
      // `has-sidebar`, `comments-open`: what the page has, not what the part is.
      .filter((name) => !/^(?:has|with|no|is|js)[-_]|[-_](?:open|enabled|closed|on|off)$/.test(name))
      .map((name) => `-${name.replace(/[_:./]+|--+/g, '-')}-`)
      .join(' ')
  );
}

const words = (...lists: string[]) => new RegExp(`-(?:${lists.join(' ').trim().split(/\s+/).join('|')})-`, 'u');

const certain = words(
  // Other stories.
  'related relate relates relatednews related-content related-links relatedposts recirc recirculation recommend recommended recommendation recommendations recommends',
  'most-read most-popular most-viewed mostread mostpopular trending more-news more-stories more-from more-on read-next readnext read-more-box also-read read-also see-also up-next next-up you-may-like also-like onward latest-news latest-posts latest-stories jp-relatedposts yarpp',
  'lien-quan lienquan tinlienquan tin-lienquan baivietlienquan tin-khac tinkhac tin-moi tin-cung-muc cung-chuyen-muc cungchuyenmuc tin-noi-bat xem-them xemthem doc-them docthem doc-nhieu tin-doc-nhieu news-other other-news othernews list-other relate-news box-tin tin-tuc-khac',
  'verwandt verwandte weitere-artikel weiterlesen mehr-zum-thema meistgelesen auch-interessant lire-aussi lireaussi a-lire-aussi articles-lies sur-le-meme-sujet les-plus-lus relacionado relacionada relacionados relacionadas noticias-relacionadas te-puede-interesar lea-tambien mas-leidas leia-mais leia-tambem saiba-mais correlati leggi-anche baca-juga berita-terkait terkait',
  'kanren related-news kanren-kiji ranking',
  // What readers are to do.
  'share shares sharing sharebar share-bar sharer sharedaddy sharethis addtoany addthis social-share social-links social-icons social-media social-bar socials sns sns-share teilen partage partager compartir chia-se chiase',
  'comment comments comment-list comment-form commentbox comments-area comments-link disqus fb-comments kommentare commentaires comentarios binh-luan binhluan box-comment y-kien-ban-doc respond',
  'promo-box promobox newsletter newsletters newsletter-signup subscribe subscription subscribe-box signup sign-up sign-in login paywall regwall cta call-to-action donate donation donations membership support-us app-download follow-us follow',
  'poll survey quiz-promo vote voting rating ratings danh-gia star-rating reactions feedback report-error print-button',
  // Others' messages.
  'ad ads adv advert adverts advertisement advertising adsbygoogle ad-container ad-slot ad-unit adslot adunit advertorial-box dfp gpt-ad sponsor sponsored sponsors promoted taboola outbrain mgid dable anzeige werbung publicite publicidad quang-cao quangcao cookie cookies consent gdpr',
  // Ways through the site.
  'breadcrumb breadcrumbs nav navbar navigation pagination pager paging page-links prev-next post-navigation nav-links nav-previous nav-next menu submenu toolbar skip-link skip-to back-to-top tags tag-list taglist tag-links tags-links post-tags article-tags keywords tu-khoa tukhoa toc table-of-contents ez-toc-container mobile-app',
  // Who wrote it, at length.
  'author-bio authorbio author-box author-card author-profile about-author about-the-author bio biography author-description gioi-thieu-tac-gia',
  'rich-link richlink link-card linkcard kg-bookmark-card bookmark-card story-card inline-story teaser-card mw-editsection headerlink anchorlink',
  'discuss discussion cmp overlay modal popup pop-up privacy onetrust didomi qc-cmp truste',
  'noprint no-print hidden-print formgroup form-group form-wrapper mail-form swiper-button-prev swiper-button-next slick-prev slick-next slick-arrow slick-dots swiper-pagination carousel-control carousel-control-prev carousel-control-next carousel-indicators button-prev button-next prev-button next-button lightbox-controls',
);

const possible = words(
  'promo promos promotion teaser teasers widget sidebar side-bar side rail meta entry-meta post-meta article-meta info-bar tools tool utility utilities actions buttons btns social embed-promo label kicker category cat tag footer post-footer entry-footer article-footer header popular hot-news editors-picks picks highlights collection card cards list-news news-list item-news carousel slider swiper playlist player audio listen tts print box-news inline-link link-box linkbox insert readmore read-more more source-link copyright disclaimer note-box views view-count view counter luot-xem stats date time timestamp published updated byline author authors tac-gia tacgia credits box khung',
);

const factLine = words(
  'byline author authors writer meta entry-meta post-meta article-meta info infos info-bar date time timestamp published updated publish pubdate reading-time read-time duration kicker label category cat section-name views view-count counter stats tools actions social breadcrumb tac-gia tacgia ngay-dang ngaydang thong-tin datum autor autores auteur fecha firma',
);

const discussion = words(
  'comments comment-list commentlist comments-area comments-section comment-section discuss discussion discussions disqus replies conversation user-comments reader-comments livefyre spotim spot-im coral hyvor remark42 isso commento kommentare kommentarbereich commentaires comentarios binh-luan binhluan y-kien-ban-doc leserkommentare forum',
);
