/**
 * One style for all pages: phone width first, light and dark. Line height stays at 1.5 and above everywhere, because
 * stacked Vietnamese marks (`Ệ`, `Ỗ`) touch the line above otherwise.
 */
import { actionStyle } from '#src/console/action-style.ts';
import { cardStyle } from '#src/console/card-style.ts';
import { signInStyle } from '#src/console/sign-in-style.ts';
import { topStyle } from '#src/console/top-style.ts';

const base = `
:root {
  color-scheme: light dark;
  --paper: #f7f5f0; --sheet: #fffefb; --ink: #1f1c17; --soft: #625b50; --line: #ded8cb; --mat: #eae5da;
  --brand: #9c2f1f; --link: #8a2a1c; --good: #1d6b43; --waiting: #83560a; --attention: #b3261e; --alarm: #fbebe7;
  --shade: 0 1px 2px #1f1c1714;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #171511; --sheet: #201d18; --ink: #ece7dc; --soft: #aba294; --line: #383329; --mat: #2a2620;
    --brand: #ef8b72; --link: #f0a08b; --good: #6fc796; --waiting: #dfaf58; --attention: #ff9188; --alarm: #33201c;
    --shade: none;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: break-word;
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif;
}
h1, h2, h3, h4, p, ul, ol, figure { margin: 0; }
h1 { font-size: 1.6rem; line-height: 1.5; font-weight: 700; text-wrap: balance; }
h2 { font-size: 1.0625rem; line-height: 1.5; font-weight: 650; }
h3 { font-size: 1.125rem; line-height: 1.5; font-weight: 650; text-wrap: pretty; }
h4 { font-size: .8125rem; line-height: 1.5; font-weight: 600; color: var(--soft); }
small { font-size: .8125rem; color: var(--soft); }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .2em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--brand); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--sheet); padding: .5rem 1rem; z-index: 1; }

.stale { background: var(--alarm); border-bottom: 1px solid var(--attention); padding: .625rem 1rem; text-align: center; }

main { max-width: 76rem; margin: 0 auto; padding: 1.25rem 1rem 4rem; }
main > h1 { margin-bottom: .5rem; }
.intro { max-width: 42rem; color: var(--soft); margin-bottom: 1.25rem; }
.back { min-height: 2.75rem; display: flex; align-items: center; gap: .4rem; }
.back::before { content: "←"; color: var(--soft); }
.hint { color: var(--soft); font-size: .9375rem; }
.meta { display: flex; flex-wrap: wrap; gap: 0 .75rem; color: var(--soft); font-size: .875rem; font-variant-numeric: tabular-nums; }
.byline { color: var(--soft); font-size: .9375rem; }
.bad { color: var(--attention); }

.columns { display: grid; gap: 1rem; }
.columns > *, .grid > * { min-width: 0; }
aside { display: grid; gap: 1rem; align-content: start; }
.panel { background: var(--sheet); border: 1px solid var(--line); border-radius: 6px; padding: .875rem 1rem; box-shadow: var(--shade); }
.panel h2 { margin-bottom: .375rem; }
.panel ul:not(.rows) { padding-left: 1.25rem; }
.panel.narrow { max-width: 42rem; }
.panel ul:not(.rows) li { margin: .25rem 0; }
.panel .quiet { display: inline-block; font-size: .875rem; margin-right: .375rem; padding: .25rem 0; }
.panel.narrow li > a:first-child { margin-right: .5rem; }
.panel.alarm { background: var(--alarm); border-color: var(--attention); }
.stream { display: grid; gap: 1rem; }
.grid { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr)); }
@media (min-width: 60rem) {
  main { padding-top: 2rem; }
  .columns { grid-template: auto 1fr / minmax(0, 1fr) 20rem; gap: 1rem 2rem; }
  .columns .alerts { grid-column: 2; }
  .columns aside { grid-area: 2 / 2; }
  .columns .stream { grid-area: 1 / 1 / span 2; }
  h1 { font-size: 1.875rem; }
}
`;

export const style = base + topStyle + cardStyle + actionStyle + signInStyle;

/** A loudspeaker, in the brand's colour: what the product's name means. */
export const markSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#9c2f1f"/><path d="M7 13.5v5h4l9 5.5v-16l-9 5.5z" fill="#fff"/><path d="M23 11.5a6.5 6.5 0 0 1 0 9M11.5 19l1.8 5.5" fill="none" stroke="#fff" stroke-width="2.2" stroke-linecap="round"/></svg>`;
