import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { spawnCli } from '../cli/run-cli.ts';

export interface OpenedPage {
  readonly page: Page;
  /** What the page threw, and what it wrote to the console as an error. */
  readonly faults: string[];
  /** The origins that it asked. */
  readonly asked: Set<string>;
}

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
// Without its own services Chromium asks nobody but the page; its camera is a drawn one.
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
];

/** A browser to open pages in. */
export function openBrowser(executablePath: string | undefined) {
  let browser: Browser | undefined;
  return {
    async start(): Promise<void> {
      browser = await chromium.launch({ executablePath: executablePath ?? '', args: quiet });
    },
    stop: async () => await browser?.close(),
    async open(options: BrowserContextOptions, address: string): Promise<OpenedPage> {
      if (browser === undefined) throw new Error('The browser was not started.');
      const context = await browser.newContext(options);
      // Put in by the browser itself: the page's own policy lets no other script in.
      await context.addInitScript({ path: axeFile });
      const page = await context.newPage();
      const faults: string[] = [];
      const asked = new Set<string>();
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('console', (message) => {
        // A refused photo is a failed request, which Chromium logs by itself.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
          faults.push(message.text());
      });
      page.on('request', (request) => {
        if (/^https?:/.test(request.url())) asked.add(new URL(request.url()).origin);
      });
      await page.goto(address);
      return { page, faults, asked };
    },
  };
}

/** The service with its page, and a browser to open it in. */
export function servePage(executablePath: string | undefined) {
  const browser = openBrowser(executablePath);
  let service: ReturnType<typeof spawnCli> | undefined;
  let address = '';
  return {
    /** Answers with the page's address. */
    async start(environment: Readonly<Record<string, string>> = {}): Promise<string> {
      service = spawnCli(['serve', '--port', '0'], environment);
      const [ready] = (await once(createInterface(service.stdout), 'line')) as [string];
      address = `http://127.0.0.1:${/localhost:(\d+)/.exec(ready)?.[1]}/`;
      await browser.start();
      return address;
    },
    async stop(): Promise<void> {
      try {
        await browser.stop();
      } finally {
        service?.kill();
      }
    },
    open: (options: BrowserContextOptions, path = '') => browser.open(options, address + path),
  };
}

/** What axe finds wrong with a page as it is now. */
export async function findViolations(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    interface Axe {
      run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
    }
    const { axe } = globalThis as unknown as { axe: Axe };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}

/** The id or, without one, the class and kind of what has the focus. */
export async function focusedId(page: Page): Promise<string> {
  return page.evaluate(
    'document.activeElement.id || document.activeElement.className || document.activeElement.tagName',
  );
}
