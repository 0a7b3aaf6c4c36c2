import { execFileSync } from 'node:child_process';
import { globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ORDER_FUNCTIONS, ROOT, resourcesOf } from '../../unit/app/template.ts';
import { type Bundle, bundleOf } from './bundle.ts';

const bundles: Record<string, Bundle> = {};
const FUNCTIONS = resourcesOf('AWS::Serverless::Function').map(([logicalId]) => logicalId);

beforeAll(async () => {
  for (const name of FUNCTIONS) bundles[name] = await bundleOf(name);
});

function json(file: string): Record<string, Record<string, Record<string, unknown>>> {
  return JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'));
}

/**
 * The size that the creator's bundle was brought to, in bytes, beside its three SDK clients bundled alone with the same options
 * but for Alias. The time that its import takes is the bench's: `npm run bench -- --only bundle`.
 */
const REACHED = 0.978;

/** `@aws-sdk/core/dist/x.js` -> `@aws-sdk/core`. */
function packageName(specifier: string): string {
  return /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
}

/** `node_modules/@aws-sdk/core/dist/x.js` -> `node_modules/@aws-sdk/core`. */
function packageFolder(input: string): string | undefined {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

describe.each(FUNCTIONS)('the bundle of %s', (name) => {
  const inputs = () => Object.entries(bundles[name]?.inputs ?? {});

  test('is made of src/ and of packages that are there when development dependencies are not', () => {
    const { packages = {} } = json('package-lock.json');
    expect(inputs().length).toBeGreaterThan(10);
    const foreign = inputs().filter(([file]) => {
      const folder = packageFolder(file);
      return folder === undefined
        ? !file.startsWith('src/')
        : packages[folder]?.dev !== undefined || !packages[folder];
    });
    expect(foreign.map(([file]) => file)).toEqual([]);
  });

  test('imports from src/ only packages that package.json declares', () => {
    const declared = Object.keys(json('package.json').dependencies ?? {});
    const imported = inputs()
      .filter(([file]) => file.startsWith('src/'))
      .flatMap(([, { imports }]) => imports.map(({ original, path: target }) => original ?? target))
      .filter((specifier) => !/^(\.|node:)/.test(specifier));
    expect(imported.length).toBeGreaterThan(3);
    expect(imported.map(packageName).filter((name) => !declared.includes(name))).toEqual([]);
  });

  test('holds each package of the SDK once', () => {
    const folders = new Set(inputs().flatMap(([file]) => packageFolder(file) ?? []));
    const nested = [...folders].filter((folder) => folder.lastIndexOf('node_modules') > 0);
    expect(nested.filter((folder) => /@(smithy|aws-sdk)\//.test(folder))).toEqual([]);
    expect(folders.size).toBeGreaterThan(0);
  });
});

describe.each(ORDER_FUNCTIONS)('the bundle of %s', (name) => {
  test('has the SDK in it', () => {
    expect(Object.keys(bundles[name]?.inputs ?? {}).join()).toContain('node_modules/@smithy/core/');
  });

  test('says at load which variable is missing', () => {
    const file = bundles[name]?.file ?? '';
    const load = () =>
      execFileSync(process.execPath, [file], { env: { AWS_REGION: 'eu-west-1' }, stdio: 'pipe' });
    expect(load).toThrow('Environment variable STACK_NAME: expected a name, found nothing');
  });
});

test('the creator’s bundle is hardly larger than the SDK clients in it would be alone', async () => {
  const clients = await bundleOf('OrderCreatorFunction', {
    entryPoint: '../bench/subjects/sdk-only.ts',
    withoutAlias: true,
  });
  const ratio = statSync(bundles.OrderCreatorFunction?.file ?? '').size / statSync(clients.file).size;
  expect(ratio).toBeLessThanOrEqual(REACHED * 1.02);
});

test('every file of src/ is in a bundle, but for those that hold types alone', () => {
  const bundled = Object.values(bundles).flatMap(({ inputs }) => Object.keys(inputs));
  const unused = globSync('src/**/*.ts', { cwd: ROOT }).filter((file) => !bundled.includes(file));
  const withCode = unused.filter((file) =>
    /^(export )?(async )?(function|const|class)/m.test(readFileSync(path.join(ROOT, file), 'utf8')),
  );
  expect(withCode).toEqual([]);
});
