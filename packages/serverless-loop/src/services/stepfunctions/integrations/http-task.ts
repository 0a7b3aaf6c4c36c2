import type { RoleSender } from '../../../aws/delivery.ts';
import { AwsError } from '../../../aws/errors.ts';
import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import type { Need } from '../../../aws/operation.ts';
import { parsedJson } from '../../../aws/parsed-json.ts';
import type { CallByConnection } from '../../../connection-call.ts';
import { STATUS_CODES } from '../../../http.ts';
import { type HttpAnswer, TimedOutError } from '../../../http-call.ts';
import { StateError } from '../interpreter/state-error.ts';
import type { TaskCall } from '../interpreter/step.ts';
import type { OperationCall } from './call-service.ts';
import { formText, plainText } from './form-text.ts';
import { type HttpTask, httpTaskOf } from './http-parameters.ts';

export interface HttpTaskPorts {
  region: string;
  callByConnection: CallByConnection;
  /** Throws AwsError unless the role's own policies let it. */
  authorizeRole(role: RoleSender, need: Need): void;
  /** The role of the state machine, or that of the task's Credentials. */
  roleArnOf(call: OperationCall): string;
}

/** "HTTP Tasks time out after 60 seconds" (Step Functions guide, "Service quotas": quotas related to HTTP Task). */
const TIMEOUT_MS = 60_000;

/**
 * Calls an HTTP API for a task `http:invoke` and resolves with its result (Step Functions guide, "Call HTTPS APIs":
 * https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html). Rejects with StateError.
 */
export async function invokeHttp(
  parameters: JsonObject,
  call: TaskCall,
  ports: HttpTaskPorts,
): Promise<JsonObject> {
  const task = httpTaskOf(parameters);
  refuseUnlessAllowed(task, call, ports);
  const answer = await sent(task, ports);
  const result = resultOf(answer);
  if (answer.status >= 200 && answer.status < 300) return result;
  throw new StateError(`States.Http.StatusCode.${answer.status}`, JSON.stringify(result));
}

/** The rights of the guide's section "IAM permissions to run an HTTP Task", but for those on the connection's secret. */
function refuseUnlessAllowed(
  { url, method, connectionArn }: HttpTask,
  call: TaskCall,
  { authorizeRole, roleArnOf }: HttpTaskPorts,
): void {
  const { Id: machineArn, Name: machineName } = Object(call.context.StateMachine);
  const sender: RoleSender = { name: String(machineName), role: { arn: roleArnOf(call) } };
  const endpoint = url.href;
  try {
    authorizeRole(sender, {
      action: 'states:InvokeHTTPEndpoint',
      resource: String(machineArn),
      context: { 'states:HTTPEndpoint': endpoint, 'states:HTTPMethod': method },
    });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    // The words of AWS (serverless-operations/serverless-step-functions, issue 599); the name of the error is by analogy.
    throw new StateError(
      'States.Http.AccessDenied',
      `AWS Step Functions is not authorized to perform states:InvokeHTTPEndpoint on API Endpoint ${endpoint}. Ensure that the StateMachine role contains the states:InvokeHTTPEndpoint permission for the given API Endpoint`,
    );
  }
  try {
    authorizeRole(sender, { action: 'events:RetrieveConnectionCredentials', resource: connectionArn });
  } catch (error) {
    throw connectionError(error);
  }
}

async function sent(task: HttpTask, { callByConnection, region }: HttpTaskPorts): Promise<HttpAnswer> {
  const { connectionArn, url, method } = task;
  try {
    return await callByConnection({
      connectionArn,
      url,
      method,
      headers: {
        'content-type': 'application/json; charset=UTF-8',
        ...task.headers,
        ...(task.arrayFormat !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
        // "Step Functions overwrites" these (the same page, "HTTP Task fields": Headers).
        'user-agent': `Amazon|StepFunctions|HttpInvoke|${region}`,
        range: 'bytes=0-262144',
      },
      bodyWith: (members) => bodyText(task, members),
      timeoutMs: TIMEOUT_MS,
    });
  } catch (error) {
    // "States.Http.Socket: … the HTTP request timed out after 60 seconds" (the same page).
    if (error instanceof TimedOutError) throw new StateError('States.Http.Socket', error.message);
    if (error instanceof AwsError) throw connectionError(error);
    if (error instanceof StateError) throw error;
    throw new StateError('States.Http.Socket', error instanceof Error ? error.message : String(error));
  }
}

function connectionError(error: unknown): unknown {
  if (!(error instanceof AwsError)) return error;
  const code = error.code.replace(/Exception$/, '');
  return new StateError(`Events.ConnectionResource.${code}`, error.message);
}

/** A body that is no object has no place for what the connection adds. Throws StateError. */
function bodyText({ body, arrayFormat }: HttpTask, members: Readonly<Record<string, string>>): string {
  const isMerged = Object.keys(members).length > 0;
  if (body === undefined && !isMerged) return '';
  if (isMerged && body !== undefined && !isObject(body))
    throw new StateError(
      'States.Runtime',
      'The RequestBody must be an object where the connection has body parameters.',
    );
  const whole = isMerged ? { ...(isObject(body) ? body : {}), ...members } : body;
  if (arrayFormat !== undefined && isObject(whole)) return formText(whole, arrayFormat);
  return plainText(whole);
}

/** Values of headers are lists; a body that says it is JSON is read. */
function resultOf({ status, headers, body }: HttpAnswer): JsonObject {
  const lists = Object.entries(headers).map(([name, value = '']) => [name, [value].flat()] as const);
  const isJson = /^application\/(?:[\w.-]+\+)?json\b/i.test(headers['content-type'] ?? '');
  return {
    Headers: Object.fromEntries(lists),
    ResponseBody: isJson ? parsedJson(body, body) : body,
    StatusCode: status,
    StatusText: STATUS_CODES[status] ?? '',
  };
}
