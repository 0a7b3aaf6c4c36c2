import { expect, test } from 'vitest';
import { deployingLoop, outputOf } from '../cloudformation/deploying.ts';

const template = (path: string) => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Teller:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      InlineCode: 'exports.handler = async ({ routeKey }) => routeKey;'
      FunctionUrlConfig: {AuthType: NONE}
      Events: {In: {Type: HttpApi, Properties: {Path: ${path}, Method: get}}}
Outputs:
  Api: {Value: !Sub 'https://\${ServerlessHttpApi}.execute-api.\${AWS::Region}.amazonaws.com'}
  Url: {Value: !GetAtt TellerUrl.FunctionUrl}
`;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html */
test('a deployed API answers, changes and goes with its stack', async () => {
  const { deploy, remove } = await deployingLoop();
  const made = await deploy('depot', template('/first'));
  expect(made.StackStatus).toBe('CREATE_COMPLETE');
  const api = outputOf(made, 'Api');
  expect(await (await fetch(`${api}/first`)).text()).toBe('GET /first');
  expect(await (await fetch(outputOf(made, 'Url'))).text()).toBe('$default');
  expect((await deploy('depot', template('/second'))).StackStatus).toBe('UPDATE_COMPLETE');
  expect((await fetch(`${api}/first`)).status).toBe(404);
  expect(await (await fetch(`${api}/second`)).text()).toBe('GET /second');
  await remove('depot');
  expect((await fetch(`${api}/second`)).status).toBe(404);
});
