import { expect, it } from 'vitest';
import { folderFunction, isAlive, testLambda } from './test-lambda.ts';

const answering = (expression: string) => `exports.handler = async () => (${expression});`;
const SLOW = `exports.handler = () => new Promise((resolve) => setTimeout(() => resolve(process.pid), 300));`;

it('a function that comes later is found and invoked', async () => {
  const lambda = await testLambda([folderFunction(answering('"first"'))]);
  await lambda.put(folderFunction(answering('"later"'), { name: 'later', logicalId: 'Later' }));

  expect((await lambda.call({}, { functionName: 'later' })).answer).toBe('later');
  expect((await lambda.call()).answer).toBe('first');
  expect(lambda.list().map(({ name }) => name)).toEqual(['packer', 'later']);
});

it('of two functions with one logical id it means the one that came first', async () => {
  const lambda = await testLambda([folderFunction(answering('1'))]);
  await lambda.put(folderFunction(answering('2'), { name: 'other' }));
  expect(lambda.find('Packer')?.name).toBe('packer');
});

it('an invocation under way ends in the old code, later ones get the new', async () => {
  const fn = folderFunction(SLOW);
  const lambda = await testLambda([fn]);
  await lambda.ready();
  const old = lambda.call();
  await lambda.facts.until('invocation.started');

  await lambda.put({ ...fn, code: folderFunction(answering('"new"')).code });

  expect((await lambda.call()).answer).toBe('new');
  const pid = Number((await old).answer);
  expect(pid).toBeGreaterThan(0);
  await expect.poll(() => isAlive(pid)).toBe(false);
});

it('other permissions or retries need no new environment', async () => {
  const fn = folderFunction(answering('process.pid'));
  const lambda = await testLambda([fn]);
  const { answer } = await lambda.call();
  await lambda.put({ ...fn, resourcePolicy: [{ effect: 'Allow', actions: ['*'] }] });
  expect((await lambda.call()).answer).toBe(answer);
  expect(lambda.find('packer')?.resourcePolicy).toHaveLength(1);
});

it('code that can not be made ready leaves what ran before', async () => {
  const fn = folderFunction(answering('"before"'));
  const lambda = await testLambda([fn]);
  await lambda.ready();
  const code = { kind: 'esbuild' as const, codeUri: '/nowhere', entryPoints: ['no.ts'], properties: {} };
  await expect(lambda.put({ ...fn, code })).rejects.toThrow('no.ts');
  expect((await lambda.call()).answer).toBe('before');
});

it('a function that is removed ends what it does and is then unknown', async () => {
  const lambda = await testLambda([folderFunction(SLOW)]);
  await lambda.ready();
  const last = lambda.call();
  await lambda.facts.until('invocation.started');
  lambda.remove('packer');
  await expect(lambda.call()).rejects.toThrow('Function not found: packer');
  expect(Number((await last).answer)).toBeGreaterThan(0);
});
