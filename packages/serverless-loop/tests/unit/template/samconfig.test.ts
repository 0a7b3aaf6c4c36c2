import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseParameterOverrides, readSamConfig, SamConfigError } from '../../../src/template/samconfig.ts';
import { ParameterOverrideError } from '../../../src/template/values/parameter-overrides.ts';

const folder = mkdtempSync(join(tmpdir(), 'samconfig-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function read(text: string, environment?: string) {
  const path = join(folder, `samconfig-${files++}.toml`);
  writeFileSync(path, text);
  return readSamConfig(path, environment);
}
const overrides = (value: string) =>
  read(`[default.deploy.parameters]\nparameter_overrides = ${value}`)?.parameterOverrides;

describe('samconfig.toml', () => {
  test('that is not there says nothing', () => {
    expect(readSamConfig(join(folder, 'none.toml'))).toBeUndefined();
  });

  test('without the environment says nothing', () => {
    expect(read('[default.deploy.parameters]\nstack_name = "a"', 'prod')).toBeUndefined();
  });

  test('gives the stack, the Region and the parameters of an environment', () => {
    const text = `
version = 0.1
[default.deploy.parameters]
stack_name = "depot"
region = "eu-west-1"
parameter_overrides = "Size=large"
[prod.deploy.parameters]
stack_name = "depot-prod"`;
    expect(read(text)).toEqual({
      stackName: 'depot',
      region: 'eu-west-1',
      parameterOverrides: { Size: 'large' },
    });
    expect(read(text, 'prod')).toEqual({ stackName: 'depot-prod', parameterOverrides: {} });
  });

  test('takes from global what deploy leaves open', () => {
    const text = `
[default.global.parameters]
stack_name = "global"
region = "eu-west-1"
[default.deploy.parameters]
stack_name = "deploy"`;
    expect(read(text)).toEqual({ stackName: 'deploy', region: 'eu-west-1', parameterOverrides: {} });
  });

  test('may give parameters as text, as a list and as a table', () => {
    const expected = { Size: 'large', Greeting: 'good day' };
    expect(overrides('"Size=large Greeting=\\"good day\\""')).toEqual(expected);
    expect(overrides('["Size=large", "Greeting=good day"]')).toEqual(expected);
    expect(overrides('{ Size = "large", Greeting = "good day" }')).toEqual(expected);
    expect(overrides('{ Count = 3, Names = ["a", "b"] }')).toEqual({ Count: '3', Names: 'a,b' });
  });

  test('that is no TOML is refused with its line', () => {
    expect(() => read('version = 0.1\n[default\n')).toThrow(SamConfigError);
    expect(() => read('version = 0.1\n[default\n')).toThrow(/^samconfig-\d+\.toml:2: /);
  });

  test('with values of another type is refused', () => {
    expect(() => read('[default.deploy.parameters]\nstack_name = 5')).toThrow(
      /stack_name, expected text, found 5$/,
    );
    expect(() => overrides('"Size"')).toThrow(/parameter_overrides, expected Name=value .*, found "Size"$/);
  });
});

describe('parameter overrides', () => {
  test.each([
    ['Size=large', { Size: 'large' }],
    ['A=b C="d e"', { A: 'b', C: 'd e' }],
    ["A='b c' D=e", { A: 'b c', D: 'e' }],
    ['"A=b c" D=e', { A: 'b c', D: 'e' }],
    ['A= B=c', { A: '', B: 'c' }],
    ['A=b=c', { A: 'b=c' }],
    ['A=one,two', { A: 'one,two' }],
    ['A="say \\"hi\\""', { A: 'say "hi"' }],
    ['ParameterKey=A,ParameterValue=b ParameterKey=C,ParameterValue="d e"', { A: 'b', C: 'd e' }],
    ['ParameterKey=A,ParameterValue=b\\,c', { A: 'b,c' }],
    [['A=b', 'C=d e', 'F="g h"'], { A: 'b', C: 'd e', F: 'g h' }],
    [['A=b C=d'], { A: 'b', C: 'd' }],
    [[], {}],
    ['', {}],
  ])('%j are understood', (text, expected) => {
    expect(parseParameterOverrides(text)).toEqual(expected);
  });

  test('a value named __proto__ is one like any other', () => {
    expect(Object.keys(parseParameterOverrides('__proto__=a'))).toEqual(['__proto__']);
  });

  test.each(['Size', '=large'])('%j is refused', (text) => {
    expect(() => parseParameterOverrides(text)).toThrow(ParameterOverrideError);
  });
});

describe('parameter overrides of a file', () => {
  /** `convert` of the SAM CLI 1.170 (samcli/cli/types.py) makes the same of each. */
  test('may be in TOML, YAML and JSON, include others, and follow each other', () => {
    writeFileSync(
      join(folder, 'a.yaml'),
      'Size: small\nNames: [a, " b", ""]\n$include: file://b.toml\nNone:\n',
    );
    writeFileSync(join(folder, 'b.toml'), 'Colour = "red"\nCount = 3\n');
    writeFileSync(join(folder, 'c.json'), '["Size=large Shape=round", {"Deep": true}]');
    expect(overrides('["file://a.yaml", "file://c.json", "Colour=blue"]')).toEqual({
      Size: 'large',
      Names: 'a,b',
      Colour: 'blue',
      Count: '3',
      None: '',
      Shape: 'round',
      Deep: 'true',
    });
  });

  test.each([
    ['file://gone.yaml', /file:\/\/gone\.yaml, expected a file at .*gone\.yaml, found none$/],
    ['file://self.json', /file:\/\/self\.json leads to itself$/],
    ['file://params.txt', /expected a file in TOML, YAML or JSON$/],
  ])('%s is refused', (url, message) => {
    writeFileSync(join(folder, 'self.json'), '["file://self.json"]');
    writeFileSync(join(folder, 'params.txt'), 'A=b');
    expect(() => overrides(JSON.stringify(url))).toThrow(message);
  });
});

test('the section of the loop gives values and imports, as a list or a table', () => {
  const given = { values: { 'Db.Endpoint.Address': 'localhost' }, imports: { vpc: 'vpc-1' } };
  const list = '[default.loop.parameters]\nvalue = ["Db.Endpoint.Address=localhost"]\nimport = "vpc=vpc-1"';
  const table =
    '[default.loop.parameters.value]\n"Db.Endpoint.Address" = "localhost"\n[default.loop.parameters.import]\nvpc = "vpc-1"';
  expect(read(list)?.given).toEqual(given);
  expect(read(table)?.given).toEqual(given);
  expect(() => read('[default.loop.parameters]\nvalue = ["Db"]')).toThrow(
    /value, expected Name=value, found "Db"$/,
  );
});
