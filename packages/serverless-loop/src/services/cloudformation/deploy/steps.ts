import { isDeepStrictEqual } from 'node:util';
import type { Stack } from '../../../template/model.ts';
import { type Holder, type Holders, type Part, partsOf } from './holders.ts';

/** What becomes of one part of a stack. Each of these is asked for once, in this order: apply, then cleanUp or undo. */
export interface Step {
  logicalId: string;
  /** Whether something new is made, which goes again when all is undone. */
  makesNew: boolean;
  apply(): Promise<void>;
  /** Takes away what the part was before, once all is as it shall be. */
  cleanUp(): Promise<void>;
  /** Makes it again what it was before. */
  undo(): Promise<void>;
}

/** Something of that name is there already, made by another stack or by a call. */
export class NameTakenError extends Error {
  override readonly name = 'NameTakenError';
  readonly takenName: string;

  constructor(takenName: string) {
    super(`'${takenName}' already exists`);
    this.takenName = takenName;
  }
}

/** The steps from what runs to what shall run; those of one resource under its logical id. */
export function stepsBetween(before: Stack | undefined, after: Stack | undefined, holders: Holders): Step[] {
  const [old, wanted] = [before && partsOf(before), after && partsOf(after)];
  return [
    ...stepsOfKind(holders.roles, old?.roles, wanted?.roles),
    ...stepsOfKind(holders.logGroups, old?.logGroups, wanted?.logGroups),
    ...stepsOfKind(holders.buckets, old?.buckets, wanted?.buckets),
    ...stepsOfKind(holders.tables, old?.tables, wanted?.tables),
    ...stepsOfKind(holders.queues, old?.queues, wanted?.queues),
    ...stepsOfKind(holders.buses, old?.buses, wanted?.buses),
    ...stepsOfKind(holders.functions, old?.functions, wanted?.functions),
    ...stepsOfKind(holders.rules, old?.rules, wanted?.rules),
    ...stepsOfKind(holders.topics, old?.topics, wanted?.topics),
    ...stepsOfKind(holders.attachments, old?.attachments, wanted?.attachments),
    ...stepsOfKind(holders.alarms, old?.alarms, wanted?.alarms),
    ...stepsOfKind(holders.dashboards, old?.dashboards, wanted?.dashboards),
  ];
}

function stepsOfKind<Model>(
  holder: Holder<Model>,
  old: Part<Model>[] = [],
  wanted: Part<Model>[] = [],
): Step[] {
  const oldById = new Map(old.map((part) => [part.logicalId, part]));
  const wantedIds = new Set(wanted.map(({ logicalId }) => logicalId));
  const kept = wanted.flatMap((part) => stepTo(part, oldById.get(part.logicalId), holder));
  const gone = old.filter(({ logicalId }) => !wantedIds.has(logicalId));
  return [...kept, ...gone.map((part) => removal(part, holder))];
}

function stepTo<Model>(wanted: Part<Model>, old: Part<Model> | undefined, holder: Holder<Model>): Step[] {
  if (!old) return [addition(wanted, holder)];
  if (old.name !== wanted.name) return [replacement(wanted, old, holder)];
  return isDeepStrictEqual(old.model, wanted.model) ? [] : [change(wanted, old, holder)];
}

function addition<Model>({ logicalId, name, model }: Part<Model>, holder: Holder<Model>): Step {
  return {
    logicalId,
    makesNew: true,
    async apply() {
      if (await holder.has(model)) throw new NameTakenError(name);
      await holder.add(model);
    },
    cleanUp: nothing,
    undo: async () => holder.remove(model),
  };
}

/** The new one stands beside the old one until all is well (CloudFormation guide, "Update behaviors of stack resources"). */
function replacement<Model>(wanted: Part<Model>, old: Part<Model>, holder: Holder<Model>): Step {
  return { ...addition(wanted, holder), cleanUp: async () => holder.remove(old.model) };
}

function change<Model>({ logicalId, model }: Part<Model>, old: Part<Model>, holder: Holder<Model>): Step {
  return {
    logicalId,
    makesNew: false,
    apply: async () => holder.change(model, old.model),
    cleanUp: nothing,
    undo: async () => holder.change(old.model, model),
  };
}

function removal<Model>({ logicalId, model }: Part<Model>, holder: Holder<Model>): Step {
  return {
    logicalId,
    makesNew: false,
    apply: nothing,
    cleanUp: async () => holder.remove(model),
    undo: nothing,
  };
}

async function nothing(): Promise<void> {}
