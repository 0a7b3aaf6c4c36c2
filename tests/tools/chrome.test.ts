import { readFileSync } from 'node:fs';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { askRunningLoop } from 'serverless-loop/commands';
import { findTool, lineOf, startCommand } from 'serverless-loop/tests';
import { expect, onTestFinished, test } from 'vitest';
import { startChrome } from './chrome.ts';

const chromium = await findTool('chromium');

const LINE = lineOf('src/order-creator/place-order.ts', 'await orders.insert(');
const PATIENCE = { timeout: 60_000, interval: 100 };

// With the keys that a person presses: Ctrl+P opens a file, Ctrl+B sets a breakpoint, F8 goes on.
test.runIf(chromium.expected)('Chrome finds a function, and stops at a line of its TypeScript', async () => {
  const flags = ['--port', '0', '--no-watch', '--inspect-port', '0', '--inspect', 'OrderCreatorFunction'];
  const loop = await startCommand(['start', ...flags]);
  onTestFinished(async () => void (await loop.stop()));
  const ready = loop.facts.find(({ kind }) => kind === 'ready');
  const { OrderCreatorFunction: port }: Record<string, number> = Object(ready?.debugPorts);
  const chrome = await startChrome(chromium, [`127.0.0.1:${port}`]);
  onTestFinished(chrome.stop);

  const inspect = await chrome.open('chrome://inspect/#devices');
  const follow = `(() => {
    const links = [...document.querySelectorAll('.action')];
    const link = links.find(({ textContent, offsetParent }) => textContent === 'inspect' && offsetParent);
    link?.click();
    return link !== undefined;
  })()`;
  await expect.poll(() => inspect.evaluate(follow), PATIENCE).toBe(true);
  const devTools = await chrome.opened('devtools://');
  await expect.poll(devTools.text, PATIENCE).toContain('Sources');

  await devTools.press({ key: 'p', code: 'KeyP', keyCode: 80, ctrl: true });
  await expect.poll(devTools.focus, PATIENCE).toBe('Quick open prompt');
  await devTools.type(`place-order.ts:${LINE}`);
  await expect.poll(devTools.text, PATIENCE).toContain('src/order-creator/');
  await devTools.press({ key: 'Enter', code: 'Enter', keyCode: 13 });
  await expect.poll(devTools.focus, PATIENCE).toBe('Code editor');
  await expect.poll(devTools.text, PATIENCE).toContain('await orders.insert(');
  await devTools.press({ key: 'b', code: 'KeyB', keyCode: 66, ctrl: true });
  await expect.poll(devTools.text, PATIENCE).toMatch(/place-order\.ts\s*const insertion = awa/);

  const { outputs, region } = await askRunningLoop(loop.endpoint);
  const client = new LambdaClient({
    endpoint: loop.endpoint,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const FunctionName = outputs.OrderCreatorFunctionName;
  const answered = client.send(
    new InvokeCommand({ FunctionName, Payload: readFileSync('events/order.json') }),
  );
  await expect.poll(devTools.text, PATIENCE).toContain('Paused on breakpoint');
  await expect.poll(devTools.text, PATIENCE).toContain(`place-order.ts:${LINE}`);
  const shownId = async () => /orderId = "([^"]+)"/.exec(await devTools.text())?.[1];
  await expect.poll(shownId, PATIENCE).toBeDefined();
  const orderId = await shownId();
  await devTools.press({ key: 'F8', code: 'F8', keyCode: 119 });
  const answer = Buffer.from((await answered).Payload ?? []).toString();
  expect(JSON.parse(answer)).toMatchObject({ accepted: true, orderId });
});
