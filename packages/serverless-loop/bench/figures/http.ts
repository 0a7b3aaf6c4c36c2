import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { type Figure, scaled } from '../figure.ts';
import { median } from '../statistics.ts';
import { startSourcesApplication } from '../subjects/sources-application.ts';

const AT_ONCE = 16;
const ROUNDS = 5;

export const http: Figure = {
  name: 'http',
  title: `requests of an HTTP API a second, ${AT_ONCE} at once, and a bare server of Node's with the same handler in its process`,
  target:
    'measured: the loop answers from processes of their own, one request each at a time, as Lambda does',
  async run(options) {
    const { client, targetOf, handlerFile } = await startSourcesApplication(options);
    const api = new URL(targetOf('api'));
    const bare = await startBareServer(handlerFile, options);
    const count = scaled(options, 3_000, 300);
    const perSecond = async (endpoint: string, requestPath: string) => {
      const job = { kind: 'request', endpoint, path: requestPath, body: '{"snack":"pretzel"}' } as const;
      return (1000 * count) / (await client.run({ ...job, count, atOnce: AT_ONCE })).elapsedMs;
    };
    const viaLoop = () => perSecond(api.origin, api.pathname);
    const alone = () => perSecond(bare, '/sent');
    await viaLoop();
    await alone();
    const rates: number[] = [];
    const bareRates: number[] = [];
    await options.profiled(async () => {
      for (let round = 1; round <= ROUNDS; round += 1) {
        rates.push(await viaLoop());
        bareRates.push(await alone());
        options.say(
          `round ${round} of ${ROUNDS}: ${rates.at(-1)?.toFixed(0)} and ${bareRates.at(-1)?.toFixed(0)} requests/s`,
        );
      }
    });
    return [
      {
        what: `${AT_ONCE} at once`,
        unit: 'requests/s',
        measured: { median: median(rates) },
        reference: { what: 'a bare server', median: median(bareRates) },
        limits: [],
      },
    ];
  },
};

async function startBareServer(
  handlerFile: string,
  { atEnd }: Pick<Parameters<Figure['run']>[0], 'atEnd'>,
): Promise<string> {
  const child = fork(path.join(import.meta.dirname, '../subjects/bare-server.mjs'), [handlerFile]);
  const gone = once(child, 'exit');
  atEnd(async () => {
    if (child.connected) child.disconnect();
    await gone;
  });
  const [port] = await once(child, 'message');
  return `http://127.0.0.1:${port}`;
}
