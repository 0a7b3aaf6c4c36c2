import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { bundledFunction } from './bundled-function.ts';
import { folderFunction, testFolder, testLambda } from './test-lambda.ts';

/** Another text each time that it is loaded, by each of Node's ways to write. */
const WRITES: Record<string, string> = {
  'a file by its name': `require('node:fs').writeFileSync(__dirname + '/made.json', String(process.hrtime.bigint()));`,
  'a file by a stream': `require('node:fs').createWriteStream(__dirname + '/made.json').end(String(process.hrtime.bigint()));`,
  'a file by a promise': `require('node:fs/promises').open(__dirname + '/made.json', 'w').then(async (file) => {
    await file.writeFile(String(process.hrtime.bigint()));
    await file.close();
  });`,
  'another file each time': `require('node:fs').writeFileSync(__dirname + '/made-' + process.hrtime.bigint(), '');`,
};

it.each(Object.entries(WRITES))(
  'a function that writes %s into its own folder is told of, reloaded no more for that, and for a save all the same',
  async (_what, write) => {
    const source = (edition: number) => `${write}\nexports.handler = async () => ${edition};`;
    const fn = folderFunction(source(1));
    const lambda = await testLambda([fn], { watch: true });
    const [told] = await lambda.facts.until('code.ownWrite');
    expect(told).toMatchObject({ functionName: fn.name, file: expect.stringContaining('made') });

    const folder = fn.code.kind === 'folder' ? fn.code.codeUri : '';
    for (let edition = 2; edition <= 4; edition += 1) {
      writeFileSync(path.join(folder, 'index.js'), source(edition));
      await expect.poll(async () => (await lambda.call()).answer).toBe(edition);
    }
    const toldFiles = lambda.facts.ofKind('code.ownWrite').map(({ file }) => file);
    expect(new Set(toldFiles).size).toBe(toldFiles.length);
    // An endless one would have reloaded three times by then.
    const builds = lambda.facts.ofKind('build.started').length;
    expect((await lambda.call()).answer).toBe(4);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(lambda.facts.ofKind('build.started').length - builds).toBeLessThanOrEqual(1);
  },
  60_000,
);

it('a bundled function that writes one of its sources at load is told of, and reloaded for a save', async () => {
  const codeUri = testFolder({ 'made.json': '0' });
  const source = (edition: number) => `import { writeFileSync } from 'node:fs';
    import made from './made.json';
    writeFileSync(${JSON.stringify(path.join(codeUri, 'made.json'))}, String(Number(made) + 1));
    export const handler = async () => ${edition};`;
  writeFileSync(path.join(codeUri, 'handler.ts'), source(1));
  const lambda = await testLambda([bundledFunction(codeUri)], { watch: true });
  expect(await lambda.facts.until('code.ownWrite')).toMatchObject([
    { file: expect.stringMatching(/made\.json$/) },
  ]);
  writeFileSync(path.join(codeUri, 'handler.ts'), source(2));
  await expect.poll(async () => (await lambda.call()).answer).toBe(2);
}, 60_000);
