import { createInterface } from 'node:readline';
import { findPythonOfSam } from 'serverless-loop/tests';

export const python = await findPythonOfSam();

const waiting: PromiseWithResolvers<string>[] = [];
let ask: ((request: object) => void) | undefined;

/** Asks sam_answers.py; throws what it says of a request that fails. */
export async function answerOfSam(request: object): Promise<unknown> {
  const line = Promise.withResolvers<string>();
  waiting.push(line);
  ask ??= start();
  ask(request);
  const { answer, error } = Object(JSON.parse(await line.promise));
  if (error !== undefined) throw new Error(String(error));
  return answer;
}

/** One process for all tests of a worker, with which its input ends: it takes two seconds to start. */
function start(): (request: object) => void {
  const child = python.start(['-B', 'tests/tools/sam_answers.py'], { stdin: 'pipe', stdout: 'pipe' });
  const { stdin, stdout, stderr } = child;
  if (!stdin || !stdout || !stderr) throw new Error('no pipes');
  let said = '';
  stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  createInterface({ input: stdout }).on('line', (line) => waiting.shift()?.resolve(line));
  const refuseAll = () => {
    ask = undefined;
    for (const { reject } of waiting.splice(0)) reject(new Error(`the Python of SAM ended: ${said}`));
  };
  child.once('error', refuseAll);
  child.once('close', refuseAll);
  stdin.on('error', refuseAll);
  child.unref();
  return (request) => stdin.write(`${JSON.stringify(request)}\n`);
}
