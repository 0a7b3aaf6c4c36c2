import { PassThrough } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { canBeTypedAt, scheduleKeys } from '../../../src/cli/terminal/schedule-keys.ts';
import { loopSchedules } from '../../../src/loop/schedules.ts';

/** A terminal at which somebody types, of a loop with two rules. */
function typing(names = ['nightly', 'hourly']) {
  const met: string[] = [];
  const schedules = loopSchedules(() => ({ resources: [] }), {
    eventbridge: {
      schedules: {
        list: () =>
          names.map((name) => ({
            logicalId: `Rule${name}`,
            name,
            arn: '',
            line: 1,
            busName: 'default',
            enabled: true,
            scheduleExpression: 'rate(1 hour)',
            targets: [],
          })),
        fire: (name) => met.push(name),
      },
    },
    scheduler: {
      schedules: { list: () => [], has: () => false, put: async () => {}, remove: () => {} },
      fire: async () => {},
    },
  });
  let shown = '';
  const input = new PassThrough();
  const write = (text: string) => {
    shown += text;
  };
  const keys = scheduleKeys({ input, out: { write }, schedules });
  onTestFinished(keys.stop);
  return {
    met,
    async type(text: string): Promise<string> {
      shown = '';
      input.write(text);
      await new Promise(setImmediate);
      return shown;
    },
  };
}

test('f shows the schedules, and a number meets one', async () => {
  const { type, met } = typing();
  expect(await type('f\n')).toBe(
    '   1  Rulehourly   rate(1 hour)  hourly\n   2  Rulenightly  rate(1 hour)  nightly\nWhich one? Its number or name and Enter; Enter alone for none.\n',
  );
  expect(await type('1\n')).toBe('Rulehourly is met\n');
  expect(met).toEqual(['hourly']);
});

test('a name meets one, too, and no name none', async () => {
  const { type, met } = typing();
  await type('f\n');
  expect(await type('\n')).toBe('');
  await type('f\n');
  await type('nightly\n');
  await type('f\n');
  expect(await type('3\n')).toContain('expected a schedule, found "3"');
  expect(met).toEqual(['nightly']);
});

test('anything else that is typed does nothing', async () => {
  const { type, met } = typing();
  expect(await type('1\nnightly\n\n')).toBe('');
  expect(met).toEqual([]);
});

test('where there is no schedule, that is told', async () => {
  const { type } = typing([]);
  expect(await type('f\n')).toBe('There is no schedule.\n');
});

test('nobody types at a pipe', () => {
  expect(canBeTypedAt({}, { isTTY: true })).toBe(false);
  expect(canBeTypedAt({ isTTY: true }, { isTTY: false })).toBe(false);
});
