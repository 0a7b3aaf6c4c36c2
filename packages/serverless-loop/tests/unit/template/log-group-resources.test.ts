import { describe, expect, test } from 'vitest';
import { load, problemsOf, reportOf, resource } from './load.ts';

const group = (properties: string) => resource('AWS::Logs::LogGroup', properties);

describe('a log group', () => {
  test('is kept for ever, unless its retention says how long', () => {
    expect(load(group('LogGroupName: /it')).logGroups[0]).toEqual({
      logicalId: 'It',
      name: '/it',
      logGroupClass: 'STANDARD',
      deletionProtectionEnabled: false,
      tags: {},
    });
    expect(load(group('RetentionInDays: 14')).logGroups[0]).toMatchObject({
      name: expect.stringMatching(/^depot-It-\w{12}$/),
      retentionInDays: 14,
    });
  });

  test('has tags, a class and protection', () => {
    const properties = [
      'Tags: [{Key: owner, Value: me}]',
      'LogGroupClass: INFREQUENT_ACCESS',
      'DeletionProtectionEnabled: true',
    ];
    expect(load(group(properties.join(', '))).logGroups[0]).toMatchObject({
      tags: { owner: 'me' },
      logGroupClass: 'INFREQUENT_ACCESS',
      deletionProtectionEnabled: true,
    });
  });

  test('absent: has no rules for personal data here, and says so', () => {
    const stack = load(group('DataProtectionPolicy: {Name: p}'));
    expect(reportOf(stack, 'It.DataProtectionPolicy')?.status).toBe('not emulated');
  });

  test.each([
    ['RetentionInDays: 2', /RetentionInDays, expected one of 1, 3, 5, .*, found 2/],
    ['LogGroupName: "no spaces"', /LogGroupName, expected a name/],
    ['LogGroupClass: CHEAP', /LogGroupClass, expected STANDARD or/],
    ['Retention: 1', /Retention, no such property/],
  ])('is refused with %s', (properties, problem) => {
    expect(problemsOf(group(properties)).join('\n')).toMatch(problem);
  });
});
