import type * as obs from "obsidian";
import { showEmbed } from "../editor/image-embed";
import type { App } from "../obsidian/app";
import type { Component } from "../obsidian/component";
import { setIcon } from "../obsidian/icons";
import { getFrontMatterInfo } from "../obsidian/yaml";
import { parser } from "./parser";
import { postProcessors } from "./post-processors";

interface Section {
  html: string;
  tag: string;
  lineStart: number;
  lineEnd: number;
}

interface Source {
  app: App;
  text: string;
  sourcePath: string;
  docId: string;
}

function sectionsOf(text: string): Section[] {
  const { exists, contentStart } = getFrontMatterInfo(text);
  const skipped = exists ? text.slice(0, contentStart).split("\n").length - 1 : 0;
  const environment = {};
  const tokens = parser.parse(exists ? text.slice(contentStart) : text, environment);
  const sections: Section[] = [];
  let from = 0;
  for (const [i, token] of tokens.entries()) {
    const ends = token.level === 0 && token.nesting <= 0;
    if (!ends) continue;
    const block = tokens.slice(from, i + 1);
    const first = block[0];
    from = i + 1;
    if (first === undefined) continue;
    const [start, end] = first.map ?? [0, 1];
    sections.push({
      html: parser.renderer.render(block, parser.options, environment),
      tag: first.tag === "code" ? "pre" : first.tag || "div",
      lineStart: start + skipped,
      lineEnd: end - 1 + skipped,
    });
  }
  return sections;
}

/** Turns `> [!type] Title` into the boxes that Obsidian draws. */
function drawCallouts(el: HTMLElement): void {
  for (const quote of el.querySelectorAll("blockquote")) {
    const first = quote.querySelector(":scope > p:first-child");
    const match = /^\s*\[!([\w-]+)\]([+-]?)[ \t]*([^\n]*)\n?/.exec(first?.textContent ?? "");
    const head = first?.firstChild;
    if (match === null || first === null || head?.nodeType !== Node.TEXT_NODE) continue;
    const [whole, type = "note", , given = ""] = match;
    head.textContent = (head.textContent ?? "").slice(whole.trimEnd().length);
    first.querySelector(":scope > br:first-of-type")?.remove();
    const callout = createDiv({ cls: "callout", attr: { "data-callout": type.toLowerCase() } });
    const title = callout.createDiv("callout-title");
    setIcon(title.createDiv("callout-icon"), "lucide-info");
    const name = given.trim() === "" ? type.charAt(0).toUpperCase() + type.slice(1) : given.trim();
    title.createDiv({ cls: "callout-title-inner", text: name });
    if (first.textContent.trim() === "" && first.children.length === 0) first.remove();
    callout.createDiv("callout-content").append(...quote.childNodes);
    quote.replaceWith(callout);
  }
}

function drawTasks(el: HTMLElement): void {
  for (const item of el.querySelectorAll("li")) {
    const text = item.firstChild?.nodeName === "P" ? item.firstChild.firstChild : item.firstChild;
    const mark = /^\[(.)\] /.exec(text?.textContent ?? "")?.[1];
    if (mark === undefined || text?.nodeType !== Node.TEXT_NODE) continue;
    text.textContent = (text.textContent ?? "").slice(4);
    item.addClass("task-list-item");
    item.toggleClass("is-checked", mark !== " ");
    const box = createEl("input", {
      cls: "task-list-item-checkbox",
      type: "checkbox",
      attr: { "aria-label": text.textContent },
    });
    box.checked = mark !== " ";
    item.prepend(box);
  }
}

function context(
  source: Source,
  section: Section | null,
  owner: Component,
): obs.MarkdownPostProcessorContext {
  const { app, text, sourcePath, docId } = source;
  const file = app.vault.getFileByPath(sourcePath);
  return {
    docId,
    sourcePath,
    frontmatter: (file === null ? null : app.metadataCache.getFileCache(file)?.frontmatter) ?? null,
    addChild: (child) => void owner.addChild(child),
    getSectionInfo: () =>
      section === null ? null : { text, lineStart: section.lineStart, lineEnd: section.lineEnd },
  };
}

/** Loads what the embeds of a rendered section show. Done after the processors, as in Obsidian. */
export function loadEmbeds(app: App, el: HTMLElement, sourcePath: string): void {
  for (const embed of el.querySelectorAll<HTMLElement>("span.internal-embed")) {
    showEmbed(app, embed, embed.getAttr("src") ?? "", embed.getAttr("alt") ?? "", sourcePath);
  }
}

async function process(
  source: Source,
  section: Section | null,
  el: HTMLElement,
  owner: Component,
): Promise<void> {
  drawCallouts(el);
  drawTasks(el);
  for (const table of el.querySelectorAll("table")) table.setAttr("dir", "auto");
  const ctx = context(source, section, owner);
  for (const processor of postProcessors()) {
    try {
      await processor(el, ctx);
    } catch (error) {
      console.error("A Markdown post processor failed", error);
    }
  }
  loadEmbeds(source.app, el, source.sourcePath);
}

function fill(el: HTMLElement, html: string): void {
  const template = el.doc.createElement("template");
  template.innerHTML = html;
  for (const script of template.content.querySelectorAll("script")) script.remove();
  el.append(template.content);
}

/** Renders a whole note, each of its blocks in an element of its own. `owner` ends what processors start. */
export async function renderSections(source: Source, el: HTMLElement, owner: Component): Promise<void> {
  for (const section of sectionsOf(source.text)) {
    const sectionEl = el.createDiv(`el-${section.tag}`);
    fill(sectionEl, section.html);
    await process(source, section, sectionEl, owner);
  }
}

/** Renders Markdown into an element as one piece. */
export async function renderInto(source: Source, el: HTMLElement, owner: Component): Promise<void> {
  fill(
    el,
    sectionsOf(source.text)
      .map((section) => section.html)
      .join(""),
  );
  await process(source, null, el, owner);
}
