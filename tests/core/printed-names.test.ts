import { describe, expect, it } from 'vitest';
import { loadProfile } from '#config/profiles.ts';
import { readByline } from '#src/core/byline.ts';
import { readCaption } from '#src/core/caption.ts';

describe('names as papers of many countries print them', () => {
  it.each([
    ['en', 'Posted by Jane Roe on November 20, 2026', ['Jane Roe']],
    ['en', 'Jane Roe, Special to the Herald', ['Jane Roe']],
    ['en', 'By Jane Roe Senior Political Correspondent', ['Jane Roe']],
    ['vi', 'Nguyễn An (Chi cục Kiểm lâm)', ['Nguyễn An']],
    ['vi', 'NHÓM PHÓNG VIÊN', ['Nhóm Phóng Viên']],
    ['fr', 'Par Jeanne Roux (à Lyon)', ['Jeanne Roux']],
    ['ja', '取材・文＝長谷部遥　写真＝堀直人', ['長谷部遥', '堀直人']],
    ['zh', '文/张三 图/李四', ['张三', '李四']],
    ['zh', '作者：陆小满 高岩', ['陆小满', '高岩']],
    ['ko', '글·사진 홍길동 기자', ['홍길동']],
  ])('under a story in %s: %s', (language, line, names) => {
    const { byline } = loadProfile('auto', language);
    expect(readByline(line, byline, { bare: true, named: true })?.names).toEqual(names);
  });

  it.each([
    ['vi', 'Ảnh: Minh Tú. Cầu treo nhìn từ bờ bắc', 'Cầu treo nhìn từ bờ bắc', 'Minh Tú'],
    ['vi', 'Cầu treo lúc sáng sớm. Ảnh chụp ngày 20/11: Minh Tú', 'Cầu treo lúc sáng sớm.', 'Minh Tú'],
    ['vi', 'Cầu treo lúc sáng sớm. Ảnh do nhân vật cung cấp', 'Cầu treo lúc sáng sớm.', 'nhân vật'],
    ['vi', 'Cầu treo lúc sáng sớm | MINH TÚ', 'Cầu treo lúc sáng sớm', 'MINH TÚ'],
    ['vi', 'Nguồn nước sạch về bản', 'Nguồn nước sạch về bản', null],
    ['en', 'The bridge at dawn. (Courtesy photo)', 'The bridge at dawn.', 'Courtesy photo'],
    ['en', 'The bridge at dawn. Handout via REUTERS', 'The bridge at dawn.', 'Handout via REUTERS'],
    ['en', 'Photo by Jane Roe', null, 'Jane Roe'],
    ['es', 'El puente al alba. / LUIS PAZ', 'El puente al alba.', 'LUIS PAZ'],
    ['ja', '朝の橋＝共同', '朝の橋', '共同'],
    ['ko', '아침의 다리. 연합뉴스', '아침의 다리.', '연합뉴스'],
    ['zh', '清晨的老桥 新华社记者 张三 摄', '清晨的老桥', '张三'],
  ])('under a photo in %s: %s', (language, line, caption, credit) => {
    expect(readCaption(line, loadProfile('auto', language).credit)).toEqual({ caption, credit });
  });
});
