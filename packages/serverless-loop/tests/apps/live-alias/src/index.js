exports.handler = async (_event, { invokedFunctionArn, functionVersion }) => [
  invokedFunctionArn,
  functionVersion,
];
