import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressKey } from '#src/core/address-key.ts';
import { chooseStory, type Story, sameStory, storyAddresses, storyMarks, uniqueAddress } from '#src/core/identity.ts';
import { changesOfTelling, story, type Told, toldStories } from '#tests/fakes/stories.ts';

const [bridge, tea] = toldStories as [Told, Told, ...Told[]];
const names = Object.keys(changesOfTelling);

/** Joins tellings in the order they come, as the ledger does: what is known of a story grows with each. */
function join(tellings: readonly Told[]): Told[][] {
  const known: (Story & { told: Told[] })[] = [];
  for (const told of tellings) {
    const candidate = story(told);
    const found = chooseStory(candidate, known)?.story;
    if (!found) known.push({ ...candidate, told: [told] });
    else {
      found.told.push(told);
      found.names = [...found.names, ...candidate.names];
      found.addresses = [...found.addresses, ...candidate.addresses];
    }
  }
  return known.map((one) => one.told);
}

/** Each telling keeps something by which it can be known: not everything changes at once. */
const tellings = (of: Told) =>
  fc
    .array(fc.tuple(fc.uniqueArray(fc.constantFrom(...names), { maxLength: 6 }), fc.nat(99)), {
      minLength: 1,
      maxLength: 4,
    })
    .map((all) => [
      of,
      ...all.map(([changes, n]) => changes.reduce((told, name) => changesOfTelling[name]!(told, n), of)),
    ]);

describe('one story', () => {
  it('stays one through any mixture of what sources do, in whatever order its tellings come', () => {
    fc.assert(
      fc.property(
        fc
          .constantFrom(...toldStories)
          .chain(tellings)
          .chain((all) => fc.shuffledSubarray(all, { minLength: all.length })),
        (all) => {
          expect(join(all)).toHaveLength(1);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('is looked for under marks that its tellings share', () => {
    fc.assert(
      fc.property(fc.constantFrom(...toldStories).chain(tellings), ([first, ...others]) => {
        const marksOf = (told: Told) => {
          const { names: ids, ...rest } = story(told);
          const unique = rest.addresses.map((one) => uniqueAddress(one, rest.headline, rest.day));
          return [...ids.map((id) => JSON.stringify(id)), ...unique, ...storyMarks(rest)];
        };
        const marks = new Set(marksOf(first!));
        for (const told of others) expect(marksOf(told).some((mark) => marks.has(mark))).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it.each(names)('is known by itself after one change: %s', (name) => {
    for (const told of toldStories) {
      const other = story(changesOfTelling[name]!(told, 7));
      expect(sameStory(other, story(told))).toMatchObject({ same: true });
      expect(sameStory(story(told), other)).toEqual(sameStory(other, story(told)));
    }
  });

  it('is known by its address or its long headline where a feed’s summary is in words of its own', () => {
    const excerpt =
      'Cây cầu thứ hai của bản Nà Hin nay đã đi được; ngầm tràn vẫn ngập mỗi mùa lũ từ nay không còn là lối duy nhất.';
    const short = 'https://bao.example/tin/cau-moi';
    const feed = { ...bridge, sourceId: 'feed', externalId: '1', url: short, text: excerpt };
    expect(sameStory(story(feed), story({ ...bridge, url: short }))).toMatchObject({ same: true, by: 'address' });
    const headline = 'Cầu mới qua suối Thẳm ở bản Nà Hin mở cho xe qua lại sau bảy tháng';
    const moved = { ...feed, headline, url: 'https://feeds.example/r/x1' };
    expect(sameStory(story(moved), story({ ...bridge, headline }))).toEqual({
      same: true,
      by: 'headline',
      sure: false,
    });
  });

  it('is known by its text, with another id, address and day, and a slip in the headline', () => {
    const headline = bridge.headline.replace('suối', 'suôi');
    const other = { ...bridge, sourceId: 'desk', externalId: '1', url: null, day: '2026-11-26', headline };
    expect(sameStory(story(other), story(bridge))).toEqual({ same: true, by: 'content', sure: true });
  });
});

describe('different stories', () => {
  it('never join, however they are told and in whatever order they come', () => {
    fc.assert(
      fc.property(
        fc
          .tuple(...toldStories.map((told) => tellings(told)))
          .map((groups) => groups.flat())
          .chain((all) => fc.shuffledSubarray(all, { minLength: all.length })),
        (all) => {
          for (const group of join(all)) expect(new Set(group.map(subject)).size).toBe(1);
        },
      ),
      { numRuns: 200 },
    );
  });

  const differ = (a: Partial<Told>, b: Partial<Told>) => {
    const [one, other] = [story({ ...bridge, ...a }), story({ ...tea, ...b })];
    expect(sameStory(one, other)).toMatchObject({ same: false });
    expect(sameStory(other, one)).toMatchObject({ same: false });
  };

  it('of a daily column that always has the same title', () => {
    differ({ headline: 'Câu chuyện cuối ngày' }, { headline: 'Câu chuyện cuối ngày', day: '2026-11-25' });
  });

  it('of one day and one paper under the same words', () => {
    for (const headline of ['Tin vắn', 'Ảnh trong ngày', 'Photo of the day', '今日の写真', 'ภาพข่าว'])
      differ({ headline }, { headline });
    differ({ headline: 'Tin vắn', text: '' }, { headline: 'Tin vắn', text: '', sourceId: 'other' });
  });

  it('of a page that is used again every day', () => {
    const url = 'https://bao.example/truc-tiep/';
    differ({ url }, { url, day: '2026-11-25' });
    differ({ url, externalId: url }, { url, externalId: url, day: '2026-11-25' });
    differ({ url, headline: 'Ảnh trong ngày' }, { url, headline: 'Ảnh trong ngày', day: '2026-11-25' });
  });

  it('of a series whose template differs only in its numbers', () => {
    const prices = (day: string, price: string): Partial<Told> => ({
      externalId: day,
      url: `https://bao.example/gia-vang-hom-nay-${day}-2026.html`,
      headline: `Giá vàng hôm nay ${day.replace('-', '/')}`,
      text: `Giá vàng miếng sáng nay được các tiệm niêm yết ở mức ${price} triệu đồng mỗi lượng bán ra. So với hôm qua, giá mua vào không đổi, còn giá bán ra nhích nhẹ theo thị trường thế giới. Người mua nên so giá giữa các tiệm trước khi giao dịch, vì chênh lệch mua bán vẫn lớn. Giá vàng nhẫn biến động cùng chiều với giá vàng miếng trong cả tuần qua.`,
    });
    differ(prices('24-11', '91,2'), { ...prices('25-11', '91,5'), sourceId: 'portal', day: '2026-11-25' });
  });

  it('of a system whose addresses share the number of a menu or a section', () => {
    const of = (id: string, headline: string): Partial<Told> => {
      const url = `https://bao.example/index.php?option=com_content&id=${id}&catid=34&Itemid=56`;
      return { url, externalId: url, headline, text: `${bridge.text.slice(0, 200)} ${headline} ${id.repeat(40)}` };
    };
    differ(of('123:thang-muoi', 'Họp báo thường kỳ tháng 10 của tỉnh'), {
      ...of('131:thang-muoi-mot', 'Họp báo thường kỳ tháng 11 của tỉnh'),
      sourceId: 'portal',
    });
  });

  it('of one day under one headline, of which a notice is most of both', () => {
    const notice =
      'Bạn đọc gửi ý kiến về tòa soạn theo số 12 phố Chợ; mọi ý kiến được chuyển tới cơ quan có trách nhiệm và trả lời trên số báo gần nhất. Đường dây nóng của báo làm việc từ sáu giờ sáng đến mười giờ đêm, kể cả ngày nghỉ. Xin ghi rõ tên, địa chỉ và số điện thoại; tòa soạn giữ kín tên người gửi nếu được yêu cầu, và không trả lại thư.';
    const letters = (headline: string, number: string) =>
      differ(
        { headline, url: `https://bao.example/tra-loi${number}`, text: `${notice} Ông Hà hỏi về đất.` },
        {
          ...{ headline, url: `https://bao.example/tra-loi-hai${number.replace('3', '9')}` },
          text: `${notice} Bà Lan hỏi về nước ở bản Suối Cạn đã mất ba tuần nay.`,
        },
      );
    letters('Trả lời bạn đọc', '');
    letters('Trả lời bạn đọc', '-10203.html');
    letters('Trả lời bạn đọc về đất đai và nước sạch', '-10203.html');
  });

  it('that one text serves for', () => {
    const other = { ...bridge, externalId: '2', url: 'https://bao.example/cau-moi-qua-suoi-can-781399.html' };
    differ({}, { ...other, headline: 'Cầu mới qua suối Cạn mở cho xe qua lại' });
    differ({}, { ...other, headline: 'Cầu mới qua suối Cạn mở cho xe qua lại', sourceId: 'other' });
  });

  it('where a correction quotes all that it corrects', () => {
    const quoting = `Trong bài “${bridge.headline}”, chúng tôi viết: ${bridge.text} Số tiền đúng là 12,6 tỉ đồng.`;
    differ({}, { headline: `Đính chính bài “${bridge.headline}”`, text: quoting });
  });
});

describe('the address a page gives itself', () => {
  const keys = (found: string, claimed: string, headline = bridge.headline) =>
    storyAddresses([found], claimed, headline).map(({ key }) => key);
  const page = 'https://bao.example/tin/1?p=778120';

  it('counts where it has something of the page or its headline', () => {
    expect(keys(page, 'https://www.bao.example/cau-moi-qua-suoi-tham-mo-cho-xe')).toHaveLength(2);
    expect(keys(page, 'https://bao.example/x-778120.html')).toHaveLength(2);
    expect(keys(page, `${page}&utm_source=x`)).toHaveLength(1);
  });

  it.each([
    ['the front page', 'https://bao.example/'],
    ['a section', 'https://bao.example/thoi-su/'],
    ['another story', 'https://bao.example/gia-che-bup-tuoi-tang-vu-cuoi-nam-781311.html'],
    ['another site', 'https://khac.example/cau-moi-qua-suoi-tham-mo-cho-xe'],
  ])('does not count where a template names %s', (_what, claimed) => {
    expect(keys(page, claimed)).toEqual([addressKey(page)!.key]);
  });
});

const subject = ({ text }: Told) =>
  toldStories.findIndex((one) => one.text.normalize('NFC').slice(0, 8) === text.normalize('NFC').slice(0, 8));
