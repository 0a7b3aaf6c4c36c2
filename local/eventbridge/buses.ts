import { formatArn, type Place, parseArn } from '../aws/arn.ts';
import { AwsError } from '../aws/errors.ts';
import type { BusModel, RuleModel } from '../template/model.ts';
import { type ActiveRule, activate } from './active-rule.ts';

/** A bus with the rules on it. */
export interface Bus {
  name: string;
  arn: string;
  /** All, sorted by name, as the API lists them. */
  rules: RuleModel[];
  /** Those that fire. */
  activeRules: ActiveRule[];
}

/** The buses of an account, found as a call names them. */
export interface Buses {
  /** Sorted by name. */
  readonly all: Bus[];
  /** By name or ARN; without either the default bus. */
  find(nameOrArn: string | undefined): Bus | undefined;
  /** The ARN that such a bus has or would have, for permissions. */
  arnOf(nameOrArn: string | undefined): string;
  add(model: Pick<BusModel, 'name' | 'arn'>): void;
  /** Throws AwsError while there are rules on it. */
  remove(model: Pick<BusModel, 'name' | 'arn'>): void;
  /** Puts a rule on its bus, in the place of an earlier one of the name. Throws AwsError when there is no such bus. */
  putRule(rule: RuleModel): void;
  removeRule(rule: RuleModel): void;
}

const defaultName = 'default';

/**
 * Puts rules on their buses. Every account has a default bus, declared or not.
 * @throws InvalidPatternError or AwsError for a rule that `validateRules` complains about
 */
export function createBuses(place: Place, models: BusModel[], rules: RuleModel[]): Buses {
  const byName = new Map<string, Bus>();
  for (const { name, arn } of withDefault(place, models)) setRules(add(name, arn), rulesOf(name, arn, rules));

  function add(name: string, arn: string): Bus {
    const bus: Bus = { name, arn, rules: [], activeRules: [] };
    byName.set(name, bus);
    return bus;
  }

  function find(nameOrArn = defaultName): Bus | undefined {
    const bus = byName.get(parseArn(nameOrArn)?.resource.replace(/^event-bus\//, '') ?? nameOrArn);
    return bus && (bus.name === nameOrArn || bus.arn === nameOrArn) ? bus : undefined;
  }

  return {
    get all() {
      return [...byName.values()].sort(inOrderOfNames);
    },
    find,
    arnOf: (nameOrArn = defaultName) => (parseArn(nameOrArn) ? nameOrArn : busArn(place, nameOrArn)),
    add: ({ name, arn }) => void add(name, arn),
    remove({ name }) {
      const bus = byName.get(name);
      if (bus && bus.rules.length > 0)
        throw new AwsError(
          'ValidationException',
          `Event bus ${name} still has rules, which must be deleted first: ${bus.rules.map((rule) => rule.name).join(', ')}.`,
        );
      byName.delete(name);
    },
    putRule(rule) {
      const bus = find(rule.busName);
      if (!bus) throw new AwsError('ResourceNotFoundException', `Event bus ${rule.busName} does not exist.`);
      setRules(bus, [...bus.rules.filter(({ name }) => name !== rule.name), rule]);
    },
    removeRule(rule) {
      const bus = find(rule.busName);
      if (bus)
        setRules(
          bus,
          bus.rules.filter(({ name }) => name !== rule.name),
        );
    },
  };
}

function setRules(bus: Bus, rules: RuleModel[]): void {
  const activeRules = rules.flatMap(activate);
  bus.rules = rules.sort(inOrderOfNames);
  bus.activeRules = activeRules;
}

function rulesOf(name: string, arn: string, rules: RuleModel[]): RuleModel[] {
  return rules.filter((rule) => rule.busName === name || rule.busName === arn);
}

function withDefault(place: Place, models: BusModel[]): Pick<BusModel, 'name' | 'arn'>[] {
  if (models.some((bus) => bus.name === defaultName)) return models;
  return [...models, { name: defaultName, arn: busArn(place, defaultName) }];
}

function busArn(place: Place, name: string): string {
  return formatArn(place, 'events', `event-bus/${name}`);
}

function inOrderOfNames(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1;
}
