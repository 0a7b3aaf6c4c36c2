import { formatArn, type Place, parseArn } from '../aws/arn.ts';
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
  all: Bus[];
  /** By name or ARN; without either the default bus. */
  find(nameOrArn: string | undefined): Bus | undefined;
  /** The ARN that such a bus has or would have, for permissions. */
  arnOf(nameOrArn: string | undefined): string;
}

const defaultName = 'default';

/**
 * Puts rules on their buses. Every account has a default bus, declared or not.
 * @throws InvalidPatternError or AwsError for a rule that `validateRules` complains about
 */
export function createBuses(place: Place, models: BusModel[], rules: RuleModel[]): Buses {
  const all = withDefault(place, models)
    .map(({ name, arn }) => createBus(name, arn, rules))
    .sort(byName);
  const byNameOrArn = new Map(all.flatMap((bus) => [[bus.name, bus] as const, [bus.arn, bus] as const]));
  return {
    all,
    find: (nameOrArn = defaultName) => byNameOrArn.get(nameOrArn),
    arnOf: (nameOrArn = defaultName) => (parseArn(nameOrArn) ? nameOrArn : busArn(place, nameOrArn)),
  };
}

function withDefault(place: Place, models: BusModel[]): Pick<BusModel, 'name' | 'arn'>[] {
  if (models.some((bus) => bus.name === defaultName)) return models;
  return [...models, { name: defaultName, arn: busArn(place, defaultName) }];
}

function createBus(name: string, arn: string, rules: RuleModel[]): Bus {
  const own = rules.filter((rule) => rule.busName === name || rule.busName === arn).sort(byName);
  return { name, arn, rules: own, activeRules: own.flatMap(activate) };
}

function busArn(place: Place, name: string): string {
  return formatArn(place, 'events', `event-bus/${name}`);
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1;
}
