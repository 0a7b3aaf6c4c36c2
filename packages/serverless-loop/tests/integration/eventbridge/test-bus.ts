import { parseArn } from '../../../src/aws/arn.ts';
import type { Receiver, Sender } from '../../../src/aws/delivery.ts';
import type { JsonObject } from '../../../src/aws/json-object.ts';
import type { Call } from '../../../src/aws/operation.ts';
import { JSON_FORMS, wireValues } from '../../../src/aws/wire-values.ts';
import type { Clock } from '../../../src/clock.ts';
import type { Fact } from '../../../src/facts.ts';
import { type EventBridge, startEventBridge } from '../../../src/services/eventbridge/eventbridge.ts';
import type { RuleModel, TargetModel } from '../../../src/template/model.ts';
import { manualClock } from '../../manual-clock.ts';
import { called } from '../../operation-calls.ts';

export const place = { partition: 'aws', region: 'eu-west-1', accountId: '123456789012' };
export const busArn = 'arn:aws:events:eu-west-1:123456789012:event-bus/depot';
export const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:packer';
export const queueArn = 'arn:aws:sqs:eu-west-1:123456789012:undelivered';

export interface Delivery {
  targetArn: string;
  ruleArn: string;
  ruleName: string | undefined;
  /** None for an input that isn't the event. */
  eventId: string | undefined;
  input: string;
  traceHeader?: string;
}

export interface DeadLetter {
  queueArn: string;
  ruleArn: string;
  body: string;
  attributes: Record<string, string>;
  traceHeader?: string;
}

export interface TestBus extends EventBridge {
  facts: Fact[];
  deliveries: Delivery[];
  deadLetters: DeadLetter[];
  /** Gives the answer as JSON carries it. */
  call(operation: string, input: JsonObject, call?: Partial<Call>): Promise<JsonObject | undefined>;
}

export interface TestBusOptions {
  rules?: RuleModel[];
  clock?: Clock;
  /** The day. */
  wallClock?: Clock;
  /** Called with the number of the attempt, from 1; what it throws is the target's failure. */
  target?: (delivery: Delivery, attempt: number) => void | Promise<void>;
  deadLetter?: (letter: DeadLetter) => Promise<void>;
  random?: () => number;
}

/** A bus named depot that keeps what it delivers and reports. */
export function startTestBus(options: TestBusOptions = {}): TestBus {
  const facts: Fact[] = [];
  const deliveries: Delivery[] = [];
  const deadLetters: DeadLetter[] = [];
  const target: Receiver = {
    async receive(targetArn, { body: input, ...message }, sender) {
      const ruleArn = sourceOf(sender);
      const delivery = {
        targetArn,
        ruleArn,
        ruleName: ruleArn.split('/').at(-1),
        eventId: eventIdOf(input),
        input,
      };
      deliveries.push({ ...delivery, ...message });
      await options.target?.({ ...delivery, ...message }, deliveries.length);
    },
  };
  const deadLetterQueue: Receiver = {
    async receive(queueArn, { attributes = {}, ...message }, sender) {
      const texts = Object.entries(attributes).map(([name, { value }]) => [name, value] as const);
      const letter = {
        queueArn,
        ruleArn: sourceOf(sender),
        attributes: Object.fromEntries(texts),
        ...message,
      };
      await options.deadLetter?.(letter);
      deadLetters.push(letter);
    },
  };
  const bus = startEventBridge({
    place,
    buses: [{ logicalId: 'DepotBus', name: 'depot', arn: busArn }],
    rules: options.rules ?? [rule()],
    archives: [],
    policies: [],
    connections: [],
    apiDestinations: [],
    secrets: { keep: () => '', arnOf: () => undefined, forget: () => undefined },
    callableHosts: [],
    allows: () => true,
    clock: options.clock ?? manualClock(),
    wallClock: options.wallClock ?? manualClock(),
    report: (fact) => facts.push(fact),
    authorizeRole: () => {},
    receiverOf: (arn) => (parseArn(arn)?.service === 'sqs' ? deadLetterQueue : target),
    random: options.random ?? (() => 0.5),
  });
  return {
    ...bus,
    facts,
    deliveries,
    deadLetters,
    async call(name, input, call) {
      const operation = bus.service.operations[name];
      const answer = await called(operation, input, { ...anyCall(), ...call });
      return JSON.parse(JSON.stringify(wireValues(operation?.output, answer, JSON_FORMS)));
    },
  };
}

export function rule(overrides: Partial<RuleModel> = {}): RuleModel {
  const name = overrides.name ?? 'packed';
  return {
    logicalId: 'PackedRule',
    name,
    arn: `arn:aws:events:eu-west-1:123456789012:rule/depot/${name}`,
    line: 1,
    busName: 'depot',
    enabled: true,
    pattern: { source: ['depot'] },
    targets: [target()],
    ...overrides,
  };
}

export function target(overrides: Partial<TargetModel> = {}): TargetModel {
  return {
    id: 'packer-target',
    arn: functionArn,
    retryPolicy: { maximumRetryAttempts: 185, maximumEventAgeSeconds: 86_400 },
    ...overrides,
  };
}

/** An entry of PutEvents that the rule above matches. */
export function entry(overrides: JsonObject = {}): JsonObject {
  return {
    EventBusName: 'depot',
    Source: 'depot',
    DetailType: 'Box Packed',
    Detail: '{"box":7}',
    ...overrides,
  };
}

function sourceOf(sender: Sender): string {
  return 'sourceArn' in sender ? sender.sourceArn : '';
}

function eventIdOf(input: string): string | undefined {
  return JSON.parse(input)?.id;
}

function anyCall(): Call {
  return {
    caller: {},
    requestId: 'r-1',
    endpoint: 'http://127.0.0.1:1',
    signal: new AbortController().signal,
  };
}
