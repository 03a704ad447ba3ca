/** How sentences begin that cannot open a summary: they point back, list who came, or speak to the reader. */

/** Whether it only makes sense after another sentence. */
export function pointsBack(sentence: string, language: string): boolean {
  const key = language.toLowerCase().split('-')[0]!;
  return (Object.hasOwn(backward, key) && backward[key]!.test(sentence)) || callsReader.test(sentence);
}

/** Whether it tells who was there and nothing that happened. */
export function listsGuests(sentence: string): boolean {
  return guests.test(sentence);
}

const guests =
  /^(Cùng (đi|dự|tham gia|tham dự|có mặt|tiếp)\b|Tham (gia|dự)( [^\s,.]+){0,8} (có|gồm)(?![\p{L}\p{M}])|(Đến )?[Dd]ự( [^\s,.]+){0,9} (có|gồm)(?![\p{L}\p{M}])|Về phía |Có mặt (tại|trong)|Chủ trì( [^\s,.]+){0,6} (có|là)(?![\p{L}\p{M}])|(Đồng )?[Cc]hủ trì (hội nghị|buổi|cuộc|phiên)|Also (present|attending)|(Those|Among those) (present|attending|in attendance)|In attendance)/u;

const callsReader =
  /^(Ảnh|Ảnh minh họa|Trong ảnh|Video|Clip|Xem thêm|Đọc thêm|Mời (quý )?(bạn|độc giả)|Tin liên quan|Read more|See also|Click|Watch|Photo|Picture|Foto|Bild|Lire aussi|Lesen Sie|Lea también|Leia também|Leggi anche|Читайте|Baca juga)(?![\p{L}\p{M}])\s*[:：.…-]?|^(?:图为|圖為|图说|写真は|(?:图|圖|写真|資料写真|사진|ภาพ|صورة|फोटो|तस्वीर|រូបភាព)\s?[:：=])/u;

/** `words`, with nothing of a word behind them. */
const opens = (words: string, but = '') => new RegExp(`^["“«]?(?:${words})(?![\\p{L}\\p{M}])${but}`, 'u');

/** Verbs and particles behind `Ông`, `Bà` … where no name follows. */
const afterPronoun =
  'cũng|đã|đang|sẽ|vẫn|cho|nói|nhấn|đề|yêu|khẳng|kể|bày|chia|tâm|cảm|là|còn|này|ấy|ta|thừa|không|được|bị|từng|sinh|cùng|mong|biết|thông|đánh|lưu|chỉ|ghi|biểu|phát|mới|vừa|hy|tin|nhận|giải|thường|luôn|liền|bèn|lại|phải|rất';

const backward: Readonly<Record<string, RegExp>> = {
  vi: new RegExp(
    `^["“«]?(?:(?:Tuy nhiên|Tuy vậy|Tuy thế|Thế nhưng|Thế là|Nhưng|Song|Bên cạnh đó|Bên cạnh việc này|Ngoài ra|Đồng thời|Do đó|Do vậy|Vì vậy|Vì thế|Bởi vậy|Bởi thế|Cũng (theo|tại|trong|vào|như)|Trước đó|Sau đó|Tiếp đó|Khi đó|Lúc đó|Lúc này|Theo đó|Qua đó|Từ đó|Nhờ đó|Nhờ vậy|Trong đó|Trong khi đó|Mặt khác|Hơn nữa|Thêm vào đó|Cụ thể|Được biết|Như vậy|Có thể nói|Điều (này|đó)|Việc (này|đó)|Vụ việc này|Đây (là|cũng)|Đó (là|cũng)|Kết quả (này|đó)|Nó|Họ|Người này|Những người này|Tại đây|Tại (buổi|hội nghị|cuộc|chương trình|lễ|phiên)(?! [^,]{0,40}(do|tổ chức))|Phát biểu (tại|chỉ đạo|kết luận)|Kết luận (hội nghị|buổi)|Trên cơ sở đó|Đáng chú ý|Đặc biệt|Ngược lại|Cuối cùng|Cùng với đó|Cùng đó|Đối với)(?![\\p{L}\\p{M}])|(?:Ông|Bà|Anh|Chị|Cô|Cậu|Em|Đồng chí|Vị này|Nạn nhân này)\\s+(?:${afterPronoun})(?![\\p{L}\\p{M}]))`,
    'u',
  ),
  en: opens(
    'However|But|And|Yet|So|Still|Meanwhile|Moreover|Furthermore|In addition|Additionally|Also|Instead|Therefore|Thus|Then|Later|Afterwards?|Nevertheless|Nonetheless|Besides|Otherwise|As a result|For example|For instance|On the other hand|By contrast|Similarly|He|She|It|They|His|Her|Hers|Its|Their|This|That|These|Those|Such|The latter|The former|Neither',
    '(?! (?:week|weekend|month|year|morning|afternoon|evening|season|summer|winter|spring|autumn)\\b)',
  ),
  fr: opens(
    'Cependant|Toutefois|Mais|Et|Or|Pourtant|En outre|De plus|Par ailleurs|Ainsi|Donc|Alors|Il|Elle|Ils|Elles|Ce|Cet|Cette|Ces|Celui-ci|Celle-ci|Ceux-ci|Néanmoins|Ensuite|Puis|En revanche|Enfin|Aussi',
    '(?! (?:matin|soir|semaine|année|mois|samedi|dimanche|lundi|mardi|mercredi|jeudi|vendredi)\\b)',
  ),
  de: opens(
    'Aber|Doch|Jedoch|Allerdings|Außerdem|Zudem|Daher|Deshalb|Dennoch|Trotzdem|Danach|Dann|Auch|Und|Er|Sie|Es|Diese|Dieser|Dieses|Dabei|Damit|Dazu|Darüber hinaus|Hingegen|Schließlich|Ihr|Ihre|Sein|Seine|So',
    '(?! (?:Woche|Jahr|Monat)\\b)',
  ),
  es: opens(
    'Sin embargo|No obstante|Pero|Y|Además|Asimismo|Por otro lado|Por otra parte|También|Por ello|Por eso|Entonces|Luego|Él|Ella|Ellos|Ellas|Esto|Eso|Así|Mientras tanto|En cambio|Su|Sus|Finalmente',
  ),
  pt: opens(
    'No entanto|Porém|Mas|E|Além disso|Contudo|Entretanto|Também|Ele|Ela|Eles|Elas|Isso|Isto|Assim|Depois|Por isso|Já|Seu|Sua',
  ),
  it: opens('Tuttavia|Ma|E|Inoltre|Però|Egli|Lui|Lei|Loro|Questo|Questa|Quindi|Poi|Anche|Così|Infine|Intanto'),
  ru: opens(
    'Однако|Но|А|И|Также|Кроме того|При этом|Он|Она|Они|Оно|Это|Этот|Эта|Эти|Затем|Потом|Поэтому|Тем временем|Между тем|Его|Её|Их',
  ),
  id: opens(
    'Namun|Tetapi|Tapi|Dan|Selain itu|Oleh karena itu|Dia|Ia|Mereka|Kemudian|Lalu|Sementara itu|Hal itu|Hal ini|Padahal|Bahkan',
  ),
  nl: opens('Maar|En|Echter|Toch|Daarnaast|Bovendien|Daarom|Hij|Zij|Ze|Het is|Dit|Dat|Deze|Ook|Vervolgens|Daarna'),
  ja: /^「?(?:しかし|だが|だけど|また|一方|さらに|そして|それ|これ|その|この|こう|彼|同氏|同社は|なお|ただ|ところが|このため|そのため|しかも|つまり)/u,
  zh: /^“?(?:但|然而|此外|另外|同时|同時|因此|所以|他|她|它|这|這|那|其中|对此|對此|不过|不過|与此同时|與此同時|而且|于是|隨後|随后|之后)/u,
  ko: /^“?(?:하지만|그러나|그런데|또한|또 |한편|이어|이에|이는|이를|그는|그녀는|그들은|그의|특히|그러면서|다만|따라서|그리고)/u,
  th: /^(?:อย่างไรก็ตาม|แต่|นอกจากนี้|ทั้งนี้|ซึ่ง|เขา|เธอ|พวกเขา|ขณะที่|ส่วน|จากนั้น|ต่อมา|ดังนั้น|โดย)/u,
  ar: /^(?:لكن|ولكن|كما|وأضاف|وقال|وقالت|وأكد|من جانبه|وأوضح|وأشار|بدوره|وكان|وكانت|غير أن|إلا أن|وهو|وهي|هو|هي|هذا|هذه|ذلك|وبعد|وفي)(?![\p{L}\p{M}])/u,
  fa: /^(?:اما|ولی|همچنین|وی|او|آنها|این|آن|سپس|بنابراین)(?![\p{L}\p{M}])/u,
  hi: /^(?:लेकिन|हालांकि|हालाँकि|वहीं|इसके अलावा|उन्होंने|उनका|उनके|वह|वे|इससे|इसके|यह|ये|साथ ही|और|फिर)(?![\p{L}\p{M}])/u,
};
