import { expect, test, vi } from 'vitest';
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
  await vi.waitFor(() => expect(bus.deliveries).toHaveLength(1));

  bus.rules.remove(onCrates);
  bus.buses.remove(crates);
  await bus.call('PutEvents', { Entries: [entry({ EventBusName: 'crates' })] });
  await vi.waitFor(() =>
    expect(bus.facts).toContainEqual(
      expect.objectContaining({ kind: 'event.unmatched', reason: 'no such bus' }),
    ),
  );
  expect(bus.deliveries).toHaveLength(1);
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

test('a rule needs its bus, and a bus with rules stays', () => {
  const bus = startTestBus();
  expect(() => bus.rules.put(onCrates)).toThrow('Event bus crates does not exist.');
  bus.buses.add(crates);
  bus.rules.put(onCrates);
  expect(() => bus.buses.remove(crates)).toThrow('crated');
});

test('a rule that EventBridge would refuse is refused', () => {
  const bus = startTestBus();
  expect(() => bus.rules.put(rule({ pattern: { source: [{ unheard: 'of' }] } }))).toThrow(
    'Event pattern is not valid',
  );
});
