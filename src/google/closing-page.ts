/** What the browser's page says when Google's answer has come. */
export type ClosingEnd = "signed-in" | "denied" | "failed" | "not-ours";

/** The words of that page, in the person's language: our own, of which none has a sign that HTML would read (a test asks). */
export interface ClosingWords {
  readonly title: string;
  readonly text: string;
  /** BCP 47, for screen readers. */
  readonly language: string;
}

/** The whole page: no script, nothing from elsewhere, nothing of the address it was called by. */
export function closingPage({ title, text, language }: ClosingWords): string {
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<title>${title}</title>
<style>
  :root { color-scheme: light dark; font: 1.1rem/1.5 system-ui, sans-serif; }
  body { max-inline-size: 32rem; margin: 20vh auto; padding: 0 1.5rem; text-align: center; }
</style>
<h1>${title}</h1>
<p>${text}</p>
</html>
`;
}
