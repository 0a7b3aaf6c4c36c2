import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../../src/services/stepfunctions/language/problem.ts';
import {
  type MachineType,
  validateDefinition,
} from '../../../src/services/stepfunctions/language/validate-machine.ts';

const PASS = { Type: 'Pass', End: true };

function machine(states: object, more: object = {}): string {
  return JSON.stringify({ StartAt: Object.keys(states)[0], States: states, ...more });
}

/** Code, place and message of each problem, as one reads them. */
function problemsOf(definition: string, type: MachineType = 'STANDARD'): string[] {
  return validateDefinition(definition, type).map(
    ({ code, location, message }) => `${code} ${location ?? 'nowhere'}: ${message}`,
  );
}

const schema = (place: string, message: string) => [`SCHEMA_VALIDATION_FAILED ${place}: ${message}`];

// LocalStack's records of AWS, tests/aws/services/stepfunctions/v2/test_sfn_api_validation.snapshot.json.
describe('AWS was seen to answer', () => {
  test('for a text that is no definition', () => {
    expect(validateDefinition('')).toEqual([
      { code: 'SCHEMA_VALIDATION_FAILED', message: 'Definition must be a valid JSON object' },
    ]);
    expect(validateDefinition('not a definition')[0]?.code).toBe('INVALID_JSON_DESCRIPTION');
    expect(problemsOf('{}')).toEqual(schema('/', 'These fields are required: [States, StartAt]'));
    expect(problemsOf('{"States":{"A":{"Type":"Pass","End":true}}}')).toEqual(
      schema('/', 'These fields are required: [StartAt]'),
    );
  });

  test('for an action that a service has not got (v2/services/test_dynamodb_task_service, "test_invalid_integration"), and nothing for empty handlers (v2/scenarios/test_base_scenarios, "test_catch_empty")', () => {
    const task = (Resource: string) =>
      machine({ A: { Type: 'Task', Resource, Retry: [], Catch: [], End: true } });
    expect(problemsOf(task('arn:aws:states:::dynamodb:query'))).toEqual(
      schema(
        '/States/A/Resource',
        'The resource provided arn:aws:states:::dynamodb:query is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.',
      ),
    );
    expect(problemsOf(task('arn:aws:states:::dynamodb:getItem'))).toEqual([]);
  });

  test('nothing for a machine that is right', () => {
    expect(problemsOf(machine({ A: PASS }))).toEqual([]);
    expect(problemsOf(machine({ A: PASS }, { QueryLanguage: 'JSONata' }), 'EXPRESS')).toEqual([]);
  });

  test('for JSONPath within a machine of JSONata', () => {
    const definition = machine(
      { Pass: { ...PASS, QueryLanguage: 'JSONPath' } },
      { QueryLanguage: 'JSONata' },
    );
    expect(problemsOf(definition)).toEqual(
      schema(
        '/States/Pass',
        "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
      ),
    );
  });

  test.each([
    ['arn:aws:states:::sqs:sendMessage.waitForTaskToken', "'.waitForTaskToken' service integration "],
    ['arn:aws:states:::states:startExecution.sync:2', "'.sync' service integration"],
    ['arn:aws:states:us-east-1:000000000000:activity:one', 'Activity ARN'],
  ])('for %s in an Express machine', (Resource, what) => {
    const definition = machine({ Send: { Type: 'Task', Resource, End: true } });
    expect(problemsOf(definition, 'EXPRESS')).toEqual(
      schema('/States/Send/Resource', `Express state machine does not support ${what}`),
    );
    expect(problemsOf(definition)).toEqual([]);
  });

  test.each([
    [
      'Timestamp',
      { Type: 'Wait', Timestamp: '2016-12-05 21:29:29Z', End: true },
      'String does not match RFC3339 timestamp',
    ],
    ['Branches', { Type: 'Parallel', Branches: [], End: true }, 'Value cannot be empty'],
    [
      'Type',
      { Type: 'Nope' },
      "The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map]",
    ],
    [
      'Parameters',
      { ...PASS, Parameters: { deep: [{ 'parsed.$': "States.StringToJson('\\d')" }] } },
      "The value for the field 'parsed.$' must be a valid JSONPath or a valid intrinsic function call",
    ],
  ])('for a wrong %s', (field, state, message) => {
    const found = problemsOf(machine({ A: state, B: PASS })).filter(
      (problem) => !problem.includes('/States/B'),
    );
    expect(found.filter((problem) => !problem.startsWith('MISSING'))).toEqual(
      schema(`/States/A/${field}`, message),
    );
  });
});

// Answers of ValidateStateMachineDefinition that were measured for floci-io/floci, issues 2735, 2968 and 3733, pull request 2786.
describe('AWS was measured to answer', () => {
  const loop = { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } };

  test('that a loop has no end, and nothing of what it doesn’t reach', () => {
    expect(problemsOf(machine(loop))).toEqual(['MISSING_END_STATE nowhere: Workflow has no terminal state']);
    expect(problemsOf(machine({ ...loop, C: { Type: 'Pass', Next: 'A' } }))).toHaveLength(1);
    expect(problemsOf(machine({ ...loop, C: PASS }))).toEqual([
      'MISSING_TRANSITION_TARGET /States/C: State "C" is not reachable.',
    ]);
  });

  test('that a target is missing, before that an end is', () => {
    const definition = machine({ A: { Type: 'Pass', Next: 'NOPE' } });
    expect(problemsOf(definition)).toEqual([
      "MISSING_TRANSITION_TARGET /States/A/Next: Missing 'Next' target: NOPE",
      'MISSING_END_STATE nowhere: Workflow has no terminal state',
    ]);
    expect(refusalOf(validateDefinition(definition))).toBe(
      "Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target: NOPE at /States/A/Next, " +
        "MISSING_END_STATE: Workflow has no terminal state at null'",
    );
  });

  test('where a target is missing, by its place', () => {
    const states = {
      C: { Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true, Next: 'X' }], Default: 'Y' },
      T: {
        Type: 'Task',
        Resource: 'arn:aws:lambda:us-east-1:000000000000:function:f',
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Z' }],
        Next: 'C',
      },
      E: { Type: 'Succeed' },
    };
    const places = problemsOf(JSON.stringify({ StartAt: 'S', States: states })).slice(0, 4);
    expect(places).toEqual([
      "MISSING_TRANSITION_TARGET /StartAt: Missing 'Next' target: S",
      "MISSING_TRANSITION_TARGET /States/C/Choices[0]/Next: Missing 'Next' target: X",
      "MISSING_TRANSITION_TARGET /States/C/Default: Missing 'Next' target: Y",
      "MISSING_TRANSITION_TARGET /States/T/Catch[0]/Next: Missing 'Next' target: Z",
    ]);
  });

  test.each(['TimeoutSeconds', 'Catch', 'Retry', 'Nope'])('that a Pass state has no %s', (field) => {
    const value =
      field === 'TimeoutSeconds'
        ? 5
        : [{ ErrorEquals: ['States.ALL'], ...(field === 'Catch' && { Next: 'A' }) }];
    expect(problemsOf(machine({ A: { ...PASS, [field]: value } }))).toEqual(
      schema('/States/A', `Field '${field}' is not supported`),
    );
  });

  test('that fields belong to a query language', () => {
    expect(problemsOf(machine({ A: { ...PASS, Output: 1 } }))).toEqual(
      schema(
        '/States/A',
        "The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage",
      ),
    );
    expect(problemsOf(machine({ A: { ...PASS, InputPath: '$.a' } }, { QueryLanguage: 'JSONata' }))).toEqual(
      schema(
        '/States/A',
        "The QueryLanguage is set to 'JSONata', but field 'InputPath' is only supported for the 'JSONPath' QueryLanguage",
      ),
    );
  });

  test('for the fields of a Map', () => {
    const map = { Type: 'Map', ItemProcessor: { StartAt: 'P', States: { P: PASS } }, End: true };
    const of = (more: object) => problemsOf(machine({ M: { ...map, ...more } }));
    expect(of({})).toEqual([]);
    expect(of({ MaxConcurrency: -1 })).toEqual(schema('/States/M/MaxConcurrency', 'Minimum value is 0'));
    expect(of({ ToleratedFailurePercentage: 101 })).toEqual(
      schema('/States/M/ToleratedFailurePercentage', 'Maximum value is 100.0'),
    );
    expect(of({ MaxConcurrencyPath: '$$.Execution.Input.n' })).toEqual(
      schema('/States/M/MaxConcurrencyPath', 'Value is not a Reference Path'),
    );
    expect(of({ MaxConcurrency: 1, MaxConcurrencyPath: '$.n' })).toEqual(
      schema(
        '/States/M',
        'There should only be one of the following fields: [MaxConcurrency, MaxConcurrencyPath]',
      ),
    );
    expect(of({ ItemProcessor: { ...map.ItemProcessor, QueryLanguage: 'JSONPath' } })).toEqual(
      schema('/States/M/ItemProcessor', "Field 'QueryLanguage' is not supported"),
    );
  });

  test('that states within a Map take the machine’s language, not the Map’s', () => {
    const inner = { P: { ...PASS, Output: 1 } };
    const M = {
      Type: 'Map',
      QueryLanguage: 'JSONata',
      ItemProcessor: { StartAt: 'P', States: inner },
      End: true,
    };
    expect(problemsOf(machine({ M }))).toEqual(
      schema(
        '/States/M/ItemProcessor/States/P',
        "The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage",
      ),
    );
  });
});

// States language, "Retrying after error" and "Choice Rule"; no record says how AWS words these, so only the places are held.
test.each([
  ['/States/A/Retry[0]/MaxDelaySeconds', { Retry: [{ ErrorEquals: ['a'], MaxDelaySeconds: 31_622_400 }] }],
  ['/States/A/Retry[0]/BackoffRate', { Retry: [{ ErrorEquals: ['a'], BackoffRate: 0.9 }] }],
  ['/States/A/Retry[0]/JitterStrategy', { Retry: [{ ErrorEquals: ['a'], JitterStrategy: 'SOME' }] }],
  ['/States/A/Retry[0]', { Retry: [{ MaxAttempts: 1 }] }],
  ['/States/A/Retry[0]/ErrorEquals', { Retry: [{ ErrorEquals: ['States.ALL', 'a'] }] }],
  ['/States/A/Retry[0]/ErrorEquals', { Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['a'] }] }],
  ['/States/A/Catch[0]', { Catch: [{ ErrorEquals: ['a'] }] }],
  ['/States/A', { End: undefined }],
  ['/States/A', { Resource: undefined }],
])('%s is told for %j', (place, more) => {
  const A = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true, ...more };
  const places = validateDefinition(machine({ A })).flatMap(({ code, location }) =>
    code === 'SCHEMA_VALIDATION_FAILED' ? [location] : [],
  );
  expect(places).toEqual([place]);
});

test.each([
  ['/States/C/Choices[0]', { IsNull: true, Next: 'E' }],
  ['/States/C/Choices[0]', { Variable: '$.a', Next: 'E' }],
  ['/States/C/Choices[0]', { Variable: '$.a', IsNull: true }],
  ['/States/C/Choices[0]/NumericEquals', { Variable: '$.a', NumericEquals: '1', Next: 'E' }],
  [
    '/States/C/Choices[0]/And[1]/Not/Variable',
    { And: [{ Variable: '$.a', IsNull: true }, { Not: { Variable: 'a', IsNull: true } }], Next: 'E' },
  ],
  ['/States/C/Choices[0]/Or', { Or: [], Next: 'E' }],
])('%s is told for the rule %j', (place, rule) => {
  const definition = machine({
    C: { Type: 'Choice', Choices: [rule], Default: 'E' },
    E: { Type: 'Succeed' },
  });
  expect(validateDefinition(definition).map(({ location }) => location)).toEqual([place]);
});
