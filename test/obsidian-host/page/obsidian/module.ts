import type { Promised } from "./conformance";
import {
  editorEditorField,
  editorInfoField,
  editorLivePreviewField,
  livePreviewState,
} from "../editor/state-fields";
import { Editor } from "../editor/editor";
import {
  MarkdownPreviewRenderer,
  MarkdownPreviewView,
  MarkdownRenderChild,
  MarkdownRenderer,
} from "../markdown/markdown-renderer";
import { MetadataCache } from "../metadata/metadata-cache";
import { Plugin } from "../plugin/plugin";
import { ButtonComponent, ExtraButtonComponent } from "../settings/button";
import {
  ColorComponent,
  DisplayValueComponent,
  DropdownComponent,
  ProgressBarComponent,
  SliderComponent,
  ToggleComponent,
} from "../settings/choices";
import {
  AbstractTextComponent,
  BaseComponent,
  SearchComponent,
  TextAreaComponent,
  TextComponent,
  ValueComponent,
} from "../settings/components";
import { MomentFormatComponent } from "../settings/moment-format";
import { SecretComponent } from "../settings/secret-component";
import { Setting } from "../settings/setting";
import { SettingGroup } from "../settings/setting-group";
import { PluginSettingTab, SettingPage, SettingTab } from "../settings/setting-tab";
import { CapacitorAdapter, FileSystemAdapter } from "../vault/data-adapter";
import { FileManager } from "../vault/file-manager";
import { TAbstractFile, TFile, TFolder } from "../vault/files";
import { Vault } from "../vault/vault";
import { EditableFileView, FileView, TextFileView } from "../views/file-view";
import { MarkdownView } from "../views/markdown-view";
import { ItemView, View } from "../views/view";
import {
  WorkspaceContainer,
  WorkspaceFloating,
  WorkspaceItem,
  WorkspaceMobileDrawer,
  WorkspaceParent,
  WorkspaceRibbon,
  WorkspaceRoot,
  WorkspaceSidedock,
  WorkspaceSplit,
  WorkspaceTabs,
  WorkspaceWindow,
} from "../workspace/items";
import { WorkspaceLeaf } from "../workspace/leaf";
import { Workspace } from "../workspace/workspace";
import { App } from "./app";
import {
  arrayBufferToBase64,
  arrayBufferToHex,
  base64ToArrayBuffer,
  getBlobArrayBuffer,
  hexToArrayBuffer,
} from "./bytes";
import { getAllTags, iterateCacheRefs, iterateRefs, resolveSubpath } from "./cached-metadata";
import { Component } from "./component";
import { debounce } from "./debounce";
import { Events } from "./events";
import { addIcon, getIcon, getIconIds, removeIcon, setIcon } from "./icons";
import { Keymap, Scope } from "./keymap";
import { Menu, MenuItem, MenuSeparator } from "./menu";
import { ConfirmationButton, ConfirmationModal, Modal } from "./modal";
import { Notice } from "./notice";
import { getLinkpath, normalizePath, parseLinktext, stripHeading, stripHeadingForLink } from "./paths";
import { apiVersion, getLanguage, Platform, requireApiVersion } from "./platform";
import { AbstractInputSuggest, PopoverSuggest } from "./popover-suggest";
import { request, requestUrl } from "./request-url";
import { sanitizeHTMLToDom } from "./sanitize";
import {
  prepareFuzzySearch,
  prepareSimpleSearch,
  renderMatches,
  renderResults,
  sortSearchResults,
} from "./search";
import { SecretStorage } from "./secret-storage";
import { FuzzySuggestModal, SuggestModal } from "./suggest-modal";
import { Tasks } from "./tasks";
import { displayTooltip, setTooltip } from "./tooltip";
import {
  getFrontMatterInfo,
  parseFrontMatterAliases,
  parseFrontMatterEntry,
  parseFrontMatterStringArray,
  parseFrontMatterTags,
  parseYaml,
  stringifyYaml,
} from "./yaml";

/** What the stage leaves out of Obsidian's module. All else is there, and the compiler holds it to Obsidian's types. */
export type LeftOut =
  | `Bases${string}`
  | "BooleanValue"
  | "DateValue"
  | "DurationValue"
  | "FileValue"
  | "HTMLValue"
  | "IconValue"
  | "ImageValue"
  | "LinkValue"
  | "ListValue"
  | "NotNullValue"
  | "NullValue"
  | "NumberValue"
  | "ObjectValue"
  | "PrimitiveValue"
  | "RegExpValue"
  | "RelativeDateValue"
  | "StringValue"
  | "TagValue"
  | "UrlValue"
  | "Value"
  | "parsePropertyId"
  | "QueryController"
  | "RenderContext"
  | "EditorSuggest"
  | "HoverPopover"
  | "PopoverState"
  | "MarkdownEditView"
  | "finishRenderMath"
  | "htmlToMarkdown"
  | "loadMathJax"
  | "loadMermaid"
  | "loadPdfJs"
  | "loadPrism"
  | "moment"
  | "renderMath";

export const obsidianModule = {
  AbstractInputSuggest,
  AbstractTextComponent,
  addIcon,
  apiVersion,
  App,
  arrayBufferToBase64,
  arrayBufferToHex,
  base64ToArrayBuffer,
  BaseComponent,
  ButtonComponent,
  CapacitorAdapter,
  ColorComponent,
  Component,
  ConfirmationButton,
  ConfirmationModal,
  debounce,
  DisplayValueComponent,
  displayTooltip,
  DropdownComponent,
  EditableFileView,
  Editor,
  editorEditorField,
  editorInfoField,
  editorLivePreviewField,
  editorViewField: editorInfoField,
  Events,
  ExtraButtonComponent,
  FileManager,
  FileSystemAdapter,
  FileView,
  FuzzySuggestModal,
  getAllTags,
  getBlobArrayBuffer,
  getFrontMatterInfo,
  getIcon,
  getIconIds,
  getLanguage,
  getLinkpath,
  hexToArrayBuffer,
  ItemView,
  iterateCacheRefs,
  iterateRefs,
  Keymap,
  livePreviewState,
  MarkdownPreviewRenderer,
  MarkdownPreviewView,
  MarkdownRenderChild,
  MarkdownRenderer,
  MarkdownView,
  Menu,
  MenuItem,
  MenuSeparator,
  MetadataCache,
  Modal,
  MomentFormatComponent,
  normalizePath,
  Notice,
  parseFrontMatterAliases,
  parseFrontMatterEntry,
  parseFrontMatterStringArray,
  parseFrontMatterTags,
  parseLinktext,
  parseYaml,
  Platform,
  Plugin,
  PluginSettingTab,
  PopoverSuggest,
  prepareFuzzySearch,
  prepareSimpleSearch,
  ProgressBarComponent,
  removeIcon,
  renderMatches,
  renderResults,
  request,
  requestUrl,
  requireApiVersion,
  resolveSubpath,
  sanitizeHTMLToDom,
  Scope,
  SearchComponent,
  SecretComponent,
  SecretStorage,
  setIcon,
  Setting,
  SettingGroup,
  SettingPage,
  SettingTab,
  setTooltip,
  SliderComponent,
  sortSearchResults,
  stringifyYaml,
  stripHeading,
  stripHeadingForLink,
  SuggestModal,
  TAbstractFile,
  Tasks,
  TextAreaComponent,
  TextComponent,
  TextFileView,
  TFile,
  TFolder,
  ToggleComponent,
  ValueComponent,
  Vault,
  View,
  Workspace,
  WorkspaceContainer,
  WorkspaceFloating,
  WorkspaceItem,
  WorkspaceLeaf,
  WorkspaceMobileDrawer,
  WorkspaceParent,
  WorkspaceRibbon,
  WorkspaceRoot,
  WorkspaceSidedock,
  WorkspaceSplit,
  WorkspaceTabs,
  WorkspaceWindow,
} satisfies Promised<LeftOut>;
