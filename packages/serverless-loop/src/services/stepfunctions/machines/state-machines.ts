import { randomUUID } from 'node:crypto';
import { conflict, noSuchMachine, noSuchResource, refuseNoArn } from '../errors.ts';
import { type AliasModel, machineArnOf, type StateMachineModel, type VersionModel } from './state-machine.ts';

/** A state machine with its versions and aliases. */
export interface KeptMachine {
  model: StateMachineModel;
  /** Epoch milliseconds. */
  createdMs: number;
  updatedMs: number;
  /** Absent until it is changed (LocalStack's record "test_create_update_state_machine_base_definition" of AWS). */
  revisionId?: string;
  versions: KeptVersion[];
  /** The number of the last version that was published: numbers aren't given twice. */
  lastVersion: number;
  aliases: Map<string, KeptAlias>;
}

export interface KeptVersion {
  arn: string;
  number: number;
  description?: string;
  /** As the machine was when it was published. */
  model: StateMachineModel;
  revisionId?: string;
  createdMs: number;
}

export interface KeptAlias {
  model: AliasModel;
  createdMs: number;
  updatedMs: number;
}

/** The state machines by their ARNs. */
export class StateMachines {
  readonly #machines = new Map<string, KeptMachine>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  list(): KeptMachine[] {
    return [...this.#machines.values()];
  }

  /** By its own ARN. */
  find(arn: string): KeptMachine | undefined {
    return this.#machines.get(arn);
  }

  /** Throws the AwsError InvalidArn or StateMachineDoesNotExist. */
  get(arn: string): KeptMachine {
    refuseNoArn(arn);
    const kept = this.#machines.get(arn);
    if (!kept) throw noSuchMachine(arn);
    return kept;
  }

  /** Makes a machine, or gives it other settings: executions that run go on with those they began with. */
  put(model: StateMachineModel): KeptMachine {
    const nowMs = this.#now();
    const there = this.#machines.get(model.arn);
    const kept: KeptMachine = there
      ? { ...there, model, updatedMs: nowMs, revisionId: randomUUID() }
      : { model, createdMs: nowMs, updatedMs: nowMs, versions: [], lastVersion: 0, aliases: new Map() };
    this.#machines.set(model.arn, kept);
    return kept;
  }

  remove(arn: string): void {
    this.#machines.delete(arn);
  }

  /** Publishes the machine as it is now; one that has not changed since the last version is that version. Throws AwsError. */
  publish(arn: string, description?: string): KeptVersion {
    const kept = this.get(arn);
    const last = kept.versions.at(-1);
    if (last && last.revisionId === kept.revisionId && last.number === kept.lastVersion) return last;
    const number = kept.lastVersion + 1;
    const version: KeptVersion = {
      arn: `${arn}:${number}`,
      number,
      ...(description !== undefined && { description }),
      model: kept.model,
      ...(kept.revisionId !== undefined && { revisionId: kept.revisionId }),
      createdMs: this.#now(),
    };
    kept.lastVersion = number;
    kept.versions.push(version);
    return version;
  }

  /** For a version of a template, whose number the template's reader has told already. */
  putVersion({ machineArn, number, name, description }: VersionModel): void {
    const kept = this.get(machineArn);
    if (kept.versions.some((version) => version.number === number)) return;
    kept.lastVersion = Math.max(kept.lastVersion, number);
    kept.versions.push({
      arn: name,
      number,
      ...(description !== undefined && { description }),
      model: kept.model,
      ...(kept.revisionId !== undefined && { revisionId: kept.revisionId }),
      createdMs: this.#now(),
    });
  }

  version(arn: string): KeptVersion | undefined {
    return this.find(machineArnOf(arn))?.versions.find((version) => version.arn === arn);
  }

  /** Throws the AwsError ConflictException for a version that an alias leads to. */
  removeVersion(arn: string): void {
    const kept = this.find(machineArnOf(arn));
    if (!kept) return;
    const using = [...kept.aliases.values()].filter(({ model }) =>
      model.routing.some(({ versionArn }) => versionArn === arn),
    );
    const names = using.map(({ model }) => model.aliasName).join(', ');
    if (using.length > 0)
      throw conflict(
        `Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [${names}]`,
      );
    kept.versions = kept.versions.filter((version) => version.arn !== arn);
  }

  alias(arn: string): KeptAlias | undefined {
    return this.find(machineArnOf(arn))?.aliases.get(arn);
  }

  /** Throws the AwsError ResourceNotFound for a version that isn't there. */
  putAlias(model: AliasModel): KeptAlias {
    for (const { versionArn } of model.routing) if (!this.version(versionArn)) throw noSuchResource();
    const nowMs = this.#now();
    const { createdMs = nowMs } = this.alias(model.name) ?? {};
    const alias = { model, createdMs, updatedMs: nowMs };
    this.get(model.machineArn).aliases.set(model.name, alias);
    return alias;
  }

  removeAlias(arn: string): void {
    this.find(machineArnOf(arn))?.aliases.delete(arn);
  }
}
