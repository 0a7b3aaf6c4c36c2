import type { MessageAttribute } from './message.ts';
import type { StoredMessage } from './stored-message.ts';

/** A message that is looked at where it lies. */
export interface SeenMessage {
  messageId: string;
  body: string;
  attributes: Record<string, MessageAttribute>;
  systemAttributes: Record<string, string>;
  senderId: string;
  /** ISO 8601. */
  sentAt: string;
  receiveCount: number;
  /** It can be received now, is with a consumer, or not to be received before its delay is over. */
  state: 'visible' | 'inFlight' | 'delayed';
  /** The queue that gave it up. */
  deadLetterSourceArn?: string;
}

export function seenMessage({
  message,
  isVisible,
}: {
  message: StoredMessage;
  isVisible: boolean;
}): SeenMessage {
  const { messageId, body, attributes = {}, systemAttributes = {}, senderId, sentAt, receiveCount } = message;
  const { deadLetterSourceArn } = message;
  const hidden = receiveCount === 0 ? 'delayed' : 'inFlight';
  return {
    messageId,
    body,
    attributes,
    systemAttributes,
    senderId,
    sentAt: new Date(sentAt).toISOString(),
    receiveCount,
    state: isVisible ? 'visible' : hidden,
    ...(deadLetterSourceArn !== undefined && { deadLetterSourceArn }),
  };
}
