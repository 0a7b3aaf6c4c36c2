import type { Place } from '../aws/arn.ts';
import type { JsonObject } from '../aws/json-object.ts';
import type { Report } from '../facts.ts';
import type { FaultBook } from '../faults/fault-book.ts';
import type { ItemWrite } from '../services/dynamodb/write.ts';
import type { GivenValues } from '../template/deployment.ts';
import type { Stack } from '../template/model.ts';
import type { FollowedTemplate } from './followed-template.ts';
import type { InspectOptions } from './inspection.ts';
import type { LoopSchedules } from './schedules.ts';
import type { TestClock, TestClocks } from './test-clock.ts';

/** The settings of a loop that runs in this process. */
export interface LoopOptions {
  /** Its folder is the project's. */
  templatePath: string;
  /** Start without a stack, whatever lies at `templatePath`: each comes by a deployment. */
  isEmpty?: boolean;
  stackName: string;
  place: Place;
  /** 0 for any free one. */
  port: number;
  /** The IP address to listen on in place of 127.0.0.1. */
  address?: string;
  /** Host names that requests may be addressed to, besides the local ones. */
  allowedHosts?: readonly string[];
  parameterOverrides: Record<string, string>;
  /** Of a file that is about several templates: those that this one has no parameter for are nothing to it. */
  configuredParameters?: Record<string, string>;
  /** Values that the loop can't know. */
  given?: GivenValues;
  /** Refuse a template that has something the loop doesn't emulate. */
  strict: boolean;
  /** Retries, back-off and visibility timeouts run this many times as fast as on AWS. */
  retrySpeed: number;
  /** Take requests that nobody signed as the developer's, where AWS refuses them. */
  acceptsUnsigned?: boolean;
  /**
   * Retries, back-off and visibility timeouts wait on the one, and metrics, alarms and expiry on the other, in place of clocks
   * that go by themselves.
   */
  clocks?: TestClocks;
  /** Rebuild on saved changes. */
  watch: boolean;
  /** Freeze environments while they have no work, as AWS does; on unless it is false. */
  freezes?: boolean;
  /** Start an environment of each function before it is invoked, so that its first call needn't wait; on unless it is false. */
  startsAhead?: boolean;
  /** Most environments of one function at a time; 10 unless it is said. */
  maxEnvironments?: number;
  /** Let functions connect to AWS, but for the services that the loop has. */
  allowsAws?: boolean;
  /** Names of hosts that EventBridge's API destinations may call beside this machine. */
  callableHosts?: readonly string[];
  /** Build every bundle anew, whatever the cache has. */
  buildsAnew?: boolean;
  /** The folder that keeps what outlives the loop, each service's in one of its own; without it all is in memory. */
  dataDir?: string;
  /** A DynamoDB Local to use in place of the embedded store. */
  dynamoDbUrl?: string;
  /** Functions that a debugger can attach to. */
  inspect?: InspectOptions;
  /** Functions call AWS here in place of the loop's endpoint: something in between that slows, refuses or counts. */
  functionEndpoint?: string;
  /** Files with the keys of issuers of tokens, by issuer. */
  issuerFiles?: Readonly<Record<string, string>>;
  /** A collector that gets every span by OTLP/HTTP. */
  otlpUrl?: string;
  /** Folder for bundles and caches, outside the project. */
  cacheDir: string;
  /** Faults that are set from the start. */
  faults?: readonly JsonObject[];
  report: Report;
  /** Ends a start that is under way: `startLoop` undoes it and rejects with the reason. */
  signal?: AbortSignal;
  /** Told of the stack once it is read, before anything of it starts. */
  onStack?: (stack: Stack) => void;
  /** Told of every item written to the embedded store, with its images. */
  onWrite?: (write: ItemWrite) => void;
}

/** The options that decide which stack is run. */
export type DeclaredStack = Pick<
  LoopOptions,
  | 'templatePath'
  | 'isEmpty'
  | 'stackName'
  | 'place'
  | 'parameterOverrides'
  | 'configuredParameters'
  | 'given'
  | 'strict'
>;

/** A loop that runs in this process until it is stopped. */
export interface Loop {
  endpoint: string;
  /** Lets who has it change something by the console's API: the header X-Loop-Token. */
  token: string;
  /** The address of the console, with the token in its fragment, which no request has. */
  consoleUrl: string;
  /** The stack that it was started with; one of nothing where there is none. */
  stack: Stack;
  /** Every function is built, and one environment of each of the first few waits for work: three a core, twelve at most. Rejects when one can't be. */
  ready(): Promise<void>;
  /** Nothing is being delivered, invoked or waiting to be tried again. */
  idle(): Promise<void>;
  /** Nothing happens but what waits for a clock. */
  settled(): Promise<void>;
  /** Empties tables, queues, buckets, logs, metrics and traces, and drops what waits to be tried again. */
  reset(): Promise<void>;
  /** All that time sets off. */
  schedules: LoopSchedules;
  /** Where a debugger finds the functions that are to be debugged, by name. */
  debugPorts: ReadonlyMap<string, number>;
  /** Its time, which can be moved forward. */
  clock: TestClock;
  /** Harm that is done on purpose to calls and invocations. */
  faults: FaultBook;
  /** The X-Ray documents that came and are kept, oldest first. */
  segments(): readonly string[];
  /**
   * Makes of the stack what its template says now, while all goes on. Throws TemplateError when that can't be; then all stays as
   * it was.
   */
  follow(declared: DeclaredStack): Promise<FollowedTemplate>;
  stop(): Promise<void>;
}
