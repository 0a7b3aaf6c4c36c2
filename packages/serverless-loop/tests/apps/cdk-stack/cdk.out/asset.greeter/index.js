exports.handler = async ({ pathParameters }, { invokedFunctionArn }) => ({
  statusCode: 200,
  headers: { 'content-type': 'text/plain' },
  body: `hello ${pathParameters.name} from ${invokedFunctionArn.split(':').slice(3, 5)}`,
});
