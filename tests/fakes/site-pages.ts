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
  places: string[];
  /** Headline and lead; `{}` is a place. */
  topics: [headline: string, lead: string][];
  /** What may stand in any story. */
  sentences: string[];
}

export const siteWords: Readonly<Record<SiteLanguage, SiteWords>> = {
  vi: {
    name: 'Báo Thung Lũng',
    more: 'Xem thêm',
    contact: 'Liên hệ tòa soạn và quảng cáo',
    sections: { 'thoi-su': 'Thời sự', 'kinh-te': 'Kinh tế', 'van-hoa': 'Văn hóa - Xã hội' },
    places: ['Nà Pan', 'Khau Sung', 'Pá Lếch', 'Bản Chuối', 'Suối Đôi', 'Mường Giá', 'Nậm Khao'],
    topics: [
      [
        'Chợ phiên {} họp lại sau ba tháng sửa mái',
        'Từ năm giờ sáng, bà con quanh {} đã gùi rau, măng và gà xuống chợ.',
      ],
      [
        'Trường nội trú {} có thêm dãy phòng ở mới',
        'Học sinh {} dọn vào dãy nhà tám phòng vừa hoàn thành hôm đầu tuần.',
      ],
      [
        'Đội xe buýt về {} chạy thêm hai chuyến tối',
        'Từ thứ Hai, người về {} sau giờ làm có thêm chuyến lúc bảy và chín giờ.',
      ],
      [
        'Hợp tác xã {} bán lứa cá lồng đầu tiên',
        'Bốn tấn cá lồng nuôi trên hồ {} đã được thương lái miền xuôi đặt mua hết.',
      ],
      ['Thư viện {} mở cửa cả ngày Chủ nhật', 'Người đọc ở {} nay mượn được sách vào ngày nghỉ cuối tuần.'],
      ['Đoạn kè chống sạt lở ở {} xong trước lũ', 'Bờ sông qua {} vừa được kè đá dài sáu trăm mét.'],
      [
        'Nghệ nhân {} dạy thổi khèn cho lớp trẻ',
        'Mỗi tối thứ Tư, sân nhà văn hóa {} vang tiếng khèn của hơn hai chục em nhỏ.',
      ],
      ['Trạm y tế {} khám răng miễn phí cho trẻ em', 'Hơn ba trăm trẻ em ở {} được khám và trám răng trong hai ngày.'],
    ],
    sentences: [
      'Phần lớn chi phí do người dân và các cửa hiệu trong vùng góp lại.',
      'Công việc bắt đầu từ mùa khô năm ngoái rồi phải dừng vì mưa lớn.',
      'Ông Lường Văn Ín, trưởng bản, nói bà con chờ việc này đã bảy năm.',
      'Ban quản lý dự tính sẽ làm tiếp giai đoạn hai khi có thêm vốn.',
      'Trước đây muốn tới nơi phải đi vòng hơn chục cây số đường đất.',
      'Một nhóm sinh viên tình nguyện từ tỉnh về giúp suốt hai tuần.',
      'Số liệu của huyện cho thấy nhu cầu tăng gấp rưỡi so với ba năm trước.',
      'Nhiều người lớn tuổi bảo họ chưa từng thấy đông vui như vậy.',
      'Kế hoạch cho năm sau sẽ được bàn trong cuộc họp cuối tháng Chạp.',
      'Thời tiết mấy ngày qua khô ráo nên mọi việc xong sớm hơn dự tính.',
      'Chị Quàng Thị Pâng cho biết thu nhập của gia đình chị nhờ đó khá hơn.',
      'Phía công ty điện lực đã kéo thêm một đường dây riêng cho khu này.',
      'Việc giữ gìn vệ sinh được giao cho từng nhóm hộ luân phiên.',
    ],
  },
  th: {
    name: 'ข่าวหุบเขา',
    more: 'อ่านต่อ',
    contact: 'ติดต่อกองบรรณาธิการและโฆษณา',
    sections: { local: 'ข่าวท้องถิ่น', economy: 'เศรษฐกิจ' },
    places: ['ดอยหวาย', 'น้ำปูน', 'ห้วยทราย', 'แม่ลาน', 'ปางฮุง', 'สันโค้ง', 'ทุ่งกวาง'],
    topics: [
      ['ตลาดนัดบ้าน{}กลับมาเปิดหลังซ่อมหลังคาสามเดือน', 'ตั้งแต่ตีห้า ชาวบ้านรอบ{}นำผัก หน่อไม้ และไก่มาขาย'],
      ['โรงเรียนบ้าน{}ได้ห้องพักนักเรียนหลังใหม่', 'นักเรียน{}ย้ายเข้าอาคารแปดห้องที่เพิ่งสร้างเสร็จต้นสัปดาห์'],
      ['รถประจำทางสาย{}เพิ่มเที่ยวค่ำสองเที่ยว', 'ตั้งแต่วันจันทร์ คนกลับ{}หลังเลิกงานมีรถรอบหนึ่งทุ่มและสามทุ่ม'],
      ['สหกรณ์{}ขายปลากระชังรุ่นแรกหมดในวันเดียว', 'ปลาสี่ตันจากอ่างเก็บน้ำ{}มีพ่อค้าจองซื้อไปทั้งหมด'],
      ['ห้องสมุด{}เปิดทั้งวันอาทิตย์', 'ผู้อ่านใน{}ยืมหนังสือในวันหยุดได้แล้ว'],
    ],
    sentences: [
      'ค่าใช้จ่ายส่วนใหญ่มาจากชาวบ้านและร้านค้าในละแวกนั้น',
      'งานเริ่มตั้งแต่หน้าแล้งปีก่อนแต่ต้องหยุดเพราะฝนตกหนัก',
      'ผู้ใหญ่บ้านบอกว่าชาวบ้านรอเรื่องนี้มาเจ็ดปี',
      'คณะกรรมการจะทำระยะที่สองต่อเมื่อมีเงินทุนเพิ่ม',
      'แต่ก่อนต้องเดินทางอ้อมไปตามถนนดินกว่าสิบกิโลเมตร',
      'นักศึกษาอาสาจากตัวจังหวัดมาช่วยงานตลอดสองสัปดาห์',
      'ตัวเลขของอำเภอชี้ว่าความต้องการเพิ่มขึ้นครึ่งหนึ่งจากสามปีก่อน',
      'คนเฒ่าคนแก่หลายคนบอกว่าไม่เคยเห็นคึกคักอย่างนี้มาก่อน',
      'แผนของปีหน้าจะคุยกันในที่ประชุมปลายเดือน',
    ],
  },
  ja: {
    name: '谷あい新聞',
    more: '続きを読む',
    contact: '編集部への連絡と広告について',
    sections: { local: '地域', economy: '経済' },
    places: ['水無', '黒滝', '霧谷', '白沢', '大杉', '小萱', '月ヶ瀬'],
    topics: [
      ['{}の朝市が三か月ぶりに再開、屋根を直して', '午前五時から、{}の周りの村の人たちが野菜やたけのこを運び込んだ。'],
      ['{}の寄宿舎に新しい棟、生徒四十人が引っ越し', '{}の生徒たちは週の初めに完成した八部屋の建物へ荷物を運んだ。'],
      ['{}行きのバスに夜の二便、仕事帰りの足に', '月曜から、{}へ帰る人は午後七時と九時の便に乗れるようになった。'],
      ['{}の組合が育てた魚、初めての出荷で完売', '{}の湖で育った四トンの魚は、すべて町の卸が買い取った。'],
      ['{}の図書館が日曜も一日開館へ', '{}の読者は休みの日にも本を借りられる。'],
    ],
    sentences: [
      '費用の多くは住民と近くの店が出し合った。',
      '工事は去年の乾いた季節に始まり、大雨で一度止まった。',
      '区長は「みんな七年も待っていた」と話した。',
      '資金が集まれば、次の段階に進む予定だという。',
      '以前は未舗装の道を十キロ以上も回らなければならなかった。',
      '県庁の町から来た学生たちが二週間手伝った。',
      '役場の数字では、三年前より必要とする人が五割増えた。',
      'これほどのにぎわいは見たことがないと、年配の人たちは口をそろえる。',
      '来年の計画は月末の会合で話し合われる。',
    ],
  },
};

/** The `number`-th of a language; higher numbers are newer. No two tell the same. */
export function siteStory(language: SiteLanguage, number: number, now: number): SiteStory {
  const { places, topics, sentences, sections } = siteWords[language];
  const place = places[number % places.length]!;
  const [headline, lead] = topics[number % topics.length]!;
  const names = Object.keys(sections);
  const section = names[number % names.length]!;
  const publishedAt = now - (30 - (number % 30)) * 3_600_000;
  const day = new Date(publishedAt).toISOString().slice(0, 10).replaceAll('-', '/');
  const space = language === 'ja' ? '' : ' ';
  // Other steps through the sentences make other texts.
  const step = 1 + (Math.floor(number / topics.length) % (sentences.length - 1));
  const told = Array.from({ length: 8 }, (_, index) => sentences[(number * 3 + index * step) % sentences.length]!);
  return {
    path: {
      vi: `/${section}/ban-tin-vung-cao-trong-ngay-${4100 + number}.html`,
      th: `/news/${52_000 + number}`,
      ja: `/${day}/${8100 + number}`,
    }[language],
    headline: headline.replace('{}', place),
    lead: lead.replace('{}', place),
    paragraphs: [0, 2, 5].map((start, index) => told.slice(start, [2, 5, 8][index]).join(space)),
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
