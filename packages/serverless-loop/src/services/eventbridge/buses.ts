import { isDeepStrictEqual } from 'node:util';
import { formatArn, type Place, parseArn } from '../../aws/arn.ts';
import { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/json-object.ts';
import { sortedBy } from '../../aws/sorted.ts';
import type { BusModel, RuleModel } from '../../template/model.ts';
import { type Bus, createBus, type KeptBus, type NewBus } from './bus.ts';
import { acceptedRule } from './validate-rules.ts';

/** The buses of an account, found as a call names them. */
export interface Buses {
  /** Sorted by name. */
  readonly all: Bus[];
  /** By name or ARN; without either the default bus. */
  find(nameOrArn: string | undefined): Bus | undefined;
  /** The ARN that such a bus has or would have, for permissions. */
  arnOf(nameOrArn: string | undefined): string;
  add(model: BusModel): void;
  /** Gives a bus other settings. A policy that others gave it stays, unless its own is another one. */
  change(model: BusModel, before?: BusModel): void;
  /** Throws AwsError when there is no such bus, and for statements that are none. */
  setPolicy(name: string, statements: readonly JsonObject[]): void;
  /** Throws AwsError for the default bus, and while there are rules on it. */
  remove(model: Pick<BusModel, 'name'>): void;
  /**
   * Puts a rule on its bus, in the place of an earlier one of the name. Throws AwsError when there is no such bus, and for
   * a rule that AWS would refuse.
   */
  putRule(rule: RuleModel): void;
  removeRule(rule: RuleModel): void;
}

export interface BusesOptions {
  place: Place;
  buses: BusModel[];
  rules: RuleModel[];
  /** Epoch milliseconds. */
  now(): number;
}

const DEFAULT_NAME = 'default';

/**
 * Puts rules on their buses. Every account has a default bus, declared or not.
 * @throws AwsError for a rule that AWS would refuse
 */
export function createBuses({ place, buses: models, rules, now }: BusesOptions): Buses {
  const byName = new Map<string, KeptBus>();
  const add = (model: NewBus) => byName.set(model.name, createBus(model, now()));
  for (const model of models) add(model);
  if (!byName.has(DEFAULT_NAME)) add({ name: DEFAULT_NAME, arn: busArn(place, DEFAULT_NAME) });
  for (const rule of rules) find(rule.busName)?.put(rule, acceptedRule(rule));

  function find(nameOrArn = DEFAULT_NAME): KeptBus | undefined {
    const bus = byName.get(parseArn(nameOrArn)?.resource.replace(/^event-bus\//, '') ?? nameOrArn);
    return bus && (bus.name === nameOrArn || bus.arn === nameOrArn) ? bus : undefined;
  }

  return {
    get all() {
      return sortedBy(byName.values(), ({ name }) => name);
    },
    find,
    arnOf: (nameOrArn = DEFAULT_NAME) => (parseArn(nameOrArn) ? nameOrArn : busArn(place, nameOrArn)),
    add: (model) => void add(model),
    change(model, before) {
      const bus = byName.get(model.name);
      bus?.change(model, now());
      if (before && !isDeepStrictEqual(model.policy, before.policy)) bus?.setPolicy(model.policy ?? []);
    },
    setPolicy(name, statements) {
      const bus = byName.get(name);
      if (!bus) throw new AwsError('ResourceNotFoundException', `Event bus ${name} does not exist.`);
      bus.setPolicy(statements);
    },
    remove({ name }) {
      if (name === DEFAULT_NAME)
        throw new AwsError('ValidationException', 'Cannot delete event bus default.');
      const { rules: left = [] } = byName.get(name) ?? {};
      if (left.length > 0)
        throw new AwsError(
          'ValidationException',
          `Event bus ${name} still has rules, which must be deleted first: ${left.map((rule) => rule.name).join(', ')}.`,
        );
      byName.delete(name);
    },
    putRule(rule) {
      const prepared = acceptedRule(rule);
      const bus = find(rule.busName);
      if (!bus) throw new AwsError('ResourceNotFoundException', `Event bus ${rule.busName} does not exist.`);
      bus.put(rule, prepared);
    },
    removeRule: (rule) => find(rule.busName)?.removeRule(rule.name),
  };
}

function busArn(place: Place, name: string): string {
  return formatArn(place, 'events', `event-bus/${name}`);
}
