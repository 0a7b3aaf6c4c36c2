import { expect, test } from 'vitest';
import { apisUnderTest } from './api-under-test.ts';

const AUTHORIZER = `exports.handler = async ({ authorizationToken }) => ({
  principalId: 'someone',
  policyDocument: { Version: '2012-10-17', Statement: { Effect: 'Deny', Action: 'execute-api:Invoke', Resource: '*' } },
  context: { why: 'because of ' + authorizationToken },
});`;

/** A template of all that `what` names, as JSON. */
const template = (what: Record<string, string>) => JSON.stringify(JSON.stringify(what));

const apis = apisUnderTest(
  `
Transform: AWS::Serverless-2016-10-31
Resources:
  Check: {Type: AWS::Serverless::Function, Properties: {CodeUri: src, Handler: check.handler, Runtime: nodejs24.x}}
  Echo:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src
      Handler: index.handler
      Runtime: nodejs24.x
      Events:
        Post: {Type: Api, Properties: {Path: "/boxes/{id}", Method: post, RestApiId: !Ref Depot, RequestModel: {Model: Box, Required: true, ValidateBody: true}}}
        Guarded: {Type: Api, Properties: {Path: /guarded, Method: get, RestApiId: !Ref Depot, Auth: {Authorizer: Own}}}
  Depot:
    Type: AWS::Serverless::Api
    Properties:
      StageName: v1
      Variables: {colour: red}
      Models: {Box: {type: object, required: [name, size]}}
      Auth: {Authorizers: {Own: {FunctionArn: !GetAtt Check.Arn}}}
      GatewayResponses:
        BAD_REQUEST_BODY:
          StatusCode: 422
          ResponseParameters: {Headers: {X-Fixed: "'yes'", X-Asked: method.request.header.X-Ask, X-Box: method.request.path.id, X-Id: context.requestId, X-Nothing: method.request.header.X-None}}
          ResponseTemplates: {application/json: ${template({
            error: '$context.error.message',
            kind: '$context.error.responseType',
            where: '$context.resourcePath at $context.stage.',
            colour: '$stageVariables.colour',
            none: '$context.authorizer.why',
          }).replace(
            /\}"$/,
            String.raw`,\"string\":$context.error.messageString,\"why\":\"$context.error.validationErrorString\"}"`,
          )}}
        ACCESS_DENIED: {ResponseTemplates: {application/json: ${template({ why: '$context.authorizer.why', who: '$context.authorizer.principalId' })}}}
        MISSING_AUTHENTICATION_TOKEN: {ResponseTemplates: {application/json: ${template({ method: '$context.httpMethod', path: '$context.path' })}}}
`,
  { 'src/check.js': AUTHORIZER },
);

/*
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html and
 * …/api-gateway-mapping-template-reference.html#context-variable-reference
 */
test('a gateway response tells what is wrong with a body, and of the request', async () => {
  const answer = await fetch(apis.url('Depot', '/v1/boxes/7'), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Ask': 'mine' },
    body: '{"name": "a"}',
  });
  const {
    'x-fixed': fixed,
    'x-asked': asked,
    'x-box': box,
    'x-id': id,
    'x-nothing': nothing,
  } = Object.fromEntries(answer.headers);
  expect(answer.status).toBe(422);
  expect({ fixed, asked, box, nothing }).toEqual({
    fixed: 'yes',
    asked: 'mine',
    box: '7',
    nothing: undefined,
  });
  expect(id).toBe(answer.headers.get('x-amzn-requestid'));
  // The quotes in it stand as they are: who writes "…" around the variable makes no JSON, on AWS neither.
  expect(await answer.text()).toBe(
    '{"error":"Invalid request body","kind":"BAD_REQUEST_BODY","where":"/boxes/{id} at v1.","colour":"red","none":"",' +
      '"string":"Invalid request body","why":"[object has missing required properties (["size"])]"}',
  );
});

test('a gateway response has the findings of the authorizer that denies', async () => {
  const answer = await fetch(apis.url('Depot', '/v1/guarded'), { headers: { Authorization: 'me' } });
  expect(answer.status).toBe(403);
  expect(await answer.json()).toEqual({ why: 'because of me', who: 'someone' });
});
