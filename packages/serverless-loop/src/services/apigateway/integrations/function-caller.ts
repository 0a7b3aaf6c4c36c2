import type { ApiModel, ApiStage } from '../../../aws/api-model.ts';
import { formatArn, type Place, qualifierOfArn } from '../../../aws/arn.ts';
import type { RoleSender } from '../../../aws/delivery.ts';
import { AwsError } from '../../../aws/errors.ts';
import type { Need } from '../../../aws/operation.ts';
import type { ResponseSink } from '../../../aws/response-sink.ts';
import type { Statement } from '../../../aws/statement.ts';
import type { Clock } from '../../../clock.ts';
import type { Report } from '../../../facts.ts';
import type { FunctionModel } from '../../../template/model.ts';
import { Refusal } from '../requests/refusal.ts';

/** A function as an API's integration or authorizer calls it. */
export interface FunctionCall {
  api: ApiModel;
  stage: ApiStage;
  functionArn: string;
  roleArn?: string | undefined;
  /** The resource that the API calls for, after its id: `prod/GET/boxes/{id}`, `authorizers/<id>`. */
  source: string;
  payload: Record<string, unknown>;
  requestId: string;
  traceHeader?: string | undefined;
  timeoutMs: number;
  /** Takes an answer that is streamed, whose payload is empty then. */
  sink?: ResponseSink | undefined;
}

export interface FunctionAnswer {
  payload: Buffer;
  failed: boolean;
  functionName: string;
}

export interface FunctionCallerOptions {
  place: Place;
  clock: Pick<Clock, 'after'>;
  report: Report;
  find(nameOrArn: string): FunctionModel | undefined;
  /** Invokes and waits, and records the call where it is traced. */
  invoke(request: {
    functionName: string;
    qualifier?: string;
    payload: Buffer;
    requestId: string;
    traceHeader?: string;
    attempt: number;
    sourceArn?: string;
    sink?: ResponseSink;
  }): Promise<{ payload: Buffer; functionError?: string }>;
  traceHeaderFor(given: string | undefined, fn: FunctionModel): string | undefined;
  allows(request: {
    statements: Statement[];
    principal: { service: string } | { aws: string };
    action: string;
    resource: string;
    sourceArn?: string;
    context?: Readonly<Record<string, string>>;
  }): boolean;
  authorizeRole(role: RoleSender, need: Need): void;
}

export type CallFunction = (call: FunctionCall) => Promise<FunctionAnswer>;

/** Invokes functions for APIs, which the functions' own policies, or a role, must let them. Throws a Refusal where it can't. */
export function functionCaller(options: FunctionCallerOptions): CallFunction {
  const { place, clock, report, find, invoke, allows, authorizeRole } = options;

  function mayInvoke({ api, roleArn, source, functionArn }: FunctionCall, fn: FunctionModel): boolean {
    const need = { action: 'lambda:InvokeFunction', resource: functionArn };
    const statements = fn.resourcePolicy;
    if (api.protocol === 'URL') {
      // A URL of everybody needs both (Lambda guide, "Control access to Lambda function URLs").
      const context = { 'lambda:FunctionUrlAuthType': 'NONE', 'lambda:InvokedViaFunctionUrl': 'true' };
      return ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'].every((action) =>
        allows({ statements, principal: { aws: '*' }, action, resource: functionArn, context }),
      );
    }
    if (roleArn !== undefined) {
      try {
        authorizeRole({ name: api.title, role: { arn: roleArn } }, need);
        return true;
      } catch (error) {
        if (error instanceof AwsError) return false;
        throw error;
      }
    }
    const sourceArn = sourceArnOf(place, api, source);
    const principal = { service: 'apigateway.amazonaws.com' };
    const isAllowed = allows({ ...need, statements, principal, sourceArn });
    if (!isAllowed)
      report({
        kind: 'call.denied',
        caller: api.title,
        ...need,
        reason: `the function's resource policy doesn't let API Gateway invoke it for ${sourceArn}`,
      });
    return isAllowed;
  }

  async function within<Value>(call: FunctionCall, work: Promise<Value>): Promise<Value> {
    if (!Number.isFinite(call.timeoutMs)) return work;
    const late = Promise.withResolvers<never>();
    const timer = clock.after(call.timeoutMs, () =>
      late.reject(new Refusal('INTEGRATION_TIMEOUT', undefined, `no answer within ${call.timeoutMs} ms`)),
    );
    try {
      return await Promise.race([work, late.promise]);
    } finally {
      timer.cancel();
    }
  }

  return async (call) => {
    const functionArn = withVariables(call.functionArn, call.stage.variables ?? {});
    const fn = find(functionArn);
    if (!fn) throw new Refusal('INTEGRATION_FAILURE', undefined, `there is no function ${functionArn}`);
    const isGuardedUrl = call.api.protocol === 'URL' && call.api.routes[0]?.auth.kind === 'iam';
    if (!isGuardedUrl && !mayInvoke({ ...call, functionArn }, fn))
      throw new Refusal(
        call.api.protocol === 'URL' ? 'ACCESS_DENIED' : 'INTEGRATION_FAILURE',
        undefined,
        `Invalid permissions on Lambda function ${fn.name}`,
      );
    const qualifier = qualifierOfArn(functionArn);
    const traceHeader = options.traceHeaderFor(call.traceHeader, fn);
    try {
      const result = await within(
        call,
        invoke({
          functionName: fn.name,
          ...(qualifier !== undefined && { qualifier }),
          payload: Buffer.from(JSON.stringify(call.payload)),
          requestId: call.requestId,
          ...(traceHeader !== undefined && { traceHeader }),
          attempt: 1,
          ...(call.api.protocol !== 'URL' && { sourceArn: sourceArnOf(place, call.api, call.source) }),
          ...(call.sink && { sink: call.sink }),
        }),
      );
      return { payload: result.payload, failed: result.functionError !== undefined, functionName: fn.name };
    } catch (error) {
      if (error instanceof AwsError)
        throw new Refusal(
          error.status === 429 && call.api.protocol === 'URL' ? 'THROTTLED' : 'INTEGRATION_FAILURE',
          undefined,
          error.message,
        );
      throw error;
    }
  };
}

function sourceArnOf(place: Place, { name }: Pick<ApiModel, 'name'>, source: string): string {
  return formatArn(place, 'execute-api', `${name}/${source}`);
}

/** `${stageVariables.name}` in a function's name (API Gateway guide, "Using stage variables"). */
function withVariables(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\{stageVariables\.(\w+)\}/g, (_, name: string) => variables[name] ?? '');
}
