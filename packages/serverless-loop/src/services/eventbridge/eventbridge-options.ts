import type { Place } from '../../aws/arn.ts';
import type {
  PolicyJudge,
  Receiver,
  ReceiverOf,
  RoleSender,
  Sender,
  ServiceMessage,
} from '../../aws/delivery.ts';
import type { JsonObject } from '../../aws/json-object.ts';
import type { JsonService, Need } from '../../aws/operation.ts';
import type { ServiceEvent } from '../../aws/service-event.ts';
import type { Clock } from '../../clock.ts';
import type { CallByConnection } from '../../connection-call.ts';
import type { Report } from '../../facts.ts';
import type { BusModel, RuleModel } from '../../template/model.ts';
import type { ArchiveModel } from './archives/archive-model.ts';
import type { ApiDestinationModel } from './http/api-destinations.ts';
import type { ConnectionModel } from './http/connection.ts';
import type { SecretKeeper } from './http/connections.ts';

export interface EventBridgeOptions {
  place: Place;
  buses: BusModel[];
  rules: RuleModel[];
  archives: readonly ArchiveModel[];
  connections: readonly ConnectionModel[];
  apiDestinations: readonly ApiDestinationModel[];
  /** Keeps what connections hold. */
  secrets: SecretKeeper;
  /** Names of hosts that API destinations may call beside this machine. */
  callableHosts: readonly string[];
  /** Statements of the policies of buses, the default one's too. */
  policies: readonly BusStatement[];
  clock: Clock;
  /** The clock of the day, which schedules go by. */
  wallClock: Clock;
  report: Report;
  /** Finds the targets of rules and their dead-letter queues. */
  receiverOf: ReceiverOf;
  /** Throws AwsError unless the role's own policies let it. */
  authorizeRole(role: RoleSender, need: Need): void;
  allows: PolicyJudge;
  /** Told of every event that a bus takes, as targets receive it. */
  onEvent?: (event: { id: string; busName: string; text: string }) => void;
  /** For jitter, from 0 up to 1. */
  random?: () => number;
}

/** Takes the events of other buses. */
export interface EventBridge extends Receiver {
  service: JsonService;
  /** Puts an event of an AWS service on the default bus (EventBridge guide, "Events from AWS services"). */
  putServiceEvent(event: ServiceEvent): void;
  /** For stacks that come, change and go while the loop runs. Each throws what AWS would answer. */
  buses: {
    has(name: string): boolean;
    add(bus: BusModel): void;
    change(bus: BusModel, before: BusModel): void;
    remove(bus: BusModel): void;
    putStatement(of: BusStatement): void;
    removeStatement(of: BusStatement): void;
  };
  rules: {
    has(rule: RuleModel): boolean;
    /** Makes a rule, or puts it in the place of the one of its name. */
    put(rule: RuleModel): void;
    remove(rule: RuleModel): void;
    /** Of a bus, sorted by name. */
    list(busName: string): readonly RuleModel[];
  };
  archives: {
    has(name: string): boolean;
    /** Throws what AWS would answer when its bus is not there. */
    add(archive: ArchiveModel): void;
    put(archive: ArchiveModel): void;
    remove(name: string): void;
  };
  connections: {
    has(name: string): boolean;
    put(connection: ConnectionModel): void;
    remove(name: string): void;
    /** Sends a request of somebody else's with the authorization of a connection. */
    call: CallByConnection;
  };
  apiDestinations: {
    has(name: string): boolean;
    put(destination: ApiDestinationModel): void;
    remove(name: string): void;
    /** Sends a body in a role's name; answers the body that came back. Rejects with what kept it from that. */
    call(arn: string, message: Pick<ServiceMessage, 'body' | 'http'>, sender: Sender): Promise<string>;
  };
  /** The rules with a schedule. */
  schedules: {
    list(): RuleModel[];
    /** Meets a rule now, whatever its time is and though it be disabled. */
    fire(ruleName: string): void;
  };
  /** Resolves when no delivery is under way or waiting. */
  idle(): Promise<void>;
  /** Resolves when no delivery is under way but those that wait to be tried again. */
  settled(): Promise<void>;
  /** Gives up what is under way and what waits, and takes events as before. */
  drop(): void;
  /** Forgets archived events and replays. */
  clear(): void;
  /** Gives up retries that wait and events not yet sent; what a target has already been handed is its own. */
  stop(): void;
}

/** A statement of a bus's resource policy. */
export interface BusStatement {
  busName: string;
  /** It has a `Sid`. */
  statement: JsonObject;
}
