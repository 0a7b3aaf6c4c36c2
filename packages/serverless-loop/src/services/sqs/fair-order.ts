import type { StoredMessage } from './stored-message.ts';

/** AWS tells no number: so many messages of one group in flight, and more than all other groups have together, make it noisy here. */
const NOISY_IN_FLIGHT = 10;

/**
 * A standard queue's messages with groups: those of a group that holds most of what is in flight come after all others, so that
 * one tenant's backlog doesn't keep the others waiting (SQS guide, "Amazon SQS fair queues").
 */
export function* inFairOrder(
  visible: Iterable<StoredMessage>,
  invisible: Iterable<StoredMessage>,
): Generator<StoredMessage> {
  const noisy = noisyGroup(invisible);
  if (noisy === undefined) {
    yield* visible;
    return;
  }
  const later: StoredMessage[] = [];
  for (const message of visible)
    if (groupIn(message) === noisy) later.push(message);
    else yield message;
  yield* later;
}

export function groupIn({ systemAttributes }: StoredMessage): string | undefined {
  return systemAttributes?.MessageGroupId;
}

function noisyGroup(invisible: Iterable<StoredMessage>): string | undefined {
  const counts = new Map<string, number>();
  let inFlight = 0;
  for (const message of invisible) {
    // One that waits for its delay occupies nobody.
    if (message.receiveCount === 0) continue;
    inFlight += 1;
    const group = groupIn(message);
    if (group !== undefined) counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  for (const [group, count] of counts) if (count >= NOISY_IN_FLIGHT && count > inFlight - count) return group;
  return undefined;
}
