import type { AwsError } from '../aws/errors.ts';
import type { JsonObject } from '../aws/operation.ts';
import { parseQuery } from './query-request.ts';
import { queryCode } from './sqs-error.ts';
import { type Element, renderElements } from './xml.ts';

export { parseQuery } from './query-request.ts';

const NAMESPACE = 'http://queue.amazonaws.com/doc/2012-11-05/';

/** SQS as clients from before its JSON protocol speak it (SQS guide, "Making Query API requests"). */
export const queryProtocol = {
  parse: parseQuery,
  render: renderQuery,
  renderError: renderQueryError,
} as const;

/** The answer of an operation in XML. */
export function renderQuery(operation: string, output: JsonObject | undefined, requestId: string): string {
  const members = Object.entries(output ?? {}).flatMap(([name, value]) =>
    answerMember(operation, name, value),
  );
  const result: Element[] = hasResult(operation) ? [[`${operation}Result`, members]] : [];
  const metadata: Element = ['ResponseMetadata', [['RequestId', requestId]]];
  return document(`${operation}Response`, [...result, metadata]);
}

/** An error in XML, by the code that the query protocol knows it by. */
export function renderQueryError(error: AwsError, requestId: string): string {
  const code = queryCode(error.code);
  const message =
    error.code === 'QueueDoesNotExist'
      ? 'The specified queue does not exist for this wsdl version.'
      : error.message;
  return document('ErrorResponse', [
    [
      'Error',
      [
        ['Type', error.status < 500 ? 'Sender' : 'Receiver'],
        ['Code', code],
        ['Message', message],
        ['Detail', []],
      ],
    ],
    ['RequestId', requestId],
  ]);
}

function document(root: string, content: Element[]): string {
  return `<?xml version="1.0"?><${root} xmlns="${NAMESPACE}">${renderElements(content)}</${root}>`;
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
