/** What readers are told around an article, in the language of their list. */
import { directionOf } from '#src/core/direction.ts';

export interface MailWords {
  /** BCP 47. */
  language: string;
  direction: 'ltr' | 'rtl';
  /** Of a link at the end of every mail. */
  leave: string;
  /** Why they get it; `{name}` sends. */
  why: string;
  /** Of a page: `{name}` sends to `{address}`. */
  ask: string;
  yes: string;
  left: string;
  unknown: string;
}

/** Words in `language`, or in English where it has none; direction as its script is written. */
export function mailWords(language: string): MailWords {
  const [main = 'en'] = language.toLowerCase().split('-');
  const known = Object.hasOwn(table, main) ? main : 'en';
  const [leave, why, ask, yes, left, unknown] = table[known]!;
  return { language: known, direction: directionOf(known), leave, why, ask, yes, left, unknown };
}

export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

type Row = [leave: string, why: string, ask: string, yes: string, left: string, unknown: string];

const table: Readonly<Record<string, Row>> = {
  en: [
    'Unsubscribe',
    'You get this mail because your address is on the list of {name}.',
    'Do you want no more mails from {name} to {address}?',
    'Unsubscribe',
    'You have been unsubscribed. You will get no more mails from this list.',
    'This link is not known here: the address is not on the list any more, or the link is incomplete.',
  ],
  vi: [
    'Hủy đăng ký',
    'Bạn nhận thư này vì địa chỉ của bạn có trong danh sách của {name}.',
    'Bạn không muốn nhận thư của {name} tại {address} nữa?',
    'Hủy đăng ký',
    'Đã hủy đăng ký. Bạn sẽ không nhận thư từ danh sách này nữa.',
    'Không tìm thấy liên kết này: địa chỉ không còn trong danh sách, hoặc liên kết bị thiếu.',
  ],
  fr: [
    'Se désabonner',
    'Vous recevez ce message parce que votre adresse figure sur la liste de {name}.',
    'Ne plus recevoir les messages de {name} à l’adresse {address} ?',
    'Se désabonner',
    'Vous êtes désabonné. Vous ne recevrez plus de messages de cette liste.',
    'Ce lien est inconnu : l’adresse n’est plus sur la liste, ou le lien est incomplet.',
  ],
  de: [
    'Abbestellen',
    'Sie erhalten diese Nachricht, weil Ihre Adresse auf der Liste von {name} steht.',
    'Möchten Sie keine Nachrichten von {name} an {address} mehr erhalten?',
    'Abbestellen',
    'Sie sind abgemeldet und erhalten keine Nachrichten dieser Liste mehr.',
    'Dieser Link ist hier unbekannt: Die Adresse steht nicht mehr auf der Liste, oder der Link ist unvollständig.',
  ],
  es: [
    'Darse de baja',
    'Recibe este mensaje porque su dirección está en la lista de {name}.',
    '¿No quiere recibir más mensajes de {name} en {address}?',
    'Darse de baja',
    'Se ha dado de baja. No recibirá más mensajes de esta lista.',
    'Este enlace no se conoce: la dirección ya no está en la lista o el enlace está incompleto.',
  ],
  pt: [
    'Cancelar a inscrição',
    'Recebe esta mensagem porque o seu endereço está na lista de {name}.',
    'Não quer receber mais mensagens de {name} em {address}?',
    'Cancelar a inscrição',
    'A inscrição foi cancelada. Não receberá mais mensagens desta lista.',
    'Este link não é conhecido: o endereço já não está na lista ou o link está incompleto.',
  ],
  id: [
    'Berhenti berlangganan',
    'Anda menerima surel ini karena alamat Anda ada dalam daftar {name}.',
    'Tidak ingin lagi menerima surel dari {name} di {address}?',
    'Berhenti berlangganan',
    'Anda telah berhenti berlangganan dan tidak akan menerima surel lagi dari daftar ini.',
    'Tautan ini tidak dikenal: alamat tidak lagi ada dalam daftar, atau tautannya tidak lengkap.',
  ],
  ja: [
    '配信を停止する',
    'このメールは、{name}の配信リストに登録されたアドレスにお送りしています。',
    '{name}から{address}へのメール配信を停止しますか。',
    '配信を停止する',
    '配信を停止しました。このリストからのメールは今後届きません。',
    'このリンクは確認できません。アドレスがすでにリストにないか、リンクが途中で切れています。',
  ],
  zh: [
    '退订',
    '您收到此邮件，是因为您的地址在{name}的邮件列表中。',
    '不再接收{name}发往{address}的邮件？',
    '退订',
    '已退订。您将不再收到此列表的邮件。',
    '无法识别此链接：该地址已不在列表中，或链接不完整。',
  ],
  ko: [
    '수신 거부',
    '{name}의 수신자 목록에 등록된 주소로 보내 드리는 메일입니다.',
    '{name}에서 {address}(으)로 보내는 메일을 더 이상 받지 않으시겠습니까?',
    '수신 거부',
    '수신 거부되었습니다. 이 목록의 메일을 더 이상 받지 않습니다.',
    '알 수 없는 링크입니다. 주소가 이미 목록에 없거나 링크가 완전하지 않습니다.',
  ],
  th: [
    'ยกเลิกการรับอีเมล',
    'คุณได้รับอีเมลนี้เพราะที่อยู่ของคุณอยู่ในรายชื่อของ {name}',
    'ไม่ต้องการรับอีเมลจาก {name} ที่ {address} อีกต่อไปใช่หรือไม่',
    'ยกเลิกการรับอีเมล',
    'ยกเลิกแล้ว คุณจะไม่ได้รับอีเมลจากรายชื่อนี้อีก',
    'ไม่รู้จักลิงก์นี้: ที่อยู่ไม่อยู่ในรายชื่อแล้ว หรือลิงก์ไม่ครบ',
  ],
  ar: [
    'إلغاء الاشتراك',
    'تصلك هذه الرسالة لأن عنوانك في قائمة {name}.',
    'هل تريد التوقف عن تلقي رسائل {name} على {address}؟',
    'إلغاء الاشتراك',
    'أُلغي اشتراكك. لن تصلك رسائل أخرى من هذه القائمة.',
    'هذا الرابط غير معروف: العنوان لم يعد في القائمة، أو الرابط غير مكتمل.',
  ],
  ru: [
    'Отписаться',
    'Вы получили это письмо, потому что ваш адрес есть в списке рассылки {name}.',
    'Больше не получать письма от {name} на адрес {address}?',
    'Отписаться',
    'Вы отписаны. Писем из этой рассылки больше не будет.',
    'Эта ссылка неизвестна: адреса больше нет в списке или ссылка неполная.',
  ],
};
