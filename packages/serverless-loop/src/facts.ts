import type { CallFact } from './facts/calls.ts';
import type { CodeFact } from './facts/code.ts';
import type { EventSourceFact } from './facts/event-sources.ts';
import type { EventFact } from './facts/events.ts';
import type { ExecutionFact } from './facts/executions.ts';
import type { InvocationFact } from './facts/invocations.ts';
import type { MessageFact } from './facts/messages.ts';
import type { ScheduleFact } from './facts/schedules.ts';
import type { StackFact } from './facts/stacks.ts';
import type { TableFact } from './facts/tables.ts';
import type { TelemetryFact } from './facts/telemetry.ts';

/** An event in the life of the loop, one fact a happening, in the order it happened. Facts hold names, ids and outcomes: never an item or a payload. */
export type Fact =
  | InvocationFact
  | EventSourceFact
  | CodeFact
  | EventFact
  | ScheduleFact
  | ExecutionFact
  | TableFact
  | MessageFact
  | TelemetryFact
  | CallFact
  | StackFact;

/** Takes a fact and shows, keeps or counts it. Must not throw. */
export type Report = (fact: Fact) => void;
