import type { Place } from '../../aws/arn.ts';
import type { ReceiverOf, RoleSender } from '../../aws/delivery.ts';
import type { Need } from '../../aws/operation.ts';
import type { OperationPort } from '../../aws/operation-port.ts';
import type { RecordSegment } from '../../aws/segment.ts';
import type { ServiceEvent } from '../../aws/service-event.ts';
import type { Clock } from '../../clock.ts';
import type { CallByConnection } from '../../connection-call.ts';
import type { Report } from '../../facts.ts';
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
  /** Finds log groups. */
  receiverOf: ReceiverOf;
  /** Judges whether a log group is there. */
  hasLogGroup(name: string): boolean;
  /** Takes an event for EventBridge's default bus. */
  putServiceEvent(event: ServiceEvent): void;
  recordSegment: RecordSegment;
  /** Calls an HTTP API with the authorization of a connection of EventBridge. */
  callByConnection: CallByConnection;
  /** Operations that tasks call. */
  operations: OperationPort;
  /** From 0 up to 1: of jitter, of the versions of an alias, and of `States.MathRandom`. */
  random?: () => number;
}
