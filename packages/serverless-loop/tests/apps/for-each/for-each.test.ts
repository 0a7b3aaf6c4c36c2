import { expect, test } from 'vitest';
import { missingOf, startApp } from '../app.ts';

const here = import.meta.dirname;

test('loops of AWS::LanguageExtensions make conditions, resources and outputs, with its other functions', async () => {
  const app = await startApp(here);
  expect(missingOf(app.stack)).toEqual([]);
  expect(app.stack.functions.map(({ logicalId }) => logicalId)).toEqual(['Packersmall', 'Packerlarge']);
  expect(app.stack.queues.map(({ logicalId, name }) => `${logicalId} ${name}`)).toEqual([
    'Boxsmalllightblue small-light-blue',
    'Boxsmallred small-red',
    'Boxlargelightblue large-light-blue',
    'Boxlargered large-red',
  ]);
  expect(app.stack.outputs.map(({ name }) => name)).toEqual(['Arnsmall', 'Arnlarge']);
  expect(await app.call('Packersmall')).toBe('{"size":"small","of":3,"depth":"1"}');
  expect(await app.call('Packerlarge')).toBe('{"size":"large","of":3,"depth":"none"}');
});
