/** The style of forms and buttons with which a person decides, and of the line that says what came of it. */
export const actionStyle = `
.draft { margin-top: .5rem; }
.draft label { display: grid; gap: .25rem; font-size: .875rem; color: var(--soft); }
.draft textarea { width: 100%; padding: .5rem .625rem; border: 1px solid var(--soft); border-radius: 4px; background: var(--paper); color: var(--ink); font: inherit; line-height: 1.5; resize: vertical; }
.draft ol, .draft ul { margin: .25rem 0 .5rem; padding-inline-start: 1.25rem; }
.actions { display: flex; flex-wrap: wrap; align-items: flex-start; gap: .5rem; margin-top: .5rem; }
.actions form { display: contents; }
.button { display: inline-flex; align-items: center; min-height: 2.25rem; padding: .125rem .75rem; border: 1px solid var(--soft); border-radius: 4px; background: var(--sheet); color: var(--ink); font: inherit; font-size: .875rem; line-height: 1.5; cursor: pointer; }
.button:hover { background: var(--mat); }
.button.grave { border-color: var(--attention); color: var(--attention); font-weight: 600; }
.actions summary { list-style: none; }
.actions summary::-webkit-details-marker { display: none; }
.actions details { min-width: 0; }
.actions details[open] { flex-basis: 100%; }
.rows .actions { margin: .25rem 0 .5rem; }
.stopped { margin: .75rem 0 1.25rem; }
.actions details[open] summary { margin-bottom: .5rem; }
.actions label { display: grid; gap: .25rem; width: 100%; margin-bottom: .5rem; font-size: .875rem; color: var(--soft); }
.actions input { width: 100%; max-width: 28rem; min-height: 2.5rem; padding: .25rem .625rem; border: 1px solid var(--soft); border-radius: 4px; background: var(--paper); color: var(--ink); font: inherit; }
.notice { background: var(--sheet); border-bottom: 1px solid var(--line); box-shadow: inset 4px 0 0 var(--good); padding: .75rem 1rem; text-align: center; font-weight: 600; }
.notice.bad { background: var(--alarm); box-shadow: inset 4px 0 0 var(--attention); }
`;
