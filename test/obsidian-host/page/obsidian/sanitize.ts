/** Parses HTML and leaves out what could run. */
export function sanitizeHTMLToDom(html: string): DocumentFragment {
  const content = document.createDocumentFragment();
  const parsed = new DOMParser().parseFromString(html, "text/html");
  for (const el of parsed.querySelectorAll("script, iframe, object, embed, link, style, base, meta"))
    el.remove();
  for (const el of parsed.querySelectorAll("*")) {
    for (const { name, value } of [...el.attributes]) {
      if (name.startsWith("on") || /^\s*javascript:/i.test(value)) el.removeAttribute(name);
    }
  }
  content.append(...[...parsed.body.childNodes].map((node) => document.adoptNode(node)));
  return content;
}
