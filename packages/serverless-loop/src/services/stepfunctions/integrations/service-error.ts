import { randomBytes } from 'node:crypto';
import type { AwsError } from '../../../aws/errors.ts';
import { StateError } from '../interpreter/state-error.ts';
import type { CalledService } from './services.ts';

/** Codes that no API names as an error of its operations: of rights, of what breaks the model, and of too many calls (API references, "Common Errors"). */
const GENERAL =
  /^(AccessDenied|AccessDeniedException|AuthorizationError|IncompleteSignature|InternalFailure|InvalidAction|InvalidParameterCombination|InvalidParameterValue|InvalidQueryParameter|MalformedInput|MissingParameter|NotAuthorized|OptInRequired|RequestExpired|SerializationException|ServiceUnavailable|Throttling|ThrottlingException|UnknownOperationException|ValidationError)$/;

/** Services whose API names `ValidationException` among the errors of its operations. */
const NAMING_VALIDATION = ['Sfn', 'StepFunctions', 'Scheduler'];

/**
 * The error of a task whose service refused, as an SDK for Java names it: the code with `Exception` at its end, the service's
 * general one where its API doesn't name the code. The cause is worded as each SDK does (LocalStack's records of AWS,
 * v2/error_handling: test_aws_sdk, test_task_service_dynamodb; the count of attempts: v2/services/test_aws_sdk_task_service).
 */
export function serviceError(
  service: CalledService,
  error: AwsError,
  { isOptimized, requestId }: { isOptimized: boolean; requestId: string },
): StateError {
  const code = error.code.split('.').at(-1) ?? error.code;
  const isGeneral =
    GENERAL.test(code) || (code === 'ValidationException' && !NAMING_VALIDATION.includes(service.prefix));
  const name = isGeneral ? service.general : code.endsWith('Exception') ? code : `${code}Exception`;
  const { status, message } = error;
  const told = isOptimized
    ? `(Service: ${service.title}; Status Code: ${status}; Error Code: ${code}; Request ID: ${requestId}; Proxy: null)`
    : `(Service: ${service.title}, Status Code: ${status}, Request ID: ${requestId}${extendedId(service)}) (SDK Attempt Count: 1)`;
  return new StateError(`${service.prefix}.${name}`, `${message} ${told}`);
}

/** S3 tells a second id of its answer (LocalStack's record "test_no_such_bucket" of AWS, v2/error_handling/test_aws_sdk.snapshot.json). */
function extendedId({ signingName }: CalledService): string {
  return signingName === 's3' ? `, Extended Request ID: ${randomBytes(56).toString('base64')}` : '';
}
