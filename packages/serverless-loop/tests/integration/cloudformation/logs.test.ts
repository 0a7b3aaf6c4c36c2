import { expect, test } from 'vitest';
import { askLogs, messages } from '../loop/ask-logs.ts';
import { deployingLoop, outputOf } from './deploying.ts';

const TALKER = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Talker:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs24.x
      InlineCode: 'exports.handler = async () => console.log("said");'
  Quiet:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs24.x
      LoggingConfig: {LogGroup: !Ref Declared}
      InlineCode: 'exports.handler = async () => undefined;'
  Declared:
    Type: AWS::Logs::LogGroup
Outputs: {Talker: {Value: !Ref Talker}, Quiet: {Value: !Ref Quiet}, Declared: {Value: !Ref Declared}}
`;

test('a deployed function logs from its first line, and its declared group goes with the stack', async () => {
  const loop = await deployingLoop();
  const logs = askLogs(loop.loop);
  const stack = await loop.deploy('depot', TALKER);
  await loop.ask(outputOf(stack, 'Talker'));
  await loop.ask(outputOf(stack, 'Quiet'));

  const talkers = { logGroupName: `/aws/lambda/${outputOf(stack, 'Talker')}` };
  expect(messages((await logs('FilterLogEvents', talkers)).body)).toEqual([
    expect.stringMatching(/^INIT_START /),
    expect.stringMatching(/^START /),
    expect.stringMatching(/\tsaid\n$/),
    expect.stringMatching(/^END /),
    expect.stringMatching(/^REPORT /),
  ]);
  const declared = { logGroupName: outputOf(stack, 'Declared') };
  expect(messages((await logs('FilterLogEvents', declared)).body)).toHaveLength(4);
  expect(loop.factsOf('call.denied')).toEqual([]);

  await loop.remove('depot');
  expect((await logs('FilterLogEvents', declared)).status).toBe(400);
  // Lambda made this one, not the stack.
  expect((await logs('FilterLogEvents', talkers)).status).toBe(200);
});
