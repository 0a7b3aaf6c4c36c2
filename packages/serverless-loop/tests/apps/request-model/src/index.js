exports.handler = async ({ body }) => ({ statusCode: 202, body });
