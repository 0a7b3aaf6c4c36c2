/**
 * The order in which functions are reloaded when several have a part in what was saved: first the one that somebody
 * waits for, then one after the other, so that the first has the machine to itself.
 */
export interface ReloadTurns {
  join(): ReloadTurn;
}

/** One function's. */
export interface ReloadTurn {
  /** Resolves when it may reload, with what to call when it has. A function doesn't wait for itself. */
  begin(): Promise<() => void>;
  /** Somebody waits for this one: it needn't wait for the others, and comes first when they are reloaded again. */
  hurry(): void;
}

interface Member {
  /** Reloads at work: a save may come while the code of the one before is initialised. */
  busy: number;
  /** Starts the one that waits. */
  start: (() => void) | undefined;
  /** Somebody waits for it. */
  isUrgent: boolean;
}

/** An invocation that has waited for its code shouldn't share the machine with the builds of other functions. */
const HEAD_START_MS = 50;

export function reloadTurns(): ReloadTurns {
  const members: Member[] = [];
  let first: Member | undefined;
  let isFirstKnown = false;

  const isAtWork = () => members.some(({ busy }) => busy > 0);

  function admit(member: Member | undefined): void {
    const start = member?.start;
    if (!member || !start) return;
    member.start = undefined;
    member.busy += 1;
    start();
  }

  function admitNext(): void {
    if (isAtWork()) return;
    admit(first?.start ? first : members.find(({ start }) => start));
  }

  return {
    join() {
      const member: Member = { busy: 0, start: undefined, isUrgent: false };
      members.push(member);
      return {
        async begin() {
          if (!members.some(({ busy, start }) => busy > 0 || start)) isFirstKnown = false;
          await new Promise<void>((resolve) => {
            member.start = resolve;
            // A save is seen by one after the other in the same turn of the event loop.
            setImmediate(() => (member.busy > 0 ? admit(member) : admitNext()));
          });
          return () => {
            member.busy -= 1;
            setTimeout(admitNext, member.isUrgent ? HEAD_START_MS : 0).unref();
            member.isUrgent = false;
          };
        },
        hurry() {
          if (member.busy === 0 && !member.start) return;
          if (!isFirstKnown) first = member;
          isFirstKnown = true;
          member.isUrgent = true;
          admit(member);
        },
      };
    },
  };
}
