import { describe, expect, it } from 'vitest';
import { cutText } from '#src/core/cut.ts';
import { textLength } from '#src/core/length.ts';
import { sentenceEnds } from '#src/core/sentences.ts';
import { summarise } from '#src/core/summary.ts';
import { storedArticle } from '#tests/fakes/stored-article.ts';

describe('sentences', () => {
  it.each([
    [
      'PGS.TS. Trần Văn Hào cho biết kinh phí là 1.484 tỷ đồng. Dự án khởi công ngày 25/5/2022. TP. Hải Vân góp vốn.',
      [
        'PGS.TS. Trần Văn Hào cho biết kinh phí là 1.484 tỷ đồng.',
        'Dự án khởi công ngày 25/5/2022.',
        'TP. Hải Vân góp vốn.',
      ],
    ],
    [
      'Ông nói: “Chúng tôi sẽ về.” Rồi ông đi! Thật ư? Vâng.',
      ['Ông nói: “Chúng tôi sẽ về.”', 'Rồi ông đi!', 'Thật ư?', 'Vâng.'],
    ],
    ['Lúc 8.30, đoàn đi qua 3 xã... và 2 phường.', ['Lúc 8.30, đoàn đi qua 3 xã... và 2 phường.']],
    ['今日は晴れ。明日は雨！はい。', ['今日は晴れ。', '明日は雨！', 'はい。']],
    ['“我们会尽力！”市长说。桥明天开通。', ['“我们会尽力！”市长说。', '桥明天开通。']],
    ['「怖かった。」と話した。橋は無事。', ['「怖かった。」と話した。', '橋は無事。']],
    ['هل وصل القطار؟ نعم وصل.', ['هل وصل القطار؟', 'نعم وصل.']],
    ['Mr. Hale of the U.S. Navy came. He left.', ['Mr. Hale of the U.S. Navy came.', 'He left.']],
    [
      'Dr. h. c. Otto Muster und Dr. rer. nat. Anna Beispiel kamen. Sie blieben.',
      ['Dr. h. c. Otto Muster und Dr. rer. nat. Anna Beispiel kamen.', 'Sie blieben.'],
    ],
    ['La concejala, Dña. María Ruiz, vino. Habló.', ['La concejala, Dña. María Ruiz, vino.', 'Habló.']],
    ['', []],
  ])('of %s', (paragraph, sentences) => {
    const ends = sentenceEnds(paragraph);
    expect(ends.map((end, index) => paragraph.slice(ends[index - 1] ?? 0, end).trim())).toEqual(sentences);
  });
});

describe('a summary', () => {
  it('is the lead without its dateline', () => {
    expect(summarise(storedArticle())).toBe(
      'Xe khách đầu tiên qua đèo Sơn Thủy. Chợ phiên họp lại từ chiều cùng ngày.',
    );
  });

  it('keeps a dateline that is half of what it says', () => {
    const lead = 'Sáng 25/11 và chiều 26/11, đoàn đi kiểm tra hai hồ chứa.';
    expect(summarise(storedArticle({ lead }))).toBe(lead);
  });

  it.each([
    ['Am 3. Oktober', 'de', 'Am 3. Oktober hat die Kanzlerin in Auenfeld das neue Museum eröffnet.'],
    ['Dinsdag 24 november', 'nl', 'Dinsdag 24 november opende de burgemeester van Rietdam de nieuwe brug.'],
    ['Ngày 20/11', 'vi', 'Ngày 20/11 được xã Đông Sơn chọn làm ngày hội đọc sách của học sinh toàn xã.'],
    ['Le 25 novembre', 'fr', 'Le 25 novembre est un jour de fête à Valbrune depuis la fin de la grande crue.'],
    ['El 25 de noviembre', 'es', 'El 25 de noviembre será festivo en Valdehoz por la apertura del nuevo puente.'],
  ])('keeps the dateline %s, which holds its sentence together', (text, language, lead) => {
    expect(summarise(storedArticle({ lead, dateline: { text, date: null }, language }))).toContain(lead);
  });

  it.each([
    ['By Jane Roe', 'en', 'Shares of the mill rose after it said it would buy back its old looms.'],
    ['Von Anna Beispiel und Otto Muster', 'de', 'Die Mühle von Auenfeld kauft ihre alten Webstühle zurück.'],
    ['Par Jeanne de la Tour', 'fr', 'Le moulin de Valbrune rachète ses vieux métiers à tisser.'],
  ])('is not the byline %s that was taken for a lead', (byline, language, story) => {
    const article = storedArticle({
      lead: byline,
      text: `${byline}\n\n${story}`,
      dateline: null,
      byline: [],
      language,
    });
    expect(summarise(article)).toBe(story);
  });

  it.each([
    ['de', 'Auenfeld. ', 'Ein Mann ist am Montag auf der B 27 bei einem Unfall schwer verletzt worden.'],
    ['ja', '写真は青葉市の図書館。\n\n', '青葉市は25日、市立図書館を来年3月に閉館すると発表した。'],
    ['zh', '图为救援现场。\n\n', '25日10时30分，青州市发生3.5级地震，震源深度10千米。'],
  ])('begins behind the place or the caption that opens a text: [%s] %j', (language, opening, story) => {
    expect(summarise(storedArticle({ lead: '', text: opening + story, dateline: null, language }))).toBe(story);
  });

  const long = (head: string, aside: string, news: string) =>
    [`${head}, ${aside}, ${news}`, `${head} ${news}`] as const;
  it.each([
    ...[
      long(
        'Gov. Jane Roe',
        'who took office in January after a campaign that dwelt on the cost of housing, the state of the schools and the closing of three hospitals in the north, and who had promised to veto any budget that raised taxes on small shops or farms',
        'signed on Friday a $12.4 billion plan that raises the sales tax by half a point.',
      ),
    ].map(([lead, told]) => ['en', lead, told]),
    ...[
      long(
        'Otto Muster',
        'der seit 2015 im Amt ist und zuvor als Geschäftsführer einer Baufirma in Auenfeld, als Lehrer an der Meisterschule und als Obmann der Innung tätig war, die er nach eigenen Worten zu einem Haus für alle Gewerke machen wollte, begleitet von seiner Frau, der Malerin Anna Muster aus Bergen an der Aue',
        'hat am Mittwoch vor 300 Gästen seinen Rückzug zum Jahresende angekündigt.',
      ),
    ].map(([lead, told]) => ['de', lead, told]),
  ])('tells who did what where much stands in between: [%s]', (language, lead, told) => {
    expect(summarise(storedArticle({ lead, dateline: null, language }))).toContain(told);
  });

  it.each([
    [
      'fr',
      'Le président de la région, M. Jean Dupont, accompagné de Mme Claire Martin, vice-présidente chargée des transports, de M. Paul Durand, maire de Valbrune, et de nombreux élus locaux venus de tout le canton, ',
      'a inauguré samedi, devant 500 personnes réunies malgré la pluie, la ligne de tramway qui reliera le centre à l’université en 12 minutes.',
    ],
    [
      'es',
      'El alcalde de Valleclaro, D. Juan Pérez, acompañado por la concejala de Obras Públicas, Dña. María López, por los vecinos más antiguos del barrio y por el presidente de la Diputación provincial de Riofrío, ',
      'inauguró ayer, ante más de 300 vecinos y pese a la lluvia, el puente sobre el río Claro, que costó 2,5 millones de euros y se abrirá en mayo.',
    ],
    [
      'ar',
      'أعلنت وزارة الصحة في النخيل، وهي بلدة على الوادي، في بيان رسمي صدر مساء الثلاثاء ووقعه الوكيل للشؤون الوقائية الدكتور سالم الحداد ومديرة إدارة الأوبئة الدكتورة سلمى ناصر، وبحضور ممثلين عن الهلال الأحمر وعدد من المستشفيات العامة والخاصة في المدينة وضواحيها القريبة، ',
      'تسجيل 484 إصابة جديدة بحمى الضنك في 12 قرية خلال أسبوع واحد.',
    ],
  ])('keeps what was done behind a list of companions: [%s]', (language, head, news) => {
    const summary = summarise(storedArticle({ lead: head + news, dateline: null, language }));
    const [who, whoElse] = head.split(/(?<=[,،]) /u);
    expect(summary).toContain(`${who} ${whoElse} ${news}`);
  });

  it('begins at the meeting that a dateline stands before, and not behind it', () => {
    const dateline = { text: 'Sáng 26/11', date: '2026-11-26' };
    const meeting = 'tại cuộc họp trực tuyến với 12 xã, ban chỉ huy cho biết mực nước đã xuống 60 cm.';
    const lead = `Sáng 26/11, ${meeting} Các xã báo cáo trước 17 giờ.`;
    expect(summarise(storedArticle({ lead, dateline }))).toBe(`T${meeting.slice(1)} Các xã báo cáo trước 17 giờ.`);
    const back = 'Sáng 26/11, tại đây đã có mưa. Hồ Bản Chang xả lũ lúc 5 giờ.';
    expect(summarise(storedArticle({ lead: back, dateline }))).toBe('Hồ Bản Chang xả lũ lúc 5 giờ.');
  });

  it('never ends in the middle where a feed cut the lead', () => {
    const lead = 'Đường đèo đã thông. Theo ban quản lý, các đơn vị còn phải…';
    expect(summarise(storedArticle({ lead, dateline: null }))).toBe('Đường đèo đã thông.');
    const cut = 'Theo ban quản lý, các đơn vị còn phải...';
    expect(summarise(storedArticle({ lead: cut, dateline: null }))).toBe(
      'Sáng 25/11, xe khách đầu tiên qua đèo Sơn Thủy.',
    );
  });

  it('is not a caption, a byline or the headline', () => {
    const article = storedArticle({ lead: '', dateline: null });
    const text = [article.photos[0]!.caption, 'HOÀNG HUẤN - PHƯƠNG DUNG', article.headline, 'Trời tạnh. Xe chạy.'].join(
      '\n\n',
    );
    expect(summarise({ ...article, text })).toBe('Trời tạnh. Xe chạy.');
  });

  it('is short: whole sentences of a long lead, the first one always', () => {
    const sentence = `${'Con đường mới đi qua nhiều bản làng '.repeat(5).trim()}.`;
    const summary = summarise(storedArticle({ lead: Array(5).fill(sentence).join(' '), dateline: null }));
    expect(summary).toBe(sentence);
  });

  it('of a Thai lead is not ended by a shortened month, nor between a number and what it counts', () => {
    const lead = 'เมื่อวันที่ 20 พ.ย. นายธนา วงศ์คลอง สั่งปิดสะพานไม้อายุ 60 ปี เพื่อซ่อมตอม่อ 14 จุด';
    const summary = summarise(storedArticle({ lead, text: lead, dateline: null, language: 'th' }));
    expect(summary).toContain('นายธนา วงศ์คลอง สั่งปิดสะพานไม้อายุ 60 ปี เพื่อซ่อมตอม่อ 14 จุด');
    for (const most of [30, 48, 54]) {
      const cut = cutText(lead, (part) => textLength(part, 'graphemes') <= most);
      expect(cut, cut).not.toMatch(/\p{N}\s*…$/u);
    }
  });

  it('keeps who acted where the list of guests ends in offices', () => {
    const lead =
      'Đoàn công tác do đồng chí PGS.TS. Đặng Văn Thái, Trưởng Ban Tổ chức Tỉnh ủy, cùng các đồng chí: Trần Thị Lam, Phó Chủ tịch HĐND tỉnh; Lê Quang Hợi, Giám đốc Sở Kế hoạch và Đầu tư; Phạm Minh Đạo, Giám đốc Sở Giao thông Vận tải; đại diện lãnh đạo các sở, ban, ngành liên quan đã có buổi kiểm tra tiến độ 3 dự án trọng điểm tại huyện Mường Pha.';
    expect(summarise(storedArticle({ lead, dateline: null }))).toBe(
      'Đoàn công tác do đồng chí PGS.TS. Đặng Văn Thái đã có buổi kiểm tra tiến độ 3 dự án trọng điểm tại huyện Mường Pha.',
    );
  });

  it('keeps Japanese without spaces', () => {
    const lead = '今日は晴れ。明日は雨。';
    expect(summarise(storedArticle({ lead, dateline: null, language: 'ja' }))).toBe(lead);
  });
});

describe('a cut', () => {
  const cut = (text: string, most: number) => cutText(text, (part) => textLength(part, 'graphemes') <= most);

  it('is at a sentence, else a clause, else a word, else a character', () => {
    const text = 'Đường đã thông, xe qua lại từ sáng. Chợ họp lại.';
    expect(cut(text, 40)).toBe('Đường đã thông, xe qua lại từ sáng.');
    expect(cut(text, 20)).toBe('Đường đã thông…');
    expect(cut(text, 10)).toBe('Đường đã…');
    expect(cut(text, 4)).toBe('Đườ…');
  });

  it('leaves no label of a number behind', () => {
    const text = 'Huyện kiểm tra ba dự án trọng điểm với tổng vốn 1.484 tỷ đồng';
    for (const most of [44, 48, 50, 55]) expect(cut(text, most)).toBe('Huyện kiểm tra ba dự án trọng điểm…');
  });

  it('is between words where none are written apart', () => {
    expect(cut('กรุงเทพมหานครจัดงานใหญ่', 14)).toBe('กรุงเทพมหานคร…');
  });

  it('never parts an emoji or a letter from its marks', () => {
    expect(cut('👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 2)).toBe('👩‍👩‍👧‍👦…');
  });
});
