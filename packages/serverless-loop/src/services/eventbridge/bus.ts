import type { JsonObject } from '../../aws/json-object.ts';
import { sortedBy } from '../../aws/sorted.ts';
import type { Statement } from '../../aws/statement.ts';
import type { BusModel, BusSettings, RuleModel } from '../../template/model.ts';
import type { ActiveRule, PreparedRule } from './active-rule.ts';
import { type BusPolicy, busPolicy } from './bus-policy.ts';

/** A bus with the rules on it. */
export interface Bus {
  readonly name: string;
  readonly arn: string;
  readonly description: string | undefined;
  readonly settings: BusSettings | undefined;
  /** The statements of its resource policy, as they are shown. */
  readonly policy: readonly JsonObject[];
  /** The same as they are judged. */
  readonly statements: Statement[];
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Of the bus itself: rules that come and go don't change it. */
  readonly modifiedAt: number;
  /** All, sorted by name, as the API lists them. */
  readonly rules: readonly RuleModel[];
  /** Those that fire. */
  readonly activeRules: readonly ActiveRule[];
  rule(name: string): RuleModel | undefined;
}

export type NewBus = Omit<BusModel, 'logicalId'>;

/** A bus as who keeps it changes it. */
export interface KeptBus extends Bus {
  change(model: Pick<BusModel, 'description' | 'settings'>, now: number): void;
  /** Throws AwsError for statements that are none. */
  setPolicy(statements: readonly JsonObject[]): void;
  /** Takes a rule that was prepared, in the place of an earlier one of the name. The others stay as they were compiled. */
  put(rule: RuleModel, prepared: PreparedRule): void;
  removeRule(name: string): void;
}

export function createBus(model: NewBus, now: number): KeptBus {
  const { name, arn } = model;
  let { description, settings } = model;
  let policy: BusPolicy = busPolicy(model.policy ?? []);
  let modifiedAt = now;
  const kept = new Map<string, { rule: RuleModel; active: ActiveRule | undefined }>();
  /** Made when they are asked for: many rules that come one after the other are not listed each time. */
  let rules: RuleModel[] | undefined;
  let activeRules: ActiveRule[] | undefined;

  function forgetLists(): void {
    rules = undefined;
    activeRules = undefined;
  }

  return {
    name,
    arn,
    get description() {
      return description;
    },
    get settings() {
      return settings;
    },
    get policy() {
      return policy.shown;
    },
    get statements() {
      return policy.statements;
    },
    createdAt: now,
    get modifiedAt() {
      return modifiedAt;
    },
    get rules() {
      rules ??= sortedBy(
        [...kept.values()].map(({ rule }) => rule),
        ({ name }) => name,
      );
      return rules;
    },
    get activeRules() {
      activeRules ??= [...kept.values()].flatMap(({ active }) => active ?? []);
      return activeRules;
    },
    rule: (ruleName) => kept.get(ruleName)?.rule,
    change(changed, at) {
      ({ description, settings } = changed);
      modifiedAt = at;
    },
    setPolicy(statements) {
      policy = busPolicy(statements);
    },
    put(rule, { active }) {
      kept.set(rule.name, { rule, active });
      forgetLists();
    },
    removeRule(ruleName) {
      kept.delete(ruleName);
      forgetLists();
    },
  };
}
