import { writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { answering, bundledFunction } from './bundled-function.ts';
import { testFolder, testLambda } from './test-lambda.ts';

it('a lock file that changes brings the installed packages that came with it', async () => {
  const project = testFolder({
    'package-lock.json': '{"lockfileVersion":3}',
    'node_modules/installed/index.js': 'module.exports = "v1";',
    'src/handler.ts': `import installed from 'installed';\n${answering('installed')}`,
  });
  const lambda = await testLambda([bundledFunction(path.join(project, 'src'))], { watch: true });
  expect((await lambda.call()).answer).toBe('v1');
  writeFileSync(path.join(project, 'node_modules/installed/index.js'), 'module.exports = "v2";');
  await writeFile(path.join(project, 'package-lock.json'), '{"lockfileVersion":3,"packages":{}}');
  expect((await lambda.call()).answer).toBe('v2');
});
