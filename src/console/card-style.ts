/** The style of articles, posts and feeds on the pages. */
export const cardStyle = `
.card { background: var(--sheet); border: 1px solid var(--line); border-radius: 6px; padding: 1rem; box-shadow: var(--shade); display: grid; gap: .5rem; align-content: start; min-width: 0; scroll-margin-top: 1rem; }
.card:target { border-color: var(--brand); box-shadow: inset 3px 0 0 var(--brand); }
.card h3 a, .card h2 a { color: var(--ink); text-decoration: none; }
.card h3 a:hover, .card h2 a:hover { color: var(--link); text-decoration: underline; text-decoration-thickness: 2px; }
.card.empty { text-align: center; padding: 3rem 1.5rem; color: var(--soft); }
.card.empty p { max-width: 34rem; margin: 0 auto; }
.mark { border: 1px solid var(--line); border-radius: 3px; padding: 0 .4rem; font-size: .8125rem; }
.mark.bad { border-color: currentColor; }

.photos { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr)); margin-top: .25rem; }
.photos figure { min-width: 0; }
.photos img { display: block; width: 100%; height: auto; aspect-ratio: 4 / 3; object-fit: contain; border-radius: 3px; background: var(--mat); }
.photos figcaption { font-size: .8125rem; line-height: 1.5; color: var(--soft); margin-top: .3rem; }
.photos .credit { font-style: italic; }
.photos .missing { display: grid; place-items: center; aspect-ratio: 4 / 3; padding: .5rem; border: 1px dashed var(--line); border-radius: 3px; font-size: .8125rem; text-align: center; overflow: auto; }
@media (min-width: 40rem) { .photos { grid-template-columns: repeat(auto-fill, minmax(10.5rem, 1fr)); } }
.photos.large { grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 1fr)); }
.photos.large figure:only-child img { aspect-ratio: auto; max-height: 32rem; }

.went { display: grid; gap: .75rem; margin-top: .25rem; padding-top: .75rem; border-top: 1px solid var(--line); }
.panel .went { margin: 0; padding: 0; border: 0; }
.went h3 { font-size: .8125rem; font-weight: 600; color: var(--soft); }
.went section { min-width: 0; }
@media (min-width: 40rem) { .went { grid-template-columns: 1fr 1fr; gap: 1.5rem; } }
.rows { list-style: none; padding: 0; display: grid; gap: .25rem; font-size: .9375rem; }
.rows li { position: relative; padding-left: 1.4rem; }
.rows b { font-weight: 600; }
.rows a { padding: .25rem 0; }
.rows li > span { color: var(--soft); }
.rows em { display: block; font-style: normal; color: var(--ink); }
.rows li::before { position: absolute; left: 0; width: 1rem; text-align: center; font-weight: 700; }
.rows .good::before { content: "✓"; color: var(--good); }
.rows .waiting::before { content: "…"; color: var(--waiting); }
.rows .attention::before { content: "!"; color: var(--attention); }
.rows .none::before { content: "–"; color: var(--soft); }
.rows .waiting > span { color: var(--waiting); }
.rows .attention > span { color: var(--attention); }
.rows .attention em, .rows .attention small { color: var(--ink); }

.address { display: grid; gap: .25rem; padding: .5rem 0; max-width: 42rem; }
.address .label { font-size: .8125rem; color: var(--soft); }
.address code { user-select: all; font: .8125rem/1.6 ui-monospace, "SF Mono", Menlo, Consolas, monospace; background: var(--paper); border: 1px solid var(--line); border-radius: 3px; padding: .4rem .6rem; overflow-wrap: anywhere; cursor: copy; }
.address .others { font-size: .875rem; color: var(--soft); }
.address .others a { display: inline-block; padding: .5rem .25rem; }
.headlines { list-style: none; padding: 0; display: grid; gap: .5rem; border-top: 1px solid var(--line); padding-top: .75rem; }
.headlines time { display: block; font-size: .8125rem; color: var(--soft); font-variant-numeric: tabular-nums; }
.headlines a { color: var(--ink); text-decoration: none; }
.headlines a:hover { text-decoration: underline; }
.card.feed > p:last-child { padding-top: .25rem; }
.entries, .board { max-width: 42rem; margin-top: 1rem; }
.entries p + p { margin-top: .5rem; }
.post .text { white-space: pre-line; }
.post .tag { color: var(--link); }
.post .meta b { color: var(--ink); }
.single { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; }
.single > header { display: grid; grid-template-columns: minmax(0, 1fr); gap: .75rem; max-width: 46rem; }
.single .lead { font-size: 1.125rem; }
.story { list-style: none; padding: 0; font-size: .9375rem; display: grid; gap: .5rem; }
.story li { min-width: 0; overflow-wrap: anywhere; }
.story time { display: block; color: var(--soft); font-size: .8125rem; font-variant-numeric: tabular-nums; }
@media (min-width: 40rem) {
  .story li { display: grid; grid-template-columns: 8rem minmax(0, 1fr); gap: .5rem; }
  .story time { line-height: 1.85; }
}
@media (min-width: 60rem) {
  .single { grid-template: auto 1fr / minmax(0, 1fr) 22rem; gap: 1.5rem 2rem; align-items: start; }
  .single aside { grid-area: 1 / 2 / span 2; margin-top: 2.75rem; }
  .single .went { grid-template-columns: minmax(0, 1fr); gap: .75rem; }
}
`;
