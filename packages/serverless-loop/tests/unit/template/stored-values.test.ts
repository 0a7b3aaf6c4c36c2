import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readStoredValues } from '../../../src/template/stored-values-file.ts';
import { resolveDynamic, type UnresolvedReference } from '../../../src/template/values/dynamic-references.ts';
import { lookupIn } from '../../../src/template/values/stored-values.ts';
import { scalar, textOf } from '../../../src/template/yaml/node.ts';
import { projectFolder } from '../../loop-in-process.ts';

describe('a file of stored values', () => {
  const reading = (text: string, name = 'store.yaml') => {
    const file = path.join(projectFolder({}), name);
    writeFileSync(file, text);
    try {
      return readStoredValues(file);
    } catch (error) {
      return String(error);
    }
  };

  test('may be YAML, JSON or TOML', () => {
    const values = {
      parameters: { '/a': { type: 'String', value: '1' }, '/b': { type: 'StringList', value: 'x,y' } },
      secrets: { s: '{"k":"v"}' },
    };
    expect(reading('parameters: { /a: 1, /b: [x, y] }\nsecrets: { s: { k: v } }')).toEqual(values);
    expect(reading('{"parameters":{"/a":1,"/b":["x","y"]},"secrets":{"s":{"k":"v"}}}', 's.json')).toEqual(
      values,
    );
    expect(reading('[parameters]\n"/a" = 1\n"/b" = ["x", "y"]\n[secrets.s]\nk = "v"', 's.toml')).toEqual(
      values,
    );
  });

  test('a long number keeps its digits', () => {
    const { parameters, secrets } = Object(
      reading('{"parameters":{"/id":12345678901234567890},"secrets":{"s":12345678901234567890}}', 's.json'),
    );
    expect([parameters['/id'].value, secrets.s]).toEqual(Array(2).fill('12345678901234567890'));
  });

  test.each([
    ['- a', 'the file: expected a map, found a list'],
    ['params: {}', 'expected parameters and secrets, found params'],
    [
      'parameters: { /a: { type: Text, value: hush } }',
      'parameters, /a, type: expected one of String, StringList, SecureString',
    ],
    ['parameters: { /a: { valu: hush } }', 'parameters, /a: expected type and value, found valu'],
    ['parameters: { /a: }', 'parameters, /a: expected a text, found nothing'],
    ['secrets: { s: [hush] }', 'secrets, s: expected a text, found a list'],
    ['secrets: hush', 'secrets: expected a map, found something else'],
  ])('%s is refused with its place, and no value is told', (text, words) => {
    const told = reading(text);
    expect(told).toContain(words);
    expect(told).not.toContain('hush');
  });
});

// CloudFormation guide, "Get values stored in other services using dynamic references".
describe('a dynamic reference', () => {
  const lookup = lookupIn({
    parameters: { '/a': { type: 'String', value: '1' }, '/k': { type: 'SecureString', value: 'hush' } },
    secrets: {
      s: '{"k":"v","n":1}',
      plain: 'text',
      'arn:aws:secretsmanager:eu-west-1:1:secret:s-AbCdEf': '{"k":"w"}',
    },
  });
  const resolved = (text: string) => {
    const left: UnresolvedReference[] = [];
    const value = textOf(resolveDynamic(scalar(3, text), lookup, (it) => left.push(it)));
    return left.length === 0 ? value : { value, left: left.map(({ text: reference }) => reference) };
  };

  test.each([
    ['{{resolve:ssm:/a}}', '1'],
    ['{{resolve:ssm:/a:1}}', '1'],
    ['x-{{resolve:ssm:/a}}-{{resolve:secretsmanager:plain}}', 'x-1-text'],
    ['{{resolve:secretsmanager:s:SecretString:k}}', 'v'],
    ['{{resolve:secretsmanager:s:SecretString:n::}}', '1'],
    ['{{resolve:secretsmanager:s:SecretString:k:AWSCURRENT}}', 'v'],
    ['{{resolve:secretsmanager:s:SecretString}}', '{"k":"v","n":1}'],
    ['{{resolve:secretsmanager:arn:aws:secretsmanager:eu-west-1:1:secret:s-AbCdEf:SecretString:k}}', 'w'],
    ['{{other}}', '{{other}}'],
  ])('%s becomes %s', (text, value) => expect(resolved(text)).toBe(value));

  test.each([
    '{{resolve:ssm:/none}}',
    '{{resolve:ssm:/k}}',
    '{{resolve:ssm-secure:/k:1}}',
    '{{resolve:secretsmanager:none:SecretString:k}}',
    '{{resolve:secretsmanager:s:SecretString:none}}',
    '{{resolve:secretsmanager:plain:SecretString:k}}',
    '{{resolve:secretsmanager:s:SecretString:constructor}}',
  ])('%s stays as it is written, and is told', (text) => {
    expect(resolved(text)).toEqual({ value: text, left: [text] });
  });
});
