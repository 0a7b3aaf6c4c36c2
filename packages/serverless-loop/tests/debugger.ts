import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import { openDevToolsSession } from './devtools-session.ts';

export interface Debugger {
  send(method: string, params?: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** The next event of this name, also one that came before it was asked for. */
  next(method: string): Promise<Record<string, unknown>>;
  /**
   * Sets a breakpoint where the bundle has the line (from 1) of a source whose path ends so. Returns what sets it
   * again in a process that has not loaded its bundle yet.
   */
  breakAt(source: string, line: number): Promise<Record<string, unknown>>;
  /** The values of the variables of the function that is paused, as its source names them. */
  locals(paused: Record<string, unknown>): Promise<Record<string, unknown>>;
  closed: Promise<void>;
  close(): void;
}

/** Attaches as Chrome and editors do: asks the port what there is, then opens a session. */
export async function attach(port: number): Promise<Debugger> {
  const targets = await fetch(`http://127.0.0.1:${port}/json/list`);
  const [target]: { webSocketDebuggerUrl: string }[] = JSON.parse(await targets.text());
  const came = new Map<string, Record<string, unknown>[]>();
  const asked = new Map<string, ((params: Record<string, unknown>) => void)[]>();
  const scripts: { url: string; sourceMapURL: string }[] = [];

  const { send, closed, close } = await openDevToolsSession(
    target?.webSocketDebuggerUrl ?? '',
    (method, params) => {
      if (method === 'Debugger.scriptParsed')
        scripts.push({ url: String(params.url), sourceMapURL: String(params.sourceMapURL) });
      const ask = asked.get(method)?.shift();
      if (ask) ask(params);
      else came.set(method, [...(came.get(method) ?? []), params]);
    },
  );
  onTestFinished(close);

  await send('Runtime.enable');
  await send('Debugger.enable');
  return {
    send,
    closed,
    close,
    next(method) {
      const [first, ...rest] = came.get(method) ?? [];
      came.set(method, rest);
      if (first) return Promise.resolve(first);
      return new Promise((resolve) => asked.set(method, [...(asked.get(method) ?? []), resolve]));
    },
    async breakAt(source, line) {
      const bundle = scripts.find(({ sourceMapURL }) => sourceMapURL.endsWith('handler.js.map'));
      if (!bundle) throw new Error(`no bundle among ${scripts.map(({ url }) => url).join(', ')}`);
      const lineNumber = generatedLine(bundle.url, source, line);
      await send('Debugger.setBreakpointByUrl', { url: bundle.url, lineNumber });
      return { urlRegex: '.*/handler\\.js$', lineNumber };
    },
    async locals(paused) {
      const [frame]: { scopeChain: { type: string; object: { objectId: string } }[] }[] = JSON.parse(
        JSON.stringify(paused.callFrames),
      );
      const local = frame?.scopeChain.find(({ type }) => type === 'local');
      const { result } = await send('Runtime.getProperties', {
        objectId: local?.object.objectId,
        ownProperties: true,
      });
      const properties: { name: string; value?: { value?: unknown } }[] = JSON.parse(JSON.stringify(result));
      return Object.fromEntries(properties.map(({ name, value }) => [name, value?.value]));
    },
  };
}

/** The first line (from 0) of a bundle that its map leads back to the source's line (from 1). */
function generatedLine(bundleUrl: string, source: string, line: number): number {
  const file = fileURLToPath(bundleUrl);
  const map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')));
  const lines = readFileSync(file, 'utf8').split('\n');
  const found = lines.findIndex((text, index) => {
    const origin = map.findOrigin(index + 1, text.search(/\S|$/) + 1);
    return 'fileName' in origin && origin.fileName.endsWith(source) && origin.lineNumber === line;
  });
  if (found < 0) throw new Error(`the bundle has nothing of ${source}:${line}`);
  return found;
}

/** The line, from 1, of a source file on which this text is. */
export function lineOf(file: string, text: string): number {
  const index = readFileSync(file, 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(text));
  expect(index).toBeGreaterThan(-1);
  return index + 1;
}
