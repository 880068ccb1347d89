const replaced: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as it may stand in HTML, in an attribute too. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (letter) => replaced[letter] ?? letter);

const style = `
:root { color-scheme: light dark; --line: #dadce0; --quiet: #5f6368; --blue: #0b57d0; --soft: #f1f3f4; --warn: #fef7e0; --warn-text: #6b4f00; }
@media (prefers-color-scheme: dark) {
  :root { --line: #444746; --quiet: #c4c7c5; --blue: #a8c7fa; --soft: #282a2c; --warn: #3b3113; --warn-text: #fde293; }
  body { background: #131314; color: #e3e3e3; }
}
* { box-sizing: border-box; }
body { font: 16px/1.5 "Google Sans", Roboto, system-ui, sans-serif; margin: 0; }
main { margin: 0 auto; padding: 1.5rem; }
main.narrow { max-width: 34rem; }
main.wide { max-width: 80rem; }
h1 { font-size: 1.5rem; font-weight: 500; margin: 0 0 1rem; }
h2 { font-size: 1rem; font-weight: 500; margin: 1.5rem 0 .5rem; }
a { color: var(--blue); }
nav { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; margin-bottom: 1rem; }
.quiet { color: var(--quiet); }
.card { border: 1px solid var(--line); border-radius: 1rem; padding: 1.5rem; }
.warning { background: var(--warn); color: var(--warn-text); border-radius: .5rem; padding: .75rem 1rem; }
label { display: flex; gap: .75rem; padding: .6rem 0; border-top: 1px solid var(--line); align-items: baseline; }
fieldset { border: 0; margin: 1rem 0; padding: 0; }
legend { padding: 0 0 .5rem; }
.buttons { display: flex; gap: .75rem; justify-content: flex-end; align-items: center; flex-wrap: wrap; }
button { font: inherit; font-weight: 500; border-radius: 2rem; padding: .5rem 1.5rem; border: 1px solid var(--line); background: none; color: var(--blue); cursor: pointer; }
button.main { background: var(--blue); border-color: var(--blue); color: Canvas; }
.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: .5rem; }
.tile { display: block; text-decoration: none; color: inherit; font-size: .8rem; }
.tile img, .tile .none { display: grid; place-items: center; width: 100%; aspect-ratio: 1; object-fit: cover; border-radius: .5rem; background: var(--soft); }
.tile span { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.picture { display: block; max-width: 100%; max-height: 75vh; margin: 0 auto 1rem; background: var(--soft); border-radius: .5rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }`;

/** A page of the emulator: one file, no scripts, nothing from elsewhere; light or dark as the person has it. */
export function layout(title: string, width: "narrow" | "wide", body: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><link rel="icon" href="data:,"><style>${style}</style></head>
<body><main class="${width}">${body}</main></body>
</html>`;
}
