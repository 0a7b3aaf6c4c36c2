import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { type DevToolsSession, openDevToolsSession, type Tool } from 'serverless-loop/tests';
import { expect } from 'vitest';

/** A page of Chrome's, or a window of its DevTools, which is a page as well. */
export interface Page {
  /** Evaluates an expression in it. */
  evaluate(expression: string): Promise<unknown>;
  /** All that it shows. */
  text(): Promise<string>;
  /** The name, for assistive technology, of what has the focus. */
  focus(): Promise<unknown>;
  press(key: { key: string; code: string; keyCode: number; ctrl?: boolean }): Promise<void>;
  type(text: string): Promise<void>;
}

export interface Chrome {
  open(url: string): Promise<Page>;
  /** The page that is, or will be, opened with an address that begins so. */
  opened(prefix: string): Promise<Page>;
  stop(): Promise<void>;
}

const PATIENCE = { timeout: 60_000, interval: 100 };
/** Nothing but what it is told to open: no updates, no other hosts. */
const QUIET = [
  '--headless=new',
  '--disable-gpu',
  // Its shared memory may be small in a container.
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts Chromium without a window, with a profile of its own in which chrome://inspect looks at these addresses. */
export async function startChrome(chromium: Tool, addresses: string[]): Promise<Chrome> {
  const profile = mkdtempSync(path.join(tmpdir(), 'chrome-'));
  mkdirSync(path.join(profile, 'Default'));
  const devtools = { discover_tcp_targets: true, tcp_discovery_config: addresses };
  writeFileSync(path.join(profile, 'Default/Preferences'), JSON.stringify({ devtools }));
  const child = chromium.start([
    ...QUIET,
    // Its sandbox doesn't work for root.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
    'about:blank',
  ]);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  // It writes much that means nothing here, and waits when nobody reads it.
  child.stderr?.resume();

  const portFile = path.join(profile, 'DevToolsActivePort');
  const address = () => (existsSync(portFile) ? readFileSync(portFile, 'utf8').split('\n') : []);
  await expect.poll(() => address().length, PATIENCE).toBe(2);
  const [port, browser] = address();
  const { send, close } = await openDevToolsSession(`ws://127.0.0.1:${port}${browser}`);

  async function pageOf(targetId: unknown): Promise<Page> {
    const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
    return page((method, params) => send(method, params, String(sessionId)));
  }

  return {
    async open(url) {
      const { targetId } = await send('Target.createTarget', { url });
      return await pageOf(targetId);
    },
    async opened(prefix) {
      const find = async () => {
        const { targetInfos } = await send('Target.getTargets', { filter: [{}] });
        const targets: { targetId: string; url: string }[] = JSON.parse(JSON.stringify(targetInfos));
        return targets.find(({ url }) => url.startsWith(prefix));
      };
      await expect.poll(find, PATIENCE).toBeDefined();
      return await pageOf((await find())?.targetId);
    },
    async stop() {
      close();
      child.kill();
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Texts of DevTools are in shadow trees, one in the other, and so is what has the focus. */
const TEXT = `(() => {
  const texts = [];
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) texts.push(node.textContent);
    if (node.shadowRoot) walk(node.shadowRoot);
    if (node.tagName !== 'STYLE' && node.tagName !== 'SCRIPT') node.childNodes.forEach(walk);
  };
  walk(document.body);
  return texts.join('');
})()`;
const FOCUS = `(() => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element?.getAttribute('aria-label');
})()`;
const CTRL = 2;

function page(send: DevToolsSession['send']): Page {
  async function evaluate(expression: string): Promise<unknown> {
    const { result } = await send('Runtime.evaluate', { expression });
    const { value }: { value?: unknown } = Object(result);
    return value;
  }
  return {
    evaluate,
    text: async () => String(await evaluate(TEXT)),
    focus: () => evaluate(FOCUS),
    async press({ key, code, keyCode, ctrl }) {
      const event = { key, code, windowsVirtualKeyCode: keyCode, modifiers: ctrl ? CTRL : 0 };
      const text = key === 'Enter' ? { text: '\r' } : {};
      await send('Input.dispatchKeyEvent', { type: 'keyDown', ...event, ...text });
      await send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
    },
    async type(text) {
      await send('Input.insertText', { text });
    },
  };
}
