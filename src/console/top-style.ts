/** The bar above every page: on a phone the entries stand in a row of their own. */
export const topStyle = `
.top { background: var(--sheet); border-bottom: 1px solid var(--line); border-top: 3px solid var(--brand); }
.top > div { display: flex; flex-wrap: wrap; align-items: center; gap: 0 .75rem; max-width: 76rem; margin: 0 auto; padding: .25rem 1rem 0; }
.brand { display: flex; align-items: center; gap: .5rem; min-height: 2.75rem; font-weight: 750; font-size: 1.125rem; color: var(--ink); text-decoration: none; }
.site { color: var(--soft); font-size: .875rem; flex: 1; min-width: 0; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
.top nav { display: flex; flex-wrap: wrap; order: 1; width: 100%; margin: 0 -.5rem; }
.top nav a { display: flex; align-items: center; min-height: 2.75rem; padding: 0 .5rem; color: var(--ink); text-decoration: none; border: solid transparent; border-width: 3px 0; }
.top nav a:hover { border-bottom-color: var(--line); }
.top nav a[aria-current] { border-bottom-color: var(--brand); font-weight: 600; }
.tools { display: flex; align-items: center; gap: 1rem; font-size: .875rem; }
.tools a, .tools button { display: flex; align-items: center; min-height: 2.75rem; padding: 0; border: 0; background: none; font: inherit; color: var(--soft); text-decoration: underline transparent; cursor: pointer; }
.tools a:hover, .tools button:hover { color: var(--link); text-decoration-color: currentColor; }
@media (min-width: 44rem) {
  .top > div { gap: 0 1.25rem; }
  .top nav { order: 0; width: auto; margin: 0; }
  .top nav a { min-height: 3rem; padding: 0 .75rem; }
  .site { font-size: .9375rem; }
}
`;
