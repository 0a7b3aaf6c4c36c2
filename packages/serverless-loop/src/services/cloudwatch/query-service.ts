import { AwsError } from '../../aws/errors.ts';
import type { JsonObject, JsonOperation, JsonService } from '../../aws/operation.ts';
import type { QueryService } from '../../aws/query-service.ts';
import { isTime } from './service.ts';

const NUMBERS = new Set([
  'Counts',
  'DatapointsToAlarm',
  'EvaluationPeriods',
  'MaxDatapoints',
  'MaxRecords',
  'Maximum',
  'Minimum',
  'Period',
  'SampleCount',
  'StorageResolution',
  'Sum',
  'Threshold',
  'Value',
  'Values',
]);
/** Sent as their bare name where they have no items. */
const LISTS = new Set([
  'AlarmActions',
  'AlarmNames',
  'AlarmTypes',
  'DashboardNames',
  'Dimensions',
  'ExtendedStatistics',
  'InsufficientDataActions',
  'MetricData',
  'MetricDataQueries',
  'Metrics',
  'OKActions',
  'Statistics',
  'TagKeys',
  'Tags',
]);
const BOOLEANS = new Set(['ActionsEnabled', 'IncludeLinkedAccounts', 'ReturnData', 'StrictEntityValidation']);

/** CloudWatch as clients from before its JSON protocol speak it: the same operations, with texts in and time stamps out. */
export function cloudWatchQueryService({ operations }: Pick<JsonService, 'operations'>): QueryService {
  return {
    signingName: 'monitoring',
    version: '2010-08-01',
    namespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
    operations: Object.fromEntries(
      Object.entries(operations).map(([name, operation]) => [name, asQuery(operation)]),
    ),
  };
}

function asQuery({ handle, needs }: JsonOperation): JsonOperation {
  return {
    needs,
    async handle(form, call) {
      try {
        const output = await handle(typed(form), call);
        return output && Object.keys(output).length > 0 ? timed(output) : undefined;
      } catch (error) {
        throw error instanceof AwsError ? underOldCode(error) : error;
      }
    },
  };
}

/** What the header of the JSON protocol says is the code itself here. */
function underOldCode(error: AwsError): AwsError {
  const [code = error.code] = error.headers['x-amzn-query-error']?.split(';') ?? [];
  return new AwsError(code, error.message, { status: error.status });
}

/** A dimension's Value is text, a datum's is a number: the first stands beside a Name. */
function typed(form: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(form).map(([name, value]) => [
      name,
      name === 'Value' && 'Name' in form ? value : typedValue(name, value),
    ]),
  );
}

function typedValue(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => typedValue(name, item));
  if (typeof value === 'object' && value !== null) return typed({ ...value });
  if (value === '' && LISTS.has(name)) return [];
  if (NUMBERS.has(name)) return Number.isNaN(Number(value)) ? value : Number(value);
  if (BOOLEANS.has(name)) return value === 'true' ? true : value === 'false' ? false : value;
  return value;
}

function timed(output: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(output).map(([name, value]) => [name, timedValue(name, value)]));
}

function timedValue(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => timedValue(name, item));
  // The one map of the API.
  if (name === 'ExtendedStatistics') return new Map(Object.entries(Object(value)));
  if (typeof value === 'object' && value !== null) return timed({ ...value });
  return typeof value === 'number' && isTime(name) ? new Date(value * 1000) : value;
}
