import { isObject, type JsonObject } from '../../aws/json-object.ts';
import { document, integer, required, text } from '../../aws/members.ts';
import { allPages } from '../all-pages.ts';
import { type ConsoleContext, endpoint } from '../context.ts';

const SERVICE = 'states';
const TOKEN = { answer: 'nextToken', input: 'nextToken' };

export const EXECUTION_ENDPOINTS = {
  'GET /_loop/state-machines': endpoint({
    purpose: 'the state machines, with their definitions',
    input: {},
    async answer(_input, context, { signal }) {
      const machines = (await machinesOf(context, signal)).map(async ({ stateMachineArn, name, type }) => {
        const described = await context.call(SERVICE, 'DescribeStateMachine', { stateMachineArn }, signal);
        const declared = context.stack().resources.find(({ physicalId }) => physicalId === stateMachineArn);
        return {
          logicalId: declared?.logicalId ?? '',
          name,
          arn: stateMachineArn,
          type,
          definition: parsed(described.definition),
        };
      });
      return { machines: await Promise.all(machines) };
    },
  }),
  'GET /_loop/executions': endpoint({
    purpose: 'the newest executions of all standard state machines, or of one by its ARN, the last one first',
    input: { machine: text({ min: 1 }), limit: integer({ min: 1, max: 1_000 }) },
    async answer({ machine, limit = 100 }, context, { signal }) {
      const arns =
        machine === undefined
          ? (await machinesOf(context, signal))
              .filter(({ type }) => type === 'STANDARD')
              .map(({ stateMachineArn }) => stateMachineArn)
          : [machine];
      const lists = arns.map((stateMachineArn) =>
        allPages(
          context.call,
          {
            service: SERVICE,
            operation: 'ListExecutions',
            input: { stateMachineArn },
            list: 'executions',
            token: TOKEN,
            most: limit,
          },
          signal,
        ),
      );
      const executions = (await Promise.all(lists)).flat();
      executions.sort((one, other) => Number(other.startDate) - Number(one.startDate));
      return { executions: executions.slice(0, limit).map(shownExecution) };
    },
  }),
  'GET /_loop/execution': endpoint({
    purpose: 'an execution by its ARN: its input, its output or error, and its history',
    input: { arn: required(text({ min: 1 })) },
    async answer({ arn }, { call }, { signal }) {
      const execution = await call(SERVICE, 'DescribeExecution', { executionArn: arn }, signal);
      const history = await allPages(
        call,
        {
          service: SERVICE,
          operation: 'GetExecutionHistory',
          input: { executionArn: arn, maxResults: 1_000 },
          list: 'events',
          token: TOKEN,
        },
        signal,
      );
      const { input, output, error, cause } = execution;
      return {
        ...shownExecution(execution),
        input: parsed(input),
        ...(output !== undefined && { output: parsed(output) }),
        ...(error !== undefined && { error }),
        ...(cause !== undefined && { cause }),
        history: history.map(shownEvent),
      };
    },
  }),
  'POST /_loop/execution/start': endpoint({
    purpose: 'starts an execution of a state machine, by its ARN',
    changes: true,
    input: { machine: required(text({ min: 1 })), input: document(), name: text({ min: 1 }) },
    async answer({ machine, input = {}, name }, { call }, { signal }) {
      const given = {
        stateMachineArn: machine,
        input: JSON.stringify(input),
        ...(name !== undefined && { name }),
      };
      const { executionArn } = await call(SERVICE, 'StartExecution', given, signal);
      return { arn: executionArn };
    },
  }),
};

function machinesOf({ call }: ConsoleContext, signal: AbortSignal): Promise<JsonObject[]> {
  const asked = { service: SERVICE, operation: 'ListStateMachines', list: 'stateMachines', token: TOKEN };
  return allPages(call, asked, signal);
}

function shownExecution({ executionArn, stateMachineArn, name, status, startDate, stopDate }: JsonObject) {
  return {
    arn: executionArn,
    machine: stateMachineArn,
    name,
    status,
    startedAt: isoOf(startDate),
    ...(stopDate !== undefined && { endedAt: isoOf(stopDate) }),
  };
}

/** The details of an event are in a member that is called after its type. */
function shownEvent({ id, previousEventId, timestamp, type, ...others }: JsonObject) {
  const details = Object.values(others).find(isObject);
  return { id, previousId: previousEventId, time: isoOf(timestamp), type, ...(details && { details }) };
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function isoOf(time: unknown): string {
  return typeof time === 'number' ? new Date(time).toISOString() : '';
}
