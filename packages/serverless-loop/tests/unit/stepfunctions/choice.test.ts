import { describe, expect, test } from 'vitest';
import { executed } from './executed.ts';

const RESOURCE = 'arn:aws:lambda:us-east-1:000000000000:function:f';

function one(state: object) {
  return { StartAt: 'A', States: { A: { End: true, ...state } } };
}

const _task = (more: object = {}) => one({ Type: 'Task', Resource: RESOURCE, ...more });

describe('a Choice (states language, "Choice Rule")', () => {
  const chosen = async (rule: object, input: unknown) => {
    const end = (Result: string) => ({ Type: 'Pass', Result, End: true });
    const { output, error } = await executed(
      {
        StartAt: 'C',
        States: {
          C: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' },
          Yes: end('yes'),
          No: end('no'),
        },
      },
      input,
    );
    return output ?? error;
  };

  test.each([
    [{ Variable: '$.a', StringEquals: 'x' }, { a: 'x' }, 'yes'],
    [{ Variable: '$.a', StringEquals: '1' }, { a: 1 }, 'no'],
    [{ Variable: '$.a', NumericGreaterThanEquals: 2 }, { a: 2 }, 'yes'],
    [{ Variable: '$.a', NumericLessThanPath: '$.b' }, { a: 1, b: 2 }, 'yes'],
    [{ Variable: '$.a', NumericEquals: 2 }, { a: '2' }, 'no'],
    [{ Variable: '$.a', BooleanEquals: false }, { a: false }, 'yes'],
    [
      { Variable: '$.a', TimestampLessThan: '2026-01-01T00:00:00Z' },
      { a: '2026-01-01T00:30:00+01:00' },
      'yes',
    ],
    [{ Variable: '$.a', StringMatches: 'log-*.txt' }, { a: 'log-2026.txt' }, 'yes'],
    [{ Variable: '$.a', StringMatches: 'log-\\*.txt' }, { a: 'log-2026.txt' }, 'no'],
    [{ Variable: '$.a', StringMatches: 'a.c' }, { a: 'abc' }, 'no'],
    [{ Variable: '$.a', IsPresent: false }, {}, 'yes'],
    [{ Variable: '$.a', IsPresent: true }, { a: null }, 'yes'],
    [{ Variable: '$.a', IsNull: true }, { a: null }, 'yes'],
    [{ Variable: '$.a', IsTimestamp: true }, { a: '2026-01-01' }, 'no'],
    [{ Not: { Variable: '$.a', IsString: true } }, { a: 1 }, 'yes'],
    [
      {
        And: [
          { Variable: '$.a', IsPresent: true },
          { Variable: '$.a', IsNumeric: true },
        ],
      },
      {},
      'no',
    ],
    [
      {
        Or: [
          { Variable: '$.a', NumericEquals: 1 },
          { Variable: '$.a', NumericEquals: 2 },
        ],
      },
      { a: 2 },
      'yes',
    ],
    [{ Variable: '$.nope', NumericEquals: 1 }, {}, 'States.Runtime'],
  ])('%j of %j: %s', async (rule, input, result) => {
    expect(await chosen(rule, input)).toBe(result);
  });

  test('without a default fails where no rule applies', async () => {
    const { error } = await executed(
      {
        StartAt: 'C',
        States: {
          C: { Type: 'Choice', Choices: [{ Variable: '$.a', NumericEquals: 1, Next: 'E' }] },
          E: { Type: 'Succeed' },
        },
      },
      { a: 2 },
    );
    expect(error).toBe('States.NoChoiceMatched');
  });
});
