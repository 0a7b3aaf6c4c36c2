import { startLambda } from '../../../src/services/lambda/functions.ts';
import { bundledFunction } from './bundled-function.ts';

/** A loop in a process of its own: `start-once.ts <codeUri> <cacheDir>` prints what the function answers, and ends. */
const [, , codeUri = '', cacheDir = ''] = process.argv;

const lambda = await startLambda({
  functions: [bundledFunction(codeUri)],
  place: { partition: 'aws', region: 'eu-west-1', accountId: '123456789012' },
  endpoint: 'http://127.0.0.1:1',
  report: () => {},
  recordSegment: () => {},
  credentialsFor: () => ({ accessKeyId: 'AKIDFN', secretAccessKey: 'secret', sessionToken: 'token' }),
  xrayDaemonAddress: '127.0.0.1:2000',
  cacheDir,
  projectDir: codeUri,
  watch: false,
});
const { payload } = await lambda.invoke({
  functionName: 'packer',
  payload: Buffer.from('{}'),
  requestId: 'request-1',
  attempt: 1,
});
process.stdout.write(payload);
await lambda.stop();
