import type { HeldKind, Part } from '../../../template/held-kind.ts';
import type { Stack } from '../../../template/model.ts';
import { isAlike } from './alike.ts';

/** The change of one part of a stack. Each of these is asked for once, in this order: apply, then cleanUp or undo. */
export interface Step {
  logicalId: string;
  /** True when something new is made, which goes again when all is undone. */
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
export function stepsBetween(
  before: Stack | undefined,
  after: Stack | undefined,
  kinds: readonly HeldKind[],
): Step[] {
  return kinds.flatMap((kind) =>
    stepsOfKind(kind, before ? kind.partsOf(before) : [], after ? kind.partsOf(after) : []),
  );
}

function stepsOfKind<Model>(kind: HeldKind<Model>, old: Part<Model>[], wanted: Part<Model>[]): Step[] {
  const oldById = new Map(old.map((part) => [part.logicalId, part]));
  const wantedIds = new Set(wanted.map(({ logicalId }) => logicalId));
  const kept = wanted.flatMap((part) => stepTo(part, oldById.get(part.logicalId), kind));
  const gone = old.filter(({ logicalId }) => !wantedIds.has(logicalId));
  return [...kept, ...gone.map((part) => removal(part, kind))];
}

function stepTo<Model>(wanted: Part<Model>, old: Part<Model> | undefined, kind: HeldKind<Model>): Step[] {
  if (!old) return [addition(wanted, kind)];
  if (old.name !== wanted.name) return [replacement(wanted, old, kind)];
  return isAlike(old.model, wanted.model) ? [] : [change(wanted, old, kind)];
}

function addition<Model>({ logicalId, name, model }: Part<Model>, kind: HeldKind<Model>): Step {
  return {
    logicalId,
    makesNew: true,
    async apply() {
      if (await kind.has(model)) throw new NameTakenError(name);
      await kind.add(model);
    },
    cleanUp: nothing,
    undo: async () => kind.remove(model),
  };
}

/** The new one stands beside the old one until all is well (CloudFormation guide, "Update behaviors of stack resources"). */
function replacement<Model>(wanted: Part<Model>, old: Part<Model>, kind: HeldKind<Model>): Step {
  return { ...addition(wanted, kind), cleanUp: async () => kind.remove(old.model) };
}

function change<Model>({ logicalId, model }: Part<Model>, old: Part<Model>, kind: HeldKind<Model>): Step {
  return {
    logicalId,
    makesNew: false,
    apply: async () => kind.change(model, old.model),
    cleanUp: nothing,
    undo: async () => kind.change(old.model, model),
  };
}

function removal<Model>({ logicalId, model }: Part<Model>, kind: HeldKind<Model>): Step {
  return {
    logicalId,
    makesNew: false,
    apply: nothing,
    cleanUp: async () => kind.remove(model),
    undo: nothing,
  };
}

async function nothing(): Promise<void> {}
