import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { ROOT } from '../../unit/app/template.ts';

/** CloudWatch Logs' own protocol: there is no client of it among the packages. */
export async function filterLogEvents(
  endpoint: string,
  logGroupName: string,
  filterPattern: string,
): Promise<unknown> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'Logs_20140328.FilterLogEvents',
      'x-amz-date': '20260101T000000Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/logs/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify({ logGroupName, filterPattern }),
  });
  return response.json();
}

/** A shell's environment after a first command; it begins with what `env` says. */
export async function environmentAfter(
  command: string,
  env: Record<string, string>,
): Promise<Record<string, string>> {
  const own = { PATH: process.env.PATH, HOME: process.env.HOME };
  const typed = await promisify(execFile)('/bin/sh', ['-euc', `${command}\nenv -0`], {
    cwd: ROOT,
    env: { ...own, ...env },
  });
  const variables = typed.stdout.split('\0').filter((line) => line !== '');
  return Object.fromEntries(
    variables.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}

/** Words of a command line as a shell makes them. Throws when it names a variable that is not set. */
export async function wordsOf(command: string, env: Record<string, string>): Promise<string[]> {
  const typed = await promisify(execFile)(
    '/bin/sh',
    ['-euc', `for word in ${command}; do printf '%s\\0' "$word"; done`],
    {
      env,
    },
  );
  return typed.stdout.split('\0').slice(0, -1);
}

/** `--function-name X` is the input `{ FunctionName: 'X' }`. */
export function inputOf(words: string[]): Record<string, string> {
  const pairs = words.flatMap((word, index) =>
    word.startsWith('--') ? [[memberOf(word), words[index + 1] ?? '']] : [],
  );
  return Object.fromEntries(pairs);
}

function memberOf(option: string): string {
  return option
    .slice(2)
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** The command that a script of package.json runs: a file, or one of the loop's by its name. */
export function fileOf(script: string): string {
  const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const [, file] =
    /^exec (?:node scripts\/launch\.mjs|serverless-loop) (\S+)$/.exec(scripts[script] ?? '') ?? [];
  if (file === undefined) throw new Error(`package.json has no script ${script} that starts a command`);
  return file;
}
