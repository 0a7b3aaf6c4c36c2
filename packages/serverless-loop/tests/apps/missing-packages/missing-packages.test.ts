import { expect, test } from 'vitest';
import { startApp } from '../app.ts';

test('a package.json without its node_modules: what to type is said at the start, and where code asks for a package', async () => {
  const app = await startApp(import.meta.dirname);
  const missing = {
    functionName: expect.stringContaining('Folder'),
    names: ['not-installed'],
    command: expect.stringMatching(/^npm install --prefix \S*folder$/),
  };
  const told = () => app.facts.filter(({ kind }) => kind === 'packages.missing');
  expect(told()).toMatchObject([missing]);
  expect(app.facts.filter(({ kind }) => kind === 'build.failed')).toMatchObject([
    {
      errors: [
        expect.stringMatching(
          /bundled\/index\.js:1:18: Could not resolve "not-installed\/part": npm install --prefix \S*bundled$/,
        ),
      ],
    },
  ]);

  expect(await app.call('Folder')).toMatchObject({
    errorMessage: expect.stringContaining("Cannot find module 'not-installed'"),
  });
  await expect.poll(told).toMatchObject([missing, missing]);
});
