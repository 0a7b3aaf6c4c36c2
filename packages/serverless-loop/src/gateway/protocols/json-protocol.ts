import { runOperation } from '../../aws/described-operations.ts';
import { andThen, type Eventual } from '../../aws/eventual.ts';
import type { JsonObject } from '../../aws/json-object.ts';
import type { DescribedOperation, JsonService, LazyJsonService } from '../../aws/operation.ts';
import { JSON_FORMS, wireValues } from '../../aws/wire-values.ts';
import type { WholeAnswer } from '../answer.ts';
import { signedCall } from '../call.ts';
import type { Received } from '../received.ts';
import { faultOf, notEmulated, wrongService } from '../request-errors.ts';
import type { Routes } from '../routes.ts';
import { parseInput } from './json-body.ts';
import { type JsonDialect, jsonDialect } from './json-dialect.ts';

/** The operation that a call is for, as far as it is there. */
interface Target {
  name: string;
  service: JsonService | undefined;
  operation: DescribedOperation | undefined;
  dialect: JsonDialect;
}

/** AWS's JSON 1.0 and 1.1 protocols: `X-Amz-Target: <service>.<operation>` (Smithy, "AWS JSON 1.1 protocol"). */
export function jsonProtocol(routes: Routes): (received: Received) => Eventual<WholeAnswer> {
  const { json, authorize, report } = routes;
  const services = new Map(json.map((service) => [service.targetPrefix, service]));
  const targets = targetsOf(json);

  function found({ operation, name }: Target): DescribedOperation {
    if (operation) return operation;
    const { prefix, operation: asked } = split(name);
    report({ kind: 'call.unknown', service: prefix, operation: asked });
    throw notEmulated(prefix, asked);
  }

  /** In one run where nothing of the call waits. */
  function answerCall(target: Target, received: Received): Eventual<WholeAnswer> {
    const { service, dialect } = target;
    const asked = { requestId: dialect.newRequestId(), headers: received.headers };
    const failed = (thrown: unknown) =>
      dialect.errorAnswer(faultOf(thrown, received, dialect.internalCode), asked);
    try {
      const operation = found(target);
      const { call, service: signedFor } = signedCall(received, routes, asked.requestId, 400);
      refuseOtherScope(service, signedFor);
      // Only now: what nobody signed takes no time.
      const output = andThen(parseInput(received, service), (input) =>
        runOperation(operation, input, call, (needs) => authorize(call, needs, signedFor, target.name)),
      );
      const answered = andThen(output, (value) =>
        dialect.answer(answerText(operation, value, service), asked),
      );
      return answered instanceof Promise ? answered.catch(failed) : answered;
    } catch (thrown) {
      return failed(thrown);
    }
  }

  return (received) => {
    const name = String(received.headers['x-amz-target']);
    const known = targets.get(name);
    if (known) return answerCall(known, received);
    const service = services.get(split(name).prefix);
    if (!service || !('load' in service)) return answerCall(targetIn(service, name), received);
    return service.load().then((loaded) => answerCall(targetIn(loaded, name), received));
  };
}

/** The operations of the services that are there from the start. */
function targetsOf(services: readonly (JsonService | LazyJsonService)[]): Map<string, Target> {
  const targets = new Map<string, Target>();
  for (const service of services) {
    if ('load' in service) continue;
    const dialect = jsonDialect(service);
    for (const [operationName, operation] of Object.entries(service.operations)) {
      const name = `${service.targetPrefix}.${operationName}`;
      targets.set(name, { name, service, operation, dialect });
    }
  }
  return targets;
}

function targetIn(service: JsonService | undefined, name: string): Target {
  const operations: JsonService['operations'] = service?.operations ?? {};
  const { operation } = split(name);
  return {
    name,
    service,
    operation: Object.hasOwn(operations, operation) ? operations[operation] : undefined,
    dialect: jsonDialect(service),
  };
}

function split(target: string): { prefix: string; operation: string } {
  const dot = target.lastIndexOf('.');
  return { prefix: target.slice(0, Math.max(dot, 0)), operation: target.slice(dot + 1) };
}

export function refuseOtherScope(service: JsonService | undefined, signedFor: string): void {
  const expected = service?.signingName;
  if (expected !== undefined && signedFor !== '' && signedFor !== expected) throw wrongService(expected, 400);
}

function answerText(
  { output: shape, hasNoOutput }: DescribedOperation,
  output: JsonObject,
  service: JsonService | undefined,
): string {
  if (service?.isEmptyWithoutOutput && hasNoOutput) return '';
  return JSON.stringify(wireValues(shape, output, JSON_FORMS));
}
