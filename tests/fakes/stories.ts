/** Stories as sources tell them, for the rules of identity: made-up, in several scripts. */
import { type AddressKey, addressKey } from '#src/core/address-key.ts';
import type { Story } from '#src/core/identity.ts';

export interface Told {
  sourceId: string;
  externalId: string;
  url: string | null;
  headline: string;
  text: string;
  day: string;
}

export function story({ sourceId, externalId, url, headline, text, day }: Told): Story {
  const address: AddressKey | null = url === null ? null : addressKey(url);
  return { names: [{ sourceId, externalId }], addresses: address ? [address] : [], headline, text, day };
}

/** Different stories of one day and one paper. */
export const toldStories: readonly Told[] = [
  {
    sourceId: 'portal',
    externalId: 'tag:bao.example,2026:781204',
    url: 'https://bao.example/thoi-su/cau-moi-qua-suoi-tham-mo-cho-xe-781204.html',
    headline: 'Cầu mới qua suối Thẳm mở cho xe qua lại',
    text: `Sáng 24/11, cây cầu bê tông thứ hai qua suối Thẳm ở bản Nà Hin đã mở cho xe qua lại sau bảy tháng thi công.

Cầu dài 42 mét, rộng 6 mét, hết 12,5 tỉ đồng, thay cho ngầm tràn vẫn ngập mỗi mùa lũ. Trước đây học sinh hai bản phải nghỉ học có khi cả tuần khi nước lên.

Ông Lò Văn Pâng, trưởng bản, nói dân bản đã góp hơn ba trăm ngày công để mở lối vào cầu. Huyện còn hai ngầm nữa sẽ được thay trong năm tới, ở Pá Hu và Suối Cạn, nếu bố trí được vốn.`,
    day: '2026-11-24',
  },
  {
    sourceId: 'portal',
    externalId: 'tag:bao.example,2026:781311',
    url: 'https://bao.example/kinh-te/gia-che-bup-tuoi-tang-vu-cuoi-nam-781311.html',
    headline: 'Giá chè búp tươi tăng ở vụ cuối năm',
    text: `Các xưởng ở Mường La đang mua chè búp tươi với giá cao hơn cùng kỳ năm ngoái gần hai nghìn đồng mỗi ký.

Theo hợp tác xã Bản Chặng, mưa muộn làm sản lượng giảm một phần năm trong khi các xưởng đã nhận đơn hàng đến hết tháng ba. Nhiều hộ giữ lại vườn già từng định phá để trồng mắc ca.

Chị Quàng Thị Ín có nửa héc ta chè cho biết mỗi lứa hái xong thu về chừng bốn triệu đồng, đủ trả tiền phân và công hái.`,
    day: '2026-11-24',
  },
  {
    sourceId: 'thai',
    externalId: '55120',
    url: 'https://khao.example/local/55120',
    headline: 'ตลาดริมน้ำบ้านท่าเสา กลับมาเปิดอีกครั้งหลังน้ำลด',
    text: `ตลาดริมน้ำบ้านท่าเสากลับมาเปิดขายของอีกครั้งเมื่อเช้าวันเสาร์ หลังปิดไปนานสามสัปดาห์เพราะน้ำท่วมทางเดินไม้

ผู้ค้ากว่าหกสิบรายช่วยกันล้างโคลนและซ่อมแผงขายของ เทศบาลยกระดับทางเดินขึ้นอีกครึ่งเมตรและติดไฟใหม่ตลอดแนวตลิ่ง

ป้าสายหยุด แม่ค้าขนมครก เล่าว่าลูกค้าประจำโทรมาถามทุกวันว่าจะเปิดเมื่อไร วันแรกขายหมดตั้งแต่ก่อนเก้าโมงเช้า ส่วนเรือรับส่งนักท่องเที่ยวจะเริ่มวิ่งอีกครั้งในสัปดาห์หน้า`,
    day: '2026-11-24',
  },
  {
    sourceId: 'japan',
    externalId: 'https://shimbun.example/articles/ASX88812.html',
    url: 'https://shimbun.example/articles/ASX88812.html',
    headline: '川沿いの図書館、移動書庫で山の集落へ',
    text: `町立図書館は二十四日、山あいの三つの集落をまわる移動書庫の運行を始めた。小型バスに絵本や農業書など千二百冊を積み、月に二度ずつ訪れる。

集落から図書館までは片道一時間かかり、冬は道が凍って通えない人が多かった。利用者の要望を受け、町が古い送迎バスを改造した。

初日は子どもや高齢者ら四十人が集まり、百三十冊が貸し出された。運転も担当する司書の女性は、返しに来る人と話すのが何より楽しみだと語った。来春からは公民館での読み聞かせも行う予定だ。`,
    day: '2026-11-24',
  },
  {
    sourceId: 'english',
    externalId: 'https://news.example/?p=9917',
    url: 'https://news.example/2026/11/24/night-boats-return-to-the-lower-river',
    headline: 'Night boats return to the lower river',
    text: `The council will run night boats on the lower river again from Friday, two years after the last crews were laid off.

Four boats will leave the Mill Stairs every forty minutes until one in the morning. Fares stay at day rates, and shift workers at the two hospitals travel free with a badge.

Crew members said the new timetable leaves enough time to moor safely in fog, which had been the main complaint of the old service. The budget covers three years.`,
    day: '2026-11-24',
  },
];

const withUrl = (told: Told, change: (url: string) => string): Told => ({
  ...told,
  url: told.url === null ? null : change(told.url),
});

/** What happens to a story that stays the same one, each by its name. */
export const changesOfTelling: Readonly<Record<string, (told: Told, n: number) => Told>> = {
  'another guid': (told, n) => ({ ...told, externalId: `urn:${n}:${told.externalId}` }),
  'http for https': (told) => withUrl(told, (url) => url.replace('https:', 'http:')),
  'www host': (told) => withUrl(told, (url) => url.replace('://', '://www.')),
  'mobile host': (told) => withUrl(told, (url) => url.replace('://', '://m.')),
  'AMP page': (told) => withUrl(told, (url) => url.replace('://', '://amp.').replace(/(\.html)?$/, '.amp$1')),
  tracking: (told, n) =>
    withUrl(told, (url) => `${url}${url.includes('?') ? '&' : '?'}utm_source=rss&fbclid=x${n}#top`),
  'session id': (told, n) => withUrl(told, (url) => `${url};jsessionid=${n}A0`),
  'another day': (told) => ({ ...told, day: '2026-11-25' }),
  'another source': (told, n) => ({ ...told, sourceId: `other-${n}`, externalId: `other:${told.externalId}` }),
  'renamed slug': (told) => withUrl(told, (url) => url.replace(/[a-z]+-[a-z]+-[a-z-]+(?=-\d)/, 'ten-moi-cua-bai-nay')),
  'slip in the headline': (told) => ({ ...told, headline: told.headline.slice(0, -1) }),
  'corrected text': (told) => ({ ...told, text: told.text.replace(/[,、]/, '').replace('  ', ' ') }),
  'decomposed letters': (told) => ({
    ...told,
    headline: told.headline.normalize('NFD'),
    text: told.text.normalize('NFD'),
  }),
  'summary alone': (told) => ({ ...told, text: told.text.split('\n\n')[0]! }),
};
