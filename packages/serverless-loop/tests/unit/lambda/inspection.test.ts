import { describe, expect, test } from 'vitest';
import { inspectionOf } from '../../../src/loop/inspection.ts';
import { inspectorLine } from '../../../src/services/lambda/debugging/inspector-line.ts';
import { functionModel } from './function-model.ts';

const functions = ['Creator', 'Processor'].map((logicalId) =>
  functionModel({ logicalId, name: `stack-${logicalId}` }),
);

const portsOf = (logicalIds: string[], basePort = 9229) => {
  const models = logicalIds.map((logicalId) => functionModel({ logicalId, name: logicalId }));
  return Object.fromEntries(inspectionOf(models, { functions: [], basePort, waits: false }).ports);
};

describe('what is debugged', () => {
  test('a function has the same port whether it is asked for alone or with all', () => {
    const all = inspectionOf(functions, { functions: [], basePort: 9229, waits: false });
    const port = all.ports.get('stack-Processor');
    const one = inspectionOf(functions, { functions: ['Processor'], basePort: 9229, waits: true });
    expect(one).toMatchObject({ ports: new Map([['stack-Processor', port]]), waits: true });
  });

  test('and the same whatever functions are beside it, and wherever', () => {
    const { Creator, Processor } = portsOf(['Creator', 'Processor']);
    for (const more of [
      ['Courier', 'Creator', 'Processor'],
      ['Processor', 'Zoo', 'Creator', 'Aardvark'],
    ])
      expect(portsOf(more)).toMatchObject({ Creator, Processor });
  });

  test('no two have one port, and none that of the loop, however many there are', () => {
    const logicalIds = Array.from({ length: 500 }, (_, index) => `Function${index}`);
    const ports = Object.values(portsOf(logicalIds));
    expect(new Set(ports).size).toBe(500);
    expect([Math.min(...ports) > 9229, Math.max(...ports) <= 9829]).toEqual([true, true]);
    expect(portsOf(logicalIds.toReversed())).toEqual(portsOf(logicalIds));
  });

  test('at the end of the ports there is room for as many as there are', () => {
    expect(Object.values(portsOf(['Creator', 'Processor'], 65_533)).toSorted()).toEqual([65_534, 65_535]);
    expect(() => portsOf(['Creator', 'Processor'], 65_534)).toThrow('--inspect-port: expected room');
  });

  test('with base port 0 each has any free one', () => {
    const { ports } = inspectionOf(functions, { functions: [], basePort: 0, waits: false });
    expect([...ports.values()]).toEqual([0, 0]);
  });

  test('a function that is not there is refused, with those that are', () => {
    expect(() => inspectionOf(functions, { functions: ['Procesor'], basePort: 1, waits: false })).toThrow(
      '--inspect: expected a function of the template, found "Procesor" (did you mean Processor?); there are: Creator, Processor',
    );
  });
});

describe("the inspector's own lines", () => {
  test('are told apart from those of the function', () => {
    const url = 'ws://127.0.0.1:9230/0f2c936f-b1cd-4ac9-aab3-f63b0f33d55e';
    expect(inspectorLine(`Debugger listening on ${url}`)).toEqual({ kind: 'listening', url });
    expect(inspectorLine('Waiting for the debugger to disconnect...')).toEqual({ kind: 'ending' });
    expect(inspectorLine('Debugger attached.')).toEqual({ kind: 'other' });
    expect(inspectorLine('For help, see: https://nodejs.org/learn/getting-started/debugging')).toEqual({
      kind: 'other',
    });
    for (const own of ['Debugger attached', 'I say: Debugger attached.', 'For help, see: the manual', ''])
      expect(inspectorLine(own)).toBeUndefined();
  });
});
