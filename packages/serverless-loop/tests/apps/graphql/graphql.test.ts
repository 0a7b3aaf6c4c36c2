import { expect, test } from 'vitest';
import { missingOf, startApp } from '../app.ts';

const here = import.meta.dirname;

test('a GraphQL API that a function asks for its URL is no circle, and the URL can be given', async () => {
  const app = await startApp(here, {
    given: { values: { 'Api.GraphQLUrl': 'http://127.0.0.1:1' }, imports: {} },
  });
  expect(missingOf(app.stack)).toEqual(['11: Api: AWS::Serverless::GraphQLApi is not emulated']);
  // SAM makes the key from the API, under a name that begins with the API's.
  expect(app.stack.outputs).toEqual([{ name: 'Key', value: '(not emulated: ApiKey.ApiKey)' }]);
  expect(await app.call('Source')).toBe('http://127.0.0.1:1');
});
