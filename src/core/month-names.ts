/** What months are called, in the languages newsrooms date in. */

const names = [
  'jan january januar jänner janvier janv enero ene janeiro gennaio januari januar yanvar يناير كانون_الثاني มกราคม ม.ค. января янв stycznia',
  'feb february februar feber février févr fevrier febrero fevereiro fev febbraio februari pebruari فبراير شباط กุมภาพันธ์ ก.พ. февраля фев lutego',
  'mar march märz maerz mrz mars marzo março marco maret مارس آذار มีนาคม มี.ค. марта мар marca',
  'apr april avril avr abril abr aprile إبريل أبريل ابريل نيسان เมษายน เม.ย. апреля апр kwietnia',
  'may mai mayo maio maggio mei مايو أيار พฤษภาคม พ.ค. мая maja',
  'jun june juni juin junio junho giugno يونيو حزيران มิถุนายน มิ.ย. июня июн czerwca',
  'jul july juli juillet juil julio julho luglio يوليو تموز กรกฎาคม ก.ค. июля июл lipca',
  'aug august août aout agosto ago agt agustus augustus أغسطس اغسطس آب สิงหาคม ส.ค. августа авг sierpnia',
  'sep sept september septembre septiembre setiembre setembro set settembre سبتمبر أيلول กันยายน ก.ย. сентября сен września',
  'oct october okt oktober octobre octubre outubro out ottobre أكتوبر اكتوبر تشرين_الأول ตุลาคม ต.ค. октября окт października',
  'nov november novembre noviembre novembro nopember نوفمبر تشرين_الثاني พฤศจิกายน พ.ย. ноября ноя listopada',
  'dec december dez dezember décembre déc decembre diciembre dic dezembro dicembre des desember ديسمبر كانون_الأول ธันวาคม ธ.ค. декабря дек grudnia',
];

/** By their names and abbreviations, in small letters. */
export const months: Readonly<Record<string, number>> = Object.fromEntries(
  names.flatMap((month, index) =>
    month
      .normalize('NFC')
      .split(' ')
      .map((name) => [name.replace('_', ' '), index + 1]),
  ),
);

/** A pattern's source that matches any of them, with the full stop of an abbreviation. */
export const monthPattern = `(?:${Object.keys(months)
  .sort((a, b) => b.length - a.length)
  .map((name) => RegExp.escape(name))
  .join('|')})(?![\\p{L}\\p{M}])\\.?`;

const spelled = 'một hai ba tư năm sáu bảy tám chín mười mười_một mười_hai'
  .normalize('NFC')
  .split(' ')
  .map((name) => name.replace('_', ' '));

/** Vietnamese months in letters: no date without a year, since `5 tháng một lần` is none. */
export const spelledPattern = `tháng\\s+(?:${spelled.toReversed().join('|').replaceAll(' ', '\\s+')})`;

/** The month of a name as printed; 0 for none. */
export function monthNumber(name: string): number {
  const bare = name.toLowerCase().normalize('NFC').replace(/\s+/g, ' ');
  return months[bare] ?? months[bare.replace(/\.$/, '')] ?? spelled.indexOf(bare.replace(/^tháng /, '')) + 1;
}
