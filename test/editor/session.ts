import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type FrameLocator, type Page } from 'playwright-core';
// @ts-expect-error a script without types
import { serverArguments } from '../../scripts/editor.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const screenshots = join(root, 'test', 'output', 'screenshots');

/** Paths that `npm test` hands over; undefined where the editor could not be installed (it says so itself). */
export const editor = process.env.LAYERSCOPE_EDITOR && process.env.LAYERSCOPE_EDITOR_NODE && process.env.LAYERSCOPE_CHROMIUM
  ? { server: process.env.LAYERSCOPE_EDITOR, node: process.env.LAYERSCOPE_EDITOR_NODE, chromium: process.env.LAYERSCOPE_CHROMIUM }
  : undefined;

export type Theme = 'Default Dark Modern' | 'Default Light Modern' | 'Default High Contrast' | 'Default High Contrast Light';

/** A real VS Code with the packaged extension, on a copy of a folder, in a real browser. */
export class EditorSession {
  private constructor(
    readonly page: Page,
    readonly folder: string,
    private readonly browser: Browser,
    private readonly server: ChildProcess,
    private readonly data: string,
    readonly console: string[],
  ) {}

  static async start({ vsix, folder, theme = 'Default Dark Modern', settings = {}, width = 1400, height = 900 }: { vsix: string; folder: string; theme?: Theme; settings?: object; width?: number; height?: number }): Promise<EditorSession> {
    if (!editor) throw new Error('The editor is not installed: run `npm test`.');
    const data = mkdtempSync(join(tmpdir(), 'layerscope-test-'));
    const work = join(data, 'work');
    cpSync(folder, work, { recursive: true });
    const port = await freePort();
    const args: string[] = serverArguments({ port, data });
    mkdirSync(join(data, 'user', 'User'), { recursive: true });
    writeFileSync(join(data, 'user', 'User', 'settings.json'), JSON.stringify({
      'workbench.colorTheme': theme, 'workbench.startupEditor': 'none', 'workbench.tips.enabled': false, 'workbench.secondarySideBar.defaultVisibility': 'hidden',
      'security.workspace.trust.enabled': false, 'telemetry.telemetryLevel': 'off', 'chat.commandCenter.enabled': false, 'editor.minimap.enabled': false,
      'git.enabled': false, 'extensions.ignoreRecommendations': true, 'window.autoDetectColorScheme': false,
      // what is typed is what stands there
      'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' }, 'editor.suggestOnTriggerCharacters': false, 'editor.autoClosingBrackets': 'never', 'editor.autoClosingQuotes': 'never', 'editor.autoIndent': 'none', 'editor.parameterHints.enabled': false, 'editor.wordBasedSuggestions': 'off', 'files.simpleDialog.enable': true, ...settings,
    }));
    const installed = spawnSync(editor.node, [editor.server, ...args, '--install-extension', vsix], { encoding: 'utf8' });
    if (installed.status !== 0) throw new Error(`The extension does not install: ${installed.stdout}${installed.stderr}`);
    const server = spawn(editor.node, [editor.server, ...args, work], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    await new Promise<void>((resolve, reject) => {
      server.stdout.on('data', (chunk: Buffer) => chunk.toString().includes('HTTP server listening') && resolve());
      server.once('exit', (code) => reject(new Error(`The editor ended with exit code ${code}.`)));
    });
    const browser = await chromium.launch({
      executablePath: editor.chromium,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
    const page = await browser.newPage({ viewport: { width, height } });
    const messages: string[] = [];
    page.on('console', (message) => messages.push(`${message.type()}: ${message.text()}`));
    await page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(work)}`, { timeout: 60_000 });
    await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    return new EditorSession(page, work, browser, server, data, messages);
  }

  /** Opens a file of the folder through Quick Open, as a person would: once more where the search was not ready yet. */
  async open(name: string): Promise<void> {
    const row = this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: name }).first();
    for (let attempt = 1; ; attempt++) {
      await this.page.keyboard.press('Control+P');
      const input = this.page.locator('.quick-input-widget input').first();
      await input.waitFor({ timeout: 20_000 });
      await input.fill(name);
      const found = await row.waitFor({ timeout: 15_000 }).then(() => true, () => false);
      if (found) break;
      if (attempt === 4) throw new Error(`Quick Open does not find ${name}.`);
      await this.page.keyboard.press('Escape');
    }
    // Enter would take whatever row has the focus by now
    await row.click();
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor({ timeout: 20_000 });
  }

  async command(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    const input = this.page.locator('.quick-input-widget input').first();
    await input.waitFor({ timeout: 20_000 });
    await input.fill(`>${title}`);
    await this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).first().waitFor({ timeout: 20_000 });
    await this.page.keyboard.press('Enter');
  }

  /** Puts the cursor on a line and column (both from 1). */
  async goTo(line: number, column = 1): Promise<void> {
    await this.page.keyboard.press('Control+G');
    const input = this.page.locator('.quick-input-widget input').first();
    await input.waitFor({ timeout: 20_000 });
    await input.fill(`:${line}:${column}`);
    await this.page.keyboard.press('Enter');
  }

  /** Replaces a whole line, from its first character that is no space. */
  async replaceLine(line: number, text: string): Promise<void> {
    await this.goTo(line, 1);
    await this.page.keyboard.press('End');
    await this.page.keyboard.press('Shift+Home');
    await this.page.keyboard.type(text);
  }

  /** The graph panel's own document. */
  get panel(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  async screenshot(name: string): Promise<string> {
    mkdirSync(screenshots, { recursive: true });
    const path = join(screenshots, `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  async end(): Promise<void> {
    await this.browser.close();
    // the server leads a group of its own: its extension hosts end with it
    if (this.server.pid !== undefined && this.server.exitCode === null) process.kill(-this.server.pid, 'SIGKILL');
    rmSync(this.data, { recursive: true, force: true, maxRetries: 5 });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
