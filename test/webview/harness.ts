import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import type { DocumentMessage, ToHost, ToPanel } from '../../webview/messages.ts';
import { page as panelPage } from '../../webview/page.ts';
import type { LayerGraph } from '../../graph/graph.ts';
import type { Theme } from './themes.ts';
import { themes } from './themes.ts';
import { file } from './graphs.ts';

/** Where Chromium is, or undefined: then the tests of the panel are skipped. */
export const chromiumPath = [process.env['LAYERSCOPE_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => path !== undefined && existsSync(path));

/** A group of tests of the panel in Chromium, left out where there is none. What they open is closed behind each, and must have left nothing on the console. */
export function describePanel(title: string, tests: (harness: Pick<Harness, 'open'>) => void): void {
  describe.skipIf(chromiumPath === undefined)(`${title}${chromiumPath ? '' : ' (skipped: no Chromium; install it or set LAYERSCOPE_CHROMIUM)'}`, () => {
    let harness: Harness | undefined;
    let opened: PanelPage[] = [];
    beforeAll(async () => {
      harness = await Harness.start();
    }, 60_000);
    afterAll(() => harness?.stop());
    afterEach(async () => {
      const pages = opened;
      opened = [];
      for (const page of pages) await page.close();
      // no error, no breach of the content policy
      expect(pages.flatMap(({ faults }) => faults)).toEqual([]);
    });
    tests({
      open: async (options) => {
        const page = await harness!.open(options);
        opened.push(page);
        return page;
      },
    });
  });
}

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** The built panel behind a small server, and a browser to open it in. */
export class Harness {
  readonly #server: Server;
  readonly #browser: Browser;
  readonly #origin: string;

  private constructor(server: Server, browser: Browser) {
    this.#server = server;
    this.#browser = browser;
    this.#origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(): Promise<Harness> {
    const { outputFiles } = await build({
      entryPoints: { webview: 'webview/main.ts', 'layout-worker': 'webview/layout/worker.ts' },
      bundle: true, write: false, outdir: 'out', platform: 'browser', target: 'es2022', format: 'iife', logLevel: 'error', minify: true,
    });
    const files = new Map(outputFiles.map(({ path, contents }) => [`/${path.split(/[/\\]/).at(-1)}`, contents]));
    const server = createServer(({ url = '/', headers }, response) => {
      const { pathname } = new URL(url, 'http://localhost');
      const origin = `http://${headers.host}`;
      const content = pathname === '/' ? panelPage({ base: origin, source: origin, nonce: 'harness' }) : files.get(pathname);
      if (pathname === '/favicon.ico') return void response.writeHead(204).end();
      if (content === undefined) return void response.writeHead(404).end();
      response.writeHead(200, { 'content-type': pathname === '/' ? 'text/html' : pathname.endsWith('.css') ? 'text/css' : 'text/javascript' }).end(content);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Harness(server, await chromium.launch({ executablePath: chromiumPath, args: flags }));
  }

  async open(options: { theme?: Theme; width?: number; height?: number; state?: unknown; reducedMotion?: boolean } = {}): Promise<PanelPage> {
    const context = await this.#browser.newContext({ viewport: { width: options.width ?? 960, height: options.height ?? 720 }, deviceScaleFactor: 1, reducedMotion: options.reducedMotion === false ? 'no-preference' : 'reduce' });
    const page = await context.newPage();
    const panel = new PanelPage(page);
    await page.exposeFunction('toHost', (message: ToHost) => panel.posted.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error') panel.faults.push(message.text());
    });
    page.on('pageerror', (error) => panel.faults.push(error.message));
    await page.addInitScript(({ variables, kind, state }) => {
      let saved = state;
      const host = globalThis as unknown as { toHost(message: unknown): void; acquireVsCodeApi(): unknown; savedState(): unknown };
      host.acquireVsCodeApi = () => ({ postMessage: (message: unknown) => host.toHost(message), getState: () => saved, setState: (next: unknown) => saved = next });
      host.savedState = () => saved;
      // as VS Code does it: variables on the root element, the kind of theme on the body, both before the panel's script runs
      new MutationObserver((_, observer) => {
        for (const [name, value] of Object.entries(variables)) document.documentElement?.style.setProperty(name, value);
        if (!document.body) return;
        document.body.classList.add(`vscode-${kind}`);
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true });
    }, { variables: themes[options.theme ?? 'dark'], kind: options.theme === 'contrast' ? 'high-contrast' : options.theme ?? 'dark', state: options.state });
    await page.goto(this.#origin);
    await panel.until((posted) => posted.some(({ type }) => type === 'ready'));
    return panel;
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    this.#server.close();
  }
}

/** An open panel: what it posted, and a way to speak to it as the host. */
export class PanelPage {
  readonly page: Page;
  readonly posted: ToHost[] = [];
  /** What the console complains about, violations of the content policy included. */
  readonly faults: string[] = [];
  #version = 0;

  constructor(page: Page) {
    this.page = page;
  }

  async send(message: ToPanel): Promise<void> {
    await this.page.evaluate((sent) => {
      // typed arrays come as plain objects through the test's own line
      const revive = (value: unknown): unknown => {
        if (Array.isArray(value)) return value.map(revive);
        if (typeof value !== 'object' || value === null) return value;
        if ('float32' in value) return Float32Array.from(value.float32 as number[]);
        return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revive(inner)]));
      };
      dispatchEvent(new MessageEvent('message', { data: revive(sent) }));
    }, plain(message) as object);
  }

  /** Shows an analysis of these models and waits until it is drawn. */
  async document(models: readonly LayerGraph[], rest: Partial<DocumentMessage> = {}): Promise<void> {
    await this.send({ type: 'document', file, title: file, version: ++this.#version, models: models.map((graph) => ({ graph, inputs: graph.inputs.map(() => 'given' as const) })), diagnostics: [], gaps: [], ...rest });
    await this.page.waitForFunction(() => document.querySelector('.graph-view[aria-busy]') === null);
    await this.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  }

  /** The last message of a type that the panel posted. */
  last<Type extends ToHost['type']>(type: Type): Extract<ToHost, { type: Type }> | undefined {
    return this.posted.findLast((message): message is Extract<ToHost, { type: Type }> => message.type === type);
  }

  async until(holds: (posted: readonly ToHost[]) => boolean, seconds = 10): Promise<void> {
    const end = Date.now() + seconds * 1000;
    while (!holds(this.posted)) {
      if (Date.now() > end) throw new Error(`The panel did not answer; it posted ${this.posted.map(({ type }) => type).join(', ')}; ${this.faults.join('; ')}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

function plain(value: unknown): unknown {
  if (value instanceof Float32Array) return { float32: [...value] };
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
