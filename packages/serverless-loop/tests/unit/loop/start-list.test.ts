import { expect, test } from 'vitest';
import { startList } from '../../../src/loop/start-list.ts';

function services() {
  const running = startList();
  const stopped: string[] = [];
  const add = (name: string, during: () => void = () => undefined) =>
    running.add({
      async stop() {
        await new Promise(setImmediate);
        during();
        stopped.push(name);
      },
    });
  return { running, stopped, add };
}

test('services stop backwards, one after the other', async () => {
  const { running, stopped, add } = services();
  for (const name of ['queues', 'functions', 'buses']) add(name);
  await running.stop();
  expect(stopped).toEqual(['buses', 'functions', 'queues']);
});

test('nothing is stopped twice, and whoever stops again waits for the same end', async () => {
  const { running, stopped, add } = services();
  add('queues');
  add('functions');
  void running.stop();
  await running.stop();
  expect(stopped).toEqual(['functions', 'queues']);
});

test('what a last call starts while the others stop is stopped too', async () => {
  const { running, stopped, add } = services();
  add('queues');
  add('functions', () => add('buckets'));
  await running.stop();
  expect(stopped).toEqual(['functions', 'buckets', 'queues']);
});

test('after a service that fails to stop, the others can be', async () => {
  const { running, stopped, add } = services();
  add('queues');
  add('functions', () => {
    throw new Error('stuck');
  });
  await expect(running.stop()).rejects.toThrow('stuck');
  await running.stop();
  expect(stopped).toEqual(['queues']);
});
