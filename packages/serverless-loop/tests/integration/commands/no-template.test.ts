import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { runInProcess } from '../../command-in-process.ts';
import { projectFolder } from '../../loop-in-process.ts';

/** Things that lie where a template is looked for, and are none. */
test.each<[what: string, make: (file: string) => void, words: RegExp]>([
  [
    'nothing',
    () => {},
    /^--template: no file at .*template\.yaml; run this beside a template\.yaml or name one$/m,
  ],
  ['a link to nothing', (file) => symlinkSync('nowhere', file), /^--template: no file at /],
  ['a link to itself', (file) => symlinkSync('template.yaml', file), /^--template: no file at /],
  [
    'a folder',
    (file) => mkdirSync(file),
    /^template\.yaml: expected a template at .*, found none that can be read$/m,
  ],
  [
    'bytes',
    (file) => writeFileSync(file, Buffer.from([0xff, 0, 0xfe, 1])),
    /^template\.yaml: expected UTF-8, found /,
  ],
  [
    'a pipe',
    (file) => void execFileSync('mkfifo', [file]),
    /^--template: expected a file at .*, found a pipe$/m,
  ],
])('where there is %s, inspect and start say so', async (_what, make, words) => {
  const file = path.join(projectFolder({ 'readme.txt': 'no template' }), 'template.yaml');
  make(file);
  for (const command of [['inspect'], ['start', '--port', '0']]) {
    const { status, stdout, stderr } = await runInProcess([...command, '--template', file]);
    expect(stdout).toBe('');
    expect(stderr).toMatch(words);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect([1, 2]).toContain(status);
  }
});
