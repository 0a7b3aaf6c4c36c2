import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { answering, bundledFunction } from './bundled-function.ts';
import { testFolder, testLambda, writeFiles } from './test-lambda.ts';

it('a change of what tsconfig.json extends is live, too', async () => {
  const codeUri = testFolder({
    'tsconfig.json': '{"extends":"./base.json"}',
    'base.json': '{"compilerOptions":{"paths":{"text":["./one.ts"]}}}',
    'one.ts': "export const text = 'one';",
    'two.ts': "export const text = 'two';",
    'handler.ts': `import { text } from 'text';\n${answering('text')}`,
  });
  const lambda = await testLambda([bundledFunction(codeUri)], { watch: true });
  expect((await lambda.call()).answer).toBe('one');
  await writeFile(path.join(codeUri, 'base.json'), '{"compilerOptions":{"paths":{"text":["./two.ts"]}}}');
  expect((await lambda.call()).answer).toBe('two');
});

it('a change of the lock file brings the installed packages that came with it', async () => {
  const project = testFolder({
    'package-lock.json': '{"lockfileVersion":3}',
    'node_modules/installed/index.js': 'module.exports = "v1";',
    'src/handler.ts': `import installed from 'installed';\n${answering('installed')}`,
  });
  const lambda = await testLambda([bundledFunction(path.join(project, 'src'))], { watch: true });
  expect((await lambda.call()).answer).toBe('v1');
  writeFiles(project, { 'node_modules/installed/index.js': 'module.exports = "v2";' });
  await writeFile(path.join(project, 'package-lock.json'), '{"lockfileVersion":3,"packages":{}}');
  expect((await lambda.call()).answer).toBe('v2');
});
