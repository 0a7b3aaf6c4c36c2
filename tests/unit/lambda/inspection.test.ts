import { describe, expect, test } from 'vitest';
import { inspectionOf } from '../../../local/inspection.ts';
import { inspectorLine } from '../../../local/lambda/debugging/inspector-line.ts';
import { functionModel } from './function-model.ts';

const functions = ['Creator', 'Processor'].map((logicalId) =>
  functionModel({ logicalId, name: `stack-${logicalId}` }),
);

describe('what is debugged', () => {
  test('a function has the same port whether it is asked for alone or with all', () => {
    const all = inspectionOf(functions, { functions: [], basePort: 9229, waits: false });
    expect([...all.ports]).toEqual([
      ['stack-Creator', 9230],
      ['stack-Processor', 9231],
    ]);
    const one = inspectionOf(functions, { functions: ['Processor'], basePort: 9229, waits: true });
    expect(one).toEqual({ ports: new Map([['stack-Processor', 9231]]), waits: true });
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
