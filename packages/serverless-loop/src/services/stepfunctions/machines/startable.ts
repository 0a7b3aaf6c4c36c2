import { noSuchMachine, refuseNoArn } from '../errors.ts';
import { machineArnOf, type StateMachineModel } from './state-machine.ts';
import type { StateMachines } from './state-machines.ts';

/** A state machine as an execution runs it: as it is now, or as a version has it. */
export interface Startable {
  model: StateMachineModel;
  machineUpdatedMs: number;
  revisionId?: string;
  versionArn?: string;
  aliasArn?: string;
}

/**
 * Finds what an ARN starts: a machine, a version, or the one of an alias's versions that chance gives by its weight (Step
 * Functions guide, "Manage continuous deployments with versions and aliases"). Throws the AwsError InvalidArn or
 * StateMachineDoesNotExist.
 */
export function startableOf(arn: string, machines: StateMachines, random: () => number): Startable {
  refuseNoArn(arn);
  const kept = machines.find(machineArnOf(arn));
  if (!kept) throw noSuchMachine(arn);
  const { revisionId } = kept;
  if (arn === kept.model.arn)
    return {
      model: kept.model,
      machineUpdatedMs: kept.updatedMs,
      ...(revisionId !== undefined && { revisionId }),
    };
  const alias = kept.aliases.get(arn);
  const versionArn = alias ? chosen(alias.model.routing, random) : arn;
  const version = kept.versions.find((each) => each.arn === versionArn);
  if (!version) throw noSuchMachine(arn);
  return {
    model: version.model,
    machineUpdatedMs: version.createdMs,
    ...(version.revisionId !== undefined && { revisionId: version.revisionId }),
    versionArn: version.arn,
    ...(alias && { aliasArn: arn }),
  };
}

function chosen(routing: readonly { versionArn: string; weight: number }[], random: () => number) {
  let left = random() * 100;
  for (const { versionArn, weight } of routing) {
    left -= weight;
    if (left < 0) return versionArn;
  }
  return routing.at(-1)?.versionArn ?? '';
}
