import { expect, test } from 'vitest';
import { inspectApp, missingOf, startApp } from '../app.ts';

const here = import.meta.dirname;

test('the endpoint of a database that is given in samconfig.toml reaches the function', async () => {
  const app = await startApp(here);
  expect(missingOf(app.stack)).toEqual(['11: Db: AWS::RDS::DBCluster is not emulated']);
  expect(await app.call('Reader')).toBe('mysql://localhost');
});

test('without it the function is unavailable', () => {
  const stack = inspectApp(here, { given: { values: {}, imports: {} } });
  expect(missingOf(stack)).toContain(
    "10: Reader: Environment: Db.Endpoint.Address can't be known here: AWS::RDS::DBCluster is not emulated; give it with --value Db.Endpoint.Address=value",
  );
});
