import { describe, expect, test } from 'vitest';
import { load, problemsOf, withFunction } from './load.ts';

const withGlobals = (globals: string, properties = '') => `${withFunction(properties)}\nGlobals:\n${globals}`;
const functionWith = (globals: string, properties = '') =>
  load(withGlobals(globals, properties)).functions[0];

describe('Globals', () => {
  test("of a single value the function's own wins", () => {
    const globals = '  Function: {Timeout: 10, MemorySize: 512}';
    expect(functionWith(globals, 'Timeout: 20')).toMatchObject({ timeoutMs: 20_000, memorySizeMB: 512 });
  });

  test('maps are merged at every level', () => {
    const globals = '  Function: {Environment: {Variables: {BOTH: global, ONE: 1}}}';
    expect(functionWith(globals, 'Environment: {Variables: {BOTH: own, TWO: 2}}')?.environment).toEqual({
      BOTH: 'own',
      ONE: '1',
      TWO: '2',
    });
  });

  test("lists are joined, the global's first", () => {
    const globals = '  Function: {Architectures: [arm64]}';
    expect(problemsOf(withGlobals(globals, 'Architectures: [x86_64]'))).toEqual([
      'template.yaml:9: Packer: Architectures, expected one of x86_64 and arm64, found arm64, x86_64',
    ]);
  });

  test('an intrinsic counts as a single value', () => {
    const globals = '  Function: {Environment: {Variables: {BOX: {Ref: AWS::Region}}}}';
    const own = 'Environment: {Variables: {BOX: {Ref: AWS::AccountId}}}';
    expect(functionWith(globals, own)?.environment).toEqual({ BOX: '123456789012' });
  });

  test('a variable that the function takes away stays away', () => {
    const globals = '  Function: {Environment: {Variables: {BOX: global, BIN: b}}}';
    const own = 'Environment: {Variables: {BOX: !Ref AWS::NoValue}}';
    expect(functionWith(globals, own)?.environment).toEqual({ BIN: 'b' });
  });

  test('a function may ignore some or all', () => {
    const source = withGlobals('  Function: {Timeout: 10, MemorySize: 512}');
    const ignoring = (what: string) =>
      load(source.replace('    Properties:', `    IgnoreGlobals: ${what}\n    Properties:`)).functions[0];
    expect(ignoring('[Timeout]')).toMatchObject({ timeoutMs: 3000, memorySizeMB: 512 });
    expect(ignoring('"*"')).toMatchObject({ timeoutMs: 3000, memorySizeMB: 128 });
  });

  test('a wrong value is shown where it stands', () => {
    expect(problemsOf(withGlobals('  Function:\n    Timeout: 0'))).toEqual([
      'template.yaml:13: Packer: Timeout, expected a whole number from 1 to 900, found 0',
    ]);
  });

  test.each([
    [
      '  Funktion: {}',
      'template.yaml:12: Globals: Funktion, expected one of Function, Api, HttpApi, SimpleTable, StateMachine, LayerVersion, CapacityProvider, WebSocketApi (did you mean Function?)',
    ],
    [
      '  Function:\n    Policies: []',
      "template.yaml:13: Globals: Function.Policies can't be set for all functions",
    ],
    ['  Function: 5', 'template.yaml:12: Globals: Function, expected a map, found 5'],
  ])('%s is refused with its line', (globals, message) => {
    expect(problemsOf(withGlobals(globals))).toEqual([message]);
  });
});
