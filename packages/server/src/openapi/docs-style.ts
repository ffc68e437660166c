/** The style sheet of the page. */
export const docsStyle = `:root { color-scheme: light dark; --line: #8884; --soft: #8882; --accent: #0a66c2; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem; font: 16px/1.5 system-ui, sans-serif; }
h1 small { font-weight: normal; font-size: 1rem; opacity: .7; }
h2 { margin: 2rem 0 0; }
code, pre, input { font: 14px/1.5 ui-monospace, monospace; }
a { color: var(--accent); }
details { border: 1px solid var(--line); border-radius: 6px; margin: .5rem 0; padding: 0 1rem; }
details[open] { padding-bottom: 1rem; }
summary { cursor: pointer; padding: .6rem 0; overflow-wrap: anywhere; }
summary b { color: var(--accent); }
summary span { opacity: .8; }
form { display: grid; gap: .5rem; }
form label { display: grid; grid-template-columns: 10rem 4rem 1fr; gap: .5rem; align-items: center; }
form label span { grid-column: 3; font-size: .85rem; opacity: .8; }
input { width: 100%; padding: .3rem .5rem; border: 1px solid var(--line); border-radius: 4px; background: transparent; color: inherit; }
button { justify-self: start; padding: .4rem 1.2rem; border: 0; border-radius: 4px; background: var(--accent); color: #fff; font: inherit; cursor: pointer; }
table { width: 100%; margin-top: 1rem; border-collapse: collapse; font-size: .9rem; }
th, td { padding: .25rem .5rem; border-top: 1px solid var(--line); text-align: left; vertical-align: top; }
output { display: block; margin-top: 1rem; }
output[hidden] { display: none; }
pre { max-height: 24rem; overflow: auto; margin: .3rem 0 0; padding: .8rem; border-radius: 4px; background: var(--soft); white-space: pre-wrap; overflow-wrap: anywhere; }
@media (max-width: 40rem) { form label { grid-template-columns: 1fr; } form label span { grid-column: 1; } }
`;
