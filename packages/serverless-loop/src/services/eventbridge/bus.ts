import type { BusModel, RuleModel } from '../../template/model.ts';
import type { ActiveRule, PreparedRule } from './active-rule.ts';

/** A bus with the rules on it. */
export interface Bus {
  readonly name: string;
  readonly arn: string;
  readonly description: string | undefined;
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

/** A bus as who keeps it changes it. */
export interface KeptBus extends Bus {
  change(model: Pick<BusModel, 'description'>, now: number): void;
  /** Takes a rule that was prepared, in the place of an earlier one of the name. The others stay as they were compiled. */
  put(rule: RuleModel, prepared: PreparedRule): void;
  removeRule(name: string): void;
}

export function createBus(model: Pick<BusModel, 'name' | 'arn' | 'description'>, now: number): KeptBus {
  const { name, arn } = model;
  let { description } = model;
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
    createdAt: now,
    get modifiedAt() {
      return modifiedAt;
    },
    get rules() {
      rules ??= [...kept.values()].map(({ rule }) => rule).sort((a, b) => (a.name < b.name ? -1 : 1));
      return rules;
    },
    get activeRules() {
      activeRules ??= [...kept.values()].flatMap(({ active }) => active ?? []);
      return activeRules;
    },
    rule: (ruleName) => kept.get(ruleName)?.rule,
    change(changed, at) {
      description = changed.description;
      modifiedAt = at;
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
