/** Words whose full stop ends no sentence; in small letters, without it. */

/** Whether a name, a number or more of the word follows, not a new sentence. */
export function isAbbreviation(word: string): boolean {
  // `PGS.TS.`, `U.S.`, an initial: short pieces with full stops between, the first with a capital.
  return (
    /^(\p{Lu}\p{L}{0,3}\.)+\p{Lu}\p{L}{0,3}$/u.test(word) || /^\p{Lu}$/u.test(word) || known.has(word.toLowerCase())
  );
}

const known = new Set(
  [
    // Vietnamese: places, ranks, titles.
    'tp tx tt ts ths th.s gs pgs bs bsck ks kts ks cn cnck nsnd nsưt nnưt nnnd lm ht đc đ/c tr gđ pgđ ubnd.tp q p h x st đd hlv tgđ ls cv nxb vd bt ptgđ',
    'mr mrs ms dr prof st jr sr gen col sen rep gov inc ltd no nos vs lt sgt rt messrs insp supt pvt capt cpl maj cmdr adm hon rev pres dept est corp co bros ave blvd rd mt ft',
    'jan feb mar apr jun jul aug sep sept oct nov dec fig vol pp ed eds approx cf al',
    'mme mmes mlle mm mgr me ste dr bd av env tél réf',
    'geb vgl nr str bzw ca usw z.b d.h u.a o.ä evtl ggf inkl mio mrd tel dipl ing hr fr abs bspw sog',
    'dña sra srta dra ud uds ee.uu pág av gral núm lic arq excmo',
    'sig sigg dott prof avv ing on sen',
    'exmo exma profa av núm dep',
    'г ул им гг тыс руб млн млрд стр проф акад ст св пл пр обл р',
    'ul al pl nr tzw tzn np prof inż mgr płk gen ks św',
    'dhr mevr drs ing jl kab kec kel dll dsb hj',
    'sn vb dç yrd doç av cad sok',
  ]
    .join(' ')
    .split(' ')
    .map((word) => word.normalize('NFC')),
);
