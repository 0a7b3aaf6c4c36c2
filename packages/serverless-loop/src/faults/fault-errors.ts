import { AwsError } from '../aws/errors.ts';
import type { Fault } from './fault.ts';

type ErrorKind = 'internal' | 'throttle' | 'unavailable';

const KINDS = new Map<Fault['action'], ErrorKind>([
  ['api-internal-error', 'internal'],
  ['api-throttle-error', 'throttle'],
  ['api-unavailable-error', 'unavailable'],
]);

interface ServiceError {
  code: string;
  status: number;
}

/** Common to all services (each API reference, "Common Errors"). */
const COMMON: Readonly<Record<ErrorKind, ServiceError>> = {
  internal: { code: 'InternalFailure', status: 500 },
  throttle: { code: 'ThrottlingException', status: 400 },
  unavailable: { code: 'ServiceUnavailable', status: 503 },
};

/** Of those that have words of their own: as their SDKs know and retry them. */
const OWN: Readonly<Record<string, Partial<Record<ErrorKind, ServiceError>>>> = {
  // DynamoDB guide, "Error messages and codes".
  dynamodb: {
    internal: { code: 'InternalServerError', status: 500 },
    throttle: { code: 'ProvisionedThroughputExceededException', status: 400 },
  },
  // Kinesis API reference, "PutRecord", Errors.
  kinesis: { throttle: { code: 'ProvisionedThroughputExceededException', status: 400 } },
  // Lambda API reference, "Invoke", Errors.
  lambda: {
    internal: { code: 'ServiceException', status: 500 },
    throttle: { code: 'TooManyRequestsException', status: 429 },
  },
  // S3 API reference, "Error responses".
  s3: { internal: { code: 'InternalError', status: 500 }, throttle: { code: 'SlowDown', status: 503 } },
  // SQS API reference, "SendMessage", Errors.
  sqs: { throttle: { code: 'RequestThrottled', status: 400 } },
  // SNS API reference, "Publish", Errors.
  sns: {
    internal: { code: 'InternalError', status: 500 },
    throttle: { code: 'Throttled', status: 429 },
  },
  // EventBridge API reference, "PutEvents", Errors.
  events: { internal: { code: 'InternalException', status: 500 } },
};

/** The error of a fault, as the service has it; undefined for a fault that is none. */
export function errorOf({ action, errorCode, status }: Fault, service: string): AwsError | undefined {
  const kind = KINDS.get(action);
  if (!kind) return undefined;
  const usual = OWN[service]?.[kind] ?? COMMON[kind];
  return new AwsError(errorCode ?? usual.code, 'A fault that was set in the loop.', {
    status: status ?? usual.status,
    ...(kind === 'throttle' && service === 'lambda' && { members: { Type: 'User' } }),
  });
}
