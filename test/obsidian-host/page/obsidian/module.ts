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
import { arrayBufferToBase64, base64ToArrayBuffer, hexToArrayBuffer } from "./bytes";
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
import { prepareFuzzySearch, renderMatches, renderResults, sortSearchResults } from "./search";
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
  | "SecretComponent"
  | "arrayBufferToHex"
  | "finishRenderMath"
  | "getAllTags"
  | "getBlobArrayBuffer"
  | "htmlToMarkdown"
  | "iterateCacheRefs"
  | "iterateRefs"
  | "loadMathJax"
  | "loadMermaid"
  | "loadPdfJs"
  | "loadPrism"
  | "moment"
  | "prepareSimpleSearch"
  | "renderMath"
  | "resolveSubpath"
  | "sanitizeHTMLToDom";

export const obsidianModule = {
  AbstractInputSuggest,
  AbstractTextComponent,
  addIcon,
  apiVersion,
  App,
  arrayBufferToBase64,
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
  getFrontMatterInfo,
  getIcon,
  getIconIds,
  getLanguage,
  getLinkpath,
  hexToArrayBuffer,
  ItemView,
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
  ProgressBarComponent,
  removeIcon,
  renderMatches,
  renderResults,
  request,
  requestUrl,
  requireApiVersion,
  Scope,
  SearchComponent,
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
