import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadProfile } from '#config/profiles.ts';
import { readByline, readNames } from '#src/core/byline.ts';

const { byline: rules } = loadProfile('vietnamese-portal');
const { byline: english } = loadProfile('english-news');
const names = (line: string) => readByline(line, rules, { bare: true })?.names ?? null;

describe('readByline', () => {
  it('puts names printed in capitals in title case', () => {
    expect(names('NGỌC ÁNH - ĐỨC LƯƠNG')).toEqual(['Ngọc Ánh', 'Đức Lương']);
  });

  it('keeps a name with a hyphen of its own whole', () => {
    expect(names('Nguyễn Thị A-B')).toEqual(['Nguyễn Thị A-B']);
    expect(names('NGUYỄN THỊ A-B – LÊ C')).toEqual(['Nguyễn Thị A-B', 'Lê C']);
  });

  it('splits at dashes, commas, ampersands, slashes and words between names', () => {
    for (const sign of [' - ', ' – ', ', ', ' & ', '/', ' và ']) {
      expect(names(`Thu Hà${sign}Văn Lâm`)).toEqual(['Thu Hà', 'Văn Lâm']);
    }
  });

  it('leaves acronyms of agencies and desks as they stand', () => {
    expect(names('Theo TTXVN')).toEqual(['TTXVN']);
    expect(names('THU HÀ - PV')).toEqual(['Thu Hà', 'PV']);
    expect(names('Thu Hà (TTXVN)')).toEqual(['Thu Hà', 'TTXVN']);
  });

  it('reads every order in which a portal says that words and photos are one person’s', () => {
    const forms = ['Tin ảnh:', 'Bài, ảnh và clip:', 'Ảnh và bài:', 'Thông tin và ảnh:', 'Bài và ảnh'];
    for (const form of forms)
      expect(readByline(`${form} Thu Hà`, rules, { bare: false })).toEqual({
        names: ['Thu Hà'],
        photographers: ['Thu Hà'],
        printed: `${form} Thu Hà`,
      });
    expect(names('Thu Hà ghi')).toEqual(['Thu Hà']);
    expect(names('Bích Ngọc- Hồng Lam')).toEqual(['Bích Ngọc', 'Hồng Lam']);
    expect(names('PHẠM HƯNG-LÊ SƠN')).toEqual(['Phạm Hưng', 'Lê Sơn']);
    expect(names('BS. Hứa Vĩnh Khang')).toEqual(['BS. Hứa Vĩnh Khang']);
    expect(names('Nguồn: baosonghau.vn')).toEqual(['baosonghau.vn']);
    expect(names('Tin bài: Thu Hà - Công chức VHXH')).toEqual(['Thu Hà']);
    expect(names('Bài, ảnh đẹp')).toBeNull();
  });

  it('takes no caption for a name because a photographer stands behind it', () => {
    expect(names('Nước được bơm ra sông Rộc. Ảnh: Tú Anh')).toBeNull();
    expect(names('Thu Hà – Ảnh: Tú Anh')).toEqual(['Thu Hà', 'Tú Anh']);
  });

  it('takes an office for an author only where it is set as one', () => {
    expect(names('Văn phòng HĐND-UBND xã')).toBeNull();
    const signed = readByline('Văn phòng HĐND-UBND xã', rules, { bare: true, desk: true });
    expect(signed?.names).toEqual(['Văn phòng HĐND-UBND xã']);
    expect(readByline('Ban Truyền thông', rules, { bare: true, named: true })?.names).toEqual(['Ban Truyền thông']);
  });

  it('tells photographers by the prefix of their part', () => {
    expect(readByline('Bài: THU HÀ - Ảnh: VĂN LÂM', rules, { bare: true })).toEqual({
      names: ['Thu Hà', 'Văn Lâm'],
      photographers: ['Văn Lâm'],
      printed: 'Bài: THU HÀ - Ảnh: VĂN LÂM',
    });
    expect(readByline('Bài và ảnh: Thu Hà', rules, { bare: true })?.photographers).toEqual(['Thu Hà']);
  });

  it('reads prefixes of other languages', () => {
    expect(readByline('By ISLA MARR and Tom O’Rourke', english, { bare: false })?.names).toEqual([
      'Isla Marr',
      'Tom O’Rourke',
    ]);
    expect(readByline('文：山田花子', english, { bare: false })?.names).toEqual(['山田花子']);
    expect(readByline('بقلم: ليلى حداد', english, { bare: false })?.names).toEqual(['ليلى حداد']);
  });

  it('leaves out titles and roles, and who only saw the text through', () => {
    const told = (line: string) => readByline(line, english, { bare: false })?.names;
    expect(told('By Isla Marr, Transport correspondent')).toEqual(['Isla Marr']);
    expect(told('By Reuters staff')).toEqual(['Reuters']);
    expect(told('By JANE DOE in London and Tom Bell in Port Harl')).toEqual(['Jane Doe', 'Tom Bell']);
    expect(told('(Reporting by Ann Lee in Rome; Editing by Bob Ray)')).toEqual(['Ann Lee']);
    expect(names('Bài và ảnh: Nhà báo THU HÀ')).toEqual(['Thu Hà']);
    expect(names('THANH HUYỀN (t/h)')).toEqual(['Thanh Huyền']);
    expect(names('Nhóm Phóng Viên')).toEqual(['Nhóm Phóng Viên']);
  });

  it('takes an office named as the source whole', () => {
    expect(names('Nguồn: Cổng Thông tin điện tử Chính phủ')).toEqual(['Cổng Thông tin điện tử Chính phủ']);
    expect(names('Theo Báo Quân đội nhân dân')).toEqual(['Báo Quân đội nhân dân']);
  });

  it('reads reporters as East Asian papers name them', () => {
    const told = (line: string) => readByline(line, english, { bare: true })?.names;
    expect(told('홍길동 기자 gildong@example.com')).toEqual(['홍길동']);
    expect(told('（山田花子）')).toEqual(['山田花子']);
    expect(told('山田花子記者')).toEqual(['山田花子']);
    expect(told('本报记者 柳文舟')).toEqual(['柳文舟']);
    expect(told('記者林曉彤／雲坪報導')).toEqual(['林曉彤']);
  });

  it('is no byline when it reads like a sentence, a heading or a list of files', () => {
    expect(names('Hội nghị kết thúc lúc 17 giờ cùng ngày.')).toBeNull();
    expect(names('Các tin khác cùng mục')).toBeNull();
    expect(names('STT Tên File upload')).toBeNull();
    expect(names('Theo kế hoạch, công trình xong trong tháng 12')).toBeNull();
    expect(readByline('Isla Marr', english, { bare: false })).toBeNull();
    expect(readByline('Stand by Me returns to Cinemas', english, { bare: false })).toBeNull();
  });

  it('gives back the names of any line it printed in capitals', () => {
    const word = fc.constantFrom('Thu', 'Hà', 'Văn', 'Lâm', 'Ngọc', 'Ánh', 'Đức', 'Lương', 'Phước', 'Uyên');
    const name = fc.array(word, { minLength: 2, maxLength: 4 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 4 }), (people) => {
        expect(names(people.join(' - ').toUpperCase())).toEqual(people);
      }),
    );
  });

  it('never fails, whatever the line', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        (line) => void readByline(line, rules, { bare: true }),
      ),
    );
  });
});

describe('readNames', () => {
  it('reads a field that is known to hold names', () => {
    expect(readNames('By Isla Marr, Tom Bell', english)).toEqual(['Isla Marr', 'Tom Bell']);
    expect(readNames('Mai Lan & mai lan', rules)).toEqual(['Mai Lan', 'mai lan']);
    expect(readNames('', rules)).toEqual([]);
  });
});

it('takes no caption for a byline, though a photographer ends it', () => {
  expect(names('Ảnh: Bà con đi chợ qua cầu mới. Ảnh: Tú Anh')).toBeNull();
  expect(names('Ảnh: Tú Anh. Bài: Thu Hà')).not.toBeNull();
});
