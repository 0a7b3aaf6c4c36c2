import { expect, test } from 'vitest';
import { manualClock } from '../../manual-clock.ts';
import { entry, rule, startTestBus } from './test-bus.ts';

const crates = {
  logicalId: 'CratesBus',
  name: 'crates',
  arn: 'arn:aws:events:eu-west-1:123456789012:event-bus/crates',
};
const onCrates = rule({ name: 'crated', busName: 'crates' });

test('a bus and a rule that come later deliver, and stop when they go', async () => {
  const bus = startTestBus();
  bus.buses.add(crates);
  bus.rules.put(onCrates);
  await bus.call('PutEvents', { Entries: [entry({ EventBusName: 'crates' })] });
  await expect.poll(() => bus.deliveries).toHaveLength(1);

  bus.rules.remove(onCrates);
  bus.buses.remove(crates);
  await bus.call('PutEvents', { Entries: [entry({ EventBusName: 'crates' })] });
  await expect
    .poll(() => bus.facts)
    .toContainEqual(expect.objectContaining({ kind: 'event.unmatched', reason: 'no such bus' }));
  expect(bus.deliveries).toHaveLength(1);
});

test('a bus tells when it came to be and when it was changed; its rules are no change of it', async () => {
  const clock = manualClock();
  const bus = startTestBus({ clock });
  await clock.advance(60_000);
  bus.buses.add({ ...crates, description: 'all crates' });
  const made = clock.now() / 1_000;
  const described = { Name: 'crates', Arn: crates.arn };
  await clock.advance(60_000);
  bus.rules.put(onCrates);
  expect(await bus.call('DescribeEventBus', { Name: 'crates' })).toEqual({
    ...described,
    Description: 'all crates',
    CreationTime: made,
    LastModifiedTime: made,
  });

  bus.buses.change(crates, crates);
  expect(await bus.call('ListEventBuses', { NamePrefix: 'crates' })).toEqual({
    EventBuses: [{ ...described, CreationTime: made, LastModifiedTime: made + 60 }],
  });
});

test('a rule in its new form takes the place of the old one', async () => {
  const bus = startTestBus();
  bus.rules.put(rule({ enabled: false }));
  await bus.call('PutEvents', { Entries: [entry()] });
  await bus.idle();
  expect(bus.deliveries).toEqual([]);
  expect(await bus.call('ListRules', { EventBusName: 'depot' })).toMatchObject({
    Rules: [{ State: 'DISABLED' }],
  });
});

// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteEventBus.html
test('a rule needs its bus, and a bus with rules stays', () => {
  const bus = startTestBus();
  expect(() => bus.rules.put(onCrates)).toThrow('Event bus crates does not exist.');
  bus.buses.add(crates);
  bus.rules.put(onCrates);
  expect(() => bus.buses.remove(crates)).toThrow('crated');
});

test('a rule that is put is compiled once, and those beside it are not compiled again', () => {
  const compiled: string[] = [];
  const counted = (name: string) =>
    rule({
      name,
      pattern: {
        get source() {
          compiled.push(name);
          return [{ wildcard: `${name}.*` }];
        },
      },
    });
  const bus = startTestBus({ rules: [] });
  const names = Array.from({ length: 50 }, (_, index) => `rule-${index}`);
  for (const name of names) bus.rules.put(counted(name));
  expect(compiled).toEqual(names);

  bus.rules.put(counted('rule-7'));
  bus.rules.remove(rule({ name: 'rule-8' }));
  expect(compiled).toEqual([...names, 'rule-7']);
});

test('a rule that EventBridge would refuse is refused', () => {
  const bus = startTestBus();
  expect(() => bus.rules.put(rule({ pattern: { source: [{ unheard: 'of' }] } }))).toThrow(
    'Event pattern is not valid',
  );
});
