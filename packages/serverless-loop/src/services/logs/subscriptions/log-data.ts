import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** The data that subscribers get, before it is compressed (CloudWatch Logs guide, "Subscription filters with AWS Lambda"). */
export interface LogMessage {
  messageType: 'DATA_MESSAGE' | 'CONTROL_MESSAGE';
  /** The account that the log group is of. */
  owner: string;
  logGroup: string;
  logStream: string;
  /** Names of the filters that matched. */
  subscriptionFilters: string[];
  logEvents: { id: string; timestamp: number; message: string }[];
}

const compress = promisify(gzip);

export function compressed(message: LogMessage): Promise<Buffer> {
  return compress(JSON.stringify(message));
}

/**
 * "Sometimes CloudWatch Logs might emit Amazon Kinesis Data Streams records with a CONTROL_MESSAGE type, mainly for checking if
 * the destination is reachable" (CloudWatch Logs guide, "Subscription filters with Amazon Kinesis Data Streams"); the words
 * are those that such streams are full of.
 */
export function controlMessage(timestamp: number): LogMessage {
  return {
    messageType: 'CONTROL_MESSAGE',
    owner: 'CloudwatchLogs',
    logGroup: '',
    logStream: '',
    subscriptionFilters: [],
    logEvents: [
      {
        id: '',
        timestamp,
        message: 'CWL CONTROL MESSAGE: Checking health of destination Kinesis stream.',
      },
    ],
  };
}
