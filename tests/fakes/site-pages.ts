/** The articles of the fake news site, in three languages. */

export type SiteLanguage = 'vi' | 'th' | 'ja';

export interface SiteStory {
  path: string;
  headline: string;
  lead: string;
  paragraphs: string[];
  section: string;
  /** Milliseconds. */
  publishedAt: number;
  editedAt?: number;
}

interface SiteWords {
  name: string;
  more: string;
  contact: string;
  /** By their paths. */
  sections: Record<string, string>;
  headline: (place: string) => string;
  lead: (place: string) => string;
  paragraphs: (place: string) => string[];
}

export const siteWords: Readonly<Record<SiteLanguage, SiteWords>> = {
  vi: {
    name: 'Báo Thung Lũng',
    more: 'Xem thêm',
    contact: 'Liên hệ tòa soạn và quảng cáo',
    sections: { 'thoi-su': 'Thời sự', 'kinh-te': 'Kinh tế', 'van-hoa': 'Văn hóa - Xã hội' },
    headline: (place) => `Chợ phiên ${place} họp lại sau ba tháng tạm nghỉ`,
    lead: (place) => `Sáng 24/11, chợ phiên ${place} họp lại sau ba tháng tạm nghỉ để sửa mái và rãnh thoát nước.`,
    paragraphs: (place) => [
      `Từ năm giờ, bà con các bản quanh ${place} đã gùi rau, măng và gà xuống chợ. Ban quản lý cho biết có 186 quầy hàng, nhiều hơn trước 40 quầy, và khu bán gia súc được dời ra phía sau.`,
      'Mái tôn cũ được thay bằng ngói, lối đi giữa rộng thêm một mét rưỡi. Kinh phí 2,3 tỷ đồng do huyện và các hộ kinh doanh cùng góp.',
      'Phiên chợ kế tiếp họp vào thứ Bảy tuần sau, có thêm gian hàng dệt thổ cẩm của hợp tác xã.',
    ],
  },
  th: {
    name: 'ข่าวหุบเขา',
    more: 'อ่านต่อ',
    contact: 'ติดต่อกองบรรณาธิการและโฆษณา',
    sections: { local: 'ข่าวท้องถิ่น', economy: 'เศรษฐกิจ' },
    headline: (place) => `ตลาดนัดบ้าน${place}กลับมาเปิดอีกครั้งหลังหยุดไปสามเดือน`,
    lead: (place) => `เช้าวันที่ 24 พฤศจิกายน ตลาดนัดบ้าน${place}กลับมาเปิดอีกครั้ง หลังหยุดซ่อมหลังคาและรางระบายน้ำสามเดือน`,
    paragraphs: (place) => [
      `ตั้งแต่ตีห้า ชาวบ้านรอบ${place}นำผัก หน่อไม้ และไก่มาขาย คณะกรรมการตลาดบอกว่ามีร้านค้า 186 ร้าน มากกว่าเดิม 40 ร้าน ส่วนที่ขายวัวควายย้ายไปด้านหลัง`,
      'หลังคาสังกะสีเก่าเปลี่ยนเป็นกระเบื้อง ทางเดินกลางกว้างขึ้นหนึ่งเมตรครึ่ง ใช้งบสองล้านบาทจากอำเภอและผู้ค้าร่วมกัน',
      'นัดถัดไปจะเปิดวันเสาร์หน้า และจะมีร้านผ้าทอของสหกรณ์เพิ่มขึ้นมาอีกสองร้าน',
    ],
  },
  ja: {
    name: '谷あい新聞',
    more: '続きを読む',
    contact: '編集部への連絡と広告について',
    sections: { local: '地域', economy: '経済' },
    headline: (place) => `${place}の朝市が三か月ぶりに再開、屋根と水路を直す`,
    lead: (place) => `${place}の朝市が24日、三か月ぶりに再開した。古くなった屋根と水路の工事が終わったためだ。`,
    paragraphs: (place) => [
      `午前五時から、${place}の周りの村の人たちが野菜やたけのこ、鶏を運び込んだ。運営委員会によると店は186軒で、以前より40軒多い。家畜の売り場は裏手に移された。`,
      'トタンの屋根は瓦に替わり、中央の通路は一メートル半広くなった。費用は町と店主たちが分け合って出した。',
      '次の市は来週の土曜日に開かれ、協同組合の織物の店が新しく二軒加わる。',
    ],
  },
};

/** The `number`-th of a language; higher numbers are newer. */
export function siteStory(language: SiteLanguage, number: number, now: number): SiteStory {
  const words = siteWords[language];
  const places = {
    vi: ['Nà Pan', 'Khau Sung', 'Pá Lếch', 'Bản Chuối', 'Suối Đôi', 'Mường Giá', 'Nậm Khao', 'Phiêng Cại'],
    th: ['ดอยหวาย', 'น้ำปูน', 'ห้วยทราย', 'แม่ลาน', 'ปางฮุง', 'สันโค้ง', 'ทุ่งกวาง', 'ผาแดง'],
    ja: ['水無', '黒滝', '霧谷', '白沢', '大杉', '小萱', '月ヶ瀬', '笹平'],
  }[language];
  const place = `${places[number % places.length]}${number < places.length ? '' : ` ${number}`}`;
  const sections = Object.keys(words.sections);
  const section = sections[number % sections.length]!;
  const publishedAt = now - (30 - (number % 30)) * 3_600_000;
  const day = new Date(publishedAt).toISOString().slice(0, 10).replaceAll('-', '/');
  return {
    path: {
      vi: `/${section}/cho-phien-hop-lai-sau-ba-thang-${4100 + number}.html`,
      th: `/news/${52_000 + number}`,
      ja: `/${day}/${8100 + number}`,
    }[language],
    headline: words.headline(place),
    lead: words.lead(place),
    paragraphs: words.paragraphs(place),
    section,
    publishedAt,
  };
}

/** The newest first. */
export function siteStories(language: SiteLanguage, count: number, now: number): SiteStory[] {
  return Array.from({ length: count }, (_, index) => siteStory(language, count - 1 - index, now));
}

export function articlePage(story: SiteStory, origin: string, language: SiteLanguage): string {
  const { name, sections, contact } = siteWords[language];
  const data = {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: story.headline,
    datePublished: new Date(story.publishedAt).toISOString(),
    mainEntityOfPage: `${origin}${story.path}`,
    inLanguage: language,
    articleSection: sections[story.section],
  };
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${story.headline} - ${name}</title>
<link rel="canonical" href="${origin}${story.path}"><script type="application/ld+json">${JSON.stringify(data)}</script></head>
<body><header><nav>${Object.entries(sections)
    .map(([path, title]) => `<a href="/${path}">${title}</a>`)
    .join(' ')}</nav></header>
<main><article><h1>${story.headline}</h1><p class="sapo"><strong>${story.lead}</strong></p>
${story.paragraphs.map((text) => `<p>${text}</p>`).join('\n')}</article></main>
<footer><a href="/contact">${contact}</a></footer></body></html>`;
}
