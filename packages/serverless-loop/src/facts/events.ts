/** EventBridge takes an event and delivers it to the targets of rules. */
export type EventFact =
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
    };
