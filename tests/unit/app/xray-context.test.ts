import { setImmediate as turn } from 'node:timers/promises';
import clsHooked from 'cls-hooked';
import { describe, expect, test } from 'vitest';
import * as ours from '../../../src/platform/lean/xray-context.ts';

interface Space {
  get(key: string): unknown;
  set(key: string, value: unknown): unknown;
  run(work: (context: object) => void): unknown;
  createContext(): object;
  enter(context: object): void;
}

interface Spaces {
  createNamespace(name: string): Space;
  getNamespace(name: string): Space | null | undefined;
  destroyNamespace(name: string): void;
}

let count = 0;

// Holds the context that the X-Ray SDK relies on against the package that it was written for.
describe.each<[string, Spaces]>([
  ['cls-hooked', clsHooked],
  ['our own', ours],
])('a namespace of %s', (_name, spaces) => {
  function space(): Space {
    count += 1;
    return spaces.createNamespace(`space ${count}`);
  }

  test('is found by its name until it is destroyed', () => {
    const made = space();
    expect(spaces.getNamespace(`space ${count}`)).toBe(made);
    spaces.destroyNamespace(`space ${count}`);
    expect(spaces.getNamespace(`space ${count}`)).toBeFalsy();
    expect(spaces.getNamespace('another')).toBeFalsy();
  });

  test('holds nothing before a context is entered', () => {
    const made = space();
    expect(made.get('segment')).toBeUndefined();
    expect(() => made.set('segment', 1)).toThrow('No context available. ns.run() or ns.bind()');
  });

  test('has what was entered everywhere, also in work that began before', async () => {
    const made = space();
    const { promise, resolve } = Promise.withResolvers<void>();
    const older = promise.then(() => made.get('segment'));
    made.enter(made.createContext());
    expect(made.set('segment', 'facade')).toBe('facade');
    resolve();
    expect(await older).toBe('facade');
    await turn();
    expect(made.get('segment')).toBe('facade');
  });

  test('keeps what is set in a run to that run, for as long as its work goes on', async () => {
    const made = space();
    made.enter(made.createContext());
    made.set('segment', 'facade');
    const branch = async (name: string): Promise<unknown> => {
      const inherited = made.get('segment');
      made.set('segment', name);
      await turn();
      await turn();
      return [inherited, made.get('segment')];
    };
    const branches: Promise<unknown>[] = [];
    for (const name of ['a', 'b']) made.run(() => branches.push(branch(name)));
    expect(made.get('segment')).toBe('facade');
    expect(await Promise.all(branches)).toEqual([
      ['facade', 'a'],
      ['facade', 'b'],
    ]);
    expect(made.get('segment')).toBe('facade');
  });

  test('lets a run inside a run inherit, and gives nothing back', () => {
    const made = space();
    made.enter(made.createContext());
    made.run(() => {
      made.set('segment', 'outer');
      made.run(() => {
        expect(made.get('segment')).toBe('outer');
        made.set('segment', 'inner');
      });
      expect(made.get('segment')).toBe('outer');
    });
    expect(made.get('segment')).toBeUndefined();
  });

  test('gives a run its context, and ends it also when it throws', () => {
    const made = space();
    made.enter(made.createContext());
    let given: unknown;
    const context = made.run((inside) => {
      given = inside;
    });
    expect(given).toBe(context);
    const failing = () =>
      made.run(() => {
        made.set('segment', 'lost');
        throw new RangeError('too far');
      });
    expect(failing).toThrow('too far');
    expect(made.get('segment')).toBeUndefined();
  });
});
