import { describe, expect, test } from 'vitest';
import { signedFor } from '../gateway/gateway-under-test.ts';
import { apisUnderTest } from './api-under-test.ts';

const MOCK = `
              x-amazon-apigateway-integration:
                type: mock
                requestTemplates: { application/json: '{"statusCode": 200}' }
                responses: { default: { statusCode: "200", responseTemplates: { application/json: '{"in":true}' } } }`;

/** A REST API with a resource policy, at the stage `live`. */
const api = (id: string, statements: string) => `
  ${id}:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: ${id}
      Policy: { Version: "2012-10-17", Statement: [ ${statements} ] }
      Body:
        openapi: 3.0.1
        components: { securitySchemes: { iam: { type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4 } } }
        paths:
          /open:
            get:
              responses: {}${MOCK}
          /signed:
            get:
              security: [ { iam: [] } ]
              responses: {}${MOCK}
  ${id}Deployed: { Type: AWS::ApiGateway::Deployment, Properties: { RestApiId: !Ref ${id}, StageName: live } }`;

const ANYONE = 'Principal: "*", Action: execute-api:Invoke';
const from = (effect: string, block: string, resource = 'execute-api:/*') =>
  `{ Effect: ${effect}, ${ANYONE}, Resource: "${resource}", Condition: { IpAddress: { aws:SourceIp: ["${block}"] } } }`;

/** The same by SAM, which writes the policy of `Auth.ResourcePolicy` for each path. */
const bySam = (id: string, policy: string) => `
  ${id}:
    Type: AWS::Serverless::Api
    Properties:
      StageName: live
      Auth: { ResourcePolicy: { ${policy} } }
      DefinitionBody:
        openapi: 3.0.1
        paths:
          /open/{box}:
            get:
              responses: {}${MOCK}`;

const apis = apisUnderTest(`
Transform: AWS::Serverless-2016-10-31
Resources:${bySam('SamNear', 'IpRangeWhitelist: ["127.0.0.0/8"]')}${bySam('SamFar', 'IpRangeWhitelist: ["192.0.2.0/24"]')}${bySam('SamVpc', 'SourceVpcWhitelist: [vpc-1]')}${bySam('SamAccount', 'AwsAccountWhitelist: ["111122223333"]')}${api('Near', from('Allow', '127.0.0.0/8'))}${api('Far', from('Allow', '192.0.2.0/24'))}${api(
  'Barred',
  `{ Effect: Allow, ${ANYONE}, Resource: "execute-api:/live/GET/*" }, ${from('Deny', '127.0.0.1', 'execute-api:/live/GET/open')}`,
)}
`);

const ask = async (id: string, path: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(apis.url(id, `/live${path}`), { headers });
  return { status: answer.status, body: JSON.parse(await answer.text()) };
};

/* API Gateway guide, "How API Gateway resource policies affect authorization workflow". */
describe('the resource policy of a REST API', () => {
  /* SAM developer guide, "ResourcePolicyStatement": a whitelist denies all others. */
  test.each([
    ['SamNear', 200, undefined],
    ['SamFar', 403, /live\/GET\/open\/7 with an explicit deny$/],
    ['SamVpc', 403, /live\/GET\/open\/7 with an explicit deny$/],
    ['SamAccount', 403, /live\/GET\/open\/7$/],
  ])('is the one that SAM writes: %s answers with %i', async (id, status, message) => {
    const answer = await ask(id, '/open/7');
    expect(answer.status).toBe(status);
    if (message) expect(answer.body.Message).toMatch(message);
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
  test('lets in whom it allows, by the address that they come from', async () => {
    expect(await ask('Near', '/open')).toEqual({ status: 200, body: { in: true } });
  });

  test('refuses whom it does not allow, where the method asks for nothing else', async () => {
    expect(await ask('Far', '/open')).toEqual({
      status: 403,
      body: {
        Message: `User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********0000:${apis.id('Far')}/live/GET/open`,
      },
    });
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html: an explicit deny
  test('refuses whom it denies, whatever else lets them in', async () => {
    const { status, body } = await ask('Barred', '/open');
    expect(status).toBe(403);
    expect(body.Message).toMatch(/live\/GET\/open with an explicit deny$/);
  });

  test('is not needed by a caller whose own rights suffice, in the same account', async () => {
    const signed = { Authorization: signedFor('execute-api') };
    expect(await ask('Far', '/signed', signed)).toEqual({ status: 200, body: { in: true } });
    expect((await ask('Far', '/signed')).status).toBe(403);
    expect((await ask('Barred', '/signed', signed)).status).toBe(200);
  });
});
