/** The page to sign in, which has the only form with a field. */
export const signInStyle = `
.sign-in { display: grid; gap: .75rem; }
.sign-in pre { margin: 0; padding: .625rem .75rem; overflow-x: auto; background: var(--mat); border-radius: 4px; font-size: .9375rem; }
.sign-in form { display: grid; gap: .375rem; border-top: 1px solid var(--line); padding-top: .875rem; margin-top: .25rem; }
.sign-in label { font-weight: 600; }
.sign-in input { width: 100%; min-height: 2.75rem; padding: .375rem .625rem; border: 1px solid var(--soft); border-radius: 4px; background: var(--paper); color: var(--ink); font: inherit; }
.sign-in input::placeholder { color: var(--soft); opacity: 1; }
.sign-in form button { justify-self: start; min-height: 2.75rem; margin-top: .375rem; padding: .375rem 1.25rem; border: 0; border-radius: 4px; background: var(--link); color: var(--sheet); font: inherit; font-weight: 600; cursor: pointer; }
.alarm[role=alert] { margin: .75rem 0; }
`;
