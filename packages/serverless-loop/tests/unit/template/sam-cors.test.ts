import { describe, expect, test } from 'vitest';
import { load, problemsOf, withFunction } from './load.ts';

const httpCors = (given: string) =>
  load(
    withFunction(
      'Events: {In: {Type: HttpApi, Properties: {ApiId: !Ref Shop, Path: /boxes, Method: get}}}',
      `  Shop: {Type: AWS::Serverless::HttpApi, Properties: {CorsConfiguration: ${given}}}\n`,
    ),
  ).apis[0]?.cors;

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-httpapi-httpapicorsconfiguration.html */
describe('CorsConfiguration of an HTTP API', () => {
  const nothing = { allowHeaders: [], allowMethods: [], exposeHeaders: [], allowCredentials: false };

  test('that is true lets every origin in, and names nothing else', () => {
    expect(httpCors('true')).toEqual({ ...nothing, allowOrigins: ['*'] });
  });

  test('that is false is none', () => {
    expect(httpCors('false')).toBeUndefined();
  });

  test('that is an object has each of its members', () => {
    const given =
      "{AllowOrigins: ['https://a.example', 'https://b.example'], AllowMethods: [GET, POST], AllowHeaders: [x-a], ExposeHeaders: [x-b], MaxAge: 60, AllowCredentials: true}";
    expect(httpCors(given)).toEqual({
      allowOrigins: ['https://a.example', 'https://b.example'],
      allowMethods: ['GET', 'POST'],
      allowHeaders: ['x-a'],
      exposeHeaders: ['x-b'],
      maxAgeSeconds: 60,
      allowCredentials: true,
    });
    expect(httpCors("{AllowMethods: ['*']}")).toEqual({ ...nothing, allowOrigins: [], allowMethods: ['*'] });
  });
});

/** aws-sam-translator, `_add_cors`. */
describe('what SAM refuses of CORS', () => {
  const problems = (type: string, given: string) =>
    problemsOf(
      withFunction('', `  Shop: {Type: AWS::Serverless::${type}, Properties: {StageName: prod, ${given}}}\n`),
    );

  test.each([
    ['HttpApi', "CorsConfiguration: {AllowOrigins: ['*'], AllowCredentials: true}"],
    ['Api', 'Cors: {AllowCredentials: true}'],
    ['Api', 'Cors: {AllowOrigin: "\'*\'", AllowCredentials: true}'],
  ])('%s with %s is refused for credentials of anybody', (type, given) => {
    expect(problems(type, given).join()).toContain("'AllowCredentials' can not be true");
  });

  test.each([
    ['HttpApi', 'CorsConfiguration: {AllowOrigin: x}', 'AllowOrigin'],
    ['Api', 'Cors: {AllowOrigins: x}', 'AllowOrigins'],
  ])('%s with %s is refused for the key', (type, given, key) => {
    expect(problems(type, given).join()).toContain(`Invalid key '${key}' for 'Cors' property.`);
  });

  test('credentials of named origins are let in', () => {
    expect(
      problems('HttpApi', "CorsConfiguration: {AllowOrigins: ['https://a.example'], AllowCredentials: true}"),
    ).toEqual([]);
  });
});

/** The headers of the answer that the API's OPTIONS method gives. */
const preflight = (given: string, method = 'get') => {
  const [api] = load(
    withFunction(
      `Events: {In: {Type: Api, Properties: {RestApiId: !Ref Shop, Path: /boxes, Method: ${method}}}}`,
      `  Shop: {Type: AWS::Serverless::Api, Properties: {StageName: prod, Cors: ${given}}}\n`,
    ),
  ).apis;
  const { integration } = api?.routes.find((route) => route.method === 'OPTIONS') ?? {};
  return integration?.kind === 'mock' ? integration.responses[0]?.headers : undefined;
};

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-corsconfiguration.html */
describe('Cors of a REST API', () => {
  test('that is a text is the origin, with the methods of the path', () => {
    expect(preflight('"\'https://a.example\'"')).toEqual({
      'Access-Control-Allow-Methods': 'GET,OPTIONS',
      'Access-Control-Allow-Origin': 'https://a.example',
    });
    expect(preflight('"\'*\'"', 'any')).toMatchObject({
      'Access-Control-Allow-Methods': 'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT',
    });
  });

  test('that is an intrinsic function is the origin that it makes', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own syntax.
    expect(preflight('!Sub "\'https://${AWS::Region}.example\'"')).toMatchObject({
      'Access-Control-Allow-Origin': 'https://eu-west-1.example',
    });
  });

  test('that is an object has each of its members', () => {
    const given =
      '{AllowOrigin: "\'https://a.example\'", AllowMethods: "\'GET\'", AllowHeaders: "\'x-a,x-b\'", MaxAge: "\'60\'", AllowCredentials: true}';
    expect(preflight(given)).toEqual({
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Allow-Headers': 'x-a,x-b',
      'Access-Control-Allow-Methods': 'GET',
      'Access-Control-Allow-Origin': 'https://a.example',
      'Access-Control-Max-Age': '60',
    });
    expect(preflight('{AllowHeaders: "\'x-a\'"}')).toMatchObject({ 'Access-Control-Allow-Origin': '*' });
  });
});
