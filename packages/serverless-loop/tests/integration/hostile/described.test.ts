import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { projectFolder, runLoop } from '../../loop-in-process.ts';
import { runsOf, sampleOf } from '../../matrix.ts';
import { answerValues } from './answer-values.ts';
import { inputOf } from './described-input.ts';
import type { WireRequest } from './described-request.ts';
import { type DescribedOperation, type DescribedService, SERVICES } from './described-services.ts';
import { PROJECT } from './hostile-project.ts';

/** In all; the whole of them in the matrix. */
const REQUESTS = runsOf(10_000, 40);
const OPERATIONS = SERVICES.reduce((count, [, { operations }]) => count + Object.keys(operations).length, 0);
const AT_ONCE = 8;

/** Bodies that no protocol has. */
const GARBAGE = ['', 'null', '[]', '{', '"a"', '<', '&=&', '{"a":1}{', '\u0000'];
const body = fc.oneof(
  { arbitrary: fc.constant(undefined), weight: 60 },
  { arbitrary: fc.constantFrom(...GARBAGE), weight: 1 },
);

/** The words of a fault that was not foreseen. */
const FAULT =
  /The loop itself failed|InternalFailure|InternalServerError|\[object |undefined|\.ts:\d+|\b[A-Z]\w*Error: /;

const folder = projectFolder(PROJECT, afterAll);
const complaints: string[] = [];
const known = answerValues();
let running: Awaited<ReturnType<typeof runLoop>>;

beforeAll(async () => {
  vi.spyOn(console, 'error').mockImplementation((...words) => void complaints.push(words.join(' ')));
  running = await runLoop(`${folder}/template.yaml`);
});
afterAll(async () => {
  await running.stop();
  vi.restoreAllMocks();
});

test.each(sampleOf(SERVICES, 7))(
  'whatever %s is asked is answered or refused',
  { timeout: 900_000 },
  async (name, { signingName, operations, request }) => {
    const faults: string[] = [];
    let asks = 0;
    let answered = 0;

    async function send(operationName: string, operation: DescribedOperation, asked: Asked): Promise<void> {
      const wire = request(operationName, operation, known.filled(asked.input));
      const sent = asked.body === undefined || wire.body === undefined ? wire : { ...wire, body: asked.body };
      const { status, text } = await answerTo(sent, signingName);
      known.note(text);
      asks += 1;
      if (status < 300) answered += 1;
      // S3 says so of what it hasn't got.
      const isFault =
        (status >= 500 && !text.includes('NotImplemented')) || (status >= 300 && FAULT.test(text));
      if (isFault || complaints.length > 0) faults.push(told(operationName, sent, text));
    }

    for (const [operationName, operation] of inOrder(operations)) {
      const asked = fc.record({ input: inputOf(operation.input), body });
      const all = fc.sample(asked, Math.ceil(REQUESTS / OPERATIONS / (takesAway(operationName) ? 1 : 2)));
      for (let at = 0; at < all.length; at += AT_ONCE)
        await Promise.all(all.slice(at, at + AT_ONCE).map((each) => send(operationName, operation, each)));
    }

    expect(faults).toEqual([]);
    // The loop has no resource that Cloud Control could tell of; of a few requests all may be refused.
    if (name !== 'Cloud Control' && asks > 100) expect(answered / asks).toBeGreaterThan(0.05);
  },
);

interface Asked {
  input: Record<string, unknown>;
  body: string | undefined;
}

/** In two rounds, since many ask for what others have made; what takes resources away comes last. */
function inOrder(operations: DescribedService['operations']): [string, DescribedOperation][] {
  const all = Object.entries(operations);
  const others = all.filter(([name]) => !takesAway(name));
  return [...others, ...others, ...all.filter(([name]) => takesAway(name))];
}

function takesAway(name: string): boolean {
  return /^(?:Delete|Remove|Purge|Abort|Complete)/.test(name);
}

async function answerTo({ method, path, headers, body: sent }: WireRequest, signingName: string) {
  const scope = `Credential=local/20260101/eu-west-1/${signingName}/aws4_request`;
  const answer = await fetch(`${running.loop.endpoint}${path}`, {
    method,
    headers: { ...headers, Authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=0` },
    ...(sent !== undefined && { body: sent }),
  });
  return { status: answer.status, text: await answer.text() };
}

function told(name: string, { method, path, body: sent = '' }: WireRequest, text: string): string {
  const shown = [`${method} ${path}`, sent.toString(), text].map((part) => part.slice(0, 400));
  return [name, ...shown, ...complaints.splice(0)].join('\n');
}
