import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { bundledFunction } from './bundled-function.ts';
import { testFolder, testLambda } from './test-lambda.ts';

it('a bundled function that writes one of its sources at load is told of, and reloaded for a save', async () => {
  const codeUri = testFolder({ 'made.json': '0' });
  const source = (edition: number) => `import { writeFileSync } from 'node:fs';
    import made from './made.json';
    writeFileSync(${JSON.stringify(path.join(codeUri, 'made.json'))}, String(Number(made) + 1));
    export const handler = async () => ${edition};`;
  writeFileSync(path.join(codeUri, 'handler.ts'), source(1));
  const lambda = await testLambda([bundledFunction(codeUri)], { watch: true, maxAhead: 10 });
  expect(await lambda.facts.until('code.ownWrite')).toMatchObject([
    { file: expect.stringMatching(/made\.json$/) },
  ]);
  writeFileSync(path.join(codeUri, 'handler.ts'), source(2));
  await expect.poll(async () => (await lambda.call()).answer).toBe(2);
});
