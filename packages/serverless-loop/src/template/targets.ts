import { LATEST, parseArn } from '../aws/arn.ts';
import { withoutQualifier } from './arns.ts';
import { didYouMean } from './nearest.ts';
import type { Resource } from './resource.ts';
import type { World } from './world.ts';

export type Target =
  | { kind: 'function' }
  | { kind: 'queue' }
  | { kind: 'bus' }
  | { kind: 'topic' }
  | { kind: 'logGroup' }
  | { kind: 'stream' }
  | { kind: 'stateMachine' }
  | { kind: 'apiDestination' }
  /** There, or thought to be there, but nothing here takes what is sent to it: unless it may come with another stack. */
  | { kind: 'not emulated'; reason: string; mayCome?: boolean }
  /** On AWS, what is sent there would be lost. */
  | { kind: 'nowhere'; problem: string };

/** Services whose every resource in this place is in the template. */
const OWN_SERVICES = ['lambda', 'sqs'];

/** Other services here whose resources take what is sent to them. */
const RECEIVING = ['events', 'kinesis', 'logs', 'sns', 'states'];

/** Says what an ARN that something is sent to belongs to. */
export class Targets {
  readonly #world: World;
  readonly #owners = new Map<string, Resource>();

  /** To be asked about functions, queues, buses and topics once they are read: then it is known which are emulated. */
  constructor(world: World) {
    this.#world = world;
    for (const resource of world.index.all)
      for (const arn of [world.scope.physicalId(resource), world.scope.attributeOf(resource, 'Arn')])
        if (arn?.startsWith('arn:')) this.#owners.set(arn, resource);
  }

  find(arn: string): Target {
    const parsed = parseArn(arn);
    if (!parsed) return { kind: 'nowhere', problem: `expected an ARN, found ${JSON.stringify(arn)}` };
    const unqualified = withoutQualifier(arn);
    // A log group's ARN may end with the asterisk that stands for its streams.
    const owner = this.#owners.get(unqualified) ?? this.#owners.get(arn) ?? this.#owners.get(`${arn}:*`);
    // The ARNs of versions and aliases are their physical ids.
    const isThere =
      arn === unqualified ||
      arn === `${unqualified}:${LATEST}` ||
      this.#owners.has(arn) ||
      this.#owners.has(`${arn}:*`);
    if (!owner || !isThere) return this.#outside(arn, parsed.service);
    const kind = this.#world.scope.kinds.get(owner.type)?.receivesAs;
    if (kind && this.#world.reports.isEmulated(owner)) return { kind };
    return {
      kind: 'not emulated',
      reason: `${owner.logicalId} (${owner.type}) is not emulated: what is sent there is dropped`,
    };
  }

  /** Another stack of this account and Region may make it. */
  #mayCome(arn: string): boolean {
    const { accountId, region } = this.#world.scope.place;
    const parsed = parseArn(arn);
    return parsed?.accountId === accountId && parsed.region === region && RECEIVING.includes(parsed.service);
  }

  #outside(arn: string, service: string): Target {
    const kind = this.#world.deployment?.runs(arn);
    if (kind && kind !== 'role') return { kind };
    if (!OWN_SERVICES.includes(service))
      return {
        kind: 'not emulated',
        reason: `${arn} is outside this template: what is sent there is dropped`,
        mayCome: this.#mayCome(arn),
      };
    const candidates = [...this.#owners.keys()].filter(
      (candidate) => parseArn(candidate)?.service === service,
    );
    const wanted = service === 'sqs' ? 'queue' : 'function';
    return {
      kind: 'nowhere',
      problem: `expected the ARN of a ${wanted} of this template, found ${arn}${didYouMean(arn, candidates)}`,
    };
  }
}
