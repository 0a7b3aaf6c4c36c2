import type { Place } from '../../aws/arn.ts';
import type { RoleSender } from '../../aws/delivery.ts';
import type { Need } from '../../aws/operation.ts';
import type { Clock } from '../../clock.ts';
import type { Report } from '../../facts.ts';
import type { OperationPort } from './integrations/operation-port.ts';
import type { ActivityModel, AliasModel, StateMachineModel, VersionModel } from './machines/state-machine.ts';

export interface StepFunctionsOptions {
  place: Place;
  machines: readonly StateMachineModel[];
  versions: readonly VersionModel[];
  aliases: readonly AliasModel[];
  activities: readonly ActivityModel[];
  /** Of retries, waits and time-outs. */
  clock: Clock;
  /** The clock of the day, which dates executions. */
  wallClock: Clock;
  report: Report;
  /** Throws AwsError unless the role's own policies let it start an execution. */
  authorizeRole(role: RoleSender, need: Need): void;
  /** Judges by a role's trust policy whether Step Functions may assume it for a machine. */
  trusts(roleArn: string, machineArn: string): boolean;
  /** Operations that tasks call. */
  operations: OperationPort;
  /** From 0 up to 1: of jitter, of the versions of an alias, and of `States.MathRandom`. */
  random?: () => number;
}
