import type { AlarmState } from './aws/alarm.ts';

/** An event in the life of the loop, one fact a happening, in the order it happened. Facts hold names, ids and outcomes: never an item or a payload. */
export type Fact =
  | {
      kind: 'invocation.started';
      functionName: string;
      /** The version or alias that was called, as of all invocations; absent for the bare name. */
      qualifier?: string;
      /** The version that runs. */
      executedVersion: string;
      requestId: string;
      coldStart: boolean;
      /** 1 for the first; asynchronous retries count up under the same request id. */
      attempt: number;
      traceId?: string;
      /** The resource that invokes it, or the role of a function that does; absent for a developer, and for a batch, which has its own. */
      sourceArn?: string;
    }
  | {
      kind: 'invocation.ended';
      functionName: string;
      qualifier?: string;
      executedVersion: string;
      requestId: string;
      attempt: number;
      outcome: 'ok' | 'error' | 'timeout';
      durationMs: number;
      /** Only for the first invocation of an environment. */
      initMs?: number;
      errorType?: string;
      errorMessage?: string;
      /** Of the trace that has it. */
      traceId?: string;
    }
  | {
      kind: 'invocation.throttled';
      functionName: string;
      qualifier?: string;
      executedVersion: string;
      requestId: string;
      attempt: number;
    }
  | {
      kind: 'invocation.accepted';
      functionName: string;
      qualifier?: string;
      executedVersion: string;
      requestId: string;
      sourceArn?: string;
    }
  | {
      kind: 'invocation.retry';
      functionName: string;
      qualifier?: string;
      executedVersion: string;
      requestId: string;
      nextAttempt: number;
      delayMs: number;
      reason: string;
    }
  | {
      kind: 'destination.sent';
      functionName: string;
      qualifier?: string;
      requestId: string;
      condition: string;
      destinationArn: string;
    }
  | {
      kind: 'destination.failed';
      functionName: string;
      qualifier?: string;
      requestId: string;
      condition: string;
      destinationArn: string;
      /** It was for the function's DeadLetterConfig, not for a destination. */
      isDeadLetter: boolean;
      reason: string;
    }
  /** An event is given up without success. What becomes of it is told by the facts of its destinations, where it has any. */
  | {
      kind: 'invocation.dropped';
      functionName: string;
      qualifier?: string;
      executedVersion: string;
      requestId: string;
      condition: string;
      hasDestination: boolean;
    }
  | {
      kind: 'log';
      functionName: string;
      /** Absent for lines of the initialisation. */
      requestId?: string;
      line: string;
      source: 'function' | 'platform';
      /** CloudWatch keeps it here: in the function's group, and its environment's stream. */
      logGroup: string;
      logStream: string;
      /** Epoch milliseconds. */
      timestamp: number;
    }
  /** Told once: from here on the oldest log lines give way to new ones. */
  | { kind: 'logs.full'; maxBytes: number }
  /** A kept table has been given what the template says now. */
  | { kind: 'table.changed'; tableName: string; changes: string[] }
  | { kind: 'table.written'; tableName: string; operation: string; key: string }
  | { kind: 'table.conditionFailed'; tableName: string; operation: string; key: string }
  | { kind: 'event.published'; busName: string; eventId: string; source: string; detailType: string }
  | {
      kind: 'event.refused';
      busName: string;
      source: string;
      detailType: string;
      errorCode: string;
      errorMessage: string;
    }
  /** A replay put an archived event on its bus again. */
  | { kind: 'event.replayed'; busName: string; eventId: string; replayName: string }
  | { kind: 'replay.ended'; replayName: string; state: string; eventCount: number }
  /** Told once: from here on the oldest archived events give way to new ones. */
  | { kind: 'archives.full'; maxBytes: number }
  | { kind: 'event.unmatched'; busName: string; eventId: string; reason: string }
  /** A rule was not matched to the end: it gets no event that leaves so much to try. Others may. */
  | { kind: 'rule.gaveUp'; ruleName: string; busName: string; eventId: string; reason: string }
  | { kind: 'rule.matched'; ruleName: string; busName: string; eventId: string; targetCount: number }
  | {
      kind: 'delivery.succeeded';
      ruleName: string;
      busName: string;
      eventId: string;
      targetArn: string;
      attempt: number;
    }
  | {
      kind: 'delivery.retry';
      ruleName: string;
      busName: string;
      eventId: string;
      targetArn: string;
      attempt: number;
      delayMs: number;
      errorCode: string;
      errorMessage: string;
    }
  | {
      kind: 'delivery.deadLettered';
      ruleName: string;
      busName: string;
      eventId: string;
      targetArn: string;
      attempts: number;
      errorCode: string;
      errorMessage: string;
      queueArn: string;
    }
  | {
      kind: 'delivery.lost';
      ruleName: string;
      busName: string;
      eventId: string;
      targetArn: string;
      attempts: number;
      errorCode: string;
      errorMessage: string;
      /** The dead-letter queue that failed too. */
      queueArn?: string;
    }
  /** A target has taken what a schedule of EventBridge Scheduler has for it. */
  | { kind: 'schedule.invoked'; scheduleName: string; groupName: string; targetArn: string; attempt: number }
  | {
      kind: 'schedule.retry';
      scheduleName: string;
      groupName: string;
      targetArn: string;
      attempt: number;
      delayMs: number;
      errorCode: string;
      errorMessage: string;
    }
  | {
      kind: 'schedule.deadLettered';
      scheduleName: string;
      groupName: string;
      targetArn: string;
      attempts: number;
      errorCode: string;
      errorMessage: string;
      queueArn: string;
    }
  | {
      kind: 'schedule.lost';
      scheduleName: string;
      groupName: string;
      targetArn: string;
      attempts: number;
      errorCode: string;
      errorMessage: string;
      /** The dead-letter queue that failed too. */
      queueArn?: string;
    }
  /** An execution of a state machine begins. */
  | {
      kind: 'execution.started';
      machineName: string;
      executionName: string;
      executionArn: string;
      machineType: 'STANDARD' | 'EXPRESS';
    }
  | {
      kind: 'execution.ended';
      machineName: string;
      executionName: string;
      executionArn: string;
      status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
      /** By the clock of the day. */
      durationMs: number;
      error?: string;
      cause?: string;
    }
  | {
      kind: 'state.entered';
      machineName: string;
      executionName: string;
      stateName: string;
      stateType: string;
    }
  /** A state failed and is tried again. */
  | {
      kind: 'state.retry';
      machineName: string;
      executionName: string;
      stateName: string;
      attempt: number;
      delayMs: number;
      error: string;
    }
  /** A task of an execution failed or took too long; a retrier or catcher may take it. */
  | { kind: 'task.failed'; machineName: string; executionName: string; error?: string; cause?: string }
  | { kind: 'queue.sent'; queueName: string; messageId: string; sender: string; sizeBytes: number }
  /** A FIFO queue was sent a message once more; `messageId` is of the first. */
  | { kind: 'queue.deduplicated'; queueName: string; messageId: string; sender: string }
  | { kind: 'queue.received'; queueName: string; messageId: string; receiveCount: number }
  | { kind: 'queue.deleted'; queueName: string; messageId: string }
  /** Lambda read records of a source and invokes the function with them. */
  | { kind: 'batch.read'; sourceArn: string; functionName: string; requestId: string; recordCount: number }
  | {
      kind: 'batch.succeeded';
      sourceArn: string;
      functionName: string;
      requestId: string;
      recordCount: number;
    }
  /** Some of it, or all. What failed comes again, unless its source gives it up. */
  | {
      kind: 'batch.failed';
      sourceArn: string;
      functionName: string;
      requestId: string;
      recordCount: number;
      failedCount: number;
      reason: string;
    }
  /** The function was throttled or failed, and is invoked with the same records again. */
  | {
      kind: 'batch.retry';
      sourceArn: string;
      functionName: string;
      requestId: string;
      recordCount: number;
      delayMs: number;
      reason: string;
    }
  /** Records of a stream that are tried no more. `problem`: the destination could not be told. */
  | {
      kind: 'batch.discarded';
      sourceArn: string;
      functionName: string;
      requestId: string;
      recordCount: number;
      condition: string;
      destinationArn?: string;
      problem?: string;
    }
  /** Records that the mapping's filter doesn't want. */
  | { kind: 'batch.filtered'; sourceArn: string; functionName: string; recordCount: number }
  /** A queue has several functions that read it: each message goes to one of them. */
  | { kind: 'source.shared'; sourceArn: string; functionNames: string[] }
  /** A function wrote to a table whose stream it reads: what it writes comes back to it. Told once. */
  | { kind: 'source.feedsItself'; sourceArn: string; functionName: string }
  /** An event came round to the same function about 16 times, by what the function itself sent: it is not invoked again. */
  | { kind: 'recursion.stopped'; functionName: string }
  /** Nothing is read from a source, until the reason is gone. */
  | { kind: 'source.stopped'; sourceArn: string; functionName: string; reason: string }
  | {
      kind: 'alarm.changed';
      alarmName: string;
      oldState: AlarmState;
      newState: AlarmState;
      reason: string;
    }
  /** Alarms are not judged while a function stands at a breakpoint, and a minute after. Told once a pause. */
  | { kind: 'alarms.held'; functionName: string }
  /** An alarm's action for its new state could not be done. */
  | { kind: 'alarm.actionFailed'; alarmName: string; actionArn: string; reason: string }
  /** A FIFO topic got a message once more; `messageId` is of the first. */
  | { kind: 'topic.deduplicated'; topicName: string; messageId: string }
  | {
      kind: 'topic.published';
      topicName: string;
      messageId: string;
      subscriptionCount: number;
      subject?: string;
    }
  /** To a queue or a function; by e-mail it would have been on AWS. */
  | {
      kind: 'notification.sent';
      topicName: string;
      messageId: string;
      protocol: string;
      endpoint: string;
      subject?: string;
    }
  /** A subscription's filter policy doesn't want the message. */
  | {
      kind: 'notification.filtered';
      topicName: string;
      messageId: string;
      protocol: string;
      endpoint: string;
    }
  | {
      kind: 'notification.failed';
      topicName: string;
      messageId: string;
      protocol: string;
      endpoint: string;
      reason: string;
      /** The queue of the subscription's redrive policy, which has it now. */
      deadLetterArn?: string;
    }
  /** A bucket told of what happened to one of its objects. */
  | { kind: 'object.notified'; bucketName: string; key: string; eventName: string; targetArn: string }
  | {
      kind: 'object.notNotified';
      bucketName: string;
      key: string;
      eventName: string;
      targetArn: string;
      reason: string;
    }
  /** Metrics that are not yet too old had to go: there are more than the limit. Told once. */
  | { kind: 'metrics.dropped'; limit: string }
  /** From now on the oldest traces go: there are more than the limit. Told once. */
  | { kind: 'traces.dropped'; limit: string }
  /** A collector did not take spans that were to be sent on. Told once. */
  | { kind: 'spans.notSent'; url: string; reason: string }
  /** An API, or a function's URL, has answered a request. */
  | {
      kind: 'request.answered';
      apiId: string;
      apiName: string;
      protocol: 'HTTP' | 'REST' | 'URL';
      /** Empty where the request named none. */
      stage: string;
      method: string;
      /** `GET /boxes/{id}`, `$default`; empty where no route takes it. */
      routeKey: string;
      requestId: string;
      status: number;
      durationMs: number;
      /** Of that, what the function took. */
      integrationMs?: number;
      functionName?: string;
      /** The reason for an answer of API Gateway's own. */
      reason?: string;
    }
  | { kind: 'call.denied'; caller: string; action: string; resource: string; reason: string }
  | { kind: 'call.unknown'; service: string; operation: string }
  /** Somebody wants calls or invocations disturbed; and no more. */
  | { kind: 'fault.set'; faultId: string; description: string }
  | { kind: 'fault.removed'; faultId: string; description: string }
  /** It was done: to a call, by its service and operation, or to an invocation. */
  | {
      kind: 'fault.injected';
      faultId: string;
      action: string;
      service?: string;
      operation?: string;
      /** The function that called, or that was invoked. */
      functionName?: string;
      requestId?: string;
    }
  /** Time goes another way than by itself: so much ahead, at such a speed. */
  | { kind: 'time.changed'; aheadMs: number; retrySpeed: number }
  /** A function that came while the loop runs has its port. */
  | { kind: 'debugger.listening'; functionName: string; port: number }
  | { kind: 'debugger.attached'; functionName: string }
  | { kind: 'debugger.detached'; functionName: string }
  /** At a breakpoint, where the function's time stands still. */
  | { kind: 'debugger.paused'; functionName: string }
  | { kind: 'debugger.resumed'; functionName: string }
  /** CloudFormation's status of a stack, whenever it changes. */
  | { kind: 'stack.status'; stackName: string; status: string; reason?: string }
  /** A template that was saved, or what decides what of it is run, runs now: by logical ids, and what of it is new and doesn't run. */
  | {
      kind: 'template.changed';
      file: string;
      added: string[];
      changed: string[];
      removed: string[];
      missing: string[];
    }
  /** The same, but it can't be run: all stays as it was. */
  | { kind: 'template.broken'; file: string; errors: string[] }
  | { kind: 'build.started'; functionName: string; changed: string }
  /** Without a size: of own code alone, beside its packages. */
  | { kind: 'build.succeeded'; functionName: string; durationMs: number; sizeBytes?: number }
  /** Nothing was saved for a while: what was put off for the last save's sake is done. */
  | { kind: 'build.settled'; functionName: string }
  /** A function writes a file where its code is: from now on that reloads nothing. Told once a file. */
  | { kind: 'code.ownWrite'; functionName: string; file: string }
  /** A package that AWS's runtime has, and this machine hasn't: getting it takes a while. */
  | { kind: 'sdk.installing'; functionName: string; name: string }
  /** A package that AWS's runtime has, and this machine hadn't. */
  | { kind: 'sdk.installed'; functionName: string; name: string; durationMs: number }
  /** The same, and it could not be installed. */
  | { kind: 'sdk.missing'; functionName: string; name: string; command: string; reason: string }
  /** Its package.json or requirements.txt names packages that are not installed: when it starts, and when it imports one. */
  | { kind: 'packages.missing'; functionName: string; names: string[]; manifest: string; command: string }
  /** A function was kept from connecting to AWS. */
  | { kind: 'aws.refused'; functionName: string; host: string }
  /** `isServing`: earlier code goes on serving. */
  | { kind: 'build.failed'; functionName: string; errors: string[]; isServing: boolean };

/** Takes a fact and shows, keeps or counts it. Must not throw. */
export type Report = (fact: Fact) => void;
