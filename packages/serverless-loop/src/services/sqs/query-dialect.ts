import type { AwsError } from '../../aws/errors.ts';
import type { JsonObject, JsonService } from '../../aws/operation.ts';
import type { QueryService } from '../../aws/query-service.ts';
import type { Element } from '../../aws/xml.ts';

export { queryInput } from './query-input.ts';

import { queryInput } from './query-input.ts';
import { queryCode } from './sqs-error.ts';

/** SQS as clients from before its JSON protocol speak it (SQS guide, "Making Query API requests"): lists are flat. */
export function sqsQueryService(service: JsonService): QueryService {
  return {
    signingName: 'sqs',
    version: '2012-11-05',
    namespace: 'http://queue.amazonaws.com/doc/2012-11-05/',
    operations: service.operations,
    dialect: { input: queryInput, result: queryResult, error: queryError },
  };
}

/** What stands in the operation's result. */
export function queryResult(operation: string, output: JsonObject): Element[] | undefined {
  if (!hasResult(operation)) return undefined;
  return Object.entries(output).flatMap(([name, value]) => answerMember(operation, name, value));
}

/** An error by the code that the query protocol knows it by. */
export function queryError(error: AwsError): { code: string; message: string; more: Element[] } {
  const message =
    error.code === 'QueueDoesNotExist'
      ? 'The specified queue does not exist for this wsdl version.'
      : error.message;
  return { code: queryCode(error.code), message, more: [['Detail', []]] };
}

/** Operations without an output shape answer with metadata alone. */
function hasResult(operation: string): boolean {
  return ![
    'DeleteMessage',
    'ChangeMessageVisibility',
    'SetQueueAttributes',
    'PurgeQueue',
    'DeleteQueue',
    'TagQueue',
    'UntagQueue',
  ].includes(operation);
}

/** A member of an answer: lists and maps become one element an item, named as the query protocol names it. */
function answerMember(operation: string, name: string, value: unknown): Element[] {
  switch (name) {
    case 'QueueUrls':
      return items(value).map((url) => ['QueueUrl', String(url)]);
    case 'Messages':
      return items(value).map((message) => ['Message', members(operation, message)]);
    case 'Failed':
      return items(value).map((entry) => ['BatchResultErrorEntry', members(operation, entry)]);
    case 'Successful':
      return items(value).map((entry) => [`${operation}ResultEntry`, members(operation, entry)]);
    case 'Attributes':
      return pairs(value).map(([key, text]) => ['Attribute', nameAndValue(key, String(text))]);
    case 'MessageAttributes':
      return pairs(value).map(([key, attribute]) => [
        'MessageAttribute',
        nameAndValue(key, members(operation, attribute)),
      ]);
    case 'Tags':
      return pairs(value).map(([key, text]) => [
        'Tag',
        [
          ['Key', key],
          ['Value', String(text)],
        ],
      ]);
    default:
      return [[name, String(value)]];
  }
}

function members(operation: string, value: unknown): Element[] {
  return pairs(value).flatMap(([name, member]) => answerMember(operation, name, member));
}

function nameAndValue(name: string, value: string | Element[]): Element[] {
  return [
    ['Name', name],
    ['Value', value],
  ];
}

function items(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function pairs(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
